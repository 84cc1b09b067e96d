/**
 * What the edge knows of an account's CloudFront: plain mutable data under the field names of
 * CloudFront's own API, so that a control API can be served over the very same objects. A change
 * takes effect with the next request.
 *
 * Two liberties: a list is `{ Items }` and its `Quantity` is left to whoever writes XML, and what
 * the edge does not act upon may be absent.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
 */
export interface CloudFrontState {
  readonly Distributions: Distribution[];
  readonly KeyGroups: KeyGroup[];
  readonly PublicKeys: PublicKey[];
  readonly OriginAccessControls: OriginAccessControl[];
  readonly CachePolicies: CachePolicy[];
  readonly OriginRequestPolicies: OriginRequestPolicy[];
}

/** A list as the API has it, without its redundant `Quantity`. */
export interface ItemList<T> {
  Items: T[];
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Distribution.html */
export interface Distribution {
  Id: string;
  ARN: string;
  /** `d111111abcdef8.cloudfront.net`; on loopback it may be a host with its port. */
  DomainName: string;
  Status: 'InProgress' | 'Deployed';
  LastModifiedTime: string;
  DistributionConfig: DistributionConfig;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
export interface DistributionConfig {
  CallerReference: string;
  /** Alternate domain names; `*.example.com` stands for every name below it. May carry a port. */
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
export interface Origin {
  Id: string;
  /** An S3 endpoint of a bucket, such as `bucket.s3.eu-west-1.amazonaws.com`. */
  DomainName: string;
  /** Empty, or a path that begins with `/` and does not end with one. */
  OriginPath: string;
  /** Empty where the origin has no origin access control: it is then asked anonymously. */
  OriginAccessControlId: string;
  S3OriginConfig?: { OriginAccessIdentity: string };
}

/** What a default and an additional cache behavior have in common. */
export interface CacheBehaviorSettings {
  TargetOriginId: string;
  TrustedKeyGroups: EnabledList;
  /** The legacy form. The edge knows no account's key pairs: it makes the behavior restricted. */
  TrustedSigners: EnabledList;
  ViewerProtocolPolicy: ViewerProtocolPolicy;
  AllowedMethods: ItemList<string>;
  CachePolicyId?: string;
  OriginRequestPolicyId?: string;
  /** The legacy form of the two policies. */
  ForwardedValues?: { QueryString: boolean };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html */
export interface CacheBehavior extends CacheBehaviorSettings {
  PathPattern: string;
}

export interface EnabledList extends ItemList<string> {
  Enabled: boolean;
}

export type ViewerProtocolPolicy = 'allow-all' | 'https-only' | 'redirect-to-https';

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_KeyGroup.html */
export interface KeyGroup {
  Id: string;
  LastModifiedTime: string;
  /** `Items` are IDs of public keys. */
  KeyGroupConfig: { Name: string; Items: string[]; Comment: string };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublicKey.html */
export interface PublicKey {
  Id: string;
  CreatedTime: string;
  /** `EncodedKey` is the PEM of the public half, RSA 2048 or ECDSA P-256. */
  PublicKeyConfig: { CallerReference: string; Name: string; EncodedKey: string; Comment: string };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
export interface OriginAccessControl {
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
export interface CachePolicy {
  Id: string;
  CachePolicyConfig: {
    Name: string;
    ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: QueryStringsConfig };
  };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyConfig.html */
export interface OriginRequestPolicy {
  Id: string;
  OriginRequestPolicyConfig: { Name: string; QueryStringsConfig: QueryStringsConfig };
}
