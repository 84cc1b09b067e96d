import * as vscode from 'vscode';
import type { Grant } from '../../core/cloudfront/signObject.ts';
import {
  parseSignOptions,
  type LinkFormat,
  type SignOptions,
} from '../../core/cloudfront/signOptions.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import type { Session } from '../../core/credentials/session.ts';
import { momentText, type Expiry } from '../../core/expiry.ts';
import { baseName, linkText } from '../../core/linkText.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { Commands } from '../commands.ts';
import type { Log } from '../log.ts';
import type { Call } from '../tree/targets.ts';
import type { Choice } from './chooseDistribution.ts';
import { lookAtObjects, type Look } from './lookAtObjects.ts';
import { objectsOf } from './objectsOf.ts';
import { planSigning, type PlanSource } from './planSigning.ts';
import { settleEnd, titleOf } from './settleEnd.ts';
import { signMany, type SignedObject, type SignedObjects } from './signMany.ts';

/** How long a copy waits for the look at the objects, in milliseconds. */
const LOOK_PATIENCE = 1000;

/** What the signing commands need. */
export interface SigningSource extends Omit<PlanSource, 'signPolicy'> {
  readonly log: Log;
  loadSignPolicy(): Promise<SignPolicy>;
  readCall(args: readonly unknown[]): Result<Call>;
  /** The session, where one is open: signing waits for none. */
  openSession(): Session | undefined;
}

/** The commands from an object to its signed URL on the clipboard. */
export function signingCommands(source: SigningSource): Commands {
  return {
    copySignedUrl: (...args) => copySignedUrl(args, 'ask', source),
    quickCopySignedUrl: (...args) => copySignedUrl(args, 'default', source),
  };
}

/** Copies the signed URL of an object as for a person who has chosen its end, in epoch seconds. */
export function copySignedUrlUntil(
  location: S3Location,
  end: number,
  source: SigningSource,
): Promise<Outcome<string>> {
  return copySignedUrl([location], end, source);
}

async function copySignedUrl(
  args: readonly unknown[],
  endFrom: 'ask' | 'default' | number,
  source: SigningSource,
): Promise<Outcome<string>> {
  const call = source.readCall(args);
  if (call.kind !== 'ok') return call;
  const isScripted = call.value.options !== undefined;
  const options = parseSignOptions(call.value.options ?? {});
  if (options.kind !== 'ok') return options;
  const locations = await objectsOf(call.value, 'Object to Sign');
  if (locations.kind !== 'ok') return locations;

  const look = lookAtObjects(locations.value, source.openSession());
  const signPolicy = await source.loadSignPolicy();
  const plan = await planSigning(locations.value, options.value, isScripted, {
    ...source,
    signPolicy,
  });
  if (plan.kind !== 'ok') return plan;
  const end =
    typeof endFrom === 'number'
      ? ok(endFrom)
      : await settleEnd(
          options.value.expiry,
          isScripted || endFrom === 'default',
          titleOf('Signed URL', locations.value),
          source,
        );
  if (end.kind !== 'ok') return end;
  const grant = grantOf(options.value, end.value, source);
  if (grant.kind !== 'ok') return grant;

  const signed = await signAll(locations.value, plan.value, grant.value, signPolicy);
  if (signed.kind !== 'ok') return signed;
  const agreed = await agree(signed.value, look, isScripted, source.log);
  if (agreed.kind !== 'ok') return agreed;
  const text = textOf(agreed.value, options.value.format ?? 'url');
  await vscode.env.clipboard.writeText(text);
  source.log.info(`Copied ${agreed.value.length} signed URL(s), ending ${momentText(end.value)}`);
  if (!isScripted) void announce(agreed.value, end.value);
  return ok(text);
}

