import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { KEY_SHAPES, syntheticKey, type KeyShape } from '../dev/s3/syntheticObjects.ts';
import { listRecursively } from '../src/core/s3/lister/listRecursively.ts';
import type { ObjectStore } from '../src/core/s3/objectStore.ts';
import { searchFor } from '../src/core/search/keySearch.ts';
import { KeyTable } from '../src/core/search/keyTable.ts';
import { listingPeers, type ListingAccess, type ListingPeer } from './listingPeers.ts';
import { bucketName, LISTER, startListingServer } from './listingStage.ts';
import { withStore } from './listingStore.ts';
import { printTable } from './printTable.ts';

const MILLION = 1_000_000;
/** In milliseconds, before each answer. */
const LATENCY = 30;
/** Where in the order of S3 the objects are that are looked for, from 0 to 1. */
const PLACES = [0.001, 0.5, 0.999];
/** What the list of the extension shows. */
const SHOWN = 200;

/** In milliseconds. */
interface Times {
  /** When each object was found. */
  readonly found: readonly number[];
  readonly all: number;
}

/**
 * How long a search takes that has no index, among a million keys while they are listed: until an object
 * is found, and until all are searched. Against the programs that people list with, piped into grep.
 */
export async function compareLiveSearches(): Promise<void> {
  console.log(`\nNo index: a million keys searched while they are listed, ${LATENCY} ms a request`);
  const dir = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const server = await startListingServer();
  try {
    const { endpoint } = await server.order({ latency: LATENCY, slowDown: 0, dropped: 0 });
    const access: ListingAccess = { endpoint, ...LISTER };
    const peers = (await listingPeers(access, dir)).filter(({ name }) => !name.startsWith('s3cmd'));
    await withStore(access, dir, async (store) => {
      // The first listing is that of a program that has just been started.
      await search(store, 'tree', 10_000);
      for (const shape of KEY_SHAPES) await compare(store, shape, peers);
    });
  } finally {
    server.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function compare(
  store: ObjectStore,
  shape: KeyShape,
  peers: readonly ListingPeer[],
): Promise<void> {
  const rows = [
    [
      '',
      'keys',
      ...PLACES.map((place) => `object at ${place}, s`),
      'all, s',
      'times as long a key',
    ],
  ];
  const ours = await search(store, shape, MILLION);
  const row = (name: string, count: number, { found, all }: Times): void => {
    const seconds = [...found, all].map((time) => (time / 1000).toFixed(2));
    const ratio = all / count / (ours.all / MILLION);
    rows.push([name, count.toLocaleString('en-US'), ...seconds, ratio.toFixed(2)]);
  };
  row('search as the extension does', MILLION, ours);
  for (const peer of peers) row(`${peer.name} | grep`, peer.most, await searchWith(peer, shape));
  console.log(`\n${shape}`);
  printTable(rows);
}

/** The keys that are looked for. */
function soughtIn(shape: KeyShape, count: number): readonly string[] {
  return PLACES.map((place) => syntheticKey(shape, Math.floor(place * count), count));
}

/** Three searches, each beginning anew with all that has come, as where one types. */
async function search(store: ObjectStore, shape: KeyShape, count: number): Promise<Times> {
  const table = new KeyTable();
  const searches = soughtIn(shape, count).map((key) => {
    const begun = searchFor(key, '', SHOWN);
    if (begun.kind !== 'ok') throw new Error(JSON.stringify(begun.problem));
    return begun.value;
  });
  const found: (number | undefined)[] = searches.map(() => undefined);
  const place = { bucket: bucketName(shape, count), prefix: '' };
  const begun = performance.now();
  const { signal } = new AbortController();
  for await (const page of listRecursively(place, store, signal, { ordered: false })) {
    if (page.kind !== 'ok') throw new Error(JSON.stringify(page));
    table.append(page.value);
    for (const [index, each] of searches.entries()) {
      for (const _ of each.steps(table));
      if (each.count > 0) found[index] ??= performance.now() - begun;
    }
  }
  return { found: found.map(defined), all: performance.now() - begun };
}

async function searchWith(peer: ListingPeer, shape: KeyShape): Promise<Times> {
  const sought = soughtIn(shape, peer.most);
  const found: (number | undefined)[] = sought.map(() => undefined);
  const begun = performance.now();
  const { took } = await peer.list(bucketName(shape, peer.most), (key) => {
    const index = sought.indexOf(key);
    if (index >= 0) found[index] = performance.now() - begun;
  });
  return { found: found.map(defined), all: took };
}

/** @throws Error where an object was not found, which is there */
function defined(time: number | undefined): number {
  if (time === undefined) throw new Error('An object was not found');
  return time;
}
