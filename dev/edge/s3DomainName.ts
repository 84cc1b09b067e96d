/** The bucket behind an S3 origin, and its region where the domain name says it. */
export interface S3Origin {
  readonly bucket: string;
  readonly region: string | undefined;
}

/**
 * Reads an origin's domain name as one of a bucket: `b.s3.region.amazonaws.com`,
 * `b.s3.amazonaws.com`, `b.s3-region.amazonaws.com`, dual-stack and China alike. `undefined` for
 * any other, website endpoints among them: those are custom origins.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
 */
export function readS3DomainName(domainName: string): S3Origin | undefined {
  const match =
    /^(?<bucket>.+)\.s3(?:[.-](?:dualstack\.)?(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/.exec(
      domainName.toLowerCase(),
    );
  const bucket = match?.groups?.['bucket'];
  return bucket === undefined ? undefined : { bucket, region: match?.groups?.['region'] };
}
