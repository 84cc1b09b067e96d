import {
  bucketAccess,
  bucketPolicyMend,
  bucketRequest,
  policyOf,
  readerName,
  readerOf,
  statementNames,
} from '../bucketAccess.ts';
import type { Check, Mend, Verdict } from '../check.ts';
import type { LinkRoute, SetupFacts } from '../facts.ts';
import type { KmsKey } from '../kmsReader.ts';
import { accessTo, cloudFrontRequest, type Access } from '../policy/access.ts';
import { cloudFrontScope } from '../policy/cloudFrontScope.ts';
import { mendPolicy } from '../policy/mendPolicy.ts';
import { nearMisses } from '../policy/nearMisses.ts';
import { parsePolicy, type PolicyDocument } from '../policy/policyDocument.ts';
import { CLOUDFRONT } from '../policy/principal.ts';
import { fails, holds, NO_OBJECT, noted, ofRoute, ofSeen, unknown } from '../verdicts.ts';
import { listed, sentenceOf } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
export const bucketPolicy: Check = {
  id: 'bucket-policy',
  topic: 'The way to S3',
  title: 'The bucket policy lets the distribution read',
  why: 'S3 gives an object to CloudFront only as far as the bucket policy says, by the ARN of the distribution.',
  after: ['origin-endpoint'],
  judge(facts) {
    const policy = policyOf(facts);
    if (policy.kind !== 'ok') return unknown(policy.problem);
    return ofRoute(facts, (route) => {
      const reader = readerOf(route);
      const request = bucketRequest(facts, reader);
      const access = accessTo(policy.value, request);
      const name = readerName(reader);
      if (access.kind === 'allowed') return holds(`Statement ${access.by.name} lets ${name} read.`);
      if (access.kind === 'unsure') return unsure(access, name);
      const mend = bucketPolicyMend(facts, reader);
      if (access.kind === 'denied') return fails(denial(access, 'reading', name), mend);
      return fails(
        policy.value === undefined
          ? `Bucket “${facts.bucket}” has no policy. Nothing lets ${name} read.`
          : `No statement of the bucket policy lets ${name} read. ${nearMisses(policy.value, request).join(' ')}`,
        mend,
      );
    });
  },
};

function denial({ by }: Access & { readonly kind: 'denied' }, what: string, name: string): string {
  const keys = [...new Set(by.flatMap(({ conditions }) => conditions.map((one) => one.keyName)))];
  const conditions = keys.length === 0 ? '' : `, by its conditions on ${listed(keys)}`;
  return `${sentenceOf(statementNames(by))} ${by.length === 1 ? 'denies' : 'deny'} ${what} to ${name}${conditions}.`;
}

