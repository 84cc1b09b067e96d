import { createHash } from 'node:crypto';
import { isJsonObject, parseJson } from '../json.ts';
import { KeySegment } from './keySegment.ts';
import { KeyTable } from './keyTable.ts';

/** What an index says of itself. */
export interface IndexHead {
  readonly bucket: string;
  /** When its keys were listed, in epoch seconds. */
  readonly builtAt: number;
  readonly count: number;
}

/** First line of a file, which changes with its form. */
const MAGIC = 'cloudfront-signer-keys 2';

/** Numbers of eight bytes have to lie at places that are multiples of it. */
const ALIGNMENT = 8;

/** Rows, and bytes of their keys. */
const SEGMENT_HEAD = 8;

/** Told of all that is before it, so that no key is taken from a disk that has changed it. */
const DIGEST = 'sha256';
const DIGEST_BYTES = 32;

/**
 * An index as the bytes of a file, piece by piece: two lines of text, the columns of segments, and a
 * digest of all that.
 */
export function* indexBytes(
  head: Omit<IndexHead, 'count'>,
  table: KeyTable,
): Generator<Uint8Array, void, undefined> {
  const digest = createHash(DIGEST);
  for (const piece of contentBytes(head, table)) {
    digest.update(piece);
    yield piece;
  }
  yield digest.digest();
}

function* contentBytes(
  head: Omit<IndexHead, 'count'>,
  table: KeyTable,
): Generator<Uint8Array, void, undefined> {
  const { segments } = table;
  const text = `${MAGIC}\n${JSON.stringify({ ...head, count: table.size })}`;
  const length = aligned(Buffer.byteLength(text) + 1);
  yield Buffer.from(`${text.padEnd(text.length + length - Buffer.byteLength(text) - 1)}\n`);
  for (const { count, columns } of segments) {
    const keys = columns.bytes;
    yield bytesOf(Uint32Array.of(count, keys.length));
    yield bytesOf(columns.sizes);
    yield padded(bytesOf(columns.modified));
    yield padded(bytesOf(columns.ends));
    yield padded(keys);
  }
}

/** What an index says of itself, of the beginning of its file; undefined where it is none. */
export function readIndexHead(bytes: Buffer): IndexHead | undefined {
  return headOf(bytes)?.head;
}

/** An index out of its file; undefined where that is none, or not as it was written. */
export function readIndex(
  file: Buffer,
): { readonly head: IndexHead; readonly table: KeyTable } | undefined {
  const bytes = file.subarray(0, -DIGEST_BYTES);
  const start = headOf(bytes);
  if (start === undefined) return undefined;
  const digest = createHash(DIGEST).update(bytes).digest();
  if (!digest.equals(file.subarray(-DIGEST_BYTES))) return undefined;
  const segments: KeySegment[] = [];
  let at = start.length;
  while (at < bytes.length) {
    if (at + SEGMENT_HEAD > bytes.length) return undefined;
    const count = bytes.readUInt32LE(at);
    const length = bytes.readUInt32LE(at + 4);
    at += SEGMENT_HEAD;
    const end = at + count * 8 + 2 * aligned(count * 4) + aligned(length);
    if (count === 0 || end > bytes.length) return undefined;
    const sizes = new Float64Array(...placeOf(bytes, at, count * 8), count);
    at += count * 8;
    const modified = new Uint32Array(...placeOf(bytes, at, count * 4), count);
    at += aligned(count * 4);
    const ends = new Uint32Array(...placeOf(bytes, at, count * 4), count);
    at += aligned(count * 4);
    segments.push(
      new KeySegment({ bytes: bytes.subarray(at, at + length), ends, sizes, modified }),
    );
    at = end;
  }
  const table = new KeyTable(segments);
  return table.size === start.head.count ? { head: start.head, table } : undefined;
}

function headOf(bytes: Buffer): { readonly head: IndexHead; readonly length: number } | undefined {
  const first = bytes.indexOf('\n');
  if (first < 0 || bytes.toString('utf8', 0, first) !== MAGIC) return undefined;
  const second = bytes.indexOf('\n', first + 1);
  const head = parseJson(bytes.toString('utf8', first + 1, Math.max(second, 0)));
  if (!isJsonObject(head)) return undefined;
  const { bucket, builtAt, count } = head;
  if (typeof bucket !== 'string' || typeof builtAt !== 'number' || typeof count !== 'number') {
    return undefined;
  }
  return { head: { bucket, builtAt, count }, length: second + 1 };
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(aligned(bytes.length));
  whole.set(bytes);
  return whole;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Where a column lies, in a place that numbers can lie at: its own, or that of a copy. */
function placeOf(bytes: Buffer, from: number, length: number): readonly [ArrayBufferLike, number] {
  const at = bytes.byteOffset + from;
  if (at % ALIGNMENT === 0) return [bytes.buffer, at];
  return [new Uint8Array(bytes.subarray(from, from + length)).buffer, 0];
}
