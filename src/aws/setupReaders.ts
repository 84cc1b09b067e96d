import type { KMSClientConfig } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import { fail } from '../core/outcome.ts';
import type { SetupReaders } from '../core/setup/gatherFacts.ts';
import { bucketReader } from './bucketReader.ts';
import type { Identity } from './translateError.ts';

/**
 * What reads how buckets and their keys are set up. The client of KMS is loaded for the first object
 * that is encrypted with a key of it.
 *
 * @param kms undefined where the session's S3 is not AWS's
 */
export function setupReaders(
  client: S3Client,
  kms: KMSClientConfig | undefined,
  identity: Identity,
): SetupReaders {
  return {
    bucketReader: bucketReader(client, identity),
    kmsReader: {
      async getKey(keyId, region, signal) {
        if (kms === undefined) return fail({ code: 'cloudfront-absent' });
        const { kmsReader } = await import('./kmsReader.ts');
        return kmsReader(kms, identity).getKey(keyId, region, signal);
      },
    },
  };
}
