import type { Distribution } from './cloudfront/account.ts';
import type { S3Location } from './s3/location.ts';

/**
 * Hosts of the AWS Management Console by what the names of a partition's regions begin with.
 * https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
const HOSTS: readonly (readonly [prefix: string, host: string])[] = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
  ['eusc-', 'console.amazonaws-eusc.eu'],
  ['', 'console.aws.amazon.com'],
];

function hostOf(region: string): string {
  return HOSTS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? '';
}

/**
 * The page of the S3 console about an object; about a bucket where the key is empty, and about what
 * lies below a prefix where it ends with a slash.
 */
export function s3ConsoleUrl({ bucket, key }: S3Location, region: string): string {
  const kind = key === '' || key.endsWith('/') ? 'buckets' : 'object';
  const prefix = key === '' ? '' : `&prefix=${encodeURIComponent(key)}`;
  return `https://${region}.${hostOf(region)}/s3/${kind}/${bucket}?region=${region}${prefix}`;
}

/** The page of the CloudFront console about a distribution, in the partition that its ARN names. */
export function distributionConsoleUrl({ id, arn }: Distribution): string {
  const isChina = arn.startsWith('arn:aws-cn:');
  const region = isChina
    ? 'cn-northwest-1'
    : arn.startsWith('arn:aws-eusc:')
      ? 'eusc-de-east-1'
      : 'us-east-1';
  return `https://${region}.${hostOf(region)}/cloudfront/v4/home#/distributions/${id}`;
}