function unsure({ because }: Access & { readonly kind: 'unsure' }, name: string): Verdict {
  const keys = [...new Set(because.conditions.map(({ keyName }) => keyName))];
  const effect = because.effect === 'Allow' ? 'allows it to' : 'may deny it to';
  return noted(
    `Statement ${because.name} ${effect} ${name} on conditions that cannot be judged from here (${listed(keys)}). The signed request shows whether they are met.`,
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const missingObjects: Check = {
  id: 'missing-objects',
  topic: 'The way to S3',
  title: 'Links to what is not there answer 404',
  why: 'S3 tells only those who may list a bucket that an object is not there. To all others it says 403, which looks as if the link were wrong.',
  after: ['bucket-policy'],
  judge(facts) {
    const policy = policyOf(facts);
    if (policy.kind !== 'ok') return unknown(policy.problem);
    return ofRoute(facts, (route) => {
      const reader = readerOf(route);
      return bucketAccess(facts, reader, 's3:ListBucket')?.kind === 'allowed'
        ? holds(`The bucket policy lets ${readerName(reader)} list the bucket.`)
        : noted(
            `The bucket policy does not let ${readerName(reader)} list the bucket (s3:ListBucket): they answer 403. That is the safe default.`,
          );
    });
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html#oac-permissions-to-access-s3-kms */
export const encryption: Check = {
  id: 'encryption',
  topic: 'The way to S3',
  title: 'CloudFront may have the object decrypted',
  why: 'To an object that is encrypted with a KMS key S3 lets in only those whom the policy of that key lets in.',
  after: ['object-exists', 'object-owner'],
  judge(facts) {
    return ofSeen(facts.object, (object) => {
      if (facts.key === undefined || object === undefined) return NO_OBJECT;
      const { kmsKeyId } = object;
      if (kmsKeyId === undefined) return holds('It is encrypted with S3’s own keys.');
      return ofSeen(facts.kmsKey, (kmsKey) =>
        kmsKey === undefined
          ? fails(`It is encrypted with KMS key ${kmsKeyId}, which does not exist any more.`, {
              advice: 'Upload the object again: nobody can decrypt it.',
              changes: [],
            })
          : ofRoute(facts, (route) => judgeKey(facts, kmsKey, route)),
      );
    });
  },
};

function judgeKey(facts: SetupFacts, kmsKey: KmsKey, { distribution }: LinkRoute): Verdict {
  const { bucket, key = '' } = facts;
  const { arn } = kmsKey;
  if (!kmsKey.enabled) {
    return fails(`It is encrypted with KMS key ${arn}, which is disabled or about to be deleted.`, {
      advice: 'Enable the key, or cancel its deletion, in KMS.',
      changes: [],
    });
  }
  if (kmsKey.managedByAws) {
    return fails(
      `It is encrypted with ${arn}, a key that AWS manages for S3: its policy lets no distribution in, and nobody can change it.`,
      {
        advice:
          'Encrypt the object anew with S3’s own keys, and have the bucket encrypt new ones so. A KMS key of your own would do too, once its policy lets the distribution in.',
        changes: [{ kind: 're-encrypt', bucket, key }],
      },
    );
  }
  const policy = parsePolicy(kmsKey.policy);
  if (policy.kind !== 'ok') return unknown(policy.problem);
  return judgeKeyPolicy(policy.value, kmsKey, distribution);
}

function judgeKeyPolicy(
  policy: PolicyDocument,
  { arn }: KmsKey,
  distribution: LinkRoute['distribution'],
): Verdict {
  const request = cloudFrontRequest(
    { kind: 'distribution', arn: distribution.arn },
    'kms:Decrypt',
    arn,
  );
  const access = accessTo(policy, request);
  const name = `distribution ${distribution.id}`;
  if (access.kind === 'unsure') return unsure(access, name);
  const mend: Mend = {
    advice: `Set the mended key policy: it ${
      access.kind === 'denied'
        ? `excepts ${name} from ${statementNames(access.by)}`
        : `lets CloudFront decrypt for ${name} alone`
    }. All else of it is as it is now.`,
    changes: [
      {
        kind: 'key-policy',
        keyId: arn,
        region: arn.split(':')[3] ?? '',
        policy: mendPolicy(policy, {
          closed: false,
          distributionArns: [distribution.arn],
          allow: {
            request,
            statement: {
              Sid: 'AllowCloudFrontServicePrincipalSSE-KMS',
              Effect: 'Allow',
              Principal: { Service: CLOUDFRONT },
              Action: 'kms:Decrypt',
              Resource: '*',
              Condition: { StringEquals: { 'AWS:SourceArn': distribution.arn } },
            },
          },
        }),
      },
    ],
  };
  if (access.kind === 'denied') {
    return fails(
      `It is encrypted with KMS key ${arn}. ${denial(access, 'decrypting', name)}`,
      mend,
    );
  }
  if (access.kind === 'silent') {
    const why = nearMisses(policy, request).join(' ');
    return fails(
      `It is encrypted with KMS key ${arn}, whose policy does not let ${name} decrypt. ${why}`,
      mend,
    );
  }
  return cloudFrontScope(access.by)?.kind === 'anybody'
    ? noted(
        `Statement ${access.by.name} of KMS key ${arn} lets CloudFront decrypt for the distributions of every account.`,
        mend,
      )
    : holds(`Statement ${access.by.name} of KMS key ${arn} lets ${name} decrypt.`);
}
