import type { KeyFilter } from '../s3/keyFilter.ts';

/** What is known of an object where many are. */
export interface KeyRow {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date | undefined;
}

/** How many rows a segment has at most: what is searched without a break. */
export const SEGMENT_ROWS = 8192;

/** Stands behind each key. No UTF-8 has it: https://www.rfc-editor.org/rfc/rfc3629#section-1 */
const END = 0xff;

/** Keys as bytes, each with {@link END} behind it. */
interface Names {
  readonly bytes: Buffer;
  /** Where each key ends, in bytes: the place of what stands behind it. */
  readonly ends: Uint32Array;
}

/** The columns of a segment, as they are kept in a file. */
export interface SegmentColumns extends Names {
  /** In bytes. */
  readonly sizes: Float64Array;
  /** In epoch seconds; 0 where it is not known. */
  readonly modified: Uint32Array;
}

/** Some thousand rows. */
export class KeySegment {
  readonly columns: SegmentColumns;
  #small: Names | undefined;

  constructor(columns: SegmentColumns) {
    this.columns = columns;
  }

  get count(): number {
    return this.columns.ends.length;
  }

  row(index: number): KeyRow {
    const { sizes, modified } = this.columns;
    const seconds = modified[index] ?? 0;
    return {
      key: keyAt(this.columns, index),
      size: sizes[index] ?? 0,
      modified: seconds === 0 ? undefined : new Date(seconds * 1000),
    };
  }

  rows(): readonly KeyRow[] {
    return Array.from({ length: this.count }, (_, index) => this.row(index));
  }

  /**
   * The numbers of the rows that fit, in order.
   *
   * @param literals those of the filter, the rarest first
   * @param from the number of the first row that is looked at
   */
  find(filter: KeyFilter, literals: readonly Buffer[], from = 0): readonly number[] {
    const [rarest, ...others] = literals;
    if (rarest === undefined) {
      return filter.isLiteral ? this.#numbers(from) : this.#findByKey(filter, from);
    }
    const names = this.#namesFor(filter);
    const found = rowsWith(rarest, names, from);
    return filter.isLiteral
      ? found.filter((index) => others.every((literal) => has(literal, names, index)))
      : found.filter((index) => filter.fits(keyAt(this.columns, index)));
  }

  /** How many rows have a literal in them. */
  countWith(literal: Buffer, filter: KeyFilter): number {
    return rowsWith(literal, this.#namesFor(filter), 0).length;
  }

  #numbers(from: number): readonly number[] {
    return Array.from({ length: this.count - from }, (_, index) => from + index);
  }

  #findByKey({ fits }: KeyFilter, from: number): readonly number[] {
    const keys = allKeys(this.columns);
    return this.#numbers(from).filter((index) => fits(keys[index] ?? ''));
  }

  #namesFor({ ignoresCase }: KeyFilter): Names {
    return ignoresCase ? this.#inSmallLetters() : this.columns;
  }

  #inSmallLetters(): Names {
    this.#small ??= inSmallLetters(this.columns);
    return this.#small;
  }
}

/** A segment of rows, {@link SEGMENT_ROWS} at most. */
export function segmentOf(rows: readonly KeyRow[]): KeySegment {
  const seconds = rows.map(({ modified }) => Math.floor((modified?.getTime() ?? 0) / 1000));
  return new KeySegment({
    ...namesOf(rows.map(({ key }) => key)),
    sizes: Float64Array.from(rows, ({ size }) => size),
    modified: Uint32Array.from(seconds),
  });
}

function namesOf(keys: readonly string[]): Names {
  const ends = new Uint32Array(keys.length);
  const length = keys.reduce((sum, key) => sum + Buffer.byteLength(key) + 1, 0);
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const [index, key] of keys.entries()) {
    at += bytes.write(key, at);
    ends[index] = at;
    bytes[at++] = END;
  }
  return { bytes, ends };
}

function inSmallLetters(names: Names): Names {
  if (!hasOtherThanSmall(names.bytes)) return names;
  return namesOf(Array.from(names.ends, (_, index) => keyAt(names, index).toLowerCase()));
}

/** The rows that have bytes in their keys, in order. */
function rowsWith(literal: Buffer, names: Names, from: number): readonly number[] {
  const found: number[] = [];
  for (let index = from; index < names.ends.length; index++) {
    const at = names.bytes.indexOf(literal, startOf(names, index));
    if (at < 0) break;
    index = rowAt(names, at, index);
    found.push(index);
  }
  return found;
}

function has(literal: Buffer, names: Names, index: number): boolean {
  return names.bytes.subarray(startOf(names, index), names.ends[index]).includes(literal);
}

/** All keys at once, which is faster than one by one. */
function allKeys(names: Names): readonly string[] {
  // The byte behind each key is no character, and stands for this one. A key may have it, too.
  const keys = names.bytes.toString('utf8').split('\u{FFFD}');
  return keys.length === names.ends.length + 1
    ? keys
    : Array.from(names.ends, (_, index) => keyAt(names, index));
}

/** Whether there is a capital of ASCII, or anything beyond, which may be one. */
function hasOtherThanSmall(bytes: Uint8Array): boolean {
  return bytes.some((byte) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x80 && byte !== END));
}

function startOf({ ends }: Names, index: number): number {
  return index === 0 ? 0 : (ends[index - 1] ?? 0) + 1;
}

function keyAt(names: Names, index: number): string {
  return names.bytes.toString('utf8', startOf(names, index), names.ends[index]);
}

/** The row that a byte is in, which is not before another. */
function rowAt({ ends }: Names, at: number, notBefore: number): number {
  let low = notBefore;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
