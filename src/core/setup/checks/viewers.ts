import { isForwarded, isInCacheKey } from '../../cloudfront/queryForwarding.ts';
import { openSettings } from '../../problem.ts';
import { bucketAccess, readerOf } from '../bucketAccess.ts';
import type { Check } from '../check.ts';
import { hostOf } from '../linkRoute.ts';
import { RESPONSE_OVERRIDES } from '../cachePolicies.ts';
import { fails, holds, noted, ofBehavior, ofRoute, ofSeen } from '../verdicts.ts';
import { behaviorName, listed, sentenceOf } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html */
export const viewerProtocol: Check = {
  id: 'viewer-protocol',
  topic: 'The distribution',
  title: 'Viewers may come by the protocol of links',
  why: 'A signature covers the protocol too. Whoever is sent from HTTP to HTTPS comes with a signature for another URL.',
  after: ['behavior'],
  judge(facts) {
    return ofBehavior(facts, ({ pathPattern, viewerProtocol: allowed }, { distribution }) => {
      const { endpoint } = facts;
      const name = sentenceOf(behaviorName({ pathPattern }));
      if (endpoint?.protocol !== 'http') return holds(`${name} takes HTTPS, as links are.`);
      if (allowed !== 'allow-all') {
        const how = allowed === 'https-only' ? 'takes HTTPS alone' : 'sends HTTP on to HTTPS';
        return fails(`Links are made with http://, and ${behaviorName({ pathPattern })} ${how}.`, {
          advice: 'Set protocol to https in the setting.',
          changes: [],
          action: openSettings('Open Distributions Setting', 'distributions'),
        });
      }
      const isLoopback = /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostOf(endpoint));
      if (isLoopback)
        return holds(`${name} takes HTTP too, and that does not leave this computer.`);
      return noted('Links are made with http://: whoever is on the way can read and use them.', {
        advice:
          'Set protocol to https in the setting, then have the distribution send HTTP on to it.',
        changes: [
          {
            kind: 'distribution',
            distributionId: distribution.id,
            edits: [{ kind: 'https', pathPattern }],
          },
        ],
        action: openSettings('Open Distributions Setting', 'distributions'),
      });
    });
  },
};

const WRITING = ['PUT', 'POST', 'PATCH', 'DELETE'];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesAllowedHTTPMethods */
export const methods: Check = {
  id: 'methods',
  topic: 'The distribution',
  title: 'Links can read and not write',
  why: 'A signature covers no method: where CloudFront passes PUT and DELETE on and S3 takes them from it, a link to read an object overwrites and deletes it too.',
  after: ['behavior'],
  judge(facts) {
    return ofBehavior(facts, (behavior, route) => {
      const { pathPattern } = behavior;
      const writing = behavior.methods.filter((method) => WRITING.includes(method));
      const name = sentenceOf(behaviorName(behavior));
      if (writing.length === 0) return holds(`${name} takes ${listed(behavior.methods)} alone.`);
      const mend = {
        advice: `Have ${behaviorName(behavior)} take GET and HEAD alone.`,
        changes: [
          {
            kind: 'distribution',
            distributionId: route.distribution.id,
            edits: [{ kind: 'read-only', pathPattern }],
          },
        ],
      } as const;
      const allowed = ['s3:PutObject', 's3:DeleteObject'].filter(
        (action) => bucketAccess(facts, readerOf(route), action)?.kind === 'allowed',
      );
      const seen = `${name} passes ${listed(writing)} on to S3`;
      return allowed.length === 0
        ? noted(
            `${seen}. The bucket policy as far as it can be seen allows CloudFront no writing.`,
            mend,
          )
        : fails(`${seen}, and the bucket policy allows CloudFront ${listed(allowed)}.`, mend);
    });
  },
};

/**
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestParameters
 */
