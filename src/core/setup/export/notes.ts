import { cliText } from '../mends/cliText.ts';
import { indented } from '../../notation/indented.ts';
import { shellWord } from '../../notation/shell.ts';
import type { SetupNames } from './setupNames.ts';

/** What the texts say in their comments, whatever their form. Lines of commands are indented. */
export const NOTES = {
  keyPair: `Make the key pair first. Its private half stays with whoever signs:
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private_key.pem
  openssl pkey -in private_key.pem -pubout -out public_key.pem`,
  bucket: 'Neither a policy nor an ACL can open the bucket to the public.',
  bucketStays: 'The files are not destroyed with the rest.',
  keyGroup:
    'Whose links open the files. To change keys, add the new one, sign with it, and take the old one out when its last link has expired.',
  accessControl: 'By this S3 knows CloudFront: each request to the bucket is signed.',
  ipv6: 'Links that are limited to an IP address can name an IPv4 one alone.',
  trusted: 'Nobody is served without a signature by one of these keys.',
  overrides: 'Links may set the name and the type of a download, and answers are cached by that.',
  rootObject:
    'CloudFront may list the bucket, so that a missing object is 404 and not 403. Without a default root object a signed link to / would show the list.',
  policy: 'CloudFront may read, for this distribution alone.',
} as const;

/** What the whole is for. */
export function purpose({ bucket }: SetupNames): string {
  return `Private files of bucket ${bucket} behind CloudFront, opened by signed URLs alone.`;
}

/** What is left to do for an alternate domain name. */
export function aliasNote(domain: string): string {
  return `Make a DNS record for ${domain}: a CNAME, or an alias of Route 53, to the domain name of the distribution.`;
}

/**
 * Commands that close a bucket that is there. The second one is refused where the bucket's ACL lets
 * others in, which its owner is to look at.
 */
export function closingCommands(bucket: string): string {
  return `${cliText({ kind: 'public-access-block', bucket })}
aws s3api put-bucket-ownership-controls --bucket ${shellWord(bucket)} \\
  --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`;
}

/** What a stack cannot do for a bucket that is there. */
export function existingBucketNote(bucket: string): string {
  return `A stack does not take over a bucket that exists. Close it by these commands:
${indented(closingCommands(bucket))}
If the bucket has a policy, the stack fails at its BucketPolicy: take that out, and put its statements into the policy that the bucket has.`;
}
