import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Inventory } from '../../dev/s3/bucketInventory.ts';
import type { AccountUser } from '../../dev/s3/identity.ts';
import { inventoryReader } from '../../src/aws/inventoryReader.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import { cancelled, ok, type Outcome } from '../../src/core/outcome.ts';
import { compareKeys } from '../../src/core/s3/keyOrder.ts';
import { parseS3Location } from '../../src/core/s3/location.ts';
import { findInventory } from '../../src/core/search/findInventory.ts';
import {
  parseInventoryManifest,
  type InventoryManifest,
} from '../../src/core/search/inventoryManifest.ts';
import type { KeyRow } from '../../src/core/search/keySegment.ts';
import { KeyTable } from '../../src/core/search/keyTable.ts';
import { readInventory } from '../../src/core/search/readInventory.ts';
import { createRowSorter } from '../../src/core/search/rowSorter.ts';
import { parquetFile, type ParquetLine } from '../parquetFile.ts';
import { bundleWorker, type BundledWorker } from './bundledWorker.ts';
import { inventoryKey, LISTS, putInventory, type InventoryParts } from '../inventoryFiles.ts';
import { ADA, startS3Stage, type S3Stage } from './s3Stage.ts';

const { signal } = new AbortController();
const IDENTITY = { profile: 'ada', login: undefined };
const BUCKET = 'films';

let stage: S3Stage;
let parquetProgram: BundledWorker;
beforeAll(async () => {
  [stage, parquetProgram] = await Promise.all([startS3Stage(), bundleWorker('parquetWorker')]);
});
afterAll(() => Promise.all([stage.close(), parquetProgram.dispose()]));

beforeEach(() => {
  stage.s3.putBucket(LISTS);
  stage.s3.putBucket(BUCKET);
});

const COLUMNS = ['Bucket', 'Key', 'Size', 'LastModifiedDate'];
const CREATED = Date.UTC(2026, 10, 24, 1) / 1000;

function lineOf({ key, size, modified }: KeyRow): readonly string[] {
  return [BUCKET, inventoryKey(key), String(size), modified?.toISOString() ?? ''];
}

function put(parts: Partial<InventoryParts> = {}): string {
  return putInventory(stage.s3, {
    bucket: BUCKET,
    id: 'daily',
    date: '2026-11-24T01-00Z',
    columns: COLUMNS,
    files: [[lineOf({ key: 'a.mp4', size: 1, modified: new Date(0) })]],
    ...parts,
  });
}

/** What is in an inventory that a manifest names, in S3's order. */
async function rowsIn(
  uri: string,
  given = signal,
  onRows: () => void = () => {},
): Promise<Outcome<readonly KeyRow[]>> {
  const reader = inventoryReader(stage.owner, IDENTITY, parquetProgram.url);
  const location = parseS3Location(uri);
  if (location.kind !== 'ok') return location;
  const text = await reader.readText(location.value, given);
  if (text.kind !== 'ok') return text;
  const manifest = parseInventoryManifest(text.value, location.value);
  if (manifest.kind !== 'ok') return manifest;
  const sorter = createRowSorter();
  for await (const rows of readInventory(manifest.value, reader, given)) {
    if (rows.kind !== 'ok') return rows;
    sorter.add(rows.value);
    onRows();
  }
  const table = new KeyTable();
  for (const _ of sorter.steps(table));
  return ok(table.segments.flatMap((segment) => segment.rows()));
}

/** Keys of every kind, in no order. */
const KEYS = Array.from({ length: 12_000 }, (_, index) => {
  const number = (index * 7919) % 12_000;
  const name = [
    'a+b c',
    'q"uo,te\nd',
    '50%',
    '発表',
    '𝄞',
    '..',
    '&amp;',
    "'",
    '\u0001',
    '+%2B',
    '\uFEFF',
  ];
  return `${name[number % name.length]}/${number}`;
});

const ROWS: readonly KeyRow[] = KEYS.map((key, index) => ({
  key,
  size: index * 1_000_003,
  modified: new Date((1_700_000_000 + index) * 1000),
}));

