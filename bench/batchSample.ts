/**
 * What is measured inside the extension host, and how it comes out: the host cannot be called from
 * outside, so an environment variable leads in and a file leads out.
 */

import { KEY_KINDS, type KeyKind } from '../src/core/keys/privateKey.ts';

const MEASURING = 'BENCH_BATCH';

/** A run of a command that signs many. */
export interface Batch {
  readonly kind: KeyKind;
  /** Whether the objects are listed below a folder in S3, or named by a list that is there. */
  readonly source: 'folder' | 'list';
  readonly links: number;
}

/** What is to be measured. Absolute paths. */
export interface Measuring {
  /** A JSON list of {@link Sample} is left here. */
  readonly samplesFile: string;
  /** A folder to write to. */
  readonly dir: string;
  readonly keys: readonly {
    readonly kind: KeyKind;
    readonly keyPairId: string;
    /** PEM. */
    readonly file: string;
  }[];
  /** In their order. */
  readonly batches: readonly Batch[];
}

/** What came of one run. Memory is in bytes, times are in milliseconds. */
export interface Sample extends Batch {
  readonly took: number;
  /** The longest time in which the host answered nothing. */
  readonly stall: number;
  /** Resident set, before and at its largest. */
  readonly rss: readonly [before: number, peak: number];
  /** JavaScript heap in use, before and at its largest. */
  readonly heap: readonly [before: number, peak: number];
  /** Of all threads of the host, a link, in microseconds. */
  readonly cpu: number;
  /** Raw `crypto.sign` on all cores, right before and right after. */
  readonly raw: readonly [before: RawSigning, after: RawSigning];
}

/** Raw `crypto.sign` on all cores of the host, which does nothing else meanwhile. */
export interface RawSigning {
  /** Signatures a second. */
  readonly rate: number;
  /** A signature, in microseconds. */
  readonly cpu: number;
  /** The longest time in which the host answered nothing: others on the machine are to blame. */
  readonly stall: number;
}

/** The bucket that has so many objects. */
export function bucketOf(links: number): string {
  return `bench-${links}`;
}

/** The environment variable that tells the host what to measure. */
export function batchEnvironment(measuring: Measuring): Readonly<Record<string, string>> {
  return { [MEASURING]: JSON.stringify(measuring) };
}

/** @throws Error where this does not run under the bench */
export function readMeasuring(): Measuring {
  const measuring: unknown = JSON.parse(process.env[MEASURING] ?? 'null');
  if (!isMeasuring(measuring)) throw new Error(`Run npm run bench:batch to set ${MEASURING}`);
  return measuring;
}

/** @throws Error where that is no list of samples */
export function parseSamples(json: string): readonly Sample[] {
  const samples: unknown = JSON.parse(json);
  if (!Array.isArray(samples) || !samples.every(isSample)) throw new Error(`No samples: ${json}`);
  return samples;
}

function isMeasuring(value: unknown): value is Measuring {
  return (
    isObject(value) &&
    typeof value['samplesFile'] === 'string' &&
    typeof value['dir'] === 'string' &&
    Array.isArray(value['keys']) &&
    Array.isArray(value['batches']) &&
    value['batches'].every(isBatch)
  );
}

function isBatch(value: unknown): value is Batch {
  return (
    isObject(value) &&
    KEY_KINDS.some((kind) => kind === value['kind']) &&
    (value['source'] === 'folder' || value['source'] === 'list') &&
    typeof value['links'] === 'number'
  );
}

function isSample(value: unknown): value is Sample {
  return (
    isObject(value) &&
    isBatch(value) &&
    typeof value['took'] === 'number' &&
    typeof value['stall'] === 'number' &&
    typeof value['cpu'] === 'number' &&
    [value['rss'], value['heap']].every(isPair) &&
    Array.isArray(value['raw']) &&
    value['raw'].every(isRawSigning)
  );
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(isNumber);
}

function isRawSigning(value: unknown): value is RawSigning {
  return isObject(value) && [value['rate'], value['cpu'], value['stall']].every(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
