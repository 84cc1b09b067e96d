import { expect, it, vi } from 'vitest';
import { ok, type Outcome } from '../../../src/core/outcome.ts';
import type { S3Location } from '../../../src/core/s3/location.ts';
import type { SigningSource } from '../../../src/vscode/signing/copySignedUrl.ts';
import { handOutMany } from '../../../src/vscode/signing/many/handOutMany.ts';
import { EC, signPolicy } from '../core/cloudfront/nodeSigner.ts';

vi.mock('vscode', () => ({}));

it('a listing does not go on behind a refusal', async () => {
  let listing: AbortSignal | undefined;
  async function* objects(
    signal: AbortSignal,
  ): AsyncGenerator<Outcome<readonly S3Location[]>, void, undefined> {
    listing = signal;
    yield ok([{ bucket: 'acme-media', key: 'a.txt' }]);
    yield ok([{ bucket: 'acme-media', key: 'b.txt' }]);
  }
  const parts = {
    settings: { get: () => undefined },
    keys: { list: async () => ok([]), signingKey: async () => ok(EC) },
    now: () => 1_800_000_000,
    loadSignPolicy: async () => signPolicy,
    loadSignBatch: async () => async () => ok([]),
  };
  // @ts-expect-error Nothing else takes part before the end of the links is settled.
  const source: SigningSource = parts;
  const past = { kind: 'moment', epoch: 1 } as const;
  const distribution = { protocol: 'https', domain: 'a.example', originPath: '' } as const;
  const options = {
    signing: { expiry: past, distribution, keyPairId: EC.keyPairId },
    file: undefined,
  };
  const refused = await handOutMany({ objects, name: 'all', options, isScripted: true }, source);
  expect(refused).toMatchObject({ problem: { code: 'expiry-past' } });
  expect(listing?.aborted).toBe(true);
});
