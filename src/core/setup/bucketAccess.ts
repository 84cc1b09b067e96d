import { originPathTo } from '../cloudfront/originDomain.ts';
import type { JsonObject } from '../json.ts';
import { ok, type Result } from '../outcome.ts';
import type { Mend } from './check.ts';
import type { LinkRoute, SetupFacts } from './facts.ts';
import { originsOf } from './linkRoute.ts';
import {
  accessTo,
  cloudFrontRequest,
  type Access,
  type AccessRequest,
  type Reader,
} from './policy/access.ts';
import { cloudFrontScope } from './policy/cloudFrontScope.ts';
import { mendPolicy } from './policy/mendPolicy.ts';
import { parsePolicy, type PolicyDocument, type Statement } from './policy/policyDocument.ts';
import { CLOUDFRONT } from './policy/principal.ts';
import { isPublic, publicStatements } from './policy/publicStatement.ts';
import { listed } from './words.ts';

/** The bucket's policy, read; undefined where it has none. Errors: what kept it from being seen. */
export function policyOf({ bucketPolicy }: SetupFacts): Result<PolicyDocument | undefined> {
  if (bucketPolicy.kind !== 'ok') return bucketPolicy;
  return bucketPolicy.value === undefined ? ok(undefined) : parsePolicy(bucketPolicy.value);
}

/** As whom CloudFront asks for a distribution, or is to ask where nothing has it signed yet. */
export function readerOf({ distribution, origin, bucketOrigin }: LinkRoute): Reader {
  const access = (origin ?? bucketOrigin)?.access;
  return access?.kind === 'oai'
    ? { kind: 'origin-access-identity', id: access.id }
    : { kind: 'distribution', arn: distribution.arn };
}

/** What CloudFront asks for the object of a link, or for all there are where none is known. */
export function bucketRequest(
  facts: SetupFacts,
  reader: Reader,
  action = 's3:GetObject',
): AccessRequest {
  const name = facts.key === undefined ? `${originPathOf(facts)}/*` : `/${facts.key}`;
  return cloudFrontRequest(reader, action, `${bucketArn(facts)}${name}`);
}

/** What the bucket's policy says to CloudFront; undefined where it cannot be seen. */
export function bucketAccess(
  facts: SetupFacts,
  reader: Reader,
  action?: string,
): Access | undefined {
  const policy = policyOf(facts);
  return policy.kind === 'ok'
    ? accessTo(policy.value, bucketRequest(facts, reader, action))
    : undefined;
}

/**
 * What makes the bucket's policy right, all that is wrong with it at once: each mend of it is the
 * whole policy, and a second one would undo the first. There is nothing to change where it is right,
 * and where it cannot be seen.
 *
 * @param reader as whom CloudFront is to read; undefined where no distribution is known
 */
export function bucketPolicyMend(facts: SetupFacts, reader: Reader | undefined): Mend {
  const { bucket } = facts;
  const seen = policyOf(facts);
  if (seen.kind !== 'ok') {
    return { advice: 'See to the bucket policy with a profile that may read it.', changes: [] };
  }
  const policy = seen.value;
  const request = reader && bucketRequest(facts, reader);
  if (reader?.kind === 'origin-access-identity' && request) {
    const isDenied = accessTo(policy, request).kind === 'denied';
    // A condition knows a distribution by its ARN, and has no such word for an identity.
    if (isDenied) return { advice: NO_EXCEPTION, changes: [] };
  }
  const own = facts.route?.distribution.arn;
  const mended = mendPolicy(policy, {
    closed: true,
    allow: reader && request && { request, statement: statementFor(facts, reader) },
    distributionArns: [...new Set([...(own === undefined ? [] : [own]), ...frontArns(facts)])],
  });
  if (mended === policy?.json) return { advice: 'The bucket policy can stay.', changes: [] };
  const effects = [
    ...(reader && request ? effectsOn(policy, reader, request) : []),
    ...(policy ? effectsOnOthers(policy) : []),
  ];
  return {
    advice:
      policy === undefined
        ? `Give bucket “${bucket}” a policy that ${listed(effects)}.`
        : `Set the mended bucket policy: it ${listed(effects)}. All else of it is as it is now.`,
    changes: [{ kind: 'bucket-policy', bucket, policy: mended }],
  };
}

