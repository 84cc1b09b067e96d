import * as vscode from 'vscode';
import type { Grant } from '../../core/cloudfront/signObject.ts';
import { parseSignOptions, type SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import type { Session } from '../../core/credentials/session.ts';
import { momentText, type Expiry } from '../../core/expiry.ts';
import { linkName, type Link } from '../../core/linkFormats/link.ts';
import type { LinkFormat } from '../../core/linkFormats/linkFormat.ts';
import { PLAIN_URL } from '../../core/linkFormats/plainUrl.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { Commands } from '../commands.ts';
import type { VerifyCopied } from '../inspect/verifyCopied.ts';
import type { Log } from '../log.ts';
import { ask } from '../messages.ts';
import { showProblem } from '../problems.ts';
import type { Call } from '../tree/targets.ts';
import type { Choice } from './chooseDistribution.ts';
import { handOut, type LinkForm, type LinkForms } from './linkForms.ts';
import { lookAtObjects, type Look } from './lookAtObjects.ts';
import { objectsOf } from './objectsOf.ts';
import { planSigning, type PlanSource } from './planSigning.ts';
import { settleEnd, titleOf } from './settleEnd.ts';
import { signMany, type SignedObjects } from './signMany.ts';

/** How long a copy waits for the look at the objects, in milliseconds. */
const LOOK_PATIENCE = 1000;

/** What the signing commands need. */
export interface SigningSource extends Omit<PlanSource, 'signPolicy'> {
  readonly log: Log;
  readonly forms: LinkForms;
  loadSignPolicy(): Promise<SignPolicy>;
  readCall(args: readonly unknown[]): Result<Call>;
  /** The session, where one is open: signing waits for none. */
  openSession(): Session | undefined;
  readonly verifyCopied: VerifyCopied;
}

/** What of a link a person is asked for, where options do not say it. */
interface Wishes {
  /** In epoch seconds where it is decided. */
  readonly end: 'ask' | 'default' | number;
  readonly form: 'ask' | 'default';
}

/** The commands from an object to its signed URL on the clipboard. */
export function signingCommands(source: SigningSource): Commands {
  return {
    copySignedUrl: (...args) => copySignedUrl(args, { end: 'ask', form: 'default' }, source),
    copySignedUrlAs: (...args) => copySignedUrl(args, { end: 'ask', form: 'ask' }, source),
    quickCopySignedUrl: (...args) =>
      copySignedUrl(args, { end: 'default', form: 'default' }, source),
  };
}

/** Copies the signed URL of an object as for a person who has chosen its end, in epoch seconds. */
export function copySignedUrlUntil(
  location: S3Location,
  end: number,
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  return copySignedUrl([location], { end, form: 'default' }, source);
}

async function copySignedUrl(
  args: readonly unknown[],
  wishes: Wishes,
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  const call = source.readCall(args);
  if (call.kind !== 'ok') return call;
  const isScripted = call.value.options !== undefined;
  const templates = source.settings.get('link.templates');
  const options = parseSignOptions(call.value.options ?? {}, templates);
  if (options.kind !== 'ok') return options;
  const locations = await objectsOf(call.value, 'Object to Sign');
  if (locations.kind !== 'ok') return locations;
  const title = titleOf('Signed URL', locations.value);
  const form =
    wishes.form === 'ask' && !isScripted
      ? await askForm(title, locations.value.length, source)
      : formOf(options.value, source);
  if (form.kind !== 'ok') return form;

  const look = lookAtObjects(locations.value, source.openSession());
  const signPolicy = await source.loadSignPolicy();
  const plan = await planSigning(locations.value, options.value, isScripted, {
    ...source,
    signPolicy,
  });
  if (plan.kind !== 'ok') return plan;
  const end =
    typeof wishes.end === 'number'
      ? ok(wishes.end)
      : await settleEnd(
          options.value.expiry,
          isScripted || wishes.end === 'default',
          title,
          source,
        );
  if (end.kind !== 'ok') return end;
  const grant = grantOf(options.value, end.value, source);
  if (grant.kind !== 'ok') return grant;

  const signed = await signAll(locations.value, plan.value, grant.value, signPolicy);
  if (signed.kind !== 'ok') return signed;
  const agreed = await agree(signed.value, look, isScripted, source.log);
  if (agreed.kind !== 'ok') return agreed;
  const handedOut = await handOut(agreed.value, form.value);
  if (handedOut.kind !== 'ok') return handedOut;
  source.log.info(`Made ${agreed.value.length} signed URL(s), ending ${momentText(end.value)}`);
  if (!isScripted && form.value !== 'qr-code') {
    void announce(agreed.value, form.value, end.value, source);
  }
  return handedOut;
}

/** The form that a script names, or that the settings do. */
function formOf({ format }: SignOptions, { forms }: SigningSource): Result<LinkForm> {
  return format === undefined ? forms.standard() : ok(format);
}

async function askForm(
  title: string,
  links: number,
  { forms }: SigningSource,
): Promise<Outcome<LinkForm>> {
  const form = await forms.pick(title, links);
  return form === undefined ? cancelled : ok(form);
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
): Promise<Outcome<readonly Link[]>> {
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
  return (await ask('warning', `${many}${title}. ${remedy}`, button)) === button;
}

/** Says what is on the clipboard, and offers what people do next. */
async function announce(
  signed: readonly Link[],
  format: LinkFormat,
  end: number,
  { forms, verifyCopied }: SigningSource,
): Promise<void> {
  const [only] = signed;
  if (only === undefined) return;
  const works = (await verifyCopied(signed)) ? ' ✓\u00a0Verified.' : '';
  const open = 'Open';
  const copyAs = 'Copy As…';
  const isOne = signed.length === 1;
  const as = format === PLAIN_URL ? '' : ` as ${format.label}`;
  const message = isOne
    ? `Copied the signed URL of ${linkName(only)}${as}. It ends ${momentText(end)}.${works}`
    : `Copied ${signed.length} signed URLs${as}. They end ${momentText(end)}.${works}`;
  const buttons = isOne ? [open, copyAs] : [copyAs];
  const clicked = await ask('info', message, ...buttons);
  if (clicked === open) {
    // As text: a Uri would decode and encode the URL again, and the signature would not cover it.
    await vscode.commands.executeCommand('vscode.open', only.url);
  } else if (clicked === copyAs) {
    const locations = signed.map(({ location }) => location);
    const form = await forms.pick(titleOf('Signed URL', locations), signed.length);
    if (form !== undefined) await copyAgain(signed, form);
  }
}

/** Hands the same links out once more. */
async function copyAgain(signed: readonly Link[], form: LinkForm): Promise<void> {
  const handedOut = await handOut(signed, form);
  if (handedOut.kind !== 'ok') showProblem(handedOut.problem);
  else if (form !== 'qr-code') {
    vscode.window.setStatusBarMessage(`$(check) Copied as ${visibleText(form.label)}`, 3000);
  }
}
