/** What a set-up is to be called, and what of it is to be decided. */
export interface SetupNames {
  /**
   * Names what is made beside the bucket, each once in the account: letters, digits and hyphens,
   * a letter first, 50 at most.
   */
  readonly name: string;
  readonly bucket: string;
  /** Whether the bucket is there, else it is made. */
  readonly bucketExists: boolean;
  /** The bucket's region, of AWS's commercial partition. */
  readonly region: string;
  /** Empty, or beginning with `/` and not ending with one; unreserved characters and slashes. */
  readonly originPath: string;
  /** Under which other name viewers come; its certificate in ACM is in us-east-1. */
  readonly alias: { readonly domain: string; readonly certificateArn: string } | undefined;
  /** SubjectPublicKeyInfo in PEM; undefined where the key pair is made later. */
  readonly publicKeyPem: string | undefined;
  /** Whether links may override headers of S3's answer, such as the name of a download. */
  readonly responseOverrides: boolean;
  /** Whether CloudFront may list the bucket, so that a missing object is answered by 404. */
  readonly listBucket: boolean;
}

/** The domain name of a bucket's REST endpoint. */
export function bucketDomainName({ bucket, region }: SetupNames): string {
  return `${bucket}.s3.${region}.amazonaws.com`;
}

/** What {@link SetupNames.name} becomes where only the bucket is known. */
export function nameAfter(bucket: string): string {
  const plain = bucket.replaceAll(/[^A-Za-z0-9-]/g, '-');
  return (/^[A-Za-z]/.test(plain) ? plain : `files-${plain}`).slice(0, 50);
}
