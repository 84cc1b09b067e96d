import assert from 'node:assert/strict';

import { describe, it } from 'mocha';

import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { run, userSetting, withSettings } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';

describe('pinned buckets', () => {
  it('are written to the settings, each once', async () => {
    await withSettings({ buckets: undefined }, async () => {
      assert.equal(await run('addBucket', 'bucket/prefix'), 'bucket/prefix');
      assert.equal(await run('addBucket', 's3://bucket/prefix'), 'bucket/prefix');
      assert.equal(await run('addBucket', 'arn:aws:s3:::other'), 'other');
      assert.equal(await run('addBucket', 'bucket'), 'bucket');
      assert.deepEqual(userSetting('buckets'), ['bucket/prefix', 'other', 'bucket']);
    });
  });

  it('are not added where the text names none', async () => {
    await withSettings({ buckets: ['there'] }, async () => {
      assert.equal(await run('addBucket', 'no bucket'), undefined);
      assert.deepEqual(userSetting('buckets'), ['there']);
    });
  });

  it('are in the view, and leave the settings from there', async () => {
    const pin = `${DEMO_BUCKET}/logs/`;
    await withSettings({ buckets: ['there', `s3://${pin}`] }, async () => {
      await eventually('the pinned prefix as a selection to remove', async () => {
        await run('openLocation', pin);
        await run('removeBucket');
        return JSON.stringify(userSetting('buckets')) === '["there"]' ? true : undefined;
      });
    });
  });
});
