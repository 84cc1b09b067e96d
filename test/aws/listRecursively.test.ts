import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedS3, startEmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { KEY_SHAPES, syntheticKey, syntheticObjects } from '../../dev/s3/syntheticObjects.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import type { ObjectStore } from '../../src/core/s3/objectStore.ts';
import { listRecursively } from '../../src/core/s3/listRecursively.ts';
import { compareKeys } from '../../src/core/s3/keyOrder.ts';
import { s3Client } from './s3Clients.ts';
import { ADA } from './s3Stage.ts';

const COUNT = 20_000;
const { signal } = new AbortController();

let s3: EmbeddedS3;
let store: ObjectStore;

beforeAll(async () => {
  s3 = await startEmbeddedS3({ identities: [ADA] });
  const { endpoint, region } = s3;
  const client = s3Client({ endpoint, region, ...ADA });
  store = s3ObjectStore(client, { profile: 'ada', login: undefined });
  for (const shape of KEY_SHAPES) {
    s3.putBucket(shape, { objects: syntheticObjects(shape, COUNT) });
  }
});

afterAll(() => s3.close());

async function listed(bucket: string, ordered: boolean): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of listRecursively({ bucket, prefix: '' }, store, signal, { ordered })) {
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
