import type { SignBatch } from '../../core/cloudfront/signBatch.ts';
import type { Grant } from '../../core/cloudfront/signObject.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { ok, type Outcome } from '../../core/outcome.ts';
import type { Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { Choice } from './chooseDistribution.ts';
import type { Planner } from './planSigning.ts';

/** How many objects are signed at a time: some milliseconds' worth, so that giving up is quick. */
const BATCH = 100;

/** How many batches are under way: enough for many threads, and few enough for the memory. */
const AHEAD = 32;

/** Objects as they come from where they are listed, some at a time. */
export type ObjectBatches = AsyncIterable<Outcome<readonly S3Location[]>>;

/** An object with who serves it, and which key signs for that. */
export interface PlannedObject {
  readonly location: S3Location;
  readonly choice: Choice;
}

/** What came of signing several objects. */
export interface SignedObjects {
  /** In the order of the objects. */
  readonly signed: readonly Link[];
  /** Why the others could not be signed. */
  readonly problems: readonly Problem[];
}

/** Objects that are there at once. */
export async function* inOneBatch(
  locations: readonly S3Location[],
): AsyncGenerator<Outcome<readonly S3Location[]>, void, undefined> {
  yield ok(locations);
}

/**
 * Plans objects as they come. What is not an `ok` is the last.
 *
 * Errors: those of the batches and of the planner.
 */
export async function* planEach(
  batches: ObjectBatches,
  planner: Planner,
): AsyncGenerator<Outcome<readonly PlannedObject[]>, void, undefined> {
  for await (const batch of batches) {
    const choices = batch.kind === 'ok' ? await planner(batch.value) : batch;
    if (batch.kind !== 'ok' || choices.kind !== 'ok') {
      if (choices.kind !== 'ok') yield choices;
      return;
    }
    const planned = batch.value.flatMap((location, index): PlannedObject[] => {
      const choice = choices.value[index];
      return choice === undefined ? [] : [{ location, choice }];
    });
    if (planned.length > 0) yield ok(planned);
  }
}

/**
 * Signs objects as they come, several batches at a time, and gives them in their order. What is not
 * an `ok` is the last. Whoever stops taking ends what is under way.
 *
 * Errors: those of the plan and of `SignBatch`.
 */
export async function* signEach(
  plan: AsyncIterable<Outcome<readonly PlannedObject[]>>,
  grant: Grant,
  signBatch: SignBatch,
  signal: AbortSignal,
): AsyncGenerator<Outcome<SignedObjects>, void, undefined> {
  const left = new AbortController();
  const ending = AbortSignal.any([signal, left.signal]);
  const underWay: Promise<Outcome<SignedObjects>>[] = [];
  try {
    for await (const planned of plan) {
      if (planned.kind !== 'ok') {
        underWay.push(Promise.resolve(planned));
        break;
      }
      for (const run of runsOf(planned.value)) {
        underWay.push(signRun(run, grant, signBatch, ending));
        const first = underWay.length < AHEAD ? undefined : await underWay.shift();
        if (first === undefined) continue;
        yield first;
        if (first.kind !== 'ok') return;
      }
    }
    for (const signing of underWay) {
      const next = await signing;
      yield next;
      if (next.kind !== 'ok') return;
    }
  } finally {
    left.abort();
  }
}

async function signRun(
  run: readonly PlannedObject[],
  grant: Grant,
  signBatch: SignBatch,
  signal: AbortSignal,
): Promise<Outcome<SignedObjects>> {
  const [first] = run;
  if (first === undefined) return ok({ signed: [], problems: [] });
  const keys = run.map(({ location }) => location.key);
  const results = await signBatch(keys, { ...first.choice, grant }, signal);
  if (results.kind !== 'ok') return results;
  const signed: Link[] = [];
  const problems: Problem[] = [];
  for (const [index, { location, choice }] of run.entries()) {
    const url = results.value[index];
    if (url?.kind === 'ok') {
      const { keyPairId } = choice.key;
      signed.push({ location, url: url.value, signed: { keyPairId, grant } });
    } else if (url !== undefined) problems.push(url.problem);
  }
  return ok({ signed, problems });
}

/** Cuts objects into batches that one key signs for one distribution. */
function* runsOf(planned: readonly PlannedObject[]): Generator<readonly PlannedObject[]> {
  let run: PlannedObject[] = [];
  for (const object of planned) {
    const [first] = run;
    if (first !== undefined && (first.choice !== object.choice || run.length === BATCH)) {
      yield run;
      run = [];
    }
    run.push(object);
  }
  if (run.length > 0) yield run;
}
