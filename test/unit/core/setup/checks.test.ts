import { describe, expect, it } from 'vitest';
import type { CacheBehavior, Distribution } from '../../../../src/core/cloudfront/account.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import type { Verdict } from '../../../../src/core/setup/check.ts';
import { CHECKS } from '../../../../src/core/setup/checks.ts';
import type { LiveAnswers, SetupFacts } from '../../../../src/core/setup/facts.ts';
import { seenText } from '../../../../src/core/setup/report.ts';
import { someBehavior, someDistribution, someOrigin } from '../cloudfront/someDistribution.ts';
import {
  lacking,
  OTHER_KEY,
  OWN_KEY,
  SIGNERS,
  someAnswer,
  someFacts,
  somePolicy,
  someRoute,
} from './someFacts.ts';

function judge(id: string, changes: Partial<SetupFacts>): Verdict {
  const check = CHECKS.find((one) => one.id === id);
  if (check === undefined) throw new Error(`There is no check “${id}”.`);
  return check.judge(someFacts(changes));
}

/** Facts of a distribution that is not quite as it should be. */
function distribution(changes: Partial<Distribution>): Partial<SetupFacts> {
  const changed = someDistribution(changes);
  return { distributions: ok([changed]), route: someRoute(changed) };
}

function behavior(changes: Partial<CacheBehavior>): Partial<SetupFacts> {
  return distribution({ behaviors: [someBehavior(changes)] });
}

function live(changes: Partial<LiveAnswers>): Partial<SetupFacts> {
  return { live: { ...someFacts().live, ...changes } };
}

/** A check, what of the facts is different, and what it says then. */
type Row = readonly [
  id: string,
  name: string,
  changes: Partial<SetupFacts>,
  kind: Verdict['kind'],
  says: RegExp,
];

const KMS_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1';

function encrypted(policy: object, changes: object = {}): Partial<SetupFacts> {
  return {
    object: ok({ storageClass: 'STANDARD', archived: false, kmsKeyId: KMS_ARN }),
    kmsKey: ok({
      arn: KMS_ARN,
      managedByAws: false,
      enabled: true,
      policy: JSON.stringify({ Statement: [policy] }),
      ...changes,
    }),
  };
}

const DECRYPT = {
  Sid: 'Decrypt',
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 'kms:Decrypt',
  Resource: '*',
};

const NOTHING: Partial<SetupFacts> = {
  key: undefined,
  object: ok(undefined),
  objectOwner: ok(undefined),
  live: { unsigned: undefined, direct: undefined, signed: undefined, clockAhead: undefined },
};

