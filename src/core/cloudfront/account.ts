import type { Outcome } from '../outcome.ts';

/**
 * A distribution as far as links depend on it.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html
 */
export interface Distribution {
  /** Such as `EDFDVBD632BHDS5`. */
  readonly id: string;
  readonly arn: string;
  /** Such as `d111111abcdef8.cloudfront.net`, lower case. */
  readonly domainName: string;
  /** Alternate domain names, lower case; `*.example.com` stands for every name below it. */
  readonly aliases: readonly string[];
  readonly enabled: boolean;
  /** Whether its last change has reached every edge location. */
  readonly deployed: boolean;
  readonly ipv6: boolean;
  /** Whether it has no certificate but that of `*.cloudfront.net`. */
  readonly defaultCertificate: boolean;
  /** Undefined where no firewall stands before it. */
  readonly webAclId: string | undefined;
  readonly geoRestriction: GeoRestriction | undefined;
  /** Statuses of errors that a page of the distribution's own takes the place of. */
  readonly replacedErrors: readonly number[];
  readonly origins: readonly Origin[];
  /** In the order in which CloudFront tries them; the default one is the last. */
  readonly behaviors: readonly CacheBehavior[];
  readonly comment: string;
}

/** Countries that alone are served, or that are not, as ISO 3166-1 alpha-2 codes. */
export interface GeoRestriction {
  readonly kind: 'allow' | 'block';
  readonly countries: readonly string[];
}

/** Where a distribution takes content from. */
export interface Origin {
  /** Named by {@link CacheBehavior.originId}. */
  readonly id: string;
  /** Lower case. */
  readonly domainName: string;
  /** Empty, or beginning with `/` and not ending with one. */
  readonly originPath: string;
  /** `s3` for the REST endpoint of a bucket; `custom` for web servers, website endpoints included. */
  readonly kind: 's3' | 'custom';
  /** How the origin knows that CloudFront asks. */
  readonly access:
    | { readonly kind: 'oac'; readonly id: string }
    | { readonly kind: 'oai'; readonly id: string }
    | { readonly kind: 'none' };
}

/** How requests are served whose path fits a pattern. */
export interface CacheBehavior {
  /** Undefined for the default behavior. */
  readonly pathPattern: string | undefined;
  readonly originId: string;
  /** IDs of the trusted key groups; empty where viewers need no signature of theirs. */
  readonly keyGroupIds: readonly string[];
  /** Whether the legacy key pairs of AWS accounts are trusted. */
  readonly trustsAccounts: boolean;
  readonly viewerProtocol: 'allow-all' | 'https-only' | 'redirect-to-https';
  readonly methods: readonly string[];
  readonly cachePolicyId: string | undefined;
  readonly originRequestPolicyId: string | undefined;
  /** What the legacy settings say of query strings; undefined where policies decide. */
  readonly forwardsQuery: boolean | undefined;
  /** ARNs of functions, which may rewrite a request. */
  readonly functions: readonly string[];
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublicKeySummary.html */
export interface PublicKey {
  /** The key pair ID that links name. */
  readonly id: string;
  readonly name: string;
  /** PEM. */
  readonly encodedKey: string;
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_KeyGroup.html */
export interface KeyGroup {
  readonly id: string;
  readonly name: string;
  readonly publicKeyIds: readonly string[];
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
export interface OriginAccessControl {
  readonly id: string;
  readonly name: string;
  /** `s3` is the one that signs for a bucket. */
  readonly originType: string;
  /** `always` is the one that links can rely on. */
  readonly signingBehavior: string;
  readonly signingProtocol: string;
}

/** Which query parameters a policy lets through to the origin. */
export interface QueryForwarding {
  readonly kind: 'none' | 'all' | 'listed' | 'all-but-listed';
  readonly names: readonly string[];
}

/**
 * An account's CloudFront, read. Every method may fail with `access-denied`, which names the
 * permission, and with the codes of credentials and network; a signal that fires gives `cancelled`.
 */
export interface CloudFrontReader {
  /** All that can be asked by name: staging distributions and tenants' templates are left out. */
  listDistributions(signal: AbortSignal): Promise<Outcome<readonly Distribution[]>>;
  listPublicKeys(signal: AbortSignal): Promise<Outcome<readonly PublicKey[]>>;
  listKeyGroups(signal: AbortSignal): Promise<Outcome<readonly KeyGroup[]>>;
  /** Undefined where there is none with this ID. */
  getOriginAccessControl(
    id: string,
    signal: AbortSignal,
  ): Promise<Outcome<OriginAccessControl | undefined>>;
  /** What a cache policy lets through. */
  getCachePolicy(id: string, signal: AbortSignal): Promise<Outcome<QueryForwarding>>;
  /** What an origin request policy lets through. */
  getOriginRequestPolicy(id: string, signal: AbortSignal): Promise<Outcome<QueryForwarding>>;
}
