import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { after, before } from 'mocha';

import { startDemoStack, type DemoStack } from '../../dev/demo/demoStack.ts';
import { withSettings } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';

/** So that no two accounts have profiles of one name in the same files. */
let accounts = 0;

/** An account that one file of tests has to itself, so that it may be changed at will. */
export interface OwnAccount {
  readonly stack: DemoStack;
  /** Works with its profile and no mapping, but for the settings that are given. */
  within<T>(work: () => Promise<T>, settings?: Readonly<Record<string, unknown>>): Promise<T>;
}

/** @returns gives the account, once a test runs */
export function useOwnAccount(): () => OwnAccount {
  const profile = `own-${String(++accounts)}`;
  let account: OwnAccount | undefined;
  let restore: (() => Promise<void>) | undefined;
  before(async () => {
    const dir = await mkdtemp(path.join(readFixture().scratchDir, 'own-'));
    const stack = await startDemoStack(dir);
    const files = [process.env['AWS_CONFIG_FILE'], process.env['AWS_SHARED_CREDENTIALS_FILE']];
    const [config = '', credentials = ''] = files;
    const texts = new Map<string, string>();
    for (const file of [config, credentials]) texts.set(file, await readFile(file, 'utf8'));
    restore = async () => {
      for (const [file, text] of texts) await writeFile(file, text);
      await stack.close();
      await rm(dir, { recursive: true });
    };
    for (const [file, own] of [
      [config, stack.awsFiles.AWS_CONFIG_FILE],
      [credentials, stack.awsFiles.AWS_SHARED_CREDENTIALS_FILE],
    ] as const) {
      const text = await readFile(own, 'utf8');
      await writeFile(file, `${texts.get(file) ?? ''}\n${renamed(text, profile)}`);
    }
    account = {
      stack,
      within: (work, settings = {}) =>
        withSettings({ 'aws.profile': profile, distributions: undefined, ...settings }, work),
    };
  });
  after(() => restore?.());
  return () => {
    if (account === undefined) throw new Error('The account is not open yet.');
    return account;
  };
}

/** The stack's profiles under names that leave those of the suite's account alone. */
function renamed(text: string, profile: string): string {
  return text
    .replaceAll(/\[(profile )?demo\]/g, `[$1${profile}]`)
    .replaceAll(/\[(profile )?reader\]/g, `[$1${profile}-reader]`)
    .replaceAll('services local', `services ${profile}`)
    .replaceAll('services = local', `services = ${profile}`);
}
