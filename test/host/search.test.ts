import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeEach, describe, it } from 'mocha';

import { readIndex } from '../../src/core/search/indexFile.ts';
import { inventoryKey, LISTS, putInventory } from '../inventoryFiles.ts';
import { refusalOf, run } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { useOwnAccount } from './ownAccount.ts';

const BUCKET = 'films';
const PLACE = `s3://${BUCKET}`;
const FOLDER = path.join(
  readFixture().dataDir,
  'data/User/globalStorage/cloudfront-url-signer.cloudfront-url-signer/indexes',
);

/** The index of the bucket, as the next window would have it. */
async function indexOnDisk(): Promise<
  { readonly keys: readonly string[]; readonly builtAt: number } | undefined
> {
  for (const name of await readdir(FOLDER)) {
    const index = readIndex(await readFile(path.join(FOLDER, name)));
    if (index?.head.bucket !== BUCKET) continue;
    const keys = index.table.segments.flatMap((segment) => segment.rows().map(({ key }) => key));
    return { keys, builtAt: index.head.builtAt };
  }
  return undefined;
}

describe('what a bucket holds', () => {
  const account = useOwnAccount();

  /** Runs a command in the own account. */
  async function runThere(command: string, ...args: readonly unknown[]): Promise<unknown> {
    return account().within(() => run(command, ...args));
  }

  function put(...keys: readonly string[]): void {
    for (const key of keys) account().stack.s3.putObject(BUCKET, key, 'film');
  }

  beforeEach(async () => {
    const { s3 } = account().stack;
    s3.putBucket(BUCKET);
    s3.putBucket(LISTS);
    put('a/1', 'a/2', 'b/1 + ä');
    s3.putObject(BUCKET, 'b/old', 'archived', { storageClass: 'GLACIER' });
    await runThere('deleteIndex', PLACE, {});
  });

  /** Commands, how they are called, and the code that refuses it. */
  const REFUSALS: readonly (readonly [
    command: string,
    place: unknown,
    options: object,
    code: string,
  ])[] = ['folderSize', 'buildIndex'].flatMap((command) => [
    [command, 's3://no-such-bucket', {}, 'bucket-missing'],
    [command, [], {}, 'prefix-unnamed'],
    [command, 'no bucket', {}, 'location-invalid'],
    [command, PLACE, { deep: true }, 'option-invalid'],
  ]);

  describe('the size of a folder, by a script', () => {
    it('is how many objects it has, how much they hold, and which are archived', async () => {
      assert.deepEqual(await runThere('folderSize', PLACE, {}), {
        objects: 4,
        bytes: 20,
        archived: 1,
      });
      const size = await runThere('folderSize', `${PLACE}/a/`, {});
      assert.deepEqual(size, { objects: 2, bytes: 8, archived: 0 });
    });

    it('is nothing where there is nothing', async () => {
      const size = await runThere('folderSize', `${PLACE}/no/`, {});
      assert.deepEqual(size, { objects: 0, bytes: 0, archived: 0 });
    });
  });

  describe('an index, by a script', () => {
    it('has all the keys of a bucket, and is there for the next window', async () => {
      const before = Math.floor(Date.now() / 1000);
      assert.equal(await runThere('buildIndex', PLACE, {}), 4);
      const index = await indexOnDisk();
      assert.deepEqual(index?.keys, ['a/1', 'a/2', 'b/1 + ä', 'b/old']);
      assert.ok(index.builtAt >= before && index.builtAt <= before + 60);
    });

    it('is made anew for a prefix alone, in a bucket that has one', async () => {
      await runThere('buildIndex', PLACE, {});
      account().stack.s3.deleteObject(BUCKET, 'a/1');
      put('a/3', 'b/unseen');
      assert.equal(await runThere('buildIndex', `${PLACE}/a/`, {}), 4);
      assert.deepEqual((await indexOnDisk())?.keys, ['a/2', 'a/3', 'b/1 + ä', 'b/old']);
    });

    it('is of the whole bucket where a prefix is given and there is none yet', async () => {
      assert.equal(await runThere('buildIndex', `${PLACE}/a/`, {}), 4);
    });

    it('is deleted', async () => {
      await runThere('buildIndex', PLACE, {});
      assert.equal(await runThere('deleteIndex', PLACE, {}), true);
      assert.equal(await indexOnDisk(), undefined);
      assert.equal(await runThere('deleteIndex', PLACE, {}), false);
      const refusal = await refusalOf(runThere('deleteIndex', [], {}));
      assert.equal(refusal.code, 'prefix-unnamed');
    });

    it('stays as it was where the bucket may not be listed', async () => {
      await runThere('buildIndex', PLACE, {});
      account().stack.s3.putBucketPolicy(BUCKET, {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:ListBucket',
            Resource: `arn:aws:s3:::${BUCKET}`,
          },
        ],
      });
      for (const command of ['folderSize', 'buildIndex']) {
        const { code } = await refusalOf(runThere(command, PLACE, {}));
        assert.equal(code, 'access-denied');
      }
      assert.equal((await indexOnDisk())?.keys.length, 4);
    });
  });

  describe('a script', () => {
    for (const [command, place, options, code] of REFUSALS) {
      it(`is refused ${command} of ${JSON.stringify(place)} with ${JSON.stringify(options)}: ${code}`, async () => {
        assert.equal((await refusalOf(runThere(command, place, options))).code, code);
      });
    }
  });

  describe('an index out of an S3 Inventory, by a script', () => {
    const COLUMNS = ['Bucket', 'Key', 'Size', 'LastModifiedDate'];
    const CREATED = Date.UTC(2026, 10, 24, 1) / 1000;

    function publish(keys: readonly string[], columns: readonly string[] = COLUMNS): string {
      const lines = keys.map((key) => [BUCKET, inventoryKey(key), '7', '2026-11-20T00:00:00.000Z']);
      const parts = { bucket: BUCKET, id: 'daily', date: '2026-11-24T01-00Z', columns };
      return putInventory(account().stack.s3, { ...parts, files: [lines] });
    }

    it('has what that lists, and is as old as that', async () => {
      const inventory = publish(['z', 'a b/ä+', '𝄞']);
      assert.equal(await runThere('buildIndex', PLACE, { inventory }), 3);
      assert.deepEqual(await indexOnDisk(), { keys: ['a b/ä+', 'z', '𝄞'], builtAt: CREATED });
    });

    it('is made anew for a prefix by listing that', async () => {
      await runThere('buildIndex', PLACE, { inventory: publish(['a/gone', 'z']) });
      assert.equal(await runThere('buildIndex', `${PLACE}/a/`, {}), 3);
      assert.deepEqual(await indexOnDisk(), { keys: ['a/1', 'a/2', 'z'], builtAt: CREATED });
    });

    it('is refused for a part of a bucket, or another one, or where nothing is', async () => {
      const inventory = publish(['a']);
      for (const [place, code] of [
        [`${PLACE}/a/`, 'option-invalid'],
        [`s3://${LISTS}`, 'option-invalid'],
      ] as const) {
        assert.equal((await refusalOf(runThere('buildIndex', place, { inventory }))).code, code);
      }
      const nowhere = {
        inventory: `${inventory.slice(0, -'manifest.json'.length)}no/manifest.json`,
      };
      const refusal = await refusalOf(runThere('buildIndex', PLACE, nowhere));
      assert.equal(refusal.code, 'object-missing');
    });

    it('stays as it was where the inventory cannot be read', async () => {
      await runThere('buildIndex', PLACE, {});
      const inventory = publish(['a'], ['Bucket', 'Key']);
      const refusal = await refusalOf(runThere('buildIndex', PLACE, { inventory }));
      assert.equal(refusal.code, 'inventory-unreadable');
      assert.match(refusal.message, /has no column Size/);
      assert.equal((await indexOnDisk())?.keys.length, 4);
    });
  });
});
