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
  // One byte is one character, so that places in the text are places in the body.
  const text = body.toString('latin1');
  const first = text.indexOf(BEGIN);
  if (first < 0) return undefined;
  const objects: ObjectEntry[] = [];
  let at = first;
  while (text.startsWith(BEGIN, at)) {
    const read = readObject(body, text, at + BEGIN.length);
    if (read === undefined) return undefined;
    objects.push(read.object);
    at = read.end;
  }
  if (text.includes(BEGIN, at)) return undefined;
  return { objects, rest: Buffer.concat([body.subarray(0, first), body.subarray(at)]) };
}

function readObject(
  body: Buffer,
  text: string,
  begin: number,
): { readonly object: ObjectEntry; readonly end: number } | undefined {
  let key: string | undefined;
  let [size, storageClass, isRestored] = [0, 'STANDARD', false];
  let [modified, etag]: [Date | undefined, string | undefined] = [undefined, undefined];
  let at = begin;
  while (!text.startsWith(END, at)) {
    const open = text.indexOf('>', at);
    const name = text.slice(at + 1, open);
    // S3 writes no white space between elements, no attributes, and no empty element.
    if (text[at] !== '<' || !/^[A-Za-z]+$/.test(name)) return undefined;
    const close = text.indexOf(`</${name}>`, open);
    if (close < 0) return undefined;
    // A slice of the text would keep the whole of it in memory.
    const value = (): string => unescapeXml(body.toString('utf8', open + 1, close));
    switch (name) {
      case 'Key':
        key = decodeListed(value());
        break;
      case 'Size':
        size = Number(value());
        break;
      case 'LastModified':
        modified = new Date(value());
        break;
      case 'ETag':
        etag = value();
        break;
      case 'StorageClass':
        storageClass = value();
        break;
      case 'RestoreStatus':
        isRestored = value().includes('<RestoreExpiryDate>');
        break;
    }
    at = close + `</${name}>`.length;
  }
  if (key === undefined) return undefined;
  const archived = isArchived(storageClass, isRestored);
  const object = { kind: 'object', key, size, modified, etag, storageClass, archived } as const;
  return { object, end: at + END.length };
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
};

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-z]+));/g,
    (all, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[String(name)] ?? all;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
}
