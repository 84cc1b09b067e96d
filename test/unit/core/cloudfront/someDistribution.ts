import type {
  CacheBehavior,
  Distribution,
  Origin,
} from '../../../../src/core/cloudfront/account.ts';

/** An origin of the bucket `films`, behind an origin access control. */
export function someOrigin(settings: Partial<Origin> = {}): Origin {
  return {
    id: 'films',
    domainName: 'films.s3.eu-west-1.amazonaws.com',
    originPath: '',
    kind: 's3',
    access: { kind: 'oac', id: 'E1OAC' },
    ...settings,
  };
}

/** A default behavior for the origin above, that trusts one key group. */
export function someBehavior(settings: Partial<CacheBehavior> = {}): CacheBehavior {
  return {
    pathPattern: undefined,
    originId: 'films',
    keyGroupIds: ['group'],
    trustsAccounts: false,
    viewerProtocol: 'redirect-to-https',
    methods: ['GET', 'HEAD'],
    cachePolicyId: undefined,
    originRequestPolicyId: undefined,
    forwardsQuery: undefined,
    functions: [],
    ...settings,
  };
}

/** A distribution of the two above, as it should be. */
export function someDistribution(settings: Partial<Distribution> = {}): Distribution {
  const { id = 'E1FILMS' } = settings;
  return {
    id,
    arn: `arn:aws:cloudfront::111122223333:distribution/${id}`,
    domainName: 'd1.cloudfront.net',
    aliases: [],
    enabled: true,
    deployed: true,
    ipv6: false,
    defaultCertificate: false,
    webAclId: undefined,
    geoRestriction: undefined,
    replacedErrors: [],
    origins: [someOrigin()],
    behaviors: [someBehavior()],
    comment: '',
    ...settings,
  };
}
