import { isJsonObject } from '../src/core/json.ts';
import { KEY_KINDS, type KeyKind } from '../src/core/keys/privateKey.ts';

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

export function isMeasuring(value: unknown): value is Measuring {
  return (
    isJsonObject(value) &&
    typeof value['samplesFile'] === 'string' &&
    typeof value['dir'] === 'string' &&
    Array.isArray(value['keys']) &&
    Array.isArray(value['batches']) &&
    value['batches'].every(isBatch)
  );
}

function isBatch(value: unknown): value is Batch {
  return (
    isJsonObject(value) &&
    KEY_KINDS.some((kind) => kind === value['kind']) &&
    (value['source'] === 'folder' || value['source'] === 'list') &&
    typeof value['links'] === 'number'
  );
}

export function isSample(value: unknown): value is Sample {
  return (
    isJsonObject(value) &&
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
  return isJsonObject(value) && [value['rate'], value['cpu'], value['stall']].every(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
