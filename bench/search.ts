/**
 * How long a search takes: in an index of a million keys, whatever is looked for, against `grep` over
 * a list of the same keys; and without one, while they are listed. `index` or `live` as an argument
 * chooses one of them.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { KEY_SHAPES, syntheticKey, type KeyShape } from '../dev/s3/syntheticObjects.ts';
import { indexBytes, readIndex, readIndexHead } from '../src/core/search/indexFile.ts';
import { searchFor, searchLike, type KeySearch } from '../src/core/search/keySearch.ts';
import { KeyTable } from '../src/core/search/keyTable.ts';
import { compareLiveSearches } from './liveSearch.ts';
import { median } from './median.ts';
import { printTable } from './printTable.ts';

const COUNTS = [1_000, 10_000, 100_000, 1_000_000];
const MILLION = 1_000_000;
/** What the list of the extension shows. */
const SHOWN = 200;
const ROUNDS = 7;
/** In milliseconds. */
const GOAL = 50;

const folder = mkdtempSync(join(tmpdir(), 'bench-search-'));
try {
  if (isChosen('index')) for (const shape of KEY_SHAPES) compare(shape);
} finally {
  rmSync(folder, { recursive: true });
}
if (isChosen('live')) await compareLiveSearches();

function isChosen(part: string): boolean {
  const [, , chosen = part] = process.argv;
  return chosen === part;
}

interface Query {
  readonly name: string;
  readonly text: string;
  /** What finds the same lines, where something does. */
  readonly grep?: readonly string[];
}

function queriesOf(shape: KeyShape): readonly Query[] {
  const rare = syntheticKey(shape, 700_001, MILLION);
  const piece = rare.slice(-12, -4);
  const extension = rare.slice(rare.lastIndexOf('.'));
  return [
    { name: 'one object by a piece of its name', text: piece, grep: ['-cFi', piece] },
    { name: 'nothing', text: 'zqzqzq', grep: ['-cFi', 'zqzqzq'] },
    { name: 'all', text: extension, grep: ['-cFi', extension] },
    { name: 'two words', text: `${piece.slice(0, 3)} ${extension}` },
    { name: 'a pattern', text: `*${piece.slice(0, 2)}*${extension}` },
    { name: 'a regular expression', text: `/${piece.slice(0, 3)}.*${extension.slice(1)}$/` },
    { name: 'one with no word in it, nothing', text: '/\\s\\d\\s[^a]\\s$/' },
  ];
}

function compare(shape: KeyShape): void {
  const tables = COUNTS.map((count) => ({ count, table: tableOf(shape, count) }));
  const whole = tables.at(-1)?.table ?? new KeyTable();
  const file = join(folder, `${shape}.keys`);
  const pieces = Buffer.concat([...indexBytes({ bucket: 'bench', builtAt: 0 }, whole)]);
  writeFileSync(file, pieces);
  const list = join(folder, `${shape}.txt`);
  writeFileSync(list, Array.from(keysOf(shape, MILLION), (key) => `${key}\n`).join(''));

  const opening = repeated(() => readHead(file));
  const reading = repeated(() => readIndex(readFileSync(file)));
  console.log(
    `\n${shape}: ${syntheticKey(shape, 0, MILLION)} …, ${(pieces.length / MILLION).toFixed(0)} bytes a key in the file; read whole in ${reading.toFixed(0)} ms, its head in ${opening.toFixed(1)} ms`,
  );
  const rows = queriesOf(shape).map(({ name, text, grep }) => {
    const [first = 0, all = 0, found = 0] = timeSearch(whole, text);
    const peer = grep === undefined ? undefined : repeated(() => runGrep(grep, list, found));
    const exponent = exponentOf(
      tables.map(({ count, table }) => [count, timeSearch(table, text)[1] ?? 0]),
    );
    return {
      name,
      first,
      cells: [
        name,
        first.toFixed(1),
        all.toFixed(1),
        found.toLocaleString('en-US'),
        peer === undefined ? '' : (peer / all).toFixed(1),
        exponent.toFixed(2),
      ],
    };
  });
  const similar = timeSimilar(whole, 'zqxv');
  printTable([
    ['', `${SHOWN} shown, ms`, 'all counted, ms', 'found', 'times as fast as grep', 'exponent'],
    ...rows.map(({ cells }) => cells),
    ['letters in order, where nothing fits', '', similar.toFixed(1)],
  ]);
  const slowest = rows.toSorted((a, b) => b.first - a.first)[0];
  const verdict = (slowest?.first ?? 0) < GOAL ? 'met' : 'missed';
  console.log(`Slowest: ${slowest?.name ?? ''}, goal under ${GOAL} ms: ${verdict}.`);
}

function readHead(path: string): void {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(4096);
  readSync(file, bytes);
  readIndexHead(bytes);
  closeSync(file);
}

function* keysOf(shape: KeyShape, count: number): Generator<string> {
  for (let index = 0; index < count; index++) yield syntheticKey(shape, index, count);
}

function tableOf(shape: KeyShape, count: number): KeyTable {
  const table = new KeyTable();
  let index = 0;
  for (const key of keysOf(shape, count)) {
    table.append([{ key, size: index, modified: new Date(1_700_000_000_000 + index++ * 1000) }]);
  }
  return table;
}

/** @returns milliseconds until the list is full, until all are counted, and how many those are */
function timeSearch(table: KeyTable, text: string): readonly number[] {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const search = searchOf(text);
    const begun = performance.now();
    let first: number | undefined;
    for (const _ of search.steps(table)) {
      if (search.rows.length === SHOWN) first ??= performance.now() - begun;
    }
    const all = performance.now() - begun;
    return [first ?? all, all, search.count] as const;
  }).slice(1);
  return [0, 1, 2].map((column) => median(rounds.map((round) => round[column] ?? 0)));
}

function timeSimilar(table: KeyTable, text: string): number {
  return repeated(() => {
    const search = searchLike(text, '', SHOWN);
    if (search !== undefined) for (const _ of search.steps(table));
  });
}

function searchOf(text: string): KeySearch {
  const search = searchFor(text, '', SHOWN);
  if (search.kind !== 'ok') throw new Error(JSON.stringify(search.problem));
  return search.value;
}

/** @throws Error where it finds others, since the two could not be compared */
function runGrep(args: readonly string[], list: string, found: number): void {
  const { stdout } = spawnSync('grep', [...args, list], { encoding: 'utf8' });
  if (Number(stdout) !== found) throw new Error(`grep finds ${stdout.trim()}, not ${found}`);
}

/** @returns milliseconds, the median of some rounds */
function repeated(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return median(times.slice(1));
}

/** How time grows with work: 1 where twice the work takes twice the time. */
function exponentOf(points: readonly (readonly [count: number, time: number])[]): number {
  // What is over at once is mostly the clock.
  const measured = points.filter(([, time]) => time > 0.5);
  const [from, to] = [measured[0], measured.at(-1)];
  if (from === undefined || to === undefined || from === to) return 0;
  return Math.log(to[1] / from[1]) / Math.log(to[0] / from[0]);
}
