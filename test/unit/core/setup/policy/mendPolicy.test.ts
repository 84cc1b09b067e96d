import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../src/core/json.ts';
import {
  accessTo,
  applies,
  cloudFrontRequest,
  type AccessRequest,
  type Reader,
} from '../../../../../src/core/setup/policy/access.ts';
import { cloudFrontScope } from '../../../../../src/core/setup/policy/cloudFrontScope.ts';
import { mendPolicy, type PolicyGoal } from '../../../../../src/core/setup/policy/mendPolicy.ts';
import {
  parsePolicy,
  type PolicyDocument,
} from '../../../../../src/core/setup/policy/policyDocument.ts';
import { isPublic } from '../../../../../src/core/setup/policy/publicStatement.ts';
import {
  cloudFrontStatement,
  DISTRIBUTION,
  IDENTITY,
  OBJECT,
  OTHER_DISTRIBUTION,
  policyOf,
  STRANGERS,
} from './bucket.ts';

const OURS: Reader = { kind: 'distribution', arn: DISTRIBUTION };
const REQUEST = cloudFrontRequest(OURS, 's3:GetObject', OBJECT);

const goal: PolicyGoal = {
  closed: true,
  allow: { request: REQUEST, statement: cloudFrontStatement() },
  distributionArns: [DISTRIBUTION],
};

function statementsOf(policy: JsonObject): unknown {
  return policy['Statement'];
}

function mended(...statements: readonly object[]): unknown {
  return statementsOf(mendPolicy(policyOf(...statements), goal));
}

const ada = {
  Sid: 'Ada',
  Effect: 'Allow',
  Principal: { AWS: ['arn:aws:iam::111122223333:user/ada'] },
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: ['arn:aws:s3:::files/*'],
};

describe('a policy that lets nobody in', () => {
  it('is made of the one statement where there is none', () => {
    expect(mendPolicy(undefined, goal)).toEqual({
      Version: '2012-10-17',
      Statement: [cloudFrontStatement()],
    });
  });

  it('gets it behind what it has, which stays as it is', () => {
    const old = { Id: 'own', Version: '2008-10-17', Statement: ada };
    const policy = parsePolicy(JSON.stringify(old));
    expect(policy.kind === 'ok' && mendPolicy(policy.value, goal)).toEqual({
      ...old,
      Statement: [ada, cloudFrontStatement()],
    });
  });

  it('gets it under a Sid of its own', () => {
    const taken = cloudFrontStatement({
      Condition: { StringEquals: { 'AWS:SourceArn': OTHER_DISTRIBUTION } },
    });
    expect(mended(taken)).toEqual([
      taken,
      cloudFrontStatement({ Sid: 'AllowCloudFrontServicePrincipalReadOnly2' }),
    ]);
  });

  it('gets it beside one that depends on what nobody knows', () => {
    const unsure = cloudFrontStatement({
      Sid: 'Tagged',
      Condition: {
        StringEquals: { 'AWS:SourceArn': DISTRIBUTION, 's3:ExistingObjectTag/a': 'b' },
      },
    });
    expect(mended(unsure)).toEqual([unsure, cloudFrontStatement()]);
  });
});

describe('a policy that is right', () => {
  it('stays, a statement without a list too', () => {
    const old = { Statement: cloudFrontStatement() };
    const policy = parsePolicy(JSON.stringify(old));
    expect(policy.kind === 'ok' && mendPolicy(policy.value, goal)).toEqual(old);
  });
});

