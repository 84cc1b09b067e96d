import type { SignBatch } from '../../core/cloudfront/signBatch.ts';
import type { Grant } from '../../core/cloudfront/signObject.ts';
import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import type { Session } from '../../core/credentials/session.ts';
import { momentText, type Expiry } from '../../core/expiry.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { cancellable } from '../cancellable.ts';
import type { Log } from '../log.ts';
import { ask } from '../messages.ts';
import { lookAtObjects, type Look } from './lookAtObjects.ts';
import { createPlanner, type PlanSource } from './planSigning.ts';
import { settleEnd, titleOf } from './settleEnd.ts';
import {
  inOneBatch,
  planEach,
  signEach,
  type ObjectBatches,
  type SignedObjects,
} from './signEach.ts';

/** How long links wait for the look at their objects, in milliseconds. */
const LOOK_PATIENCE = 1000;

/** What links are made with. */
export interface LinkMaker extends Omit<PlanSource, 'signPolicy'> {
  readonly log: Log;
  loadSignPolicy(): Promise<SignPolicy>;
  loadSignBatch(): Promise<SignBatch>;
  /** The session, where one is open: signing waits for none. */
  openSession(): Session | undefined;
  /** Notes what was issued. */
  recordLinks(links: readonly Link[]): void;
  /** The same, for links that are never there all at once: kept once all of them are made. */
  beginRecord(): { add(link: Link): void; keep(): void };
}

/** What shall be signed, and how. */
export interface LinkRequest {
  readonly locations: readonly S3Location[];
  readonly options: SignOptions;
  /** When the links end, where the options do not say it; in epoch seconds where it is decided. */
  readonly end: 'ask' | 'default' | number | (() => Promise<Outcome<number>>);
  /** Whether a script calls, which is asked nothing. */
  readonly isScripted: boolean;
}

/** Links that are ready to be made: who serves the first of them is known, and when they end. */
export interface OpenedLinks {
  readonly grant: Grant;
  /** Makes them, and whatever comes after them: see `signEach`. */
  readonly make: (signal: AbortSignal) => AsyncGenerator<Outcome<SignedObjects>, void, undefined>;
}

/**
 * Does all that comes before the signing of objects which are still to come: settles who serves the
 * first of them, so that whatever is to be asked is asked, and when the links end.
 *
 * @param title what a person is asked under
 *
 * Errors: those of the batches, of `createPlanner` and `settleEnd`; `not-before-after-expiry`;
 * `nothing-to-sign`.
 */
export async function openLinks(
  batches: ObjectBatches,
  { options, end: wish, isScripted }: Omit<LinkRequest, 'locations'>,
  title: string,
  maker: LinkMaker,
): Promise<Outcome<OpenedLinks>> {
  const [signPolicy, signBatch] = await Promise.all([
    maker.loadSignPolicy(),
    maker.loadSignBatch(),
  ]);
  async function endOf(): Promise<Outcome<number>> {
    if (typeof wish === 'number') return ok(wish);
    if (typeof wish === 'function') return wish();
    return settleEnd(options.expiry, isScripted || wish === 'default', title, maker);
  }

  const planner = await createPlanner(options, isScripted, { ...maker, signPolicy });
  if (planner.kind !== 'ok') return planner;
  const plan = planEach(batches, planner.value);
  const first = await plan.next();
  if (first.done) return fail({ code: 'nothing-to-sign' });
  if (first.value.kind !== 'ok') return first.value;
  const end = await endOf();
  if (end.kind !== 'ok') return end;
  const grant = grantOf(options, end.value, maker);
  if (grant.kind !== 'ok') return grant;
  return ok({
    grant: grant.value,
    make: (signal) => signEach(resumed(first.value, plan), grant.value, signBatch, signal),
  });
}

async function* resumed<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  yield first;
  yield* others;
}

/**
 * Makes the links of objects, whoever asks for them and whatever becomes of them: plans, asks a person
 * what is left open, signs, and lets her decide on what will not work.
 *
 * Errors: those of `openLinks` and `signObject`.
 */
export async function makeLinks(
  request: LinkRequest,
  maker: LinkMaker,
): Promise<Outcome<readonly Link[]>> {
  const { locations, isScripted } = request;
  const look = lookAtObjects(locations, maker.openSession());
  const title = titleOf('Signed URL', locations);
  const opened = await openLinks(inOneBatch(locations), request, title, maker);
  if (opened.kind !== 'ok') return opened;
  const { grant, make } = opened.value;
  const signed = await cancellable(`Signing ${locations.length} URLs`, async (signal, report) =>
    gather(make(signal), (done) => report(`${done} done`)),
  );
  if (signed.kind !== 'ok') return signed;
  const agreed = await agree(signed.value, look, isScripted, maker.log);
  if (agreed.kind !== 'ok') return agreed;
  maker.log.info(
    `Made ${agreed.value.length} signed URL(s), ending ${momentText(grant.expiresAt)}`,
  );
  maker.recordLinks(agreed.value);
  return agreed;
}

async function gather(
  made: AsyncIterable<Outcome<SignedObjects>>,
  onProgress: (done: number) => void,
): Promise<Outcome<SignedObjects>> {
  const signed: Link[] = [];
  const problems: Problem[] = [];
  for await (const some of made) {
    if (some.kind !== 'ok') return some;
    signed.push(...some.value.signed);
    problems.push(...some.value.problems);
    onProgress(signed.length);
  }
  return ok({ signed, problems });
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
