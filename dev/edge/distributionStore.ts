import { managedCachePolicies, managedOriginRequestPolicies } from './managedPolicies.ts';

/**
 * What an account has in CloudFront: plain mutable data under the field names of CloudFront's own
 * API, so that the control API serves and changes the very objects that the edge reads. A change
 * takes effect with the next request.
 *
 * Two liberties: a list is `{ Items }` and its `Quantity` is left to whoever writes XML, and there
 * are only fields that the edge acts upon, that a set-up can be wrong in, or that a configuration
 * is not believable without.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
 */
export interface DistributionStore {
  readonly Distributions: Distribution[];
  readonly KeyGroups: KeyGroup[];
  readonly PublicKeys: PublicKey[];
  /** The legacy key pairs that root users make by hand; no API lists them. */
  readonly KeyPairs: KeyPair[];
  readonly OriginAccessControls: OriginAccessControl[];
  readonly CachePolicies: CachePolicy[];
  readonly OriginRequestPolicies: OriginRequestPolicy[];
}

/** A store with nothing in it but the policies that AWS manages, as a new account has. */
export function createDistributionStore(): DistributionStore {
  return {
    Distributions: [],
    KeyGroups: [],
    PublicKeys: [],
    KeyPairs: [],
    OriginAccessControls: [],
    CachePolicies: managedCachePolicies(),
    OriginRequestPolicies: managedOriginRequestPolicies(),
  };
}

/** A list as the API has it, without its redundant `Quantity`. */
export interface ItemList<T> {
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
  OriginGroups: ItemList<OriginGroup>;
  DefaultCacheBehavior: CacheBehaviorSettings;
  CacheBehaviors: ItemList<CacheBehavior>;
  CustomErrorResponses: ItemList<CustomErrorResponse>;
  Comment: string;
  PriceClass: 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All' | 'None';
  Enabled: boolean;
  ViewerCertificate: ViewerCertificate;
  Restrictions: { GeoRestriction: GeoRestriction };
  /** ARN of a WAF web ACL; empty where there is none. */
  WebACLId: string;
  HttpVersion: 'http1.1' | 'http2' | 'http3' | 'http2and3';
  IsIPV6Enabled: boolean;
  /** A staging distribution answers only for the primary one that sends viewers its way. */
  Staging: boolean;
}

/**
 * An S3 origin has an `S3OriginConfig`, every other one a `CustomOriginConfig`.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html
 */
