import { describe, expect, it } from 'vitest';
import { signOnce } from '../../../src/core/cloudfront/signOnce.ts';
import { cancelled, ok } from '../../../src/core/outcome.ts';
import { signHere } from '../../../src/vscode/signing/signHere.ts';
import { EC, signPolicy } from '../core/cloudfront/nodeSigner.ts';
import { valueOf } from '../core/valueOf.ts';

const signing = {
  endpoint: { protocol: 'https', domain: 'a.example', originPath: '' },
  key: EC,
  grant: {
    resource: 'https://a.example/*',
    expiresAt: 2_000_000_000,
    hashAlgorithm: 'SHA256',
    query: {},
  },
} as const;
const { signal } = new AbortController();

function keys(batch: number): readonly string[] {
  return Array.from({ length: 100 }, (_, index) => `${batch}/${index}`);
}

describe('batches that are signed on one thread', () => {
  it('come in order, with one signature for what they share', async () => {
    const signBatch = signHere(signOnce(signPolicy));
    const batches = await Promise.all(
      [0, 1, 2].map((one) => signBatch(keys(one), signing, signal)),
    );
    const urls = batches.flatMap((batch) => valueOf(batch).map(valueOf));
    expect(urls.map((url) => url.slice(0, url.indexOf('?')))).toEqual(
      [0, 1, 2].flatMap(keys).map((key) => `https://a.example/${key}`),
    );
    expect(new Set(urls.map((url) => url.slice(url.indexOf('?')))).size).toBe(1);
  });

  it('let others have a turn, however many there are', async () => {
    const signBatch = signHere(signOnce(signPolicy));
    let turns = 0;
    const counting = setInterval(() => {
      turns++;
    }, 1);
    await Promise.all(
      Array.from({ length: 32 }, (_, one) => signBatch(keys(one), signing, signal)),
    );
    clearInterval(counting);
    // They take some hundred milliseconds, of which none of them may have more than a few at once.
    expect(turns).toBeGreaterThan(10);
  });

  it('end where the signal fires', async () => {
    const byUser = new AbortController();
    const signBatch = signHere(signOnce(signPolicy));
    const first = signBatch(keys(0), signing, byUser.signal);
    const second = signBatch(keys(1), signing, byUser.signal);
    expect(await first).toEqual(ok(expect.anything()));
    byUser.abort();
    expect(await second).toEqual(cancelled);
  });
});
