import * as vscode from 'vscode';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import type { SetupForm } from '../../core/setup/export/exportSetup.ts';
import { nameAfter, type SetupNames } from '../../core/setup/export/setupNames.ts';
import {
  parseAlias,
  parseBucket,
  parseCertificateArn,
  parseNewBucket,
  parseOriginPath,
  parseRegion,
} from '../../core/setup/export/setupOptions.ts';
import { FORM_NAMES } from '../../core/setup/mends/formNames.ts';
import type { KeyRing, StoredKey } from '../keys/keyRing.ts';

const TITLE = 'Export Set-Up';

/** What asking for a set-up needs. */
export interface SetupAsker {
  readonly keys: KeyRing;
  /** The region that a bucket is in, as far as it is known, else the one that is worked in. */
  readonly regionOf: (bucket: string) => string;
}

/** What was asked for. */
interface AskedSetup {
  readonly names: SetupNames;
  readonly form: SetupForm;
}

/**
 * Asks what a set-up is for, what it is to do, and in which form it is wanted.
 *
 * @param named a bucket that is there; where none is named it is asked for
 *
 * Errors: `secret-store-unavailable`.
 */
export async function askForSetup(
  named: string | undefined,
  { keys, regionOf }: SetupAsker,
): Promise<Outcome<AskedSetup>> {
  const stored = await keys.list();
  if (stored.kind !== 'ok') return stored;
  const place = named === undefined ? await askForBucket() : { bucket: named, bucketExists: true };
  if (place === undefined) return cancelled;
  const region = await ask(parseRegion, 'The region of the bucket', {
    value: regionOf(place.bucket),
  });
  if (region === undefined) return cancelled;
  const wishes = await pickWishes();
  if (wishes === undefined) return cancelled;
  const originPath = wishes.has('originPath') ? await askForOriginPath() : '';
  if (originPath === undefined) return cancelled;
  const alias = wishes.has('alias') ? await askForAlias() : 'none';
  if (alias === undefined) return cancelled;
  const key = await pickKey(stored.value);
  if (key === undefined) return cancelled;
  const form = await pickForm();
  if (form === undefined) return cancelled;
  return ok({
    form,
    names: {
      ...place,
      name: nameAfter(place.bucket),
      region,
      originPath,
      alias: alias === 'none' ? undefined : alias,
      publicKeyPem: key.publicKeyPem,
      responseOverrides: wishes.has('responseOverrides'),
      listBucket: wishes.has('listBucket'),
    },
  });
}

async function askForBucket(): Promise<Pick<SetupNames, 'bucket' | 'bucketExists'> | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(add) A New Bucket', parse: parseNewBucket, bucketExists: false },
      { label: '$(package) A Bucket That Is There', parse: parseBucket, bucketExists: true },
    ],
    { title: TITLE, placeHolder: 'Whose files are to be opened by signed URLs?' },
  );
  if (picked === undefined) return undefined;
  const { bucketExists } = picked;
  const bucket = await ask(picked.parse, 'The name of the bucket', { placeHolder: 'my-files' });
  return bucket === undefined ? undefined : { bucket, bucketExists };
}

async function askForOriginPath(): Promise<string | undefined> {
  return ask(parseOriginPath, 'What all keys that are served begin with, which links leave out', {
    placeHolder: '/media',
  });
}

async function askForAlias(): Promise<SetupNames['alias'] | undefined> {
  const domain = await ask(parseAlias, 'The domain name that links are to have', {
    placeHolder: 'files.example.com',
  });
  if (domain === undefined) return undefined;
  const certificateArn = await ask(
    parseCertificateArn,
    `A certificate for ${domain}: its ARN in ACM, in us-east-1`,
    { placeHolder: 'arn:aws:acm:us-east-1:111122223333:certificate/…' },
  );
  return certificateArn === undefined ? undefined : { domain, certificateArn };
}

/** Asks for a text until it can be read, and says meanwhile why it cannot. */
async function ask(
  parse: (text: string) => Result<string>,
  prompt: string,
  options: vscode.InputBoxOptions,
): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    ...options,
    title: TITLE,
    prompt,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const parsed = parse(typed);
      return typed === '' || parsed.kind === 'ok' ? undefined : problemWords(parsed.problem).remedy;
    },
  });
  if (text === undefined) return undefined;
  const parsed = parse(text);
  return parsed.kind === 'ok' ? parsed.value : ask(parse, prompt, options);
}

type Wish = 'responseOverrides' | 'listBucket' | 'alias' | 'originPath';

async function pickWishes(): Promise<ReadonlySet<Wish> | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly wish: Wish })[] = [
    {
      label: 'Links name their downloads',
      detail: 'Query parameters such as response-content-disposition reach S3.',
      wish: 'responseOverrides',
    },
    {
      label: 'A missing object answers 404',
      detail: 'CloudFront may list the bucket. Otherwise S3 answers 403, as for all it denies.',
      wish: 'listBucket',
    },
    {
      label: 'A domain name of your own',
      detail: 'It takes a certificate in ACM.',
      wish: 'alias',
    },
    {
      label: 'A part of the bucket alone',
      detail: 'An origin path, which CloudFront puts before what links name.',
      wish: 'originPath',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: TITLE,
    placeHolder: 'What else it is to do; Enter for nothing',
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked && new Set(picked.map(({ wish }) => wish));
}

async function pickKey(
  stored: readonly StoredKey[],
): Promise<{ readonly publicKeyPem: string | undefined } | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: '$(terminal) A New Key Pair',
        detail: 'The text has the commands that make one.',
        publicKeyPem: undefined,
      },
      ...stored.map(({ name, keyPairId, kind, publicKeyPem }) => ({
        label: `$(key) ${name}`,
        detail: `${keyPairId} · ${kind}. The text has its public half.`,
        publicKeyPem,
      })),
    ],
    { title: TITLE, placeHolder: 'By whose key are links signed?', ignoreFocusOut: true },
  );
  return picked && { publicKeyPem: picked.publicKeyPem };
}

async function pickForm(): Promise<SetupForm | undefined> {
  const forms: readonly SetupForm[] = ['cloudformation', 'terraform', 'cdk', 'cli'];
  const picked = await vscode.window.showQuickPick(
    forms.map((form) => ({ label: FORM_NAMES[form], form })),
    { title: TITLE, placeHolder: 'In which form?', ignoreFocusOut: true },
  );
  return picked?.form;
}