export const queryStrings: Check = {
  id: 'query-strings',
  topic: 'The distribution',
  title: 'Links can set response headers',
  why: 'A link can set the file name and the type of the answer by parameters such as response-content-disposition. They do nothing where the behavior keeps them from S3, and where the cache key is without them, one link’s answer is given to another.',
  after: ['behavior'],
  judge(facts) {
    return ofBehavior(facts, (behavior, { distribution }) =>
      ofSeen(facts.queryForwarding, (policies) => {
        const kept = RESPONSE_OVERRIDES.filter((name) => !isForwarded(policies, name));
        const mixed = RESPONSE_OVERRIDES.filter(
          (name) => isForwarded(policies, name) && !isInCacheKey(behavior, policies, name),
        );
        const name = sentenceOf(behaviorName(behavior));
        if (kept.length === 0 && mixed.length === 0) return holds(`${name} forwards them all.`);
        const seen = [
          ...(kept.length === 0 ? [] : [`${name} does not forward ${overridesText(kept)}.`]),
          ...(mixed.length === 0
            ? []
            : [
                `${name} forwards ${overridesText(mixed)}, and its cache policy leaves that out of the cache key: a cache gives the answer to one link to whoever comes with another one of the object.`,
              ]),
        ].join(' ');
        return noted(`${seen} Links without them are not affected.`, {
          advice:
            mixed.length === 0
              ? 'Forward them, where links are to set file names or types.'
              : 'Have the cache policy itself forward them, where links are to set file names or types.',
          changes: [
            {
              kind: 'distribution',
              distributionId: distribution.id,
              edits: [{ kind: 'forward-query', pathPattern: behavior.pathPattern }],
            },
          ],
        });
      }),
    );
  },
};

function overridesText(names: readonly string[]): string {
  return names.length === RESPONSE_OVERRIDES.length
    ? 'response-content-disposition and its like'
    : listed(names);
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValuesEnableIPv6 */
export const ipv6: Check = {
  id: 'ipv6',
  topic: 'The distribution',
  title: 'Links that are bound to an IP address work for whoever has it',
  why: 'A policy can name IPv4 addresses alone. A viewer who comes by IPv6 is refused by every link that is bound to an address.',
  after: ['distribution'],
  judge(facts) {
    return ofRoute(facts, ({ distribution }) =>
      distribution.ipv6
        ? noted(
            `Distribution ${distribution.id} answers by IPv6 too. Links that are bound to no address are not affected.`,
            {
              advice: 'Switch IPv6 off, where links are to be bound to addresses.',
              changes: [
                {
                  kind: 'distribution',
                  distributionId: distribution.id,
                  edits: [{ kind: 'ipv6-off' }],
                },
              ],
            },
          )
        : holds('The distribution answers by IPv4 alone.'),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html */
export const firewall: Check = {
  id: 'firewall',
  topic: 'The distribution',
  title: 'No firewall stands before the distribution',
  why: 'A web ACL may refuse viewers whose link is good, with a 403 that does not say why.',
  after: ['distribution'],
  judge(facts) {
    return ofRoute(facts, ({ distribution: { webAclId } }) =>
      webAclId === undefined
        ? holds('It has no web ACL.')
        : noted(`Web ACL ${webAclId} decides who gets to CloudFront.`),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html */
export const countries: Check = {
  id: 'countries',
  topic: 'The distribution',
  title: 'Links work in every country',
  why: 'Viewers in a country that is shut out get 403, however good their link is.',
  after: ['distribution'],
  judge(facts) {
    return ofRoute(facts, ({ distribution: { geoRestriction } }) => {
      if (geoRestriction === undefined) return holds('No country is shut out.');
      const { kind, countries: codes } = geoRestriction;
      return noted(
        kind === 'allow'
          ? `Viewers in ${listed(codes)} alone are served.`
          : `Viewers in ${listed(codes)} are not served.`,
      );
    });
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions.html */
export const functions: Check = {
  id: 'functions',
  topic: 'The distribution',
  title: 'No function changes the request',
  why: 'A function may rewrite the path or refuse the viewer. What it does cannot be seen from here.',
  after: ['behavior'],
  judge(facts) {
    return ofBehavior(facts, (behavior) =>
      behavior.functions.length === 0
        ? holds(`${sentenceOf(behaviorName(behavior))} calls none.`)
        : noted(`${sentenceOf(behaviorName(behavior))} calls ${listed(behavior.functions)}.`),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html */
export const errorPages: Check = {
  id: 'error-pages',
  topic: 'The distribution',
  title: 'Errors say what is wrong',
  why: 'Where a page of your own takes the place of an error, whoever has a link that is refused sees that page, maybe even with status 200.',
  after: ['distribution'],
  judge(facts) {
    return ofRoute(facts, ({ distribution: { replacedErrors } }) => {
      const hidden = replacedErrors.filter((status) => status === 403 || status === 404);
      return hidden.length === 0
        ? holds('No page of your own takes the place of 403 or 404.')
        : noted(`A page of your own takes the place of ${listed(hidden.map(String))}.`);
    });
  },
};
