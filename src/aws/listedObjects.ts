import { isAscii } from 'node:buffer';
import { isArchived, type ObjectEntry } from '../core/s3/objectStore.ts';
import { decodeListed } from './decodeListed.ts';

/** The objects of an answer, and what it says besides. */
export interface ListedObjects {
  readonly objects: readonly ObjectEntry[];
  readonly rest: Uint8Array;
}

const BEGIN = '<Contents>';
const END = '</Contents>';

/**
 * Takes the objects out of an answer to ListObjectsV2 with encoded keys. The SDK, which makes a tree
 * of all elements first, is left with the rest; and with all of an answer that is written in another
 * way than S3's, for which `undefined` is given.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function takeListedObjects(body: Buffer): ListedObjects | undefined {
  // Keys are encoded, so that one byte is one character, and places in the text are those in the body.
  if (!isAscii(body)) return undefined;
  const text = body.toString('latin1');
  const first = text.indexOf(BEGIN);
  if (first < 0) return undefined;
  const objects: ObjectEntry[] = [];
  let at = first;
  while (text.startsWith(BEGIN, at)) {
    const end = text.indexOf(END, at);
    const object = end < 0 ? undefined : readObject(text.slice(at + BEGIN.length, end));
    if (object === undefined) return undefined;
    objects.push(object);
    at = end + END.length;
  }
  if (text.includes(BEGIN, at)) return undefined;
  return { objects, rest: Buffer.concat([body.subarray(0, first), body.subarray(at)]) };
}

const [KEY, MODIFIED, SIZE] = [tagged('Key'), tagged('LastModified'), tagged('Size')];
const [ETAG, CLASS, RESTORE] = [tagged('ETag'), tagged('StorageClass'), tagged('RestoreStatus')];

/** Its elements may come in any order, and others among them. */
function readObject(xml: string): ObjectEntry | undefined {
  const key = elementIn(xml, KEY);
  const modified = elementIn(xml, MODIFIED);
  const size = elementIn(xml, SIZE);
  if (key === undefined || modified === undefined || size === undefined) return undefined;
  const storageClass = elementIn(xml, CLASS) ?? 'STANDARD';
  const etag = elementIn(xml, ETAG);
  const isRestored = elementIn(xml, RESTORE)?.includes('<RestoreExpiryDate>') ?? false;
  return {
    kind: 'object',
    key: decodeListed(unescapeXml(key)),
    size: Number(size),
    modified: new Date(modified),
    etag: etag === undefined ? undefined : detached(unescapeXml(etag)),
    storageClass: storageClass === 'STANDARD' ? storageClass : detached(storageClass),
    archived: isArchived(storageClass, isRestored),
  };
}

interface Tag {
  readonly open: string;
  readonly close: string;
}

function tagged(name: string): Tag {
  return { open: `<${name}>`, close: `</${name}>` };
}

function elementIn(xml: string, { open, close }: Tag): string | undefined {
  const begin = xml.indexOf(open);
  if (begin < 0) return undefined;
  const end = xml.indexOf(close, begin);
  return end < 0 ? undefined : xml.slice(begin + open.length, end);
}

/** A copy: a part of the answer would keep the whole of it in memory. */
function detached(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
};

function unescapeXml(text: string): string {
  // Every tag has quotes, and next to nothing has anything else.
  const unquoted = text.replaceAll('&quot;', '"');
  if (!unquoted.includes('&')) return unquoted;
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(quot|amp|lt|gt|apos));/g,
    (all, hex: string | undefined, decimal: string | undefined, name = '') => {
      if (hex === undefined && decimal === undefined) return ENTITIES[name] ?? all;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return String.fromCodePoint(point);
    },
  );
}
