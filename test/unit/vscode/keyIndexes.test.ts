import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyRow } from '../../../src/core/search/keySegment.ts';
import { KeyTable } from '../../../src/core/search/keyTable.ts';
import { createKeyIndexes, type KeyIndexes } from '../../../src/vscode/search/keyIndexes.ts';

const ROWS: readonly KeyRow[] = [
  { key: 'a/1', size: 1, modified: undefined },
  { key: 'b/2', size: 2, modified: new Date(1_790_000_000_000) },
];

let dir: string;
let folder: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'indexes-'));
  folder = path.join(dir, 'storage/indexes');
});
afterEach(() => rm(dir, { recursive: true }));

function indexesOf(account = 'ada'): KeyIndexes {
  return createKeyIndexes(folder, () => account);
}

function tableOf(rows: readonly KeyRow[]): KeyTable {
  const table = new KeyTable();
  table.append(rows);
  return table;
}

async function rowsIn(indexes: KeyIndexes, bucket: string): Promise<readonly KeyRow[] | undefined> {
  const index = await indexes.read(bucket);
  return index?.table.segments.flatMap((segment) => segment.rows());
}

describe('indexes on this computer', () => {
  it('are read back, whole or by what they say of themselves, by another window', async () => {
    expect(await indexesOf().write('films', 7, tableOf(ROWS))).toEqual({ kind: 'ok' });
    expect(await rowsIn(indexesOf(), 'films')).toEqual(ROWS);
    expect(await indexesOf().head('films')).toEqual({ bucket: 'films', builtAt: 7, count: 2 });
  });

  it('are of one bucket as one account sees it', async () => {
    await indexesOf('ada').write('films', 7, tableOf(ROWS));
    expect(await indexesOf('ada').head('logs')).toBeUndefined();
    expect(await indexesOf('bob').head('films')).toBeUndefined();
  });

  it('take the place of one another', async () => {
    const indexes = indexesOf();
    await indexes.write('films', 7, tableOf(ROWS));
    await indexes.write('films', 8, tableOf(ROWS.slice(1)));
    expect(await rowsIn(indexes, 'films')).toEqual(ROWS.slice(1));
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('are one of those that two windows build at once, whole, also for who reads meanwhile', async () => {
    const versions = [1, 2].map((size) =>
      Array.from({ length: 20_000 }, (_, at) => ({ key: `${at}`, size, modified: undefined })),
    );
    const [first = [], second = []] = versions;
    await indexesOf().write('films', 0, tableOf(first));
    const writing = [first, second, first, second].map((rows, at) =>
      indexesOf().write('films', at, tableOf(rows)),
    );
    const last = Promise.all(writing);
    let written: unknown;
    while (written === undefined) {
      expect(versions).toContainEqual(await rowsIn(indexesOf(), 'films'));
      written = await Promise.race([last, Promise.resolve(undefined)]);
    }
    expect(written).toEqual(Array.from(writing, () => ({ kind: 'ok' })));
    expect(versions).toContainEqual(await rowsIn(indexesOf(), 'films'));
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('are for nobody else to read', async () => {
    await indexesOf().write('films', 7, tableOf(ROWS));
    const [name = ''] = await readdir(folder);
    expect((await stat(path.join(folder, name))).mode & 0o077).toBe(0);
  });

  it('are none where the file is not whole', async () => {
    await indexesOf().write('films', 7, tableOf(ROWS));
    const [name = ''] = await readdir(folder);
    await truncate(path.join(folder, name), 100);
    expect(await indexesOf().read('films')).toBeUndefined();
  });

  it('are rid of what a window left that ended while it wrote one, but not of what one writes', async () => {
    await indexesOf().write('films', 7, tableOf(ROWS));
    const [name = ''] = await readdir(folder);
    const [left, written] = [`${name}.${randomUUID()}`, `${name}.${randomUUID()}`];
    for (const half of [left, written]) await writeFile(path.join(folder, half), 'half');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(path.join(folder, left), longAgo, longAgo);
    await indexesOf().write('logs', 7, tableOf(ROWS));
    const names = await readdir(folder);
    expect(names).toHaveLength(3);
    expect(names).toContain(written);
  });

  it('are deleted, also where there are none', async () => {
    const indexes = indexesOf();
    await indexes.write('films', 7, tableOf(ROWS));
    expect(await indexes.delete('films')).toEqual({ kind: 'ok' });
    expect(await indexes.head('films')).toBeUndefined();
    expect(await indexes.delete('films')).toEqual({ kind: 'ok' });
  });
});

describe('a folder that nothing can be written to', () => {
  const unwritable = { kind: 'problem', problem: { code: 'file-unwritable' } };

  it('is a problem that names it', async () => {
    await writeFile(path.join(dir, 'storage'), 'a file where the folder should be');
    const problem = { code: 'file-unwritable', file: folder };
    expect(await indexesOf().write('films', 7, tableOf(ROWS))).toMatchObject({ problem });
    expect(await indexesOf().delete('films')).toMatchObject({ problem });
  });

  it('keeps nothing that is half written', async () => {
    await indexesOf().write('films', 7, tableOf(ROWS));
    const [name = ''] = await readdir(folder);
    await rm(path.join(folder, name));
    // What is written whole cannot take the place of a folder.
    await mkdir(path.join(folder, name, 'in the way'), { recursive: true });
    expect(await indexesOf().write('films', 8, tableOf(ROWS))).toMatchObject(unwritable);
    expect(await indexesOf().delete('films')).toMatchObject(unwritable);
    expect(await readdir(folder)).toEqual([name]);
  });
});
