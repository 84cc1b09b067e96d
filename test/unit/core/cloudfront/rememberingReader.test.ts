import { describe, expect, it, vi } from 'vitest';
import type { CloudFrontReader, Distribution } from '../../../../src/core/cloudfront/account.ts';
import { rememberingReader } from '../../../../src/core/cloudfront/rememberingReader.ts';
import { cancelled, fail, ok, type Outcome } from '../../../../src/core/outcome.ts';

const signal = new AbortController().signal;

/** A reader that answers when the test lets it, and counts what it is asked. */
function readerByHand() {
  const answers: ((outcome: Outcome<readonly Distribution[]>) => void)[] = [];
  const inner = {
    listDistributions: vi.fn<CloudFrontReader['listDistributions']>(
      async () => new Promise((resolve) => answers.push(resolve)),
    ),
    listPublicKeys: vi.fn<CloudFrontReader['listPublicKeys']>(async () => ok([])),
    listKeyGroups: vi.fn<CloudFrontReader['listKeyGroups']>(async () => ok([])),
    getOriginAccessControl: vi.fn<CloudFrontReader['getOriginAccessControl']>(async (id) =>
      ok({ id, name: '', originType: 's3', signingBehavior: 'always', signingProtocol: 'sigv4' }),
    ),
    getCachePolicy: vi.fn<CloudFrontReader['getCachePolicy']>(async (id) =>
      ok({ kind: 'listed', names: [id] }),
    ),
    getOriginRequestPolicy: vi.fn<CloudFrontReader['getOriginRequestPolicy']>(async (id) =>
      ok({ kind: 'all-but-listed', names: [id] }),
    ),
  };
  const load = vi.fn<() => Promise<CloudFrontReader>>(async () => inner);
  /** Answers the first question that is open. */
  async function answer(outcome: Outcome<readonly Distribution[]>): Promise<void> {
    const resolve = await vi.waitUntil(() => answers.shift());
    resolve(outcome);
  }
  return { inner, load, answer, reader: rememberingReader(load) };
}

describe('a reader that remembers', () => {
  it('loads what it reads with on first use, once', async () => {
    const { load, reader, inner } = readerByHand();
    expect(load).not.toHaveBeenCalled();
    await Promise.all([reader.listKeyGroups(signal), reader.listPublicKeys(signal)]);
    expect(load).toHaveBeenCalledOnce();
    expect(inner.listKeyGroups).toHaveBeenCalledOnce();
    expect(inner.listPublicKeys).toHaveBeenCalledOnce();
  });

  it('asks once for all who ask, before and after the answer', async () => {
    const { reader, answer, inner } = readerByHand();
    const two = [reader.listDistributions(signal), reader.listDistributions(signal)];
    await answer(ok([]));
    expect(await Promise.all(two)).toEqual([ok([]), ok([])]);
    expect(await reader.listDistributions(signal)).toEqual(ok([]));
    expect(inner.listDistributions).toHaveBeenCalledOnce();
  });

  it('asks once for each ID', async () => {
    const { reader, inner } = readerByHand();
    for (const id of ['a', 'b', 'a']) {
      expect(await reader.getCachePolicy(id, signal)).toEqual(ok({ kind: 'listed', names: [id] }));
      expect(await reader.getOriginRequestPolicy(id, signal)).toMatchObject({
        value: { names: [id] },
      });
      expect(await reader.getOriginAccessControl(id, signal)).toMatchObject({ value: { id } });
    }
    expect(inner.getCachePolicy).toHaveBeenCalledTimes(2);
    expect(inner.getOriginRequestPolicy).toHaveBeenCalledTimes(2);
    expect(inner.getOriginAccessControl).toHaveBeenCalledTimes(2);
  });

  it('remembers that something may not be read', async () => {
    const { reader, answer, inner } = readerByHand();
    const denied = fail({
      code: 'access-denied',
      bucket: undefined,
      permission: 'cloudfront:ListDistributions',
    });
    const first = reader.listDistributions(signal);
    await answer(denied);
    expect(await first).toBe(denied);
    expect(await reader.listDistributions(signal)).toBe(denied);
    expect(inner.listDistributions).toHaveBeenCalledOnce();
  });

  it('asks again after any other failure', async () => {
    const { reader, answer } = readerByHand();
    const first = reader.listDistributions(signal);
    await answer(fail({ code: 'throttled' }));
    expect(await first).toEqual(fail({ code: 'throttled' }));
    const second = reader.listDistributions(signal);
    await answer(ok([]));
    expect(await second).toEqual(ok([]));
  });

  it('lets one give up at once without a loss for the others', async () => {
    const { reader, answer, inner } = readerByHand();
    const impatient = new AbortController();
    const given = reader.listDistributions(impatient.signal);
    const patient = reader.listDistributions(signal);
    impatient.abort();
    expect(await given).toBe(cancelled);
    expect(await reader.listDistributions(impatient.signal)).toBe(cancelled);
    await answer(ok([]));
    expect(await patient).toEqual(ok([]));
    expect(inner.listDistributions.mock.calls[0]?.[0].aborted).toBe(false);
  });

  it('asks anew once it has forgotten, while an earlier question keeps its answer', async () => {
    const { reader, answer, inner, load } = readerByHand();
    const before = reader.listDistributions(signal);
    await vi.waitUntil(() => inner.listDistributions.mock.calls.length === 1);
    reader.forget();
    const after = reader.listDistributions(signal);
    await vi.waitUntil(() => inner.listDistributions.mock.calls.length === 2);
    await answer(ok([]));
    await answer(fail({ code: 'throttled' }));
    expect(await before).toEqual(ok([]));
    expect(await after).toEqual(fail({ code: 'throttled' }));
    expect(load).toHaveBeenCalledOnce();
  });
});
