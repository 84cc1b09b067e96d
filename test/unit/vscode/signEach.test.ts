import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';
import type { SignBatch } from '../../../src/core/cloudfront/signBatch.ts';
import { signObject, type Grant } from '../../../src/core/cloudfront/signObject.ts';
import { cancelled, fail, ok, type Outcome } from '../../../src/core/outcome.ts';
import type { S3Location } from '../../../src/core/s3/location.ts';
import type { Choice } from '../../../src/vscode/signing/chooseDistribution.ts';
import {
  inOneBatch,
  planEach,
  signEach,
  type SignedObjects,
} from '../../../src/vscode/signing/signEach.ts';
import { EC, RSA, signPolicy } from '../core/cloudfront/nodeSigner.ts';

const grant: Grant = { expiresAt: 2_000_000_000, hashAlgorithm: 'SHA1', query: {} };
const endpoint = { protocol: 'https', originPath: '' } as const;
const films: Choice = { endpoint: { ...endpoint, domain: 'films.example' }, key: EC };
const music: Choice = { endpoint: { ...endpoint, domain: 'music.example' }, key: RSA };

const never = new AbortController().signal;

function location(index: number): S3Location {
  return { bucket: index % 300 < 250 ? 'films' : 'music', key: `${index}.mp4` };
}

function locations(count: number): readonly S3Location[] {
  return Array.from({ length: count }, (_, index) => location(index));
}

/** The objects in batches of a size, with an end of whoever makes them. */
async function* batches(
  count: number,
  size: number,
  end?: Outcome<never>,
): AsyncGenerator<Outcome<readonly S3Location[]>> {
  const all = locations(count);
  for (let from = 0; from < count; from += size) yield ok(all.slice(from, from + size));
  if (end !== undefined) yield end;
}

function planOf(objects: AsyncIterable<Outcome<readonly S3Location[]>>) {
  return planEach(objects, async (some) =>
    ok(some.map(({ bucket }) => (bucket === 'films' ? films : music))),
  );
}

let begun = 0;

/** Has some batches done before those that came first. */
const hasty: SignBatch = async (keys, signing, signal) => {
  await sleep(5 - (begun++ % 6));
  if (signal.aborted) return cancelled;
  return ok(keys.map((key) => signObject(key, signing, signPolicy)));
};

async function gather(made: AsyncIterable<Outcome<SignedObjects>>) {
  const links: string[] = [];
  const problems: string[] = [];
  for await (const some of made) {
    if (some.kind !== 'ok') return { links, problems, end: some };
    links.push(...some.value.signed.map(({ location: { key }, url }) => `${key} ${url}`));
    problems.push(...some.value.problems.map(({ code }) => code));
  }
  return { links, problems, end: undefined };
}

describe('objects that are signed as they come', () => {
  it.each([
    [1, 1],
    [99, 100],
    [400, 7],
    [1500, 1000],
  ])('are all there and in order: %i in batches of %i', async (count, size) => {
    const made = await gather(signEach(planOf(batches(count, size)), grant, hasty, never));
    expect(made.end).toBeUndefined();
    expect(made.links.map((link) => link.split('?')[0])).toEqual(
      locations(count).map(({ bucket, key }) => `${key} https://${bucket}.example/${key}`),
    );
  });

  it('are none where there are none', async () => {
    const empty = planOf(batches(0, 1));
    expect(await gather(signEach(empty, grant, hasty, never))).toEqual({
      links: [],
      problems: [],
      end: undefined,
    });
  });

  it('lack only those that no URL can carry', async () => {
    const some = inOneBatch(['a', 'b/../c', 'd'].map((key) => ({ bucket: 'films', key })));
    const made = await gather(signEach(planOf(some), grant, hasty, never));
    expect(made.links.map((link) => link.split(' ')[0])).toEqual(['a', 'd']);
    expect(made.problems).toEqual(['key-unreachable']);
  });

  it('end with what ended whoever makes them, after all that came before', async () => {
    const end = fail({ code: 'throttled' });
    const made = await gather(signEach(planOf(batches(450, 100, end)), grant, hasty, never));
    expect(made.links.length).toBe(450);
    expect(made.end).toEqual(end);
  });

  it('end where one batch cannot be signed, and nothing comes after it', async () => {
    let asked = 0;
    const failing: SignBatch = async (keys, signing, signal) => {
      asked++;
      if (asked === 3) return fail({ code: 'signing-failed', detail: 'Out of luck' });
      return hasty(keys, signing, signal);
    };
    const made = await gather(signEach(planOf(batches(10_000, 100)), grant, failing, never));
    expect(made.links.length).toBe(200);
    expect(made.end).toMatchObject({ problem: { code: 'signing-failed' } });
    expect(asked).toBeLessThan(50);
  });

  it('are not listed far ahead of whoever takes them', async () => {
    let listed = 0;
    async function* endless(): AsyncGenerator<Outcome<readonly S3Location[]>> {
      for (;;) {
        listed += 100;
        yield ok(locations(100));
      }
    }
    const signals: AbortSignal[] = [];
    const noting: SignBatch = async (keys, signing, signal) => {
      signals.push(signal);
      return hasty(keys, signing, signal);
    };
    for await (const some of signEach(planOf(endless()), grant, noting, never)) {
      expect(some.kind).toBe('ok');
      break;
    }
    expect(listed).toBeLessThan(10_000);
    // Whoever leaves ends what is under way.
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('end when they are given up', async () => {
    const abort = new AbortController();
    const giving: SignBatch = async (keys, signing, signal) => {
      abort.abort();
      return hasty(keys, signing, signal);
    };
    const made = await gather(signEach(planOf(batches(10_000, 100)), grant, giving, abort.signal));
    expect(made).toEqual({ links: [], problems: [], end: cancelled });
  });
});
