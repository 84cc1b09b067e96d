import { ACCOUNT } from './identity.ts';
import { continuationToken, readContinuationToken } from './parameters.ts';
import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import type { S3Request } from './s3Request.ts';

/** How a bucket's objects are to be listed again and again. Nothing here makes such lists. */
export interface Inventory {
  readonly id: string;
  /** Only objects whose keys begin with it are listed, where it is given. */
  readonly filterPrefix?: string;
  readonly destination: {
    readonly bucket: string;
    readonly format: 'CSV' | 'ORC' | 'Parquet';
    readonly prefix?: string;
  };
}

const PAGE_SIZE = 100;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html */
export function listInventories(inventories: readonly Inventory[], { query }: S3Request): S3Answer {
  const token = query.get('continuation-token');
  const from = token === undefined ? 0 : Number(readContinuationToken(token));
  const next = from + PAGE_SIZE < inventories.length ? from + PAGE_SIZE : undefined;
  return xmlAnswer('ListInventoryConfigurationsResult', {
    ...(token !== undefined && { ContinuationToken: token }),
    InventoryConfiguration: inventories
      .slice(from, next)
      .map(({ id, filterPrefix, destination: { bucket, format, prefix } }) => ({
        Id: id,
        IsEnabled: true,
        ...(filterPrefix !== undefined && { Filter: { Prefix: filterPrefix } }),
        Destination: {
          S3BucketDestination: {
            Format: format,
            AccountId: ACCOUNT,
            Bucket: `arn:aws:s3:::${bucket}`,
            ...(prefix !== undefined && { Prefix: prefix }),
          },
        },
        Schedule: { Frequency: 'Daily' },
        IncludedObjectVersions: 'All',
      })),
    IsTruncated: next !== undefined,
    ...(next !== undefined && { NextContinuationToken: continuationToken(String(next)) }),
  });
}
