import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rgw, startRgw } from '../../dev/s3/rgw.ts';
import { s3ObjectStore } from '../../src/aws/s3ObjectStore.ts';
import { ok } from '../../src/core/outcome.ts';
import { s3Client } from './s3Clients.ts';

const KEY = 'a b/rémi+1.txt';

let rgw: Rgw;
let client: S3Client;

beforeAll(async () => {
  rgw = await startRgw();
  client = s3Client(rgw);
  await client.send(new CreateBucketCommand({ Bucket: 'kept' }));
  await put('kept', KEY, 'from before');
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket: 'kept', VersioningConfiguration }));
});
afterAll(() => rgw.close());

async function put(Bucket: string, Key: string, Body: string): Promise<string | undefined> {
  return (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
}

function versionsOf(bucket: string, key: string) {
  const store = s3ObjectStore(client, { profile: 'work', login: undefined });
  return store.listVersions({ bucket, key }, new AbortController().signal);
}

describe('the versions of an object', () => {
  it('are all there are, the newest first, and no others', async () => {
    const second = await put('kept', KEY, 'second');
    const third = await put('kept', KEY, 'the third');
    await put('kept', `${KEY}.bak`, 'another');
    await put('kept', 'a b/', '');
    const modified = expect.any(Date);
    expect(await versionsOf('kept', KEY)).toEqual(
      ok([
        { id: third, isLatest: true, size: 9, modified },
        { id: second, isLatest: false, size: 6, modified },
        { id: 'null', isLatest: false, size: 11, modified },
      ]),
    );
  });

  it('are none where there is no object', async () => {
    expect(await versionsOf('kept', 'a b')).toEqual(ok([]));
  });

  it('cannot be had of a bucket that there is not', async () => {
    expect(await versionsOf('missing', KEY)).toMatchObject({ problem: { code: 'bucket-missing' } });
  });
});
