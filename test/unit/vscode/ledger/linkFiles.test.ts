import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IssuedLink, NewlyIssued } from '../../../../src/core/ledger/issuedLink.ts';
import { createLinkFiles, type LinkFiles } from '../../../../src/vscode/ledger/linkFiles.ts';
import type { Log } from '../../../../src/vscode/log.ts';
import { someIssued } from '../../core/ledger/someIssued.ts';
import { valueOf } from '../../core/valueOf.ts';

let parent: string;
let folder: string;
let warnings: string[];

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'ledger-'));
  folder = path.join(parent, 'ledger');
  warnings = [];
});
afterEach(() => rm(parent, { recursive: true, force: true }));

function ignore(): void {}

function warn(message: string): void {
  warnings.push(message);
}

const log: Log = { debug: ignore, info: ignore, warn, error: ignore, show: ignore };

/** Files as another window has them. */
function openFiles(): LinkFiles {
  return createLinkFiles(folder, log);
}

function linkTo(key: string): NewlyIssued {
  const { id: _id, ...issued } = someIssued({ location: { bucket: 'films', key } });
  return issued;
}

async function add(files: LinkFiles, ...keys: readonly string[]): Promise<void> {
  valueOf(await files.add(keys.map(linkTo)));
}

async function read(files = openFiles()): Promise<readonly IssuedLink[]> {
  return files.read(() => true);
}

async function keysIn(files = openFiles()): Promise<readonly string[]> {
  return (await read(files)).map(({ location }) => location.key).toSorted();
}

async function forget(files: LinkFiles, ...forgotten: readonly string[]): Promise<void> {
  const links = await read(files);
  const chosen = links.filter(({ location }) => forgotten.includes(location.key));
  valueOf(await files.forget(chosen.map(({ id }) => id)));
}