describe('a public statement', () => {
  const open = {
    Sid: 'Open',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::files/*',
  };
  it.each<[string, object, readonly object[]]>([
    ['goes', open, []],
    [
      'goes with all that it excepts',
      { ...open, Principal: undefined, NotPrincipal: { AWS: '1' } },
      [],
    ],
    [
      'stays for whom it names',
      { ...open, Principal: { AWS: ['*', '444455556666'] } },
      [{ ...open, Principal: { AWS: ['444455556666'] } }],
    ],
    [
      'stays for a service',
      { ...open, Principal: { AWS: '*', Service: 'a.amazonaws.com' } },
      [{ ...open, Principal: { Service: 'a.amazonaws.com' } }],
    ],
    [
      'stays where a condition narrows it',
      { ...open, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } },
      [{ ...open, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
    ],
  ])('%s', (_name, statement, left) => {
    expect(mended(ada, statement, cloudFrontStatement())).toEqual([
      ada,
      ...left,
      cloudFrontStatement(),
    ]);
  });

  it('leaves the distribution a statement of its own where it was let in as everybody', () => {
    expect(mended(open)).toEqual([cloudFrontStatement()]);
  });
});

describe('a statement for the distributions of everybody', () => {
  it('is narrowed to the own ones', () => {
    expect(mended(cloudFrontStatement({ Condition: undefined }))).toEqual([cloudFrontStatement()]);
    const two = { ...goal, distributionArns: [DISTRIBUTION, OTHER_DISTRIBUTION] };
    const wide = policyOf(cloudFrontStatement({ Condition: undefined }));
    expect(statementsOf(mendPolicy(wide, two))).toEqual([
      cloudFrontStatement({
        Condition: { StringEquals: { 'AWS:SourceArn': [DISTRIBUTION, OTHER_DISTRIBUTION] } },
      }),
    ]);
  });

  it('keeps what else it says', () => {
    const wide = cloudFrontStatement({
      Action: ['s3:GetObject', 's3:ListBucket'],
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/*' },
        Bool: { 'aws:SecureTransport': 'true' },
        StringEquals: { 's3:ExistingObjectTag/a': 'b' },
      },
    });
    expect(mended(cloudFrontStatement({ Sid: 'Plain' }), wide)).toEqual([
      cloudFrontStatement({ Sid: 'Plain' }),
      {
        ...wide,
        Condition: {
          Bool: { 'aws:SecureTransport': 'true' },
          StringEquals: { 's3:ExistingObjectTag/a': 'b', 'AWS:SourceArn': DISTRIBUTION },
        },
      },
    ]);
  });

  it('keeps other principals apart', () => {
    const mixed = cloudFrontStatement({
      Sid: 'Mixed',
      Principal: { Service: ['cloudfront.amazonaws.com', 'a.amazonaws.com'], AWS: '444455556666' },
      Condition: undefined,
    });
    expect(mended(mixed)).toEqual(
      [
        { ...mixed, Principal: { Service: ['a.amazonaws.com'], AWS: '444455556666' } },
        cloudFrontStatement({ Sid: 'Mixed2' }),
      ].map((one) => JSON.parse(JSON.stringify(one))),
    );
  });

  it('stays where no distribution is known', () => {
    const wide = policyOf(cloudFrontStatement({ Condition: undefined }));
    const nobody = { closed: true, allow: undefined, distributionArns: [] };
    expect(mendPolicy(wide, nobody)).toEqual(wide.json);
  });
});

function deny(condition: object | undefined) {
  return {
    Sid: 'Deny',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: 'arn:aws:s3:::files/*',
    ...(condition && { Condition: condition }),
  };
}

describe('a Deny', () => {
  it.each<[string, object | undefined, object]>([
    ['of all', undefined, { StringNotEquals: { 'AWS:SourceArn': DISTRIBUTION } }],
    [
      'unless one comes from a VPC',
      { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      { StringNotEquals: { 'aws:SourceVpce': 'vpce-1', 'AWS:SourceArn': DISTRIBUTION } },
    ],
    [
      'unless one is another distribution',
      { ArnNotLike: { 'aws:SourceArn': OTHER_DISTRIBUTION } },
      { ArnNotLike: { 'aws:SourceArn': [OTHER_DISTRIBUTION, DISTRIBUTION] } },
    ],
  ])('%s gets an exception for the distribution', (_name, before, after) => {
    expect(mended(cloudFrontStatement(), deny(before))).toEqual([
      cloudFrontStatement(),
      deny(after),
    ]);
  });

  it('that is not for the distribution stays', () => {
    const service = deny({ Bool: { 'aws:PrincipalIsAWSService': 'false' } });
    expect(mended(cloudFrontStatement(), service)).toEqual([cloudFrontStatement(), service]);
  });
});

/** Statements of all that policies are made of, right and wrong. */
const anyStatement = fc
  .record({
    Sid: fc.constantFrom(undefined, 'A', 'B', 'AllowCloudFrontServicePrincipalReadOnly'),
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom<unknown[]>(
      '*',
      { AWS: '*' },
      { AWS: ['*', '444455556666'] },
      { AWS: '111122223333' },
      { AWS: IDENTITY },
      { Service: 'cloudfront.amazonaws.com' },
      { Service: ['cloudfront.amazonaws.com', 'config.amazonaws.com'] },
      { Service: 'cloudfront.amazonaws.com', AWS: 'arn:aws:iam::444455556666:role/r' },
      { AWS: '*', Service: ['config.amazonaws.com'] },
    ),
    Action: fc.constantFrom<unknown[]>(
      's3:GetObject',
      ['s3:GetObject'],
      's3:*',
      ['s3:PutObject', 's3:ListBucket'],
      '*',
    ),
    Resource: fc.constantFrom<unknown[]>(
      'arn:aws:s3:::files/*',
      ['arn:aws:s3:::files', 'arn:aws:s3:::files/*'],
      'arn:aws:s3:::files/public/*',
      'arn:aws:s3:::files/private/*',
    ),
    Condition: fc.constantFrom<unknown[]>(
      undefined,
      undefined,
      { StringEquals: { 'AWS:SourceArn': DISTRIBUTION } },
      { StringEquals: { 'aws:SourceArn': [OTHER_DISTRIBUTION] } },
      { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } },
      { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      { StringNotEquals: { 'AWS:SourceArn': OTHER_DISTRIBUTION } },
      { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      { Bool: { 'aws:SecureTransport': 'false' } },
    ),
  })
  .map((statement) => JSON.parse(JSON.stringify(statement)));

const anyPolicy = fc
  .array(anyStatement, { maxLength: 5 })
  .map((statements) => policyOf(...statements));

/** Requests of all who may ask, for what they may ask. */
const REQUESTS: readonly AccessRequest[] = [
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
].flatMap((action) =>
  ['arn:aws:s3:::files', OBJECT, 'arn:aws:s3:::files/public/b.txt'].flatMap((resource) => [
    ...[DISTRIBUTION, OTHER_DISTRIBUTION, STRANGERS].map((arn) =>
      cloudFrontRequest({ kind: 'distribution', arn }, action, resource),
    ),
    cloudFrontRequest({ kind: 'origin-access-identity', id: 'E5IDENTITY' }, action, resource),
    ...(
      [
        { kind: 'identity', account: '444455556666', arn: 'arn:aws:iam::444455556666:role/r' },
        { kind: 'identity', account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ada' },
        { kind: 'service', service: 'config.amazonaws.com' },
        { kind: 'other', name: 'nobody' },
      ] as const
    ).map((principal) => ({
      principal,
      action,
      resource,
      context: (key: string) => (key === 'aws:securetransport' ? 'true' : null),
    })),
  ]),
);

/** Those of all but the distribution. */
const OTHERS = REQUESTS.filter(({ context }) => context('aws:sourcearn') !== DISTRIBUTION);

/** The policy without what is to be taken out of it altogether. */
function meant(policy: PolicyDocument): PolicyDocument {
  const statements = policy.statements.filter(
    (statement) => !isPublic(statement) && cloudFrontScope(statement)?.kind !== 'anybody',
  );
  return { ...policy, statements };
}

function read(json: JsonObject): PolicyDocument {
  const policy = parsePolicy(JSON.stringify(json));
  if (policy.kind !== 'ok') throw new Error(policy.problem.code);
  return policy.value;
}

describe('any policy', () => {
  it('lets the distribution read when it is mended, unless nobody can tell', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(['allowed', 'unsure']).toContain(
          accessTo(read(mendPolicy(policy, goal)), REQUEST).kind,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('is neither public nor open to everybody’s distributions then', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        for (const statement of read(mendPolicy(policy, goal)).statements) {
          expect(isPublic(statement)).toBe(false);
          expect(cloudFrontScope(statement)?.kind).not.toBe('anybody');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('comes out of a second mend as it went in', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const once = mendPolicy(policy, goal);
        expect(mendPolicy(read(once), goal)).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('allows all that it allowed but by what was open to everybody', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...REQUESTS), (policy, request) => {
        fc.pre(accessTo(meant(policy), request).kind === 'allowed');
        expect(accessTo(read(mendPolicy(policy, goal)), request).kind).toBe('allowed');
      }),
      { numRuns: 1000 },
    );
  });

  it('denies all that it denied but to the distribution', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...OTHERS), (policy, request) => {
        fc.pre(accessTo(policy, request).kind === 'denied');
        expect(accessTo(read(mendPolicy(policy, goal)), request).kind).toBe('denied');
      }),
      { numRuns: 1000 },
    );
  });

  it('allows nothing new but to the distribution', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...OTHERS), (policy, request) => {
        fc.pre(!isAllowedBySome(policy, request));
        expect(isAllowedBySome(read(mendPolicy(policy, goal)), request)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Whether a statement allows a request, whatever others deny. */
function isAllowedBySome({ statements }: PolicyDocument, request: AccessRequest): boolean {
  return statements.some(
    (statement) => statement.effect === 'Allow' && applies(statement, request) === 'yes',
  );
}
