import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ProfileKind } from '../core/credentials/profile.ts';
import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import type { Presigner } from '../core/s3/presignedUrl.ts';
import { GivenUp } from './ask.ts';
import { headBucket } from './heads.ts';
import { credentialsProblem, type Identity } from './translateError.ts';

/**
 * Presigns with a session's credentials.
 *
 * @param clientIn makes a client of another region, since no redirect mends a URL that is signed for
 * the wrong one
 */
export function presigner(
  client: S3Client,
  clientIn: (region: string) => S3Client,
  kind: ProfileKind,
  identity: Identity,
): Presigner {
  const clients = new Map<string, S3Client>();

  async function clientOf(bucket: string, signal: AbortSignal): Promise<S3Client> {
    const known = clients.get(bucket);
    if (known !== undefined) return known;
    const region = await headBucket(client, bucket, signal).catch(() => undefined);
    if (region === undefined) return client;
    const own = region === (await client.config.region()) ? client : clientIn(region);
    clients.set(bucket, own);
    return own;
  }

  function failure(error: unknown): Outcome<never> {
    return error instanceof GivenUp ? cancelled : fail(credentialsProblem(error, identity));
  }

  return {
    async credentials() {
      try {
        const { sessionToken, expiration } = await client.config.credentials();
        const end = expiration && Math.floor(expiration.getTime() / 1000);
        return ok({
          profile: identity.profile,
          kind,
          temporary: sessionToken !== undefined,
          end,
        });
      } catch (error) {
        return failure(error);
      }
    },
    async presign({ bucket, key }, seconds, signal) {
      try {
        const command = new GetObjectCommand({ Bucket: bucket, Key: key });
        const url = await getSignedUrl(await clientOf(bucket, signal), command, {
          expiresIn: seconds,
        });
        return signal.aborted ? cancelled : ok(url);
      } catch (error) {
        return signal.aborted ? cancelled : failure(error);
      }
    },
  };
}