function grantOf(
  { notBefore, ipAddress, hashAlgorithm, query = {} }: SignOptions,
  end: number,
  { settings, now }: SigningSource,
): Result<Grant> {
  const begin = notBefore && momentOf(notBefore, now());
  if (begin !== undefined && begin >= end) return fail({ code: 'not-before-after-expiry' });
  return ok({
    expiresAt: end,
    ...(begin !== undefined && { notBefore: begin }),
    ...(ipAddress !== undefined && { ipAddress }),
    hashAlgorithm: hashAlgorithm ?? settings.get('link.hashAlgorithm'),
    query,
  });
}

function momentOf(when: Expiry, now: number): number {
  return Math.floor(when.kind === 'duration' ? now + when.seconds : when.epoch);
}

async function signAll(
  locations: readonly S3Location[],
  plan: readonly Choice[],
  grant: Grant,
  signPolicy: SignPolicy,
): Promise<Outcome<SignedObjects>> {
  const abort = new AbortController();
  if (locations.length === 1) {
    return signMany(locations, plan, grant, signPolicy, () => {}, abort.signal);
  }
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Signing ${locations.length} URLs`,
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      let before = 0;
      const onProgress = (done: number): void => {
        const increment = ((done - before) / locations.length) * 100;
        progress.report({ increment, message: `${done} done` });
        before = done;
      };
      return signMany(locations, plan, grant, signPolicy, onProgress, abort.signal);
    },
  );
}

/** Lets the user decide on what will not work: links that cannot be made, and objects that are not served. */
async function agree(
  { signed, problems }: SignedObjects,
  look: Look,
  isScripted: boolean,
  log: Log,
): Promise<Outcome<readonly SignedObject[]>> {
  const [unsigned] = problems;
  if (unsigned !== undefined && (isScripted || signed.length === 0)) return fail(unsigned);
  // A script asked for the link as it is, and there is nobody to ask.
  const findings = await look.findings(isScripted ? 0 : LOOK_PATIENCE);
  for (const { code } of findings) log.warn(`Signed all the same: ${code}`);
  if (isScripted) return ok(signed);
  const total = signed.length + problems.length;
  if (unsigned !== undefined) {
    const copyOthers = `Copy the Other ${signed.length}`;
    if (!(await confirm(unsigned, problems.length, total, copyOthers))) return cancelled;
  }
  const [unserved] = findings;
  if (unserved !== undefined) {
    if (!(await confirm(unserved, findings.length, total, 'Copy Anyway'))) return cancelled;
  }
  return ok(signed);
}

async function confirm(
  problem: Problem,
  count: number,
  total: number,
  button: string,
): Promise<boolean> {
  const { title, remedy } = problemWords(problem);
  const many = total === 1 ? '' : `${count} of ${total} objects: `;
  const message = visibleText(`${many}${title}. ${remedy}`);
  return (await vscode.window.showWarningMessage(message, button)) === button;
}

function textOf(signed: readonly SignedObject[], format: LinkFormat): string {
  return signed.map(({ location, url }) => linkText(format, location.key, url)).join('\n');
}

/** Says what is on the clipboard, and offers what people do next. */
async function announce(signed: readonly SignedObject[], end: number): Promise<void> {
  const [only] = signed;
  if (only === undefined) return;
  const open = 'Open';
  const markdown = 'Copy as Markdown';
  const isOne = signed.length === 1;
  const message = isOne
    ? `Copied the signed URL of ${visibleText(baseName(only.location.key))}. It ends ${momentText(end)}.`
    : `Copied ${signed.length} signed URLs. They end ${momentText(end)}.`;
  const buttons = isOne ? [open, markdown] : [markdown];
  const clicked = await vscode.window.showInformationMessage(message, ...buttons);
  if (clicked === open) {
    // As text: a Uri would decode and encode the URL again, and the signature would not cover it.
    await vscode.commands.executeCommand('vscode.open', only.url);
  } else if (clicked === markdown) {
    await vscode.env.clipboard.writeText(textOf(signed, 'markdown'));
  }
}