describe('an inventory of S3', () => {
  it('has every object as it is, in the order of S3, whatever its key', async () => {
    const lines = ROWS.map(lineOf);
    const uri = put({ files: [lines.slice(0, 5000), [], lines.slice(5000)] });
    expect(await rowsIn(uri)).toEqual(ok(ROWS.toSorted((a, b) => compareKeys(a.key, b.key))));
  });

  it('has the latest versions alone, and none that was deleted', async () => {
    const uri = put({
      columns: ['Bucket', 'Key', 'VersionId', 'IsLatest', 'IsDeleteMarker', 'Size', 'ETag'],
      files: [
        [
          [BUCKET, 'b', 'v2', 'true', 'false', '2', 'e'],
          [BUCKET, 'b', 'v1', 'false', 'false', '1', 'e'],
          [BUCKET, 'gone', 'v2', 'true', 'true', '', ''],
          [BUCKET, 'gone', 'v1', 'false', 'false', '1', 'e'],
        ],
      ],
    });
    expect(await rowsIn(uri)).toEqual(ok([{ key: 'b', size: 2, modified: undefined }]));
  });

  it('may be of a bucket with nothing in it', async () => {
    expect(await rowsIn(put({ files: [] }))).toEqual(ok([]));
  });

  it('is given up where that is wished', async () => {
    expect(await rowsIn(put(), AbortSignal.abort())).toEqual(cancelled);
  });

  it.each<readonly [what: string, parts: Partial<InventoryParts>, detail: string]>([
    ['a file that is no gzip', { pack: (csv) => Buffer.from(csv) }, 'It is no gzip'],
    [
      'half a file',
      { pack: (csv) => gzipSync(csv).subarray(0, -12), files: [ROWS.map(lineOf)] },
      'It is no gzip, or not whole',
    ],
    ['a line with a field too few', { files: [[['a', 'b', '1']]] }, 'Line 1'],
    ['a size that is none', { files: [[['a', 'b', '-1', '']]] }, 'Line 1'],
    ['a date that is none', { files: [[['a', 'b', '1', 'soon']]] }, 'Line 1'],
    [
      'a key that is not encoded',
      { files: [[lineOf({ key: 'a', size: 1, modified: undefined }), ['a', '50%', '1', '']]] },
      'Line 2',
    ],
    ['what is no CSV', { pack: () => gzipSync('"a"b\n') }, 'Line 1'],
    ['no sizes', { columns: ['Bucket', 'Key', 'VersionId'] }, 'no column Size'],
    [
      'versions of which none is told the latest',
      { columns: [...COLUMNS, 'VersionId'] },
      'IsLatest',
    ],
    [
      'another MD5 than the manifest tells',
      {
        manifest: (all) =>
          JSON.stringify(all).replace(/"MD5checksum":"\w+"/, `"MD5checksum":"${'0'.repeat(32)}"`),
      },
      'It has changed',
    ],
    ['half a manifest', { manifest: (all) => JSON.stringify(all).slice(0, -20) }, 'not whole'],
    ['a manifest of something else', { manifest: () => '{"name":"app"}' }, 'no manifest'],
    [
      'a manifest without its time',
      { manifest: (all) => JSON.stringify({ ...all, creationTimestamp: undefined }) },
      'It lacks',
    ],
    [
      'a manifest without an MD5',
      { manifest: (all) => JSON.stringify(all).replace('MD5checksum', 'checksum') },
      'without their MD5',
    ],
    [
      'a manifest with a size that is none',
      { manifest: (all) => JSON.stringify(all).replace(/"size":\d+/, '"size":-1') },
      'without their MD5 or size',
    ],
  ])('is refused with %s', async (_, parts, detail) => {
    expect(await rowsIn(put(parts))).toMatchObject({
      problem: { code: 'inventory-unreadable', detail: expect.stringContaining(detail) },
    });
  });

  it('is refused in a format that is not read', async () => {
    const uri = put({ manifest: (all) => JSON.stringify({ ...all, fileFormat: 'ORC' }) });
    expect(await rowsIn(uri)).toMatchObject({
      problem: { code: 'inventory-format', format: 'ORC' },
    });
  });

  it('is given up in the middle of a file, too', async () => {
    const giving = new AbortController();
    const uri = put({ files: [ROWS.map(lineOf)] });
    expect(await rowsIn(uri, giving.signal, () => giving.abort())).toEqual(cancelled);
  });

  it('is refused where connections break', async () => {
    const uri = put();
    const end = stage.s3.injectFault({
      kind: 'drop-connection',
      when: ({ key }) => key?.endsWith('.csv.gz') ?? false,
    });
    expect(await rowsIn(uri)).toMatchObject({ problem: { code: 'network-unreachable' } });
    end();
  });

  it('is refused where a file is gone', async () => {
    const uri = put();
    stage.s3.deleteObject(LISTS, `${BUCKET}/daily/data/2026-11-24T01-00Z-0.csv.gz`);
    expect(await rowsIn(uri)).toMatchObject({ problem: { code: 'object-missing' } });
    expect(await rowsIn(`s3://${LISTS}/no/manifest.json`)).toMatchObject({
      problem: { code: 'object-missing' },
    });
  });
});

