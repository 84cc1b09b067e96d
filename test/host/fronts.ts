import { generateKeyPairSync } from 'node:crypto';
import type { DemoStack } from '../../dev/demo/demoStack.ts';
import { addDemoDistribution } from '../../dev/edge/demoDistribution.ts';
import type { Distribution } from '../../dev/edge/distributionStore.ts';

/** Buckets that nothing but distributions in front of them are known of, named after those. */
export const FRONTS = {
  /** Two that are as good as each other. */
  twins: ['d-twin-1.cloudfront.net', 'd-twin-2.cloudfront.net'],
  /** A good one beside a disabled and an unrestricted one, all with an alias or none. */
  best: ['best.example.com', 'd-best-off.cloudfront.net', 'd-best-open.cloudfront.net'],
  'switched-off': ['d-switched-off.cloudfront.net'],
  'foreign-keys': ['d-foreign-keys.cloudfront.net'],
  /** Its origin begins with `/media`. */
  'below-media': ['d-below-media.cloudfront.net'],
  /** What is under `api/` comes from another origin, and what ends with `.jpg` without a signature. */
  'mixed-origins': ['d-mixed-origins.cloudfront.net'],
  /** Alternate names below `*.wild.example.com`. */
  'wild-names': ['d-wild-names.cloudfront.net'],
} as const;

/** Puts those distributions into the account; the demo's key opens them all but one. */
export function addFronts({ store, distributionId }: DemoStack): void {
  const demo = store.Distributions.find(({ Id }) => Id === distributionId);
  const keyGroups = demo?.DistributionConfig.DefaultCacheBehavior.TrustedKeyGroups.Items ?? [];

  function add(bucket: string, domainName: string, originPath = ''): Distribution {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const id = `K${domainName.replaceAll(/\W|net$/g, '').toUpperCase()}`;
    const distribution = addDemoDistribution(store, {
      bucket,
      region: 'eu-central-1',
      publicKey: { id, pem },
      aliases: [],
      originPath,
    });
    distribution.DomainName = domainName;
    const { DefaultCacheBehavior: behavior } = distribution.DistributionConfig;
    behavior.TrustedKeyGroups.Items = [...keyGroups];
    return distribution;
  }

  for (const name of FRONTS.twins) add('twins', name);
  const [alias, off, open] = FRONTS.best;
  add('best', off).DistributionConfig.Enabled = false;
  add('best', open).DistributionConfig.DefaultCacheBehavior.TrustedKeyGroups.Enabled = false;
  add('best', 'd-best.cloudfront.net').DistributionConfig.Aliases.Items.push(alias);
  add('switched-off', FRONTS['switched-off'][0]).DistributionConfig.Enabled = false;
  const foreign = add('foreign-keys', FRONTS['foreign-keys'][0]);
  const { TrustedKeyGroups } = foreign.DistributionConfig.DefaultCacheBehavior;
  TrustedKeyGroups.Items = store.KeyGroups.slice(-1).map(({ Id }) => Id);
  add('below-media', FRONTS['below-media'][0], '/media');
  const mixed = add('mixed-origins', FRONTS['mixed-origins'][0]).DistributionConfig;
  const { DefaultCacheBehavior: ofMixed, Origins, CacheBehaviors } = mixed;
  const [origin] = Origins.Items;
  if (origin !== undefined) {
    const elsewhere = { Id: 'app', DomainName: 'app.s3.eu-central-1.amazonaws.com' };
    Origins.Items.push({ ...origin, ...elsewhere });
  }
  const closed = ofMixed.TrustedKeyGroups;
  CacheBehaviors.Items.push(
    { ...ofMixed, PathPattern: 'api/*', TargetOriginId: 'app' },
    { ...ofMixed, PathPattern: '*.jpg', TrustedKeyGroups: { ...closed, Enabled: false } },
  );
  const wild = add('wild-names', FRONTS['wild-names'][0]);
  wild.DistributionConfig.Aliases.Items.push('*.wild.example.com');
}
