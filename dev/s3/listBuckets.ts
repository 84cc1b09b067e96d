import type { Bucket } from './bucket.ts';
import { ACCOUNT, canonicalUserId } from './identity.ts';
import { compareKeys } from './keyOrder.ts';
import { continuationToken, readContinuationToken, readCount } from './parameters.ts';
import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import type { S3Request } from './s3Request.ts';

const PARAMETERS = ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'];
const MAX_BUCKETS = 10_000;

/**
 * Answers ListBuckets: all buckets at once, or page by page where `max-buckets` asks for it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
 */
export function listBuckets(buckets: Iterable<Bucket>, { query }: S3Request): S3Answer {
  const prefix = query.get('prefix');
  const region = query.get('bucket-region');
  const size = Math.min(readCount(query, 'max-buckets', MAX_BUCKETS, 1), MAX_BUCKETS);
  const token = query.get('continuation-token');
  const from = token === undefined ? '' : readContinuationToken(token);
  // S3 tells regions only where a request has one of the newer parameters.
  const withRegion = PARAMETERS.some((name) => query.has(name));
  const matching = [...buckets]
    .filter(({ name }) => compareKeys(name, from) >= 0 && name.startsWith(prefix ?? ''))
    .filter((bucket) => region === undefined || bucket.region === region)
    .toSorted((a, b) => compareKeys(a.name, b.name));
  const next = matching[size]?.name;
  return xmlAnswer('ListAllMyBucketsResult', {
    Owner: { ID: canonicalUserId(ACCOUNT) },
    Buckets: {
      Bucket: matching.slice(0, size).map((bucket) => ({
        Name: bucket.name,
        CreationDate: bucket.created.toISOString(),
        ...(withRegion && { BucketRegion: bucket.region }),
      })),
    },
    ...(next !== undefined && { ContinuationToken: continuationToken(next) }),
    ...(prefix !== undefined && { Prefix: prefix }),
  });
}