/** The same file with bytes in the key that no text has. */
function withoutUtf8(file: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(file).toString('latin1').replaceAll('.mp4', '.\xFF\xFE4'),
    'latin1',
  );
}

describe('an inventory of S3 in Parquet', () => {
  const LINE: ParquetLine = { key: 'a.mp4', size: 1 };

  it('has every object as it is, whatever its key, out of all parts of all files', async () => {
    const files = [ROWS.slice(0, 7000), [], ROWS.slice(7000)];
    const uri = put({ parquet: files.map((rows) => parquetFile(rows, 3000)) });
    expect(await rowsIn(uri)).toEqual(ok(ROWS.toSorted((a, b) => compareKeys(a.key, b.key))));
  });

  it('has the latest versions alone, and none that was deleted', async () => {
    const lines: readonly ParquetLine[] = [
      { key: 'b', size: 2 },
      { key: 'b', size: 1, isLatest: false },
      { key: 'gone', size: null, isDeleteMarker: true },
      { key: 'gone', size: 1, isLatest: false },
    ];
    const uri = put({ parquet: [parquetFile(lines)] });
    expect(await rowsIn(uri)).toEqual(ok([{ key: 'b', size: 2, modified: undefined }]));
  });

  it.each<readonly [what: string, parts: Partial<InventoryParts>, detail: string]>([
    [
      'a file that is none',
      { parquet: [Buffer.from('PAR1 or not')] },
      'It cannot be read as Parquet',
    ],
    [
      'half a file',
      { parquet: [parquetFile(ROWS).subarray(0, -300)] },
      'It cannot be read as Parquet',
    ],
    [
      'an object without a size',
      { parquet: [parquetFile([LINE, { key: 'b', size: null }])] },
      'Row 2',
    ],
    ['an object without a key', { parquet: [parquetFile([{ key: null, size: 1 }])] }, 'Row 1'],
    ['a size below nothing', { parquet: [parquetFile([{ key: 'a', size: -1 }])] }, 'Row 1'],
    [
      'no sizes',
      {
        parquet: [parquetFile([LINE])],
        manifest: (all) =>
          JSON.stringify({ ...all, fileSchema: 'message m { required binary key (UTF8); }' }),
      },
      'no column Size',
    ],
    [
      'another MD5 than the manifest tells',
      {
        parquet: [parquetFile([LINE])],
        manifest: (all) =>
          JSON.stringify(all).replace(/"MD5checksum":"\w+"/, `"MD5checksum":"${'0'.repeat(32)}"`),
      },
      'It has changed',
    ],
    [
      'a size below that of the file',
      {
        parquet: [parquetFile([LINE])],
        manifest: (all) => JSON.stringify(all).replace(/"size":\d+/, '"size":4'),
      },
      'It has changed',
    ],
    [
      'a size that no memory has',
      {
        parquet: [parquetFile([LINE])],
        manifest: (all) => JSON.stringify(all).replace(/"size":\d+/, '"size":9000000000000'),
      },
      'more than is read at once',
    ],
    ['a key that is no UTF-8', { parquet: [withoutUtf8(parquetFile([LINE]))] }, 'not valid'],
  ])('is refused with %s', async (_, parts, detail) => {
    expect(await rowsIn(put(parts))).toMatchObject({
      problem: { code: 'inventory-unreadable', detail: expect.stringContaining(detail) },
    });
  });

  it('is read or refused, whatever has become of its bytes, and never goes on for ever', async () => {
    const whole = parquetFile(ROWS.slice(0, 200));
    for (let at = 3; at < whole.length; at += Math.ceil(whole.length / 40)) {
      const bytes = Uint8Array.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      const read = await rowsIn(put({ parquet: [bytes] }));
      const told = read.kind === 'problem' ? read.problem.code : read.kind;
      expect(['ok', 'inventory-unreadable']).toContain(told);
    }
  });

  it('is given up at the beginning, and in the middle of a file', async () => {
    const uri = put({ parquet: [parquetFile(ROWS)] });
    expect(await rowsIn(uri, AbortSignal.abort())).toEqual(cancelled);
    const giving = new AbortController();
    expect(await rowsIn(uri, giving.signal, () => giving.abort())).toEqual(cancelled);
  });

  it('is refused where the file is gone', async () => {
    const uri = put({ parquet: [parquetFile([LINE])] });
    stage.s3.deleteObject(LISTS, `${BUCKET}/daily/data/2026-11-24T01-00Z-0.parquet`);
    expect(await rowsIn(uri)).toMatchObject({ problem: { code: 'object-missing' } });
  });
});

