import type { Bucket } from './bucket.ts';
import { ACCOUNT } from './identity.ts';
import type { ListedObject } from './objectSource.ts';
import { S3Error } from './s3Error.ts';

/**
 * Who owns what others upload: the bucket's owner, with ACLs off; the bucket's owner where the
 * upload's ACL says so; the uploader.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export type ObjectOwnership = (typeof OWNERSHIPS)[number];

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/** Reads an Object Ownership. Errors: `MalformedXML`. */
export function parseObjectOwnership(text: string | undefined): ObjectOwnership {
  const found = OWNERSHIPS.find((one) => one === text);
  if (found === undefined) throw new S3Error('MalformedXML');
  return found;
}

/** The account that owns an object: whoever uploaded it, unless the bucket's owner owns them all. */
export function ownerOf({ objectOwnership }: Bucket, { owner }: ListedObject): string {
  return objectOwnership === 'BucketOwnerEnforced' ? ACCOUNT : (owner ?? ACCOUNT);
}
