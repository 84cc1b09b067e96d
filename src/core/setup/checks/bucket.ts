import { accountOfArn } from '../policy/access.ts';
import { cloudFrontScope } from '../policy/cloudFrontScope.ts';
import { otherReaders } from '../policy/otherReaders.ts';
import type { PolicyDocument, Statement } from '../policy/policyDocument.ts';
import { publicStatements } from '../policy/publicStatement.ts';
import { bucketPolicyMend, policyOf, readerOf, statementNames } from '../bucketAccess.ts';
import type { Check, Mend, Verdict } from '../check.ts';
import type { SetupFacts } from '../facts.ts';
import { fails, holds, noted, ofSeen, unknown } from '../verdicts.ts';
import { listed, sentenceOf } from '../words.ts';

/**
 * The account's own settings, which S3 heeds beside the bucket's, are those of another service, with
 * a permission that few profiles have. What comes of both together an anonymous request tells.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const publicAccessBlock: Check = {
  id: 'public-access-block',
  topic: 'The bucket',
  title: 'Block Public Access is on, all four settings',
  why: 'It keeps the bucket closed whatever a policy or an ACL says by mistake. CloudFront is not affected: it is let in by its ARN.',
  after: [],
  judge({ bucket, publicAccessBlock: seen }) {
    return ofSeen(seen, (settings) => {
      const off = [
        settings?.blockPublicAcls ? '' : 'BlockPublicAcls',
        settings?.ignorePublicAcls ? '' : 'IgnorePublicAcls',
        settings?.blockPublicPolicy ? '' : 'BlockPublicPolicy',
        settings?.restrictPublicBuckets ? '' : 'RestrictPublicBuckets',
      ].filter((name) => name !== '');
      if (off.length === 0) return holds('All four settings are on.');
      const which =
        off.length === 4
          ? 'All four settings are'
          : `${listed(off)} ${off.length === 1 ? 'is' : 'are'}`;
      return fails(
        `${which} off for bucket “${bucket}”. Whether its account blocks public access to all buckets is not looked at.`,
        {
          advice: 'Switch all four on. Whoever reads the bucket without an account loses access.',
          changes: [{ kind: 'public-access-block', bucket }],
        },
      );
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
export const acls: Check = {
  id: 'acls',
  topic: 'The bucket',
  title: 'ACLs are off',
  why: 'With ACLs, whoever uploads an object decides who reads it, and another account’s upload is not covered by the bucket policy.',
  after: [],
  judge({ bucket, ownership }) {
    return ofSeen(ownership, (value) => {
      if (value === 'BucketOwnerEnforced') return holds('Object Ownership is BucketOwnerEnforced.');
      const mend: Mend = {
        advice:
          'Set Object Ownership to BucketOwnerEnforced. What ACLs allow to others ends with it: put that into the bucket policy before.',
        changes: [{ kind: 'ownership', bucket }],
      };
      if (value === 'BucketOwnerPreferred') {
        return noted(
          'Object Ownership is BucketOwnerPreferred: an upload belongs to the bucket’s owner only where it comes with the ACL bucket-owner-full-control.',
          mend,
        );
      }
      return fails(
        `Object Ownership is ${value ?? 'not set, which is as ObjectWriter'}: every object belongs to whoever uploads it, who also decides who reads it.`,
        mend,
      );
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
export const publicPolicy: Check = {
  id: 'public-policy',
  topic: 'The bucket',
  title: 'No statement of the bucket policy is public',
  why: 'Whom S3 serves directly needs no signed URL: a link’s expiry and its other bounds mean nothing then.',
  after: [],
  judge(facts) {
    return ofPolicy(facts, (policy) => {
      const open = publicStatements(policy);
      if (open.length === 0) return holds('None of it is.');
      return fails(
        `${sentenceOf(statementNames(open))} of bucket “${facts.bucket}” ${open.length === 1 ? 'allows' : 'allow'} everybody ${listed(actionsOf(open))}.${effectOf(facts)}`,
        bucketPolicyMend(facts, facts.route && readerOf(facts.route)),
      );
    });
  },
};

/** What keeps a public statement from having an effect, as a sentence; empty where nothing is seen to. */
function effectOf({ publicAccessBlock: seen, live: { direct } }: SetupFacts): string {
  if (seen.kind === 'ok' && seen.value?.restrictPublicBuckets === true) {
    return ' Only Block Public Access keeps that from having an effect.';
  }
  return direct?.kind === 'answer' && direct.status === 403
    ? ' S3 refused an anonymous request for the object all the same, as it does where the account blocks public access to all buckets.'
    : '';
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export const foreignDistributions: Check = {
  id: 'foreign-distributions',
  topic: 'The bucket',
  title: 'The bucket policy lets CloudFront in for this account’s distributions alone',
  why: 'CloudFront works for everybody. Where a statement does not say for which distribution, anybody who makes one with this bucket as its origin reads the bucket through it.',
  after: [],
  judge(facts) {
    return ofPolicy(facts, (policy) => {
      const open = policy.statements.filter(
        (statement) => cloudFrontScope(statement)?.kind === 'anybody',
      );
      if (open.length === 0) return holds('No statement lets CloudFront in for everybody.');
      const mend = bucketPolicyMend(facts, facts.route && readerOf(facts.route));
      return fails(
        `${sentenceOf(statementNames(open))} of bucket “${facts.bucket}” ${open.length === 1 ? 'lets' : 'let'} CloudFront in for the distributions of every account: AWS:SourceArn is missing or too wide.`,
        mend.changes.length > 0
          ? mend
          : {
              advice: `Narrow ${statementNames(open)} to your distributions, by their ARNs in AWS:SourceArn.`,
              changes: [],
            },
      );
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html */
export const otherReadersCheck: Check = {
  id: 'other-readers',
  topic: 'The bucket',
  title: 'Nobody else may read the bucket',
  why: 'Whoever else is let in reads objects around CloudFront, or through another distribution, without a link of yours.',
  after: [],
  judge(facts) {
    // Without knowing the own distributions nobody can say who the others are.
    if (facts.distributions.kind !== 'ok') return unknown(facts.distributions.problem);
    return ofPolicy(facts, (policy) => {
      const own = facts.route?.distribution;
      const reader = facts.route && readerOf(facts.route);
      const others = otherReaders(policy, {
        account: own && accountOfArn(own.arn),
        distributionArns: own === undefined ? [] : [own.arn],
        identityIds: reader?.kind === 'origin-access-identity' ? [reader.id] : [],
      });
      if (others.length === 0) return holds('The bucket policy lets no others read.');
      const who = others.map((one) => `${one.who} (statement ${one.statement.name})`);
      return noted(
        `The bucket policy also lets in ${listed(who)}. Where that is meant, it is right; where not, take it out.`,
      );
    });
  },
};

/** Judges the bucket's policy; where there is none, nobody is let in. */
function ofPolicy(facts: SetupFacts, judge: (policy: PolicyDocument) => Verdict): Verdict {
  const policy = policyOf(facts);
  if (policy.kind !== 'ok') return unknown(policy.problem);
  return policy.value === undefined
    ? holds(`Bucket “${facts.bucket}” has no policy.`)
    : judge(policy.value);
}

function actionsOf(statements: readonly Statement[]): readonly string[] {
  return [
    ...new Set(
      statements.flatMap(({ actions }) =>
        actions.negated ? [`all but ${listed(actions.patterns)}`] : actions.patterns,
      ),
    ),
  ];
}
