import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedS3, startEmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { KEY_SHAPES, syntheticKey, syntheticObjects } from '../../dev/s3/syntheticObjects.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import type { ObjectStore } from '../../src/core/s3/objectStore.ts';
import { listRecursively } from '../../src/core/s3/lister/listRecursively.ts';
import { compareKeys } from '../../src/core/s3/keyOrder.ts';
import { s3Client } from './s3Clients.ts';
import { ADA } from './s3Stage.ts';

const COUNT = 20_000;
const { signal } = new AbortController();

let s3: EmbeddedS3;
let store: ObjectStore;

/** A store whose client tries nothing a second time, as a session's does where keys are listed. */
function storeOf({ endpoint, region }: EmbeddedS3): ObjectStore {
  const client = s3Client({ endpoint, region, ...ADA });
  return s3ObjectStore(client, { profile: 'ada', login: undefined });
}

beforeAll(async () => {
  s3 = await startEmbeddedS3({ identities: [ADA] });
  store = storeOf(s3);
  for (const shape of KEY_SHAPES) {
    s3.putBucket(shape, { objects: syntheticObjects(shape, COUNT) });
  }
});

afterAll(() => s3.close());

async function listed(bucket: string, ordered: boolean, from = store): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of listRecursively({ bucket, prefix: '' }, from, signal, { ordered })) {
    if (page.kind !== 'ok') throw new Error(JSON.stringify(page));
    keys.push(...page.value.map(({ key }) => key));
  }
  return keys;
}

/** Befalls one request in so many, in turn. */
function oneIn(many: number): () => boolean {
  let requests = 0;
  return () => ++requests % many === 0;
}

describe.each(KEY_SHAPES)('a bucket of 20,000 keys: %s', (shape) => {
  const keys = Array.from({ length: COUNT }, (_, index) => syntheticKey(shape, index, COUNT));

  it('is listed in order, each key once, though S3 throttles and connections break', async () => {
    const ends = [
      s3.injectFault({ kind: 'slow-down', when: oneIn(10) }),
      s3.injectFault({ kind: 'drop-connection', when: oneIn(17) }),
      s3.injectFault({ kind: 'truncated-xml', when: oneIn(23) }),
    ];
    const before = s3.requests.length;
    expect(await listed(shape, true)).toEqual(keys);
    for (const end of ends) end();
    const failed = s3.requests.slice(before).filter(({ status }) => status !== 200);
    expect(failed.length).toBeGreaterThan(1);
  });

  it('is listed as answers come, each key once', async () => {
    const before = s3.requests.length;
    const found = await listed(shape, false);
    expect(found.toSorted(compareKeys)).toEqual(keys);
    expect(s3.requests.length - before).toBeLessThan(60);
  });
});

it('a listing sets the clock by the first answer where it is wrong', async () => {
  const ahead = await startEmbeddedS3({ identities: [ADA], now: () => Date.now() + 3_600_000 });
  ahead.putBucket('files');
  ahead.putObject('files', 'a.txt', 'content');
  expect(await listed('files', true, storeOf(ahead))).toEqual(['a.txt']);
  expect(ahead.requests).toHaveLength(2);
  await ahead.close();
});

it('a page that is held back after many failures is given up at once', async () => {
  const giveUp = new AbortController();
  // As long as it gets.
  vi.spyOn(Math, 'random').mockReturnValue(0.99);
  const page = store.listKeys(
    { bucket: 'tree', prefix: '', pageSize: 1000, failures: 100 },
    giveUp.signal,
  );
  giveUp.abort();
  expect(await Promise.race([page, delay(1000, 'late')])).toEqual({ kind: 'cancelled' });
  vi.restoreAllMocks();
});