const DAILY: Inventory = { id: 'daily', destination: { bucket: LISTS, format: 'CSV' } };

async function find(client = stage.owner): Promise<Outcome<InventoryManifest | undefined>> {
  const reader = inventoryReader(client, IDENTITY, parquetProgram.url);
  return findInventory(BUCKET, reader, s3ObjectStore(client, IDENTITY), signal);
}

function keep(...inventories: readonly Inventory[]): void {
  stage.s3.putBucket(BUCKET, { inventories });
}

describe('the inventories of a bucket', () => {
  it('lead to the newest one of them all', async () => {
    keep({ ...DAILY, id: 'old' }, DAILY, { ...DAILY, id: 'new' });
    put({ id: 'old', date: '2026-11-20T01-00Z' });
    put({ date: '2026-11-22T01-00Z' });
    const uri = put();
    put({ id: 'new', date: '2026-11-23T01-00Z' });
    const found = await find();
    expect(found).toMatchObject({ value: { bucket: BUCKET, createdAt: CREATED } });
    expect(uri.endsWith(found.kind === 'ok' ? (found.value?.location.key ?? '-') : '-')).toBe(true);
  });

  it('lead to the newest one after years of them', async () => {
    keep(DAILY);
    for (let day = 1; day <= 1100; day++) {
      const date = new Date((CREATED - day * 86_400) * 1000).toISOString().slice(0, 10);
      stage.s3.putObject(LISTS, `${BUCKET}/daily/${date}T01-00Z/manifest.checksum`, '');
    }
    put();
    expect(await find()).toMatchObject({ value: { createdAt: CREATED } });
  });

  it('lead past a folder whose manifest is not there yet', async () => {
    keep(DAILY);
    put();
    stage.s3.putObject(LISTS, `${BUCKET}/daily/2026-11-25T01-00Z/manifest.checksum`, '');
    expect(await find()).toMatchObject({ value: { createdAt: CREATED } });
  });

  it('are found below the prefix that was wished, and on a second page', async () => {
    const others = Array.from({ length: 120 }, (_, index) => ({
      ...DAILY,
      id: `orc-${index}`,
      destination: { bucket: LISTS, format: 'ORC' as const },
    }));
    keep(...others, { ...DAILY, destination: { ...DAILY.destination, prefix: 'of/all' } });
    put();
    expect(await find()).toEqual(ok(undefined));
    put({ prefix: 'of/all/' });
    expect(await find()).toMatchObject({ value: { createdAt: CREATED } });
  });

  it('are passed over where they list a part of the bucket, or in another format', async () => {
    keep(
      { ...DAILY, filterPrefix: 'video/' },
      { ...DAILY, destination: { bucket: LISTS, format: 'ORC' } },
    );
    put();
    expect(await find()).toEqual(ok(undefined));
  });

  it('may be none', async () => {
    expect(await find()).toEqual(ok(undefined));
    keep(DAILY);
    expect(await find()).toEqual(ok(undefined));
  });

  it('are a problem where they may not be seen', async () => {
    const user: AccountUser = {
      ...ADA,
      name: 'limited',
      accessKeyId: 'AKIALIMITED',
      denials: [{ action: 's3:GetInventoryConfiguration' }],
    };
    stage.s3.addIdentity(user);
    expect(await find(stage.clientOf(user))).toMatchObject({
      problem: { code: 'access-denied', permission: 's3:GetInventoryConfiguration' },
    });
  });
});