const NO_EXCEPTION =
  'Attach an origin access control to the origin, and check again: a Deny can make an exception for that, and none for a legacy identity.';

/** What a mended policy does for whoever is to read, in words. */
function effectsOn(
  policy: PolicyDocument | undefined,
  reader: Reader,
  request: AccessRequest,
): readonly string[] {
  const meant = policy && {
    ...policy,
    statements: policy.statements.filter((statement) => !isPublic(statement)),
  };
  const access = accessTo(meant, request);
  if (access.kind === 'allowed') return [];
  const name = readerName(reader);
  return access.kind === 'denied'
    ? [`excepts ${name} from ${statementNames(access.by)}`]
    : [`lets ${name} read`];
}

/** What it does about those who are let in without a name. */
function effectsOnOthers(policy: PolicyDocument): readonly string[] {
  const open = publicStatements(policy);
  const wide = policy.statements.filter((one) => cloudFrontScope(one)?.kind === 'anybody');
  return [
    ...(open.length === 0 ? [] : [`takes everybody out of ${statementNames(open)}`]),
    ...(wide.length === 0
      ? []
      : [`narrows ${statementNames(wide)} to the distributions that have the bucket as an origin`]),
  ];
}

/** `distribution E1`, or `origin access identity E5`. */
export function readerName(reader: Reader): string {
  return reader.kind === 'distribution'
    ? `distribution ${reader.arn.split('/').at(-1) ?? ''}`
    : `origin access identity ${reader.id}`;
}

/** `statement “A”`, `statements “A” and no. 3`. */
export function statementNames(statements: readonly Statement[]): string {
  const names = listed(statements.map(({ name }) => name));
  return `statement${statements.length === 1 ? '' : 's'} ${names}`;
}

/** The ARNs of all distributions that have the bucket as an origin, as far as they can be seen. */
function frontArns({ bucket, distributions }: SetupFacts): readonly string[] {
  const all = distributions.kind === 'ok' ? distributions.value : [];
  return all.filter((one) => originsOf(bucket, one).length > 0).map(({ arn }) => arn);
}

/**
 * The statement by which CloudFront reads, as AWS documents it, for what the origin serves.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function statementFor(facts: SetupFacts, reader: Reader): JsonObject {
  const Resource = `${bucketArn(facts)}${originPathOf(facts)}/*`;
  if (reader.kind === 'origin-access-identity') {
    const identity = `user/CloudFront Origin Access Identity ${reader.id}`;
    return {
      Sid: 'AllowOriginAccessIdentityReadOnly',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partitionOf(facts)}:iam::cloudfront:${identity}` },
      Action: 's3:GetObject',
      Resource,
    };
  }
  return {
    Sid: 'AllowCloudFrontServicePrincipalReadOnly',
    Effect: 'Allow',
    Principal: { Service: CLOUDFRONT },
    Action: 's3:GetObject',
    Resource,
    Condition: { StringEquals: { 'AWS:SourceArn': reader.arn } },
  };
}

function originPathOf({ bucket, route }: SetupFacts): string {
  return (route?.bucketOrigin && originPathTo(bucket, route.bucketOrigin)) ?? '';
}

function bucketArn(facts: SetupFacts): string {
  return `arn:${partitionOf(facts)}:s3:::${facts.bucket}`;
}

/** `aws`, or `aws-cn` in China. */
function partitionOf({ route }: SetupFacts): string {
  return route?.distribution.arn.split(':')[1] ?? 'aws';
}
