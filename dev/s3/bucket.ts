import type { BucketPolicy } from './bucketPolicy.ts';
import type { ObjectSource, WritableObjectSource } from './objectSource.ts';

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly created: Date;
  readonly objects: ObjectSource | WritableObjectSource;
  policy: BucketPolicy | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..');
}