const ROWS: readonly Row[] = [
  // The object
  ['key', 'an empty bucket', NOTHING, 'skipped', /no object to try/],
  ['key', 'half a character', { key: 'a\ud800' }, 'fails', /cannot be shared/],
  ['object-exists', 'an empty bucket', NOTHING, 'skipped', /no object to try/],
  [
    'object-exists',
    'a bucket that may not be listed',
    { key: undefined, object: lacking('s3:ListBucket') },
    'unknown',
    /s3:ListBucket/,
  ],
  [
    'object-exists',
    'an object that is listed and may not be read',
    { object: lacking('s3:GetObject') },
    'holds',
    /is listed, though/,
  ],
  [
    'object-exists',
    'an object that is not listed and may not be read',
    { object: lacking('s3:GetObject'), objectOwner: ok(undefined) },
    'fails',
    /“media\/a.mp4” is not in bucket “films”/,
  ],
  [
    'object-exists',
    'nothing that may be seen',
    { object: lacking('s3:GetObject'), objectOwner: lacking('s3:ListBucket') },
    'unknown',
    /s3:GetObject is missing/,
  ],
  [
    'object-owner',
    'ACLs that are on, and one owner',
    { ownership: ok('ObjectWriter') },
    'holds',
    /same/,
  ],
  [
    'object-owner',
    'ACLs that may not be seen',
    {
      ownership: lacking('s3:GetBucketOwnershipControls'),
      objectOwner: lacking('s3:GetBucketAcl'),
    },
    'unknown',
    /s3:GetBucketAcl/,
  ],
  [
    'object-owner',
    'two owners',
    {
      ownership: ok(undefined),
      objectOwner: ok({ objectOwnerId: 'a'.repeat(64), bucketOwnerId: 'b'.repeat(64) }),
    },
    'fails',
    /aaaaaaaa….*bbbbbbbb…/,
  ],
  [
    'object-archived',
    'no right to look',
    { object: lacking('s3:GetObject') },
    'unknown',
    /s3:GetObject/,
  ],

  // The distribution
  [
    'distribution',
    'an account without any',
    { distributions: ok([]), route: undefined },
    'fails',
    /no distribution\./,
  ],
  [
    'distribution',
    'two others',
    {
      distributions: ok([someDistribution({ origins: [] }), someDistribution({ origins: [] })]),
      route: undefined,
    },
    'fails',
    /The 2 distributions of this account do not have bucket “films”/,
  ],
  [
    'domain',
    'an alias with a wildcard',
    {
      ...distribution({ aliases: ['*.example.com'] }),
      endpoint: { protocol: 'https', domain: 'a.example.com', originPath: '' },
    },
    'holds',
    /a\.example\.com is the alternate/,
  ],
  [
    'domain',
    'a domain above the wildcard',
    {
      ...distribution({ aliases: ['*.example.com'] }),
      endpoint: { protocol: 'https', domain: 'example.com', originPath: '' },
    },
    'fails',
    /E1FILMS \(d1\.cloudfront\.net\) does not answer/,
  ],
  [
    'certificate',
    'a connection that fails for it',
    live({
      unsigned: {
        kind: 'unreachable',
        detail: "Hostname/IP does not match certificate's altnames",
      },
    }),
    'fails',
    /altnames/,
  ],
  [
    'certificate',
    'a connection that fails for another reason',
    live({ unsigned: { kind: 'unreachable', detail: 'getaddrinfo ENOTFOUND d1.cloudfront.net' } }),
    'holds',
    /./,
  ],
  [
    'deployed',
    'a change under way',
    distribution({ deployed: false }),
    'noted',
    /E1FILMS is still under way/,
  ],
  [
    'origin-path',
    'another one in the settings',
    { endpoint: { protocol: 'https', domain: 'd1.cloudfront.net', originPath: '/media' } },
    'fails',
    /says the origin path \/media, and origin “films” has no origin path\. CloudFront would ask S3 for “a\.mp4”/,
  ],
  [
    'behavior',
    'a group of origins without any',
    { route: someRoute(undefined, { origin: undefined }) },
    'fails',
    /to no origin/,
  ],
  [
    'behavior',
    'no distribution that may be seen',
    { distributions: lacking('cloudfront:ListDistributions'), route: undefined },
    'unknown',
    /cloudfront:ListDistributions/,
  ],
  [
    'viewer-protocol',
    'HTTP that leaves this computer',
    {
      ...behavior({ viewerProtocol: 'allow-all' }),
      endpoint: { protocol: 'http', domain: 'd1.cloudfront.net', originPath: '' },
    },
    'noted',
    /read and use them/,
  ],
  [
    'query-strings',
    'a policy that lists one',
    { queryForwarding: ok([{ kind: 'listed', names: ['response-content-disposition'] }]) },
    'noted',
    /does not forward response-cache-control, /,
  ],
  [
    'query-strings',
    'two policies that share them',
    {
      queryForwarding: ok([
        { kind: 'listed', names: ['response-content-type'] },
        { kind: 'all-but-listed', names: ['response-content-type'] },
      ]),
    },
    'noted',
    /forwards response-cache-control, response-content-disposition, .* and its cache policy leaves that out/,
  ],
  [
    'query-strings',
    'an origin request policy alone that forwards them',
    {
      ...behavior({ cachePolicyId: 'c1', originRequestPolicyId: 'o1' }),
      queryForwarding: ok([
        { kind: 'none', names: [] },
        { kind: 'all', names: [] },
      ]),
    },
    'noted',
    /forwards response-content-disposition and its like, and its cache policy leaves that out of the cache key.*whoever comes with another/,
  ],
  [
    'query-strings',
    'a cache that keeps nothing',
    {
      ...behavior({ cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' }),
      queryForwarding: ok([
        { kind: 'none', names: [] },
        { kind: 'all', names: [] },
      ]),
    },
    'holds',
    /forwards them all/,
  ],
  [
    'query-strings',
    'a policy that may not be seen',
    { queryForwarding: lacking('cloudfront:GetCachePolicy') },
    'unknown',
    /cloudfront:GetCachePolicy/,
  ],
  [
    'methods',
    'writing, and a policy that may not be seen',
    { ...behavior({ methods: ['GET', 'PUT'] }), bucketPolicy: lacking('s3:GetBucketPolicy') },
    'noted',
    /passes PUT/,
  ],
  [
    'methods',
    'deleting',
    {
      ...behavior({ methods: ['GET', 'DELETE'] }),
      bucketPolicy: ok(somePolicy({ Action: 's3:*' })),
    },
    'fails',
    /s3:PutObject and s3:DeleteObject/,
  ],
  [
    'error-pages',
    'a page for 404',
    distribution({ replacedErrors: [404, 500] }),
    'noted',
    /the place of 404\./,
  ],
  [
    'countries',
    'countries that alone are served',
    distribution({ geoRestriction: { kind: 'allow', countries: ['DE', 'FR'] } }),
    'noted',
    /DE and FR alone/,
  ],

  // The signature
  [
    'viewer-access',
    'legacy signers and a legacy key',
    {
      ...behavior({ keyGroupIds: [], trustsAccounts: true }),
      signer: { keyPairId: 'APKAEXAMPLE1', key: undefined },
    },
    'noted',
    /APKAEXAMPLE1/,
  ],
  [
    'viewer-access',
    'key groups that may not be seen',
    { keyGroups: lacking('cloudfront:ListKeyGroups') },
    'holds',
    /key group group\./,
  ],
  ['private-key', 'none', { signer: undefined, storedKeys: [] }, 'fails', /No private key is kept/],
  [
    'private-key',
    'another one',
    { signer: { keyPairId: 'KGONE', key: undefined } },
    'fails',
    /KGONE. Kept here: KOWN/,
  ],
  [
    'key-pair',
    'a key under another ID',
    {
      signer: { keyPairId: 'KOTHER', key: { keyPairId: 'KOTHER', publicKeyPem: OWN_KEY } },
      publicKeys: ok([
        { id: 'KOWN', name: 'own', encodedKey: OWN_KEY },
        { id: 'KOTHER', name: 'other', encodedKey: OTHER_KEY },
      ]),
    },
    'fails',
    /not the other half of public key KOTHER \(“other”\).*other half of KOWN \(“own”\)/,
  ],
  [
    'key-pair',
    'a legacy key',
    {
      signer: {
        keyPairId: 'APKAEXAMPLE1',
        key: { keyPairId: 'APKAEXAMPLE1', publicKeyPem: OWN_KEY },
      },
    },
    'noted',
    /APKAEXAMPLE1/,
  ],
  [
    'key-pair',
    'public keys that may not be seen',
    { publicKeys: lacking('cloudfront:ListPublicKeys') },
    'unknown',
    /cloudfront:ListPublicKeys/,
  ],
  [
    'key-group',
    'a key in the second group',
    {
      ...behavior({ keyGroupIds: ['first', 'group'] }),
      keyGroups: ok([{ ...SIGNERS, id: 'first', publicKeyIds: [] }, SIGNERS]),
    },
    'holds',
    /“signers” \(KOWN\) holds KOWN/,
  ],
  [
    'key-group',
    'a group that was deleted',
    { keyGroups: ok([]) },
    'fails',
    /trusts key group group/,
  ],

  // The way to S3
  [
    'origin-endpoint',
    'a website',
    distribution({
      origins: [
        someOrigin({ domainName: 'films.s3-website-eu-west-1.amazonaws.com', kind: 'custom' }),
      ],
    }),
    'fails',
    /website endpoint films\.s3-website/,
  ],
  [
    'origin-endpoint',
    'another region',
    distribution({ origins: [someOrigin({ domainName: 'films.s3.eu-west-2.amazonaws.com' })] }),
    'fails',
    /region eu-west-2.*in eu-west-1/,
  ],
  [
    'origin-endpoint',
    'another region, as far as can be seen',
    {
      ...distribution({
        origins: [someOrigin({ domainName: 'films.s3.eu-west-2.amazonaws.com' })],
      }),
      region: undefined,
    },
    'holds',
    /eu-west-2/,
  ],
  [
    'origin-endpoint',
    'Transfer Acceleration',
    distribution({ origins: [someOrigin({ domainName: 'films.s3-accelerate.amazonaws.com' })] }),
    'fails',
    /Acceleration/,
  ],
  [
    'origin-endpoint',
    'a bucket in the path',
    distribution({
      origins: [
        someOrigin({
          domainName: 's3.eu-west-1.amazonaws.com',
          originPath: '/films',
          kind: 'custom',
        }),
      ],
    }),
    'fails',
    /bucket in its origin path/,
  ],
  [
    'origin-endpoint',
    'an access point',
    distribution({
      origins: [
        someOrigin({ domainName: 'x-111122223333.s3-accesspoint.eu-west-1.amazonaws.com' }),
      ],
    }),
    'noted',
    /access point/,
  ],
  [
    'access-control',
    'one that may not be seen',
    { originAccessControl: lacking('cloudfront:GetOriginAccessControl') },
    'unknown',
    /cloudfront:GetOriginAccessControl/,
  ],
  [
    'bucket-policy',
    'one that may not be seen',
    { bucketPolicy: lacking('s3:GetBucketPolicy') },
    'unknown',
    /s3:GetBucketPolicy/,
  ],
  [
    'bucket-policy',
    'one that nobody can read',
    { bucketPolicy: ok('{"Statement":7}') },
    'unknown',
    /cannot be read/,
  ],
  [
    'bucket-policy',
    'a condition that nobody can judge',
    {
      bucketPolicy: ok(
        somePolicy({ Condition: { StringEquals: { 's3:ExistingObjectTag/open': 'yes' } } }),
      ),
    },
    'noted',
    /“Read” allows it to distribution E1FILMS.*s3:ExistingObjectTag\/open/,
  ],
  [
    'bucket-policy',
    'a Deny that nobody can judge',
    {
      bucketPolicy: ok(
        somePolicy(
          {},
          {
            Sid: 'Tls',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
          },
        ),
      ),
    },
    'noted',
    /“Tls” may deny it/,
  ],
  [
    'bucket-policy',
    'a statement for an identity of old',
    {
      bucketPolicy: ok(
        somePolicy({
          Principal: {
            AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E5OLD',
          },
          Condition: undefined,
        }),
      ),
    },
    'fails',
    /None names cloudfront\.amazonaws\.com\. One names origin access identity E5OLD/,
  ],
  [
    'bucket-policy',
    'the whole bucket, where there is no object',
    { ...NOTHING, bucketPolicy: ok(somePolicy({ Resource: 'arn:aws:s3:::films/media/*' })) },
    'fails',
    /covers arn:aws:s3:::films\/media\/\* alone/,
  ],
  [
    'bucket-policy',
    'China',
    {
      ...distribution({ arn: 'arn:aws-cn:cloudfront::111122223333:distribution/E1FILMS' }),
      bucketPolicy: ok(
        somePolicy({
          Resource: 'arn:aws-cn:s3:::films/*',
          Condition: {
            StringEquals: {
              'AWS:SourceArn': 'arn:aws-cn:cloudfront::111122223333:distribution/E1FILMS',
            },
          },
        }),
      ),
    },
    'holds',
    /“Read”/,
  ],
  [
    'encryption',
    'a key that lets in',
    encrypted({
      ...DECRYPT,
      Condition: {
        StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1FILMS' },
      },
    }),
    'holds',
    /“Decrypt” of KMS key .*lets distribution E1FILMS decrypt/,
  ],
  [
    'encryption',
    'a key that lets in everybody’s distributions',
    encrypted(DECRYPT),
    'noted',
    /every account/,
  ],
  [
    'encryption',
    'a key that denies',
    encrypted({ ...DECRYPT, Effect: 'Deny' }),
    'fails',
    /“Decrypt” denies decrypting to distribution E1FILMS/,
  ],
  [
    'encryption',
    'a key of AWS',
    encrypted(DECRYPT, { managedByAws: true }),
    'fails',
    /AWS manages/,
  ],
  [
    'encryption',
    'a key that is gone',
    { ...encrypted(DECRYPT), kmsKey: ok(undefined) },
    'fails',
    /does not exist any more/,
  ],
  [
    'encryption',
    'a key that may not be seen',
    { ...encrypted(DECRYPT), kmsKey: lacking('kms:GetKeyPolicy') },
    'unknown',
    /kms:GetKeyPolicy/,
  ],
  [
    'encryption',
    'a key policy that nobody can read',
    encrypted(DECRYPT, { policy: '' }),
    'unknown',
    /cannot be read/,
  ],

  // The bucket
  [
    'public-access-block',
    'no settings',
    { publicAccessBlock: ok(undefined) },
    'fails',
    /All four settings are off for bucket “films”\. Whether its account blocks .* is not looked at/,
  ],
  [
    'public-access-block',
    'settings that may not be seen',
    { publicAccessBlock: lacking('s3:GetBucketPublicAccessBlock') },
    'unknown',
    /s3:GetBucketPublicAccessBlock/,
  ],
  [
    'acls',
    'ownership that was never set',
    { ownership: ok(undefined) },
    'fails',
    /as ObjectWriter/,
  ],
  ['public-policy', 'no policy', { bucketPolicy: ok(undefined) }, 'holds', /no policy/],
  [
    'public-policy',
    'all but some actions',
    {
      bucketPolicy: ok(
        somePolicy(
          {},
          { Effect: 'Allow', Principal: '*', NotAction: 's3:PutObject', Resource: '*' },
        ),
      ),
    },
    'fails',
    /Statement no\. 2 of bucket “films” allows everybody all but s3:PutObject/,
  ],
  [
    'public-policy',
    'an account that blocks what the bucket does not',
    {
      bucketPolicy: ok(somePolicy({ Principal: '*', Condition: undefined })),
      publicAccessBlock: ok(undefined),
      ...live({ direct: someAnswer({ fromCloudFront: false, code: 'AccessDenied' }) }),
    },
    'fails',
    /everybody .*\. S3 refused an anonymous request for the object all the same/,
  ],
  [
    'public-policy',
    'nobody that blocks it',
    {
      bucketPolicy: ok(somePolicy({ Principal: '*', Condition: undefined })),
      publicAccessBlock: ok(undefined),
      ...live({ direct: someAnswer({ status: 206, code: undefined }) }),
    },
    'fails',
    /everybody [\w:]+\.$/,
  ],
  [
    'foreign-distributions',
    'none that is known',
    {
      bucketPolicy: ok(somePolicy({ Condition: undefined })),
      distributions: lacking('cloudfront:ListDistributions'),
      route: undefined,
    },
    'fails',
    /every account/,
  ],
  [
    'other-distributions',
    'one that is open',
    {
      distributions: ok([
        someDistribution(),
        someDistribution({
          id: 'E2OPEN',
          domainName: 'd2.cloudfront.net',
          behaviors: [someBehavior({ keyGroupIds: [] })],
        }),
      ]),
      bucketPolicy: ok(
        somePolicy({ Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' } } }),
      ),
    },
    'fails',
    /E2OPEN \(d2\.cloudfront\.net\) serves “media\/a\.mp4” to everybody: the default behavior/,
  ],
  [
    'other-distributions',
    'one that asks for a signature too',
    {
      distributions: ok([someDistribution(), someDistribution({ id: 'E2CLOSED' })]),
      bucketPolicy: ok(
        somePolicy({ Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' } } }),
      ),
    },
    'holds',
    /None/,
  ],
  [
    'other-distributions',
    'one that is open and is not let in',
    {
      distributions: ok([
        someDistribution(),
        someDistribution({ id: 'E2OPEN', behaviors: [someBehavior({ keyGroupIds: [] })] }),
      ]),
    },
    'holds',
    /None/,
  ],
  [
    'other-readers',
    'distributions that may not be seen',
    { distributions: lacking('cloudfront:ListDistributions'), route: undefined },
    'unknown',
    /cloudfront:ListDistributions/,
  ],

  // The proof
  ['clock', 'nobody who told the time', live({ clockAhead: undefined }), 'skipped', /told no time/],
  ['clock', 'a minute', live({ clockAhead: 60 }), 'holds', /within 60/],
  ['clock', 'two minutes', live({ clockAhead: -119 }), 'noted', /119 seconds ahead/],
  ['clock', 'ten minutes', live({ clockAhead: 600 }), 'fails', /10 minutes behind/],
  [
    'unsigned-refused',
    'nobody there',
    live({ unsigned: { kind: 'unreachable', detail: 'ENOTFOUND' } }),
    'unknown',
    /could not be reached.*ENOTFOUND/,
  ],
  [
    'unsigned-refused',
    'the object',
    live({ unsigned: someAnswer({ status: 206, code: undefined }) }),
    'fails',
    /d1\.cloudfront\.net served the object without a signature/,
  ],
  [
    'unsigned-refused',
    'a refusal of S3',
    live({ unsigned: someAnswer({ code: 'AccessDenied', fromOrigin: true }) }),
    'fails',
    /asked S3/,
  ],
  [
    'unsigned-refused',
    'a page of one’s own',
    {
      ...distribution({ replacedErrors: [403] }),
      ...live({ unsigned: someAnswer({ code: undefined }) }),
    },
    'holds',
    /page of your own/,
  ],
  [
    'unsigned-refused',
    'a page that says 200',
    {
      ...distribution({ replacedErrors: [403] }),
      ...live({ unsigned: someAnswer({ status: 200, code: undefined }) }),
    },
    'noted',
    /page of your own/,
  ],
  [
    'unsigned-refused',
    'the object in spite of such a page',
    {
      ...distribution({ replacedErrors: [403] }),
      ...live({ unsigned: someAnswer({ status: 206, code: undefined }) }),
    },
    'fails',
    /served/,
  ],
  [
    'unsigned-refused',
    'a gateway that is down',
    live({ unsigned: someAnswer({ status: 502, code: undefined }) }),
    'noted',
    /502, neither/,
  ],
  [
    'direct-refused',
    'the object',
    live({ direct: someAnswer({ status: 206, code: undefined }) }),
    'fails',
    /S3 served “media\/a\.mp4”/,
  ],
  [
    'direct-refused',
    'a redirect',
    live({ direct: someAnswer({ status: 307, code: 'TemporaryRedirect' }) }),
    'noted',
    /307 TemporaryRedirect/,
  ],
  [
    'direct-refused',
    'nobody there',
    live({ direct: { kind: 'unreachable', detail: 'ECONNREFUSED' } }),
    'unknown',
    /S3 cannot be reached.*ECONNREFUSED/,
  ],
  [
    'signed-served',
    'an object of no bytes',
    live({ signed: ok(someAnswer({ status: 416 })) }),
    'holds',
    /416/,
  ],
  [
    'signed-served',
    'an unknown key',
    live({ signed: ok(someAnswer({ code: 'InvalidKey', message: 'Unknown Key' })) }),
    'fails',
    /403 to a signed URL.*KOWN/,
  ],
  [
    'signed-served',
    'a page that says 200',
    {
      ...distribution({ replacedErrors: [403] }),
      ...live({ signed: ok(someAnswer({ status: 200, code: undefined })) }),
    },
    'noted',
    /can be a page/,
  ],
  [
    'signed-served',
    'a key that does not sign',
    live({ signed: fail({ code: 'signing-failed', detail: 'No SHA-1' }) }),
    'unknown',
    /could not sign.*No SHA-1/,
  ],
  ['signed-served', 'no link', live({ signed: undefined }), 'skipped', /no link to try/],
];

describe('the check', () => {
  it.each(ROWS)('%s, in the face of %s', (id, _name, changes, kind, says) => {
    const verdict = judge(id, changes);
    expect([verdict.kind, seenText(verdict)]).toEqual([kind, expect.stringMatching(says)]);
  });
});

function advice(answer: Parameters<typeof someAnswer>[0], changes: Partial<Distribution> = {}) {
  const facts = { ...distribution(changes), ...live({ signed: ok(someAnswer(answer)) }) };
  const verdict = judge('signed-served', facts);
  return verdict.kind === 'fails' ? verdict.mend.advice : verdict;
}

describe('what it can mean that a good link is refused', () => {
  it.each<[string, Partial<Distribution>, RegExp]>([
    ['a deployment', { deployed: false }, /still being deployed/],
    ['a function', { behaviors: [someBehavior({ functions: ['arn:f'] })] }, /function.*arn:f/],
    ['a firewall', { webAclId: 'arn:acl' }, /web ACL arn:acl refuses/],
    ['a country', { geoRestriction: { kind: 'block', countries: ['DE'] } }, /country/],
  ])('is %s that this distribution has', (_name, changes, says) => {
    expect(advice({ code: 'AccessDenied' }, changes)).toMatch(says);
  });

  it('is what cannot be seen, where it has nothing of the kind', () => {
    expect(advice({ code: 'AccessDenied' })).toMatch(/key group was changed moments ago/);
    expect(advice({ code: 'AccessDenied', fromOrigin: true })).toMatch(/organization/);
    expect(advice({ code: undefined })).toMatch(/no refusal of the signature/);
    expect(advice({ status: 502, code: undefined })).toBe('Wait some minutes and check again.');
  });
});

function changesOf(id: string, changes: Partial<SetupFacts>) {
  const verdict = judge(id, changes);
  return 'mend' in verdict ? verdict.mend?.changes : undefined;
}

describe('the mend', () => {
  it('of a key group adds the key to one that has room', () => {
    const full = { id: 'full', name: 'full', publicKeyIds: ['K1', 'K2', 'K3', 'K4', 'K5'] };
    const open = { id: 'open', name: 'open', publicKeyIds: ['K1'] };
    const facts = { ...behavior({ keyGroupIds: ['full', 'open'] }), keyGroups: ok([full, open]) };
    expect(changesOf('key-group', facts)).toEqual([
      { kind: 'key-group', id: 'open', name: 'open', publicKeyIds: ['K1', 'KOWN'] },
    ]);
    const none = { ...behavior({ keyGroupIds: ['full'] }), keyGroups: ok([full]) };
    expect(changesOf('key-group', none)).toMatchObject([
      { edits: [{ kind: 'trust-new-key-group', publicKeyIds: ['KOWN'] }] },
    ]);
  });

  it('of a policy mends all that is wrong with it, whichever check offers it', () => {
    const facts = {
      bucketPolicy: ok(
        somePolicy(
          {
            Condition: {
              StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::1:distribution/E9' },
            },
          },
          {
            Sid: 'Open',
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::films/*',
          },
          {
            Sid: 'Wide',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::films/media/*',
          },
        ),
      ),
    };
    const mends = ['public-policy', 'foreign-distributions'].map((id) => changesOf(id, facts));
    expect(mends[0]).toHaveLength(1);
    expect(mends[1]).toEqual(mends[0]);
  });

  it('of a policy is for what the origin serves', () => {
    const facts = {
      ...distribution({ origins: [someOrigin({ originPath: '/media' })] }),
      bucketPolicy: ok(undefined),
    };
    expect(changesOf('bucket-policy', facts)).toMatchObject([
      { policy: { Statement: [{ Resource: 'arn:aws:s3:::films/media/*' }] } },
    ]);
  });

  it('of a missing access control leaves a policy alone that is right, or cannot be seen', () => {
    const facts = distribution({ origins: [someOrigin({ access: { kind: 'none' } })] });
    const edit = { kind: 'distribution', distributionId: 'E1FILMS' };
    expect(changesOf('access-control', facts)).toMatchObject([edit]);
    expect(
      changesOf('access-control', { ...facts, bucketPolicy: lacking('s3:GetBucketPolicy') }),
    ).toMatchObject([edit]);
    expect(changesOf('access-control', { ...facts, bucketPolicy: ok(undefined) })).toMatchObject([
      edit,
      { kind: 'bucket-policy' },
    ]);
  });

  it('of a distribution that is not known narrows nothing', () => {
    const facts = {
      bucketPolicy: ok(somePolicy({ Condition: undefined })),
      distributions: lacking('cloudfront:ListDistributions'),
      route: undefined,
    };
    expect(changesOf('foreign-distributions', facts)).toEqual([]);
  });

  it('of a Deny that no exception can be made from is another way to read', () => {
    const verdict = judge('bucket-policy', {
      ...distribution({ origins: [someOrigin({ access: { kind: 'oai', id: 'E5OLD' } })] }),
      bucketPolicy: ok(
        somePolicy({ Principal: '*', Effect: 'Deny', Action: 's3:*', Condition: undefined }),
      ),
    });
    expect(verdict).toMatchObject({
      kind: 'fails',
      seen: 'Statement “Read” denies reading to origin access identity E5OLD.',
      mend: { advice: expect.stringMatching(/^Attach an origin access control/), changes: [] },
    });
  });

  it('of viewer access makes a group under a name that is free', () => {
    const facts = {
      ...behavior({ keyGroupIds: [] }),
      keyGroups: ok([{ id: 'x', name: 'films-signers', publicKeyIds: [] }]),
    };
    expect(changesOf('viewer-access', facts)).toMatchObject([
      { edits: [{ kind: 'trust-new-key-group', name: 'films-signers-2', publicKeyIds: ['KOWN'] }] },
    ]);
  });

  it('of viewer access is a new key pair where no key of the account is kept here', () => {
    const verdict = judge('viewer-access', {
      ...behavior({ keyGroupIds: [] }),
      publicKeys: ok([]),
    });
    expect(verdict).toMatchObject({
      mend: { changes: [], action: { command: 'cloudfrontSigner.createKeyPair' } },
    });
  });
});
