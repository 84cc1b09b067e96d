import assert from 'node:assert/strict';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, runForText } from './cloudfrontSigner.ts';
import { partsOf } from './links.ts';

const COUNT = 2000;

/** Far above what goes on between two answers, for a machine that is busy with other things, too. */
const LONGEST_GAP_MS = 250;

describe('copySignedUrl of 2,000 objects', () => {
  before(importAccountKey);

  it('signs them in order, while the extension host goes on answering', async function () {
    const objects = Array.from({ length: COUNT }, (_, index) => ({
      bucket: DEMO_BUCKET,
      key: `batch/${String(index)}.bin`,
    }));
    let longestGap = 0;
    let tick = performance.now();
    const beat = (): void => {
      const now = performance.now();
      longestGap = Math.max(longestGap, now - tick);
      tick = now;
    };
    const started = tick;
    const timer = setInterval(beat, 10);
    const text = await runForText('copySignedUrl', objects, { expiresIn: '1h' });
    beat();
    clearInterval(timer);

    assert.deepEqual(
      text.split('\n').map((url) => new URL(partsOf(url).resource).pathname),
      objects.map(({ key }) => `/${key}`),
    );
    assert.equal(await vscode.env.clipboard.readText(), text);
    const seconds = ((tick - started) / 1000).toFixed(1);
    if (this.test) this.test.title += ` (${seconds} s, longest gap ${longestGap.toFixed(0)} ms)`;
    assert.ok(longestGap < LONGEST_GAP_MS, `It stood still for ${String(longestGap)} ms.`);
  });
});
