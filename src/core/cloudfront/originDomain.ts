import type { Origin } from './account.ts';

/** How an origin's domain name says that it is a bucket's. */
export type OriginForm =
  /** `bucket.s3.eu-west-1.amazonaws.com`: the form to use. */
  | 'regional'
  /** `bucket.s3.amazonaws.com`, which answers with a redirect while a bucket elsewhere is new. */
  | 'global'
  /** `bucket.s3-eu-west-1.amazonaws.com`, with a dash as in older regions. */
  | 'legacy'
  | 'dualstack'
  | 'fips'
  /** `bucket.s3-website-eu-west-1.amazonaws.com`: HTTP only, public, with no access control. */
  | 'website'
  /** `name-111122223333.s3-accesspoint.eu-west-1.amazonaws.com`, or an access point's alias. */
  | 'access-point'
  /** `bucket.s3-accelerate.amazonaws.com`, which is no origin for CloudFront. */
  | 'accelerate'
  /** `s3.eu-west-1.amazonaws.com` with the bucket at the front of the origin path. */
  | 'path-style';

/** A bucket as the origin of a distribution. */
export interface BucketOrigin {
  readonly form: OriginForm;
  /** Lower case, or what stands in a bucket's place: an access point with its account, or its alias. */
  readonly bucket: string;
  /** Undefined where the name does not tell it. */
  readonly region: string | undefined;
  /**
   * What CloudFront puts before a key within the bucket, as the key has it, percent-decoded: empty,
   * or beginning with `/` and not ending with one.
   */
  readonly originPath: string;
}

/** `amazonaws.com` and its like in the other partitions that have CloudFront. */
const SUFFIX = '\\.amazonaws\\.(?:com|com\\.cn|eu)';

/** Such as `eu-west-1`, `us-gov-west-1` and `eusc-de-east-1`. */
const REGION = '([a-z]{2,4}(?:-[a-z]+)+-\\d)';

/**
 * Each form of an endpoint, read from the right: what stands before it is the bucket, which may have
 * dots in its own name, and `s3` between them.
 */
const ENDPOINTS: readonly (readonly [OriginForm, RegExp])[] = (
  [
    ['regional', `s3\\.${REGION}`],
    ['global', 's3(?:-external-1)?'],
    ['dualstack', `s3\\.dualstack\\.${REGION}`],
    // Before the next one, which would take it for a region.
    ['fips', `s3-fips(?:\\.dualstack)?[.-]${REGION}`],
    ['legacy', `s3-${REGION}`],
    ['website', `s3-website[.-]${REGION}`],
    ['access-point', `s3-accesspoint(?:-fips)?(?:\\.dualstack)?\\.${REGION}`],
    ['accelerate', 's3-accelerate(?:\\.dualstack)?'],
  ] as const
).map(([form, endpoint]) => [form, new RegExp(`^(?:(.+)\\.)?${endpoint}${SUFFIX}$`)]);

const REST_FORMS: readonly OriginForm[] = ['regional', 'global', 'legacy', 'dualstack', 'fips'];

/**
 * Reads the domain name and the origin path of an origin as those of a bucket. Undefined where they
 * are no bucket's, and for a path-style endpoint whose origin path names none: its viewers would
 * name a bucket in each URL.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
 */
export function readBucketOrigin(
  origin: Pick<Origin, 'domainName' | 'originPath'>,
): BucketOrigin | undefined {
  const domainName = origin.domainName.toLowerCase();
  const path = decoded(origin.originPath);
  for (const [endpoint, pattern] of ENDPOINTS) {
    const match = pattern.exec(domainName);
    if (match === null) continue;
    const [, bucket, region] = match;
    if (bucket !== undefined) {
      const form = bucket.endsWith('-s3alias') ? 'access-point' : endpoint;
      return { form, bucket, region, originPath: path };
    }
    const [, first, originPath = ''] = /^\/([^/]+)(\/.*)?$/s.exec(path) ?? [];
    return first === undefined || !REST_FORMS.includes(endpoint)
      ? undefined
      : { form: 'path-style', bucket: first, region, originPath };
  }
  return undefined;
}

/**
 * What an origin puts before the keys of a bucket (see {@link BucketOrigin}); undefined where it is
 * not this bucket. S3's host names know no capitals, while buckets of before 2018 do.
 */
export function originPathTo(bucket: string, origin: Origin): string | undefined {
  const read = readBucketOrigin(origin);
  return read?.bucket.toLowerCase() === bucket.toLowerCase() ? read.originPath : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // What is no escape is sent as it is, and S3 takes it so.
    return path;
  }
}
