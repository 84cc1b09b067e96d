import { isJsonObject, parseJson } from '../json.ts';
import { parseS3Location, type S3Location, type S3Place } from './location.ts';

/** What one line of a list names. */
export type ListedName =
  | { readonly kind: 'location'; readonly location: S3Location }
  /** A key alone, which needs a bucket. */
  | { readonly kind: 'key'; readonly key: string }
  /** Neither: nothing of it is taken. Lines are counted from one, and so are the items of a list. */
  | { readonly kind: 'neither'; readonly line: number; readonly text: string };

/**
 * Reads a list of objects: one a line, as an S3 URI, an ARN or a key, or a JSON list of such texts and
 * of `{ bucket, key }`. A key is taken literally, with the white space that it has. Blank lines are
 * passed over, and so are comments, which begin with `#`: a key that does stands in an S3 URI.
 */
export function* readKeyList(text: string): Generator<ListedName, void, undefined> {
  const list = text.trimStart().startsWith('[') ? parseJson(text) : undefined;
  if (Array.isArray(list)) {
    yield* readNames(list);
    return;
  }
  let line = 0;
  for (const written of linesOf(text)) {
    line++;
    if (written.trim() !== '' && !written.startsWith('#')) yield nameIn(written, line);
  }
}

/** Reads the items of a list, each of them a text or a `{ bucket, key }`. */
export function* readNames(items: readonly unknown[]): Generator<ListedName, void, undefined> {
  for (const [index, item] of items.entries()) {
    if (typeof item === 'string') yield nameIn(item, index + 1);
    else yield locationIn(item, index + 1);
  }
}

/** The object that a name stands for among those of a place. Undefined where it names none. */
export function locationOf(name: ListedName, place: S3Place | undefined): S3Location | undefined {
  if (name.kind === 'location') return name.location;
  if (name.kind === 'neither' || place === undefined) return undefined;
  return { bucket: place.bucket, key: place.prefix + name.key };
}

/** One at a time: the lines of a large text would be a second one. */
function* linesOf(text: string): Generator<string, void, undefined> {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    start = end < 0 ? text.length + 1 : end + 1;
  }
}

function nameIn(text: string, line: number): ListedName {
  if (text === '') return { kind: 'neither', line, text };
  if (!/^\s*(?:[a-z][a-z0-9+.-]*:\/\/|arn:)/i.test(text)) return { kind: 'key', key: text };
  const isOfS3 = /^\s*(?:s3:\/\/|arn:)/i.test(text);
  const location = isOfS3 ? parseS3Location(text) : undefined;
  return location?.kind === 'ok' && location.value.key !== ''
    ? { kind: 'location', location: location.value }
    : { kind: 'neither', line, text };
}

function locationIn(item: unknown, line: number): ListedName {
  const { bucket, key } = isJsonObject(item) ? item : {};
  const named = typeof bucket === 'string' ? parseS3Location(bucket) : undefined;
  return named?.kind === 'ok' && named.value.key === '' && typeof key === 'string' && key !== ''
    ? { kind: 'location', location: { bucket: named.value.bucket, key } }
    : { kind: 'neither', line, text: JSON.stringify(item) ?? '' };
}
