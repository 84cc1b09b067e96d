/**
 * What an account has in CloudFront: plain mutable data under the field names of CloudFront's own
 * API, so that a control API can serve and change the very objects that the edge reads. A change
 * takes effect with the next request.
 *
 * Two liberties: a list is `{ Items }` and its `Quantity` is left to whoever writes XML, and there
 * are only fields that the edge acts upon or that a configuration is not believable without.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
 */
export interface DistributionStore {
  readonly Distributions: Distribution[];
  readonly KeyGroups: KeyGroup[];
  readonly PublicKeys: PublicKey[];
  readonly OriginAccessControls: OriginAccessControl[];
  readonly CachePolicies: CachePolicy[];
  readonly OriginRequestPolicies: OriginRequestPolicy[];
}

/** A store with nothing in it. */
export function createDistributionStore(): DistributionStore {
  return {
    Distributions: [],
    KeyGroups: [],
    PublicKeys: [],
    OriginAccessControls: [],
    CachePolicies: [],
    OriginRequestPolicies: [],
  };
}

/** A list as the API has it, without its redundant `Quantity`. */
interface ItemList<T> {
  Items: T[];
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Distribution.html */
export interface Distribution {
  Id: string;
  ARN: string;
  /** Such as `d111111abcdef8.cloudfront.net`. */
  DomainName: string;
  Status: 'InProgress' | 'Deployed';
  LastModifiedTime: string;
  DistributionConfig: DistributionConfig;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
export interface DistributionConfig {
  CallerReference: string;
  /** Alternate domain names; `*.example.com` stands for every name below it. */
  Aliases: ItemList<string>;
  /** Served for a request of `/` alone; without a leading slash. */
  DefaultRootObject: string;
  Origins: ItemList<Origin>;
  DefaultCacheBehavior: CacheBehaviorSettings;
  CacheBehaviors: ItemList<CacheBehavior>;
  Comment: string;
  Enabled: boolean;
  IsIPV6Enabled: boolean;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html */
interface Origin {
  Id: string;
  /** An S3 endpoint of a bucket, such as `bucket.s3.eu-west-1.amazonaws.com`. */
  DomainName: string;
  /** Empty, or a path that begins with `/` and does not end with one. */
  OriginPath: string;
  /** Empty where the origin has no origin access control: it is then asked anonymously. */
  OriginAccessControlId: string;
  /** The legacy origin access identity, which the edge does not act upon: empty. */
  S3OriginConfig: { OriginAccessIdentity: '' };
}

/** What a default and an additional cache behavior have in common. */
export interface CacheBehaviorSettings {
  TargetOriginId: string;
  /** IDs of key groups. Disabled, the behavior serves everybody without a signature. */
  TrustedKeyGroups: ItemList<string> & { Enabled: boolean };
  ViewerProtocolPolicy: 'allow-all' | 'https-only' | 'redirect-to-https';
  /** The edge carries no bodies, so CloudFront's third choice, all methods, is not there. */
  AllowedMethods: ItemList<'GET' | 'HEAD' | 'OPTIONS'>;
  CachePolicyId?: string;
  OriginRequestPolicyId?: string;
  /** The legacy form of the two policies. */
  ForwardedValues?: { QueryString: boolean };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html */
interface CacheBehavior extends CacheBehaviorSettings {
  PathPattern: string;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_KeyGroup.html */
interface KeyGroup {
  Id: string;
  LastModifiedTime: string;
  /** `Items` are IDs of public keys. */
  KeyGroupConfig: { Name: string; Items: string[]; Comment: string };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublicKey.html */
interface PublicKey {
  Id: string;
  CreatedTime: string;
  /** `EncodedKey` is the PEM of the public half, RSA 2048 or ECDSA P-256. */
  PublicKeyConfig: { CallerReference: string; Name: string; EncodedKey: string; Comment: string };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
interface OriginAccessControl {
  Id: string;
  OriginAccessControlConfig: {
    Name: string;
    Description: string;
    SigningProtocol: 'sigv4';
    SigningBehavior: 'always' | 'never' | 'no-override';
    OriginAccessControlOriginType: 's3';
  };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyQueryStringsConfig.html */
export interface QueryStringsConfig {
  QueryStringBehavior: 'none' | 'whitelist' | 'allExcept' | 'all';
  QueryStrings: ItemList<string>;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html */
interface CachePolicy {
  Id: string;
  CachePolicyConfig: {
    Name: string;
    ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: QueryStringsConfig };
  };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyConfig.html */
interface OriginRequestPolicy {
  Id: string;
  OriginRequestPolicyConfig: { Name: string; QueryStringsConfig: QueryStringsConfig };
}
