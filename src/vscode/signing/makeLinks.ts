import * as vscode from 'vscode';
import type { Grant } from '../../core/cloudfront/signObject.ts';
import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import type { Session } from '../../core/credentials/session.ts';
import { momentText, type Expiry } from '../../core/expiry.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { Log } from '../log.ts';
import { ask } from '../messages.ts';
import type { Choice } from './chooseDistribution.ts';
import { lookAtObjects, type Look } from './lookAtObjects.ts';
import { planSigning, type PlanSource } from './planSigning.ts';
import { settleEnd, titleOf } from './settleEnd.ts';
import { signMany, type SignedObjects } from './signMany.ts';

/** How long links wait for the look at their objects, in milliseconds. */
const LOOK_PATIENCE = 1000;

/** What links are made with. */
export interface LinkMaker extends Omit<PlanSource, 'signPolicy'> {
  readonly log: Log;
  loadSignPolicy(): Promise<SignPolicy>;
  /** The session, where one is open: signing waits for none. */
  openSession(): Session | undefined;
  /** Notes what was issued. */
  recordLinks(links: readonly Link[]): void;
}

/** What shall be signed, and how. */
export interface LinkRequest {
  readonly locations: readonly S3Location[];
  readonly options: SignOptions;
  /** When the links end, where the options do not say it; in epoch seconds where it is decided. */
  readonly end: 'ask' | 'default' | number;
  /** Whether a script calls, which is asked nothing. */
  readonly isScripted: boolean;
}

/**
 * Makes the links of objects, whoever asks for them and whatever becomes of them: plans, asks a person
 * what is left open, signs, and lets her decide on what will not work.
 *
 * Errors: those of `planSigning`, `settleEnd` and `signObject`; `not-before-after-expiry`.
 */
export async function makeLinks(
  { locations, options, end: wish, isScripted }: LinkRequest,
  maker: LinkMaker,
): Promise<Outcome<readonly Link[]>> {
  const look = lookAtObjects(locations, maker.openSession());
  const signPolicy = await maker.loadSignPolicy();
  const plan = await planSigning(locations, options, isScripted, { ...maker, signPolicy });
  if (plan.kind !== 'ok') return plan;
  const isUnasked = isScripted || wish === 'default';
  const end =
    typeof wish === 'number'
      ? ok(wish)
      : await settleEnd(options.expiry, isUnasked, titleOf('Signed URL', locations), maker);
  if (end.kind !== 'ok') return end;
  const grant = grantOf(options, end.value, maker);
  if (grant.kind !== 'ok') return grant;

  const signed = await signAll(locations, plan.value, grant.value, signPolicy);
  if (signed.kind !== 'ok') return signed;
  const agreed = await agree(signed.value, look, isScripted, maker.log);
  if (agreed.kind !== 'ok') return agreed;
  maker.log.info(`Made ${agreed.value.length} signed URL(s), ending ${momentText(end.value)}`);
  maker.recordLinks(agreed.value);
  return agreed;
}

/**
 * What links grant by options, until their end.
 *
 * Errors: `not-before-after-expiry`.
 */
export function grantOf(
  { notBefore, ipAddress, hashAlgorithm, query = {} }: SignOptions,
  end: number,
  { settings, now }: LinkMaker,
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