describe('what was issued', () => {
  it('is there again in another window, with IDs of its own', async () => {
    await add(openFiles(), 'a', 'b');
    await add(openFiles(), 'c');
    const links = await read();
    expect(links.map(({ id: _id, ...rest }) => rest)).toEqual(['a', 'b', 'c'].map(linkTo));
    expect(new Set(links.map(({ id }) => id)).size).toBe(3);
    expect(await read()).toEqual(links);
  });

  it('is nothing where nothing was issued', async () => {
    expect(await read()).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('is seen by a window that has read before', async () => {
    const files = openFiles();
    await add(files, 'a');
    await read(files);
    await add(openFiles(), 'b');
    await forget(openFiles(), 'a');
    expect(await keysIn(files)).toEqual(['b']);
  });

  it('cannot be kept where the disk does not let it, which is told', async () => {
    await writeFile(folder, 'in the way');
    expect(await openFiles().add([linkTo('a')])).toMatchObject({
      problem: { code: 'file-unwritable' },
    });
  });
});

describe('two windows at once', () => {
  it('lose nothing of what both issue and forget', async () => {
    const windows = [openFiles(), openFiles()];
    await add(openFiles(), 'old 0', 'old 1', 'kept');
    await Promise.all(
      windows.flatMap((files, index) => [
        forget(files, `old ${index}`),
        ...Array.from({ length: 40 }, (_, act) =>
          add(files, `${index}.${act}.a`, `${index}.${act}.b`),
        ),
      ]),
    );
    const expected = windows.flatMap((_, index) =>
      Array.from({ length: 40 }, (__, act) => [`${index}.${act}.a`, `${index}.${act}.b`]).flat(),
    );
    expect(await keysIn()).toEqual([...expected, 'kept'].toSorted());
  });

  it('see no half of what the other is writing', async () => {
    const [writing, reading] = [openFiles(), openFiles()];
    const act = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(20_000)}`);
    const written = Promise.all(Array.from({ length: 10 }, () => add(writing, ...act)));
    const counts: number[] = [];
    do {
      counts.push((await read(reading)).length);
    } while (await Promise.race([written.then(() => false), setImmediate(true)]));
    await written;
    expect(counts.filter((count) => count % act.length !== 0)).toEqual([]);
    expect(await read(reading)).toHaveLength(1000);
    expect(warnings).toEqual([]);
  });

  it('that forget the two halves of an act leave nothing of it behind', async () => {
    await add(openFiles(), 'a', 'b');
    await Promise.all([forget(openFiles(), 'a'), forget(openFiles(), 'b')]);
    expect(await keysIn()).toEqual([]);
    await read();
    expect(await readdir(folder)).toEqual([]);
  });

  it('tell of an end once', async () => {
    await add(openFiles(), 'a');
    const [link] = await read();
    const claims = Array.from({ length: 8 }, () => openFiles().claimTelling(link?.id ?? ''));
    const told = await Promise.all(claims);
    expect(told.filter((isOurs) => isOurs)).toEqual([true]);
    expect(await keysIn()).toEqual(['a']);
  });
});

describe('a link that was forgotten', () => {
  it('is not there any more, and the others of its act are', async () => {
    const files = openFiles();
    await add(files, 'a', 'b');
    await forget(files, 'a');
    expect([await keysIn(files), await keysIn()]).toEqual([['b'], ['b']]);
  });

  it('leaves no file behind, and no mark', async () => {
    const files = openFiles();
    await add(files, 'a', 'b');
    await forget(files, 'a');
    await files.claimTelling((await read(files))[0]?.id ?? '');
    await forget(files, 'b');
    expect(await readdir(folder)).toEqual([]);
  });

  it('may be of another window’s, or forgotten before', async () => {
    const files = openFiles();
    await add(files, 'a', 'b');
    const links = await read(files);
    await forget(openFiles(), 'a');
    valueOf(
      await files.forget(['nonsense', '../../x.0', ...links.slice(0, 1).map(({ id }) => id)]),
    );
    expect(await keysIn()).toEqual(['b']);
  });
});

it('files of which nothing is kept are deleted, and no others', async () => {
  const files = openFiles();
  await add(files, 'old');
  await add(files, 'old too', 'new');
  const left = await files.read(({ location }) => !location.key.startsWith('old'));
  expect(left.map(({ location }) => location.key)).toEqual(['new']);
  expect(await keysIn()).toEqual(['new', 'old too']);
});

describe('a file that is not as it should be', () => {
  const good = '1795604400000-0a1b2c.jsonl';

  it.each([
    ['is empty', ''],
    ['is half', '{"bucket":"films","key":"a'],
    ['is no text', Buffer.from([0xff, 0x00, 0xd8])],
    ['is of another kind', '[1,2]\nnull\n'],
  ])('%s, and is passed over', async (_what, content) => {
    await add(openFiles(), 'a');
    await writeFile(path.join(folder, good), content);
    expect(await keysIn()).toEqual(['a']);
    expect(await readFile(path.join(folder, good))).toEqual(Buffer.from(content));
    expect(warnings.length).toBe(content === '' ? 0 : 1);
  });

  it('has good lines, which count', async () => {
    const files = openFiles();
    await add(files, 'a', 'b');
    const [name = ''] = await readdir(folder);
    const text = await readFile(path.join(folder, name), 'utf8');
    await writeFile(path.join(folder, good), text.replace('\n', '\n?\n'));
    expect(await keysIn()).toEqual(['a', 'a', 'b', 'b']);
    await forget(openFiles(), 'b');
    expect(await keysIn()).toEqual(['a', 'a']);
  });

  it('has another name, and is left alone', async () => {
    await add(openFiles(), 'a');
    const names = ['notes.txt', '1-g.jsonl', '.jsonl', 'x1-0a.jsonl'];
    for (const name of names) await writeFile(path.join(folder, name), '{}');
    expect(await keysIn()).toEqual(['a']);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(names));
  });

  it('was never finished, and goes after a while', async () => {
    await add(openFiles(), 'a');
    const fresh = `${Date.now()}-0a.tmp`;
    for (const name of ['1795604400-0a.tmp', '1795604400-0b.0.forgotten', fresh]) {
      await writeFile(path.join(folder, name), '');
    }
    await read();
    const names = await readdir(folder);
    expect(names.filter((name) => !name.endsWith('.jsonl'))).toEqual([fresh]);
  });
});
