import { compareKeys } from './keyOrder.ts';
import type { ListedObject, ObjectSource } from './objectSource.ts';

/** What the keys of a bucket that was made up look like. */
export type KeyShape = 'tree' | 'sequence' | 'hashes' | 'dates' | 'unicode';

export const KEY_SHAPES: readonly KeyShape[] = ['tree', 'sequence', 'hashes', 'dates', 'unicode'];

const DEPARTMENTS = [
  'Archive',
  'Finance',
  'Legal',
  'brand',
  'customer-care',
  'engineering',
  'marketing',
  'press',
  'studio-berlin',
  'studio-tokyo',
];

/** Characters of many scripts, some beyond the basic plane; three of them name an object. */
const SCRIPTS = Array.from(
  [
    'ÀÉÑÖØßåçëîôúñ',
    'ΑΔΘΛΞΠΣΦΨΩαβγ',
    'БГДЖЗИКЛФЦЧШЭЮЯ',
    'אבגדהוזח',
    'ابتثجحخد',
    'अआइईउऊऋ',
    'กขคฆงจฉ',
    'あいうえおかき',
    '中京人大日本東海',
    '가나다라마바사',
    '😀😃🎉🎵🏔🐈🐕🚀',
  ].join(''),
).toSorted(compareKeys);

const FIRST_DAY = Date.UTC(2019, 0, 1);
const ALL_DAYS = Date.UTC(2026, 0, 1) - FIRST_DAY;

/** The key at an index below a count of at most a million; they ascend in S3's order. */
const KEY_AT: Readonly<Record<KeyShape, (index: number, count: number) => string>> = {
  tree(index, count) {
    const filesALeaf = 100;
    const step = Math.max(1, Math.floor((10_000 * filesALeaf) / count));
    const leaf = Math.floor(index / filesALeaf) * step;
    const department = DEPARTMENTS[Math.floor(leaf / 1000)] ?? '';
    const project = Math.floor(leaf / 100) % 10;
    const year = 2016 + (Math.floor(leaf / 10) % 10);
    const file = padded(index % filesALeaf, 5);
    return `${department}/project-${project}/${year}/batch-${padded(leaf % 10, 2)}/asset-${file}.jpg`;
  },
  sequence: (index) => `photo-${padded(index, 9)}.jpg`,
  hashes(index, count) {
    const stratum = 2 ** 48 / count;
    const head = Math.floor((index + scattered(index) / 2 ** 32) * stratum);
    return `${hex(head, 12)}${hex(scattered(index), 8)}.bin`;
  },
  dates(index, count) {
    // A log that has grown busier: its moments lie closer with the years.
    const moment = Math.sqrt((index + scattered(index) / 2 ** 33) / count);
    const time = new Date(FIRST_DAY + Math.floor(ALL_DAYS * moment)).toISOString();
    return `cdn.${time.replaceAll(':', '-')}.${hex(scattered(index), 8)}.log.gz`;
  },
  unicode(index, count) {
    const { length } = SCRIPTS;
    const rank = Math.floor((index * length ** 3) / count);
    return `${[rank / length ** 2, rank / length, rank]
      .map((digit) => SCRIPTS[Math.floor(digit) % length])
      .join('')}.txt`;
  },
};

/** The key at an index of a shape. */
export function syntheticKey(shape: KeyShape, index: number, count: number): string {
  return KEY_AT[shape](index, count);
}

/**
 * Objects that are computed and not stored, so that a bucket of millions takes no memory.
 *
 * @param count a million at most
 */
export function syntheticObjects(shape: KeyShape, count: number): ObjectSource {
  const keyAt = (index: number) => KEY_AT[shape](index, count);

  /** The index of the first key that is not below a key. */
  function position(key: string): number {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(keyAt(middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const objectAt = (index: number): ListedObject => {
    const noise = scattered(index);
    return {
      key: keyAt(index),
      size: noise % 5000,
      etag: `"${hex(noise, 8).repeat(4)}"`,
      lastModified: new Date(FIRST_DAY + index * 1000),
      storageClass: 'STANDARD',
    };
  };

  return {
    *from(key) {
      for (let index = position(key); index < count; index++) yield objectAt(index);
    },
    get(key) {
      const index = position(key);
      if (index === count || keyAt(index) !== key) return undefined;
      const object = objectAt(index);
      return { ...object, headers: {}, body: new Uint8Array(object.size) };
    },
  };
}

/** 32 bits that look random and are the same each time. */
function scattered(index: number): number {
  let bits = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}