export interface Origin {
  Id: string;
  /** A bucket's endpoint such as `bucket.s3.eu-west-1.amazonaws.com`, or a custom origin's name. */
  DomainName: string;
  /** Empty, or a path that begins with `/` and does not end with one. */
  OriginPath: string;
  /** Empty where the origin has no origin access control. */
  OriginAccessControlId: string;
  /** The legacy identity, `origin-access-identity/cloudfront/E…`; empty where there is none. */
  S3OriginConfig?: { OriginAccessIdentity: string };
  CustomOriginConfig?: CustomOriginConfig;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomOriginConfig.html */
export interface CustomOriginConfig {
  HTTPPort: number;
  HTTPSPort: number;
  /** A website endpoint speaks HTTP alone. */
  OriginProtocolPolicy: 'http-only' | 'https-only' | 'match-viewer';
  OriginSslProtocols: ItemList<'SSLv3' | 'TLSv1' | 'TLSv1.1' | 'TLSv1.2'>;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginGroup.html */
export interface OriginGroup {
  Id: string;
  FailoverCriteria: { StatusCodes: ItemList<number> };
  /** The primary origin, then the one that is asked where that fails. */
  Members: ItemList<{ OriginId: string }>;
}

/** What a default and an additional cache behavior have in common. */
export interface CacheBehaviorSettings {
  /** The ID of an origin or of an origin group. */
  TargetOriginId: string;
  /** The legacy form of restriction: `self` or account numbers, whose root users' keys sign. */
  TrustedSigners: SwitchedList<string>;
  /** IDs of key groups. Disabled, and no trusted signers: everybody is served without a signature. */
  TrustedKeyGroups: SwitchedList<string>;
  ViewerProtocolPolicy: 'allow-all' | 'https-only' | 'redirect-to-https';
  /** CloudFront takes GET and HEAD, these and OPTIONS, or all seven. */
  AllowedMethods: ItemList<Method> & { CachedMethods: ItemList<Method> };
  Compress: boolean;
  LambdaFunctionAssociations: ItemList<LambdaFunctionAssociation>;
  FunctionAssociations: ItemList<FunctionAssociation>;
  CachePolicyId?: string;
  OriginRequestPolicyId?: string;
  ResponseHeadersPolicyId?: string;
  /** The legacy form of the two policies, and the TTLs in seconds that go with it. */
  ForwardedValues?: { QueryString: boolean };
  MinTTL?: number;
  DefaultTTL?: number;
  MaxTTL?: number;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html */
export interface CacheBehavior extends CacheBehaviorSettings {
  PathPattern: string;
}

interface SwitchedList<T> extends ItemList<T> {
  Enabled: boolean;
}

export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_FunctionAssociation.html */
export interface FunctionAssociation {
  FunctionARN: string;
  EventType: 'viewer-request' | 'viewer-response';
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_LambdaFunctionAssociation.html */
export interface LambdaFunctionAssociation {
  LambdaFunctionARN: string;
  EventType: 'viewer-request' | 'viewer-response' | 'origin-request' | 'origin-response';
  IncludeBody: boolean;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomErrorResponse.html */
export interface CustomErrorResponse {
  ErrorCode: number;
  /** Begins with `/`. It and `ResponseCode` are both there, or both empty. */
  ResponsePagePath: string;
  ResponseCode: string;
  /** Seconds. */
  ErrorCachingMinTTL: number;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html */
export interface ViewerCertificate {
  /** Covers `*.cloudfront.net` alone, hence no alternate domain name. */
  CloudFrontDefaultCertificate: boolean;
  ACMCertificateArn?: string;
  IAMCertificateId?: string;
  SSLSupportMethod?: 'sni-only' | 'vip' | 'static-ip';
  /** Such as `TLSv1.2_2021`. */
  MinimumProtocolVersion: string;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GeoRestriction.html */
export interface GeoRestriction extends ItemList<string> {
  /** Of the countries in `Items`, two capitals each. */
  RestrictionType: 'none' | 'whitelist' | 'blacklist';
}

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

/**
 * A CloudFront key pair of an account's root user.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export interface KeyPair {
  /** Such as `APKA9ONS7QCOWEXAMPLE`. */
  Id: string;
  AwsAccountNumber: string;
  /** PEM of the public half. */
  EncodedKey: string;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
export interface OriginAccessControl {
  Id: string;
  OriginAccessControlConfig: {
    Name: string;
    Description: string;
    SigningProtocol: 'sigv4';
    SigningBehavior: 'always' | 'never' | 'no-override';
    OriginAccessControlOriginType: 's3' | 'mediastore' | 'mediapackagev2' | 'lambda';
  };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyQueryStringsConfig.html */
export interface QueryStringsConfig {
  QueryStringBehavior: 'none' | 'whitelist' | 'allExcept' | 'all';
  QueryStrings: ItemList<string>;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyHeadersConfig.html */
export interface HeadersConfig {
  /** A cache policy has the first two alone. */
  HeaderBehavior:
    'none' | 'whitelist' | 'allViewer' | 'allViewerAndWhitelistCloudFront' | 'allExcept';
  Headers: ItemList<string>;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyCookiesConfig.html */
export interface CookiesConfig {
  CookieBehavior: 'none' | 'whitelist' | 'allExcept' | 'all';
  Cookies: ItemList<string>;
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html */
export interface CachePolicy {
  Id: string;
  /** Absent: one of the account's own. */
  Type?: 'managed' | 'custom';
  CachePolicyConfig: {
    Name: string;
    Comment?: string;
    /** Seconds, all three. */
    MinTTL?: number;
    DefaultTTL?: number;
    MaxTTL?: number;
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip?: boolean;
      EnableAcceptEncodingBrotli?: boolean;
      HeadersConfig?: HeadersConfig;
      CookiesConfig?: CookiesConfig;
      QueryStringsConfig: QueryStringsConfig;
    };
  };
}

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyConfig.html */
export interface OriginRequestPolicy {
  Id: string;
  /** Absent: one of the account's own. */
  Type?: 'managed' | 'custom';
  OriginRequestPolicyConfig: {
    Name: string;
    Comment?: string;
    HeadersConfig?: HeadersConfig;
    CookiesConfig?: CookiesConfig;
    QueryStringsConfig: QueryStringsConfig;
  };
}
