import type {
  CacheBehavior,
  CacheBehaviorSettings,
  CachePolicy,
  CookiesConfig,
  CustomErrorResponse,
  CustomOriginConfig,
  DistributionConfig,
  FunctionAssociation,
  GeoRestriction,
  HeadersConfig,
  ItemList,
  KeyGroup,
  LambdaFunctionAssociation,
  Method,
  Origin,
  OriginAccessControl,
  OriginGroup,
  OriginRequestPolicy,
  PublicKey,
  QueryStringsConfig,
  ViewerCertificate,
} from '../edge/distributionStore.ts';
import {
  bareList,
  choice,
  flag,
  integer,
  list,
  listBeside,
  optional,
  orElse,
  type Shape,
  structure,
  text,
} from './xmlShape.ts';

// How the data of an account look in XML, with the defaults of the API's reference:
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Types.html

const emptyText = orElse(text, () => '');
const off = orElse(flag, () => false);
const none = <T>(): ItemList<T> => ({ Items: [] });
const noneTrusted = () => ({ Enabled: false, Items: [] });

const METHODS: readonly Method[] = ['HEAD', 'GET', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'];
const methods = list('Method', choice(...METHODS));
const readMethods = (): ItemList<Method> => ({ Items: ['HEAD', 'GET'] });

const functionAssociation = structure<FunctionAssociation>({
  FunctionARN: text,
  EventType: choice('viewer-request', 'viewer-response'),
});

const lambdaFunctionAssociation = structure<LambdaFunctionAssociation>({
  LambdaFunctionARN: text,
  EventType: choice('viewer-request', 'viewer-response', 'origin-request', 'origin-response'),
  IncludeBody: off,
});

const forwardedValues = structure<{ QueryString: boolean }>(
  { QueryString: flag },
  {
    Cookies: { Forward: 'none' },
    Headers: { Quantity: 0 },
    QueryStringCacheKeys: { Quantity: 0 },
  },
);

const behaviorFields = {
  TargetOriginId: text,
  TrustedSigners: orElse(
    listBeside<string, { Enabled: boolean }>({ Enabled: flag }, 'AwsAccountNumber', text),
    noneTrusted,
  ),
  TrustedKeyGroups: orElse(
    listBeside<string, { Enabled: boolean }>({ Enabled: flag }, 'KeyGroup', text),
    noneTrusted,
  ),
  ViewerProtocolPolicy: choice('allow-all', 'https-only', 'redirect-to-https'),
  AllowedMethods: orElse(
    listBeside<Method, { CachedMethods: ItemList<Method> }>(
      { CachedMethods: orElse(methods, readMethods) },
      'Method',
      choice(...METHODS),
    ),
    () => ({ ...readMethods(), CachedMethods: readMethods() }),
  ),
  Compress: off,
  LambdaFunctionAssociations: orElse(
    list('LambdaFunctionAssociation', lambdaFunctionAssociation),
    none<LambdaFunctionAssociation>,
  ),
  FunctionAssociations: orElse(
    list('FunctionAssociation', functionAssociation),
    none<FunctionAssociation>,
  ),
  CachePolicyId: optional(text),
  OriginRequestPolicyId: optional(text),
  ResponseHeadersPolicyId: optional(text),
  ForwardedValues: optional(forwardedValues),
  MinTTL: optional(integer),
  DefaultTTL: optional(integer),
  MaxTTL: optional(integer),
};

const behaviorNeutral = {
  SmoothStreaming: false,
  FieldLevelEncryptionId: '',
  GrpcConfig: { Enabled: false },
};

const defaultCacheBehavior = structure<CacheBehaviorSettings>(behaviorFields, behaviorNeutral);

const cacheBehavior = structure<CacheBehavior>(
  { PathPattern: text, ...behaviorFields },
  behaviorNeutral,
);

const customOriginConfig = structure<CustomOriginConfig>(
  {
    HTTPPort: integer,
    HTTPSPort: integer,
    OriginProtocolPolicy: choice('http-only', 'https-only', 'match-viewer'),
    OriginSslProtocols: orElse(
      list('SslProtocol', choice('SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2')),
      () => ({ Items: ['TLSv1.2'] }),
    ),
  },
  { OriginReadTimeout: 30, OriginKeepaliveTimeout: 5 },
);

const origin = structure<Origin>(
  {
    Id: text,
    DomainName: text,
    OriginPath: emptyText,
    OriginAccessControlId: emptyText,
    S3OriginConfig: optional(
      structure<{ OriginAccessIdentity: string }>(
        { OriginAccessIdentity: text },
        { OriginReadTimeout: 30 },
      ),
    ),
    CustomOriginConfig: optional(customOriginConfig),
  },
  {
    CustomHeaders: { Quantity: 0 },
    ConnectionAttempts: 3,
    ConnectionTimeout: 10,
    OriginShield: { Enabled: false },
  },
);

const originGroup = structure<OriginGroup>({
  Id: text,
  FailoverCriteria: structure<OriginGroup['FailoverCriteria']>({
    StatusCodes: list('StatusCode', integer),
  }),
  Members: list('OriginGroupMember', structure<{ OriginId: string }>({ OriginId: text })),
});

const customErrorResponse = structure<CustomErrorResponse>({
  ErrorCode: integer,
  ResponsePagePath: emptyText,
  ResponseCode: emptyText,
  ErrorCachingMinTTL: orElse(integer, () => 10),
});

const viewerCertificate = structure<ViewerCertificate>({
  CloudFrontDefaultCertificate: off,
  ACMCertificateArn: optional(text),
  IAMCertificateId: optional(text),
  SSLSupportMethod: optional(choice('sni-only', 'vip', 'static-ip')),
  MinimumProtocolVersion: orElse(text, () => 'TLSv1'),
});

const geoRestriction: Shape<GeoRestriction> = listBeside<
  string,
  Pick<GeoRestriction, 'RestrictionType'>
>({ RestrictionType: choice('none', 'whitelist', 'blacklist') }, 'Location', text);

const aliases = list('CNAME', text);
const origins = list('Origin', origin);
const originGroups = list('OriginGroup', originGroup);
const cacheBehaviors = list('CacheBehavior', cacheBehavior);
const customErrorResponses = list('CustomErrorResponse', customErrorResponse);
const restrictions = structure<DistributionConfig['Restrictions']>({
  GeoRestriction: geoRestriction,
});
const priceClass = choice('PriceClass_100', 'PriceClass_200', 'PriceClass_All', 'None');
const httpVersion = choice('http1.1', 'http2', 'http3', 'http2and3');

/** What a list of distributions says of each beside its ID, and what else there is of a config. */
const listedConfigFields = {
  Aliases: orElse(aliases, none<string>),
  Origins: origins,
  OriginGroups: orElse(originGroups, none<OriginGroup>),
  DefaultCacheBehavior: defaultCacheBehavior,
  CacheBehaviors: orElse(cacheBehaviors, none<CacheBehavior>),
  CustomErrorResponses: orElse(customErrorResponses, none<CustomErrorResponse>),
  Comment: text,
  PriceClass: orElse(priceClass, () => 'PriceClass_All' as const),
  Enabled: flag,
  ViewerCertificate: orElse(viewerCertificate, () => ({
    CloudFrontDefaultCertificate: true,
    SSLSupportMethod: 'vip' as const,
    MinimumProtocolVersion: 'TLSv1',
  })),
  Restrictions: orElse(restrictions, () => ({
    GeoRestriction: { RestrictionType: 'none' as const, Items: [] },
  })),
  WebACLId: emptyText,
  HttpVersion: orElse(httpVersion, () => 'http2' as const),
  IsIPV6Enabled: off,
  Staging: off,
};

export const distributionSummary =
  structure<Omit<DistributionConfig, 'CallerReference' | 'DefaultRootObject'>>(listedConfigFields);

export const distributionConfig = structure<DistributionConfig>(
  { CallerReference: text, DefaultRootObject: emptyText, ...listedConfigFields },
  {
    Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
    ContinuousDeploymentPolicyId: '',
  },
);

export const keyGroupConfig = structure<KeyGroup['KeyGroupConfig']>({
  Name: text,
  Items: bareList('PublicKey', text),
  Comment: emptyText,
});

export const publicKeyConfig = structure<PublicKey['PublicKeyConfig']>({
  CallerReference: text,
  Name: text,
  EncodedKey: text,
  Comment: emptyText,
});

export const originAccessControlConfig = structure<
  OriginAccessControl['OriginAccessControlConfig']
>({
  Name: text,
  Description: emptyText,
  SigningProtocol: choice('sigv4'),
  SigningBehavior: choice('always', 'never', 'no-override'),
  OriginAccessControlOriginType: choice('s3', 'mediastore', 'mediapackagev2', 'lambda'),
});

const names = orElse(list('Name', text), none<string>);

const headersConfig = structure<HeadersConfig>({
  HeaderBehavior: choice(
    'none',
    'whitelist',
    'allViewer',
    'allViewerAndWhitelistCloudFront',
    'allExcept',
  ),
  Headers: names,
});

const cookiesConfig = structure<CookiesConfig>({
  CookieBehavior: choice('none', 'whitelist', 'allExcept', 'all'),
  Cookies: names,
});

const queryStringsConfig = structure<QueryStringsConfig>({
  QueryStringBehavior: choice('none', 'whitelist', 'allExcept', 'all'),
  QueryStrings: names,
});

type CachePolicyConfig = CachePolicy['CachePolicyConfig'];

export const cachePolicyConfig = structure<CachePolicyConfig>({
  Name: text,
  Comment: optional(text),
  MinTTL: optional(integer),
  DefaultTTL: optional(integer),
  MaxTTL: optional(integer),
  ParametersInCacheKeyAndForwardedToOrigin: structure<
    CachePolicyConfig['ParametersInCacheKeyAndForwardedToOrigin']
  >({
    EnableAcceptEncodingGzip: optional(flag),
    EnableAcceptEncodingBrotli: optional(flag),
    HeadersConfig: optional(headersConfig),
    CookiesConfig: optional(cookiesConfig),
    QueryStringsConfig: queryStringsConfig,
  }),
});

export const originRequestPolicyConfig = structure<
  OriginRequestPolicy['OriginRequestPolicyConfig']
>({
  Name: text,
  Comment: optional(text),
  HeadersConfig: optional(headersConfig),
  CookiesConfig: optional(cookiesConfig),
  QueryStringsConfig: queryStringsConfig,
});
