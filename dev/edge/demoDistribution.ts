import { randomUUID } from 'node:crypto';
import type { Distribution, DistributionStore, ViewerCertificate } from './distributionStore.ts';
import { CACHING_OPTIMIZED } from './managedPolicies.ts';
import { ACCOUNT, newDistribution, newId } from './newDistribution.ts';

/** What a demo distribution serves, to whom and under which names. */
export interface DemoOptions {
  readonly bucket: string;
  readonly region: string;
  /** The key whose signatures open it: CloudFront's ID (`K…`) and the public half as SPKI PEM. */
  readonly publicKey: { readonly id: string; readonly pem: string };
  /** Alternate domain names, `127.0.0.1` or `localhost` among them where viewers use such. */
  readonly aliases: readonly string[];
  /** Empty unless given; else it begins with `/` and does not end with one. */
  readonly originPath?: string;
}

/**
 * Adds a distribution as AWS recommends it for private content, with all it refers to: one S3
 * origin behind an origin access control, one behavior restricted to a key group of one key. IDs
 * and the domain name are new ones with every call.
 *
 * @returns the distribution, whose every field may still be changed
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export function addDemoDistribution(store: DistributionStore, options: DemoOptions): Distribution {
  const { bucket, region, publicKey, aliases, originPath = '' } = options;
  const time = new Date().toISOString();
  const keyGroupId = randomUUID();
  const accessControlId = newId('E');
  const originId = `${bucket}.s3.${region}.amazonaws.com`;
  const distribution = newDistribution(
    {
      CallerReference: time,
      Aliases: { Items: [...aliases] },
      DefaultRootObject: '',
      Origins: {
        Items: [
          {
            Id: originId,
            DomainName: originId,
            OriginPath: originPath,
            OriginAccessControlId: accessControlId,
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
      },
      OriginGroups: { Items: [] },
      DefaultCacheBehavior: {
        TargetOriginId: originId,
        TrustedSigners: { Enabled: false, Items: [] },
        TrustedKeyGroups: { Enabled: true, Items: [keyGroupId] },
        // AWS recommends HTTPS alone; the edge on loopback is plain HTTP.
        ViewerProtocolPolicy: 'allow-all',
        AllowedMethods: { Items: ['HEAD', 'GET'], CachedMethods: { Items: ['HEAD', 'GET'] } },
        Compress: true,
        LambdaFunctionAssociations: { Items: [] },
        FunctionAssociations: { Items: [] },
        CachePolicyId: CACHING_OPTIMIZED,
      },
      CacheBehaviors: { Items: [] },
      CustomErrorResponses: { Items: [] },
      Comment: `Private files of ${bucket}`,
      PriceClass: 'PriceClass_All',
      Enabled: true,
      ViewerCertificate: certificateFor(aliases),
      Restrictions: { GeoRestriction: { RestrictionType: 'none', Items: [] } },
      WebACLId: '',
      HttpVersion: 'http2',
      IsIPV6Enabled: false,
      Staging: false,
    },
    time,
  );
  store.Distributions.push(distribution);
  store.OriginAccessControls.push({
    Id: accessControlId,
    OriginAccessControlConfig: {
      Name: originId,
      Description: '',
      SigningProtocol: 'sigv4',
      SigningBehavior: 'always',
      OriginAccessControlOriginType: 's3',
    },
  });
  store.PublicKeys.push({
    Id: publicKey.id,
    CreatedTime: time,
    PublicKeyConfig: {
      CallerReference: time,
      Name: `${bucket}-signer`,
      EncodedKey: publicKey.pem,
      Comment: '',
    },
  });
  store.KeyGroups.push({
    Id: keyGroupId,
    LastModifiedTime: time,
    KeyGroupConfig: { Name: `${bucket}-signers`, Items: [publicKey.id], Comment: '' },
  });
  return distribution;
}

/**
 * The bucket policy that lets one distribution read a bucket through its origin access control,
 * and nobody else.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function bucketPolicyFor(distributionArn: string, bucket: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AllowCloudFrontServicePrincipalReadOnly',
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
      },
    ],
  };
}

/** CloudFront lets no distribution have alternate domain names without a certificate for them. */
function certificateFor(aliases: readonly string[]): ViewerCertificate {
  if (aliases.length === 0) {
    return {
      CloudFrontDefaultCertificate: true,
      SSLSupportMethod: 'vip',
      MinimumProtocolVersion: 'TLSv1',
    };
  }
  return {
    CloudFrontDefaultCertificate: false,
    ACMCertificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/${randomUUID()}`,
    SSLSupportMethod: 'sni-only',
    MinimumProtocolVersion: 'TLSv1.2_2021',
  };
}
