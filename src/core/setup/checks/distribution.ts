import { canonicalUrl } from '../../cloudfront/canonicalUrl.ts';
import { originPathTo } from '../../cloudfront/originDomain.ts';
import { openSettings } from '../../problem.ts';
import type { Check } from '../check.ts';
import { answeringAt, hostOf, originsOf } from '../linkRoute.ts';
import {
  fails,
  holds,
  NO_OBJECT,
  noted,
  ofBehavior,
  ofRoute,
  ofSeen,
  skipped,
} from '../verdicts.ts';
import { behaviorName, distributionName, sentenceOf } from '../words.ts';

const distributionSettings = openSettings('Open Distributions Setting', 'distributions');

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html */
export const distribution: Check = {
  id: 'distribution',
  topic: 'The distribution',
  title: 'A distribution has the bucket as an origin',
  why: 'CloudFront serves what one of its origins has, and a private bucket is served by nothing else.',
  after: [],
  judge({ bucket, distributions, route, endpoint }) {
    return ofSeen(distributions, (all) => {
      const having = all.filter((one) => originsOf(bucket, one).length > 0);
      if (route === undefined) {
        const which = all.length === 1 ? 'distribution' : `${all.length} distributions`;
        return fails(
          all.length === 0
            ? 'This account has no distribution.'
            : `The ${which} of this account ${all.length === 1 ? 'does' : 'do'} not have bucket “${bucket}” as an origin.`,
          {
            advice:
              'Create a distribution in front of it. “Export Set-Up as Template” writes the whole stack down.',
            changes: [],
            action: {
              title: 'Export Set-Up as Template…',
              command: 'cloudfrontSigner.exportSetup',
              args: [`s3://${bucket}`],
            },
          },
        );
      }
      const name = distributionName(route.distribution);
      if (route.bucketOrigin !== undefined) {
        return holds(
          `${sentenceOf(name)} has bucket “${bucket}” as origin “${route.bucketOrigin.id}”.`,
        );
      }
      const [other] = having;
      const others = other === undefined ? '' : ` ${sentenceOf(distributionName(other))} has it.`;
      return fails(
        `Links are made for ${endpoint?.domain ?? ''}. There ${name} answers, and none of its origins is bucket “${bucket}”.${others}`,
        {
          advice: `Name ${other === undefined ? 'a distribution in front of the bucket' : other.domainName} in the setting cloudfrontSigner.distributions.`,
          changes: [],
          action: distributionSettings,
        },
      );
    });
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html */
export const domain: Check = {
  id: 'domain',
  topic: 'The distribution',
  title: 'The distribution answers to the domain name of links',
  why: 'CloudFront finds a distribution by the host of a URL. Under a name that none has, it answers 403 to every link.',
  after: ['distribution'],
  judge(facts) {
    return ofRoute(facts, ({ distribution: own }) => {
      const { endpoint } = facts;
      if (endpoint === undefined) return skipped('No domain name is known.');
      const host = hostOf(endpoint);
      if (answeringAt(endpoint, [own]).length > 0) {
        const kind = host === own.domainName ? 'domain name' : 'alternate domain name';
        return holds(`${host} is the ${kind} of distribution ${own.id}.`);
      }
      return fails(
        `Links are made for ${host}, and ${distributionName(own)} does not answer to it.`,
        {
          advice: `Name ${own.domainName} in the setting cloudfrontSigner.distributions. Or make ${host} an alternate domain name, with a certificate that covers it and a DNS record that leads to ${own.domainName}.`,
          changes: [
            {
              kind: 'distribution',
              distributionId: own.id,
              edits: [{ kind: 'add-alias', alias: host }],
            },
          ],
          action: distributionSettings,
        },
      );
    });
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html */
export const certificate: Check = {
  id: 'certificate',
  topic: 'The distribution',
  title: 'The certificate covers the domain name of links',
  why: 'Browsers refuse to connect where the certificate is made out to another name.',
  after: ['domain'],
  judge(facts) {
    return ofRoute(facts, ({ distribution: own }) => {
      const { endpoint, live } = facts;
      const host = endpoint === undefined ? own.domainName : hostOf(endpoint);
      const { unsigned } = live;
      if (unsigned?.kind === 'unreachable' && isOfCertificate(unsigned.detail)) {
        return fails(`The connection to ${host} failed: ${unsigned.detail}.`, {
          advice: `See which certificate answers there. Distribution ${own.id} needs one for ${host}, of AWS Certificate Manager in us-east-1; a proxy on the way may put its own in between.`,
          changes: [],
        });
      }
      if (host === own.domainName) return holds(`CloudFront’s own certificate covers ${host}.`);
      return own.defaultCertificate
        ? fails(
            `Distribution ${own.id} has CloudFront’s own certificate alone, which does not cover ${host}.`,
            {
              advice: `Give distribution ${own.id} a certificate for ${host}, of AWS Certificate Manager in us-east-1.`,
              changes: [],
            },
          )
        : holds(`Distribution ${own.id} has a certificate of its own.`);
    });
  },
};

function isOfCertificate(detail: string): boolean {
  return /certificate|altname|handshake failure/i.test(detail);
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValuesEnabled */
export const enabled: Check = {
  id: 'enabled',
  topic: 'The distribution',
  title: 'The distribution is enabled',
  why: 'A disabled distribution answers 403 to every request.',
  after: ['distribution'],
  judge(facts) {
    return ofRoute(facts, ({ distribution: own }) =>
      own.enabled
        ? holds(`${sentenceOf(distributionName(own))} is enabled.`)
        : fails(`${sentenceOf(distributionName(own))} is disabled.`, {
            advice: 'Enable it. That takes some minutes to reach every edge location.',
            changes: [
              { kind: 'distribution', distributionId: own.id, edits: [{ kind: 'enable' }] },
            ],
          }),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowToUpdateDistribution.html */
export const deployed: Check = {
  id: 'deployed',
  topic: 'The distribution',
  title: 'The distribution’s last change is deployed',
  why: 'Until a change has reached an edge location, that one serves by what was before.',
  after: ['distribution'],
  judge(facts) {
    return ofRoute(facts, ({ distribution: own }) =>
      own.deployed
        ? holds('It has reached every edge location.')
        : noted(
            `The last change of distribution ${own.id} is still under way. Wait some minutes and check again: what fails now may be right then.`,
          ),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginPath */
export const originPath: Check = {
  id: 'origin-path',
  topic: 'The distribution',
  title: 'The origin path leads to the object',
  why: 'CloudFront puts the origin path before what a URL names. Where links are made for another one, it asks S3 for another key.',
  after: ['key', 'distribution'],
  judge(facts) {
    return ofRoute(facts, ({ bucketOrigin }) => {
      const { bucket, key, endpoint } = facts;
      if (key === undefined) return NO_OBJECT;
      const own = bucketOrigin && originPathTo(bucket, bucketOrigin);
      if (own === undefined || endpoint === undefined) return skipped('No origin is known.');
      const reckoned = endpoint.originPath;
      if (own !== reckoned) {
        const url = canonicalUrl(endpoint, key);
        const asked =
          url.kind === 'ok'
            ? ` CloudFront would ask S3 for “${`${own}${decodeURIComponent(new URL(url.value).pathname)}`.slice(1)}”.`
            : '';
        return fails(
          `The setting says ${pathName(reckoned)}, and origin “${bucketOrigin?.id ?? ''}” has ${pathName(own)}.${asked}`,
          {
            advice:
              own === ''
                ? 'Take originPath out of the setting.'
                : `Set originPath to ${own} in the setting.`,
            changes: [],
            action: distributionSettings,
          },
        );
      }
      if (own === '') return holds('The origin has no origin path.');
      return key.startsWith(`${own.slice(1)}/`)
        ? holds(`“${key}” is below the origin path ${own}.`)
        : fails(
            `Origin “${bucketOrigin?.id ?? ''}” serves what is below ${own} alone, and “${key}” is not.`,
            {
              advice: `Copy the object to a key that begins with “${own.slice(1)}/”, or serve it by an origin without that path.`,
              changes: [],
            },
          );
    });
  },
};

function pathName(path: string): string {
  return path === '' ? 'no origin path' : `the origin path ${path}`;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern */
export const behavior: Check = {
  id: 'behavior',
  topic: 'The distribution',
  title: 'The cache behavior that takes the path leads to the bucket',
  why: 'The first behavior whose pattern fits a path takes it, whatever the ones behind it say.',
  after: ['origin-path'],
  judge(facts) {
    const { key } = facts;
    return ofBehavior(facts, (taking, { distribution: own, origin, bucketOrigin }) => {
      if (bucketOrigin === undefined) return skipped('No origin is known.');
      const name = sentenceOf(behaviorName(taking));
      const what = key === undefined ? '' : ` takes “${key}” and`;
      if (origin === bucketOrigin) return holds(`${name}${what} leads to origin “${origin.id}”.`);
      const leadsTo =
        origin === undefined
          ? 'to no origin of this distribution'
          : `to origin “${origin.id}” (${origin.domainName})`;
      return fails(`${name}${what} leads ${leadsTo}, not to bucket “${facts.bucket}”.`, {
        advice: `Have ${behaviorName(taking)} lead to origin “${bucketOrigin.id}”. Where it is meant for other content, narrow its pattern, or copy the object to a key that it does not fit.`,
        changes: [
          {
            kind: 'distribution',
            distributionId: own.id,
            edits: [
              {
                kind: 'target-origin',
                pathPattern: taking.pathPattern,
                originId: bucketOrigin.id,
              },
            ],
          },
        ],
      });
    });
  },
};
