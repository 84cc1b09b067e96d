import type { Distribution, Origin } from '../../cloudfront/account.ts';
import { readBucketOrigin, type BucketOrigin } from '../../cloudfront/originDomain.ts';
import { bucketPolicyMend } from '../bucketAccess.ts';
import type { DistributionEdit } from '../change.ts';
import type { Check, Mend, Verdict } from '../check.ts';
import type { LinkRoute, SetupFacts } from '../facts.ts';
import { fails, holds, noted, ofRoute, ofSeen, skipped } from '../verdicts.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html */
export const originEndpoint: Check = {
  id: 'origin-endpoint',
  topic: 'The way to S3',
  title: 'The origin is the bucket’s REST endpoint',
  why: 'CloudFront signs for the REST endpoint alone. A website endpoint answers without signatures, so that the bucket has to be open to everybody.',
  after: ['behavior'],
  judge(facts) {
    return ofOrigin(facts, (origin, route) => {
      const read = readBucketOrigin(origin);
      if (read === undefined) return skipped('The origin is no bucket.');
      return wrongEndpoint(origin, read, facts, route) ?? rightEndpoint(origin, read);
    });
  },
};

function wrongEndpoint(
  { id, domainName, kind }: Origin,
  read: BucketOrigin,
  facts: SetupFacts,
  route: LinkRoute,
): Verdict | undefined {
  const { region } = facts;
  const mend = (): Mend => endpointMend(id, facts, route);
  if (read.form === 'website') {
    return fails(
      `Origin “${id}” is the website endpoint ${domainName}, for which CloudFront cannot sign.`,
      mend(),
    );
  }
  if (read.form === 'accelerate') {
    return fails(`Origin “${id}” is the Transfer Acceleration endpoint ${domainName}.`, mend());
  }
  if (read.region !== undefined && region !== undefined && read.region !== region) {
    return fails(
      `Origin “${id}” is in region ${read.region} (${domainName}), and the bucket is in ${region}.`,
      mend(),
    );
  }
  if (read.form === 'path-style') {
    return fails(
      `Origin “${id}” is ${domainName} with the bucket in its origin path. CloudFront signs for the bucket’s own host name alone.`,
      {
        advice: `Make a new origin of ${restEndpoint(facts)}, with an origin access control, and have the behavior lead to it.`,
        changes: [],
      },
    );
  }
  return kind === 'custom'
    ? fails(`Origin “${id}” (${domainName}) is set up as a custom origin, not as a bucket.`, mend())
    : undefined;
}

function rightEndpoint({ id, domainName }: Origin, { form }: BucketOrigin): Verdict {
  if (form === 'global') {
    return noted(
      `Origin “${id}” is ${domainName}, without a region. For a bucket that is less than a day old S3 may answer with a redirect; the endpoint with the region does not.`,
    );
  }
  return form === 'access-point'
    ? noted(`Origin “${id}” is access point ${domainName}, whose own policy is not looked at here.`)
    : holds(`Origin “${id}” is ${domainName}.`);
}

function restEndpoint({ bucket, region }: SetupFacts): string {
  return `${bucket}.s3.${region ?? 'REGION'}.amazonaws.com${region?.startsWith('cn-') ? '.cn' : ''}`;
}

function endpointMend(originId: string, facts: SetupFacts, { distribution }: LinkRoute): Mend {
  const domainName = restEndpoint(facts);
  const advice = `Make the origin ${domainName}, with an origin access control.`;
  if (facts.region === undefined) return { advice, changes: [] };
  return withPolicy(facts, distribution, advice, [
    { kind: 'origin-domain', originId, domainName },
    { kind: 'attach-access-control', originId, accessControlId: undefined },
  ]);
}

/**
 * Edits of a distribution by which it comes to ask S3 under its own ARN, and then the policy that lets
 * it: in this order links go on working that work now.
 */
function withPolicy(
  facts: SetupFacts,
  { id, arn }: Distribution,
  advice: string,
  edits: readonly DistributionEdit[],
): Mend {
  const policy = bucketPolicyMend(facts, { kind: 'distribution', arn });
  return {
    advice: `${advice} ${policy.advice}`,
    changes: [{ kind: 'distribution', distributionId: id, edits }, ...policy.changes],
  };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
export const accessControl: Check = {
  id: 'access-control',
  topic: 'The way to S3',
  title: 'The origin has an origin access control',
  why: 'Without one CloudFront asks S3 as anybody would, and a closed bucket refuses it.',
  after: ['origin-endpoint'],
  judge(facts) {
    return ofOrigin(facts, ({ id, access }, { distribution }) => {
      const mend = withPolicy(
        facts,
        distribution,
        `Attach an origin access control to origin “${id}”.`,
        [{ kind: 'attach-access-control', originId: id, accessControlId: undefined }],
      );
      if (access.kind === 'none') {
        return fails(`Origin “${id}” of distribution ${distribution.id} has none.`, mend);
      }
      if (access.kind === 'oai') {
        const isKms = facts.object.kind === 'ok' && facts.object.value?.kmsKeyId !== undefined;
        return isKms
          ? fails(
              `Origin “${id}” has the legacy origin access identity ${access.id}, for which S3 decrypts nothing with KMS, and the object is encrypted with KMS.`,
              mend,
            )
          : noted(
              `Origin “${id}” has the legacy origin access identity ${access.id}. It works; AWS recommends origin access control.`,
              mend,
            );
      }
      return ofSeen(facts.originAccessControl, (control) =>
        control === undefined
          ? fails(
              `Origin “${id}” names origin access control ${access.id}, which does not exist.`,
              mend,
            )
          : holds(`Origin “${id}” has origin access control ${control.id} (“${control.name}”).`),
      );
    });
  },
};

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
export const accessControlSigns: Check = {
  id: 'access-control-signs',
  topic: 'The way to S3',
  title: 'The origin access control signs every request',
  why: 'It has to be one for S3 that signs always, with SigV4: what CloudFront does not sign, a closed bucket refuses.',
  after: ['access-control'],
  judge(facts) {
    return ofOrigin(facts, ({ access }) => {
      if (access.kind !== 'oac') return skipped('The origin has no origin access control.');
      return ofSeen(facts.originAccessControl, (control) => {
        if (control === undefined) return skipped('There is no such origin access control.');
        const { id, name, originType, signingBehavior, signingProtocol } = control;
        const seen = `Origin access control ${id} (“${name}”) is of type ${originType} and signs “${signingBehavior}”, with ${signingProtocol}.`;
        const mend: Mend = {
          advice: `Have origin access control ${id} sign always, with sigv4, for s3. It changes for all origins that have it.`,
          changes: [{ kind: 'origin-access-control', id, name }],
        };
        const isRight = originType === 's3' && signingProtocol.startsWith('sigv4');
        if (isRight && signingBehavior.startsWith('always')) return holds(seen);
        return isRight && signingBehavior === 'no-override'
          ? noted(`${seen} A viewer’s own Authorization header keeps it from signing.`, mend)
          : fails(seen, mend);
      });
    });
  },
};

/** Judges the origin that the link leads to, or says why none is known. */
function ofOrigin(
  facts: SetupFacts,
  judge: (origin: Origin, route: LinkRoute) => Verdict,
): Verdict {
  return ofRoute(facts, (route) => {
    const origin = route.origin ?? route.bucketOrigin;
    return origin === undefined ? skipped('No origin is known.') : judge(origin, route);
  });
}
