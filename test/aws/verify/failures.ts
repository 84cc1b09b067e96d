import type { CauseCode, Certainty } from '../../../src/core/verify/causes.ts';
import { BUCKET, KEY, present } from '../setup/accountSetup.ts';
import { FAULTS } from '../setup/faults.ts';
import { errorPage, putPolicy } from '../setup/spoiling.ts';
import { linkOf, linkWithPolicy, type Making, type Scene } from './linkMaker.ts';

/** A link that fails, and what is to be said of it. */
export interface Failure {
  /** To be read behind "a link fails, since". */
  readonly what: string;
  /** Has it fail, and gives it. */
  readonly make: (scene: Scene) => string | Promise<string>;
  /** To who has made it: with the key, and an eye on the account. */
  readonly told: Told;
  /** To who was sent it, with neither. */
  readonly toldBlind: Told;
}

/** The cause that has to be named, and how sure it may be called. */
type Told = readonly [cause: CauseCode, certainty: Certainty];

function fails(
  what: string,
  make: Failure['make'],
  cause: CauseCode,
  certainty: Certainty = 'certain',
  blind: Certainty | Told = certainty,
): Failure {
  const toldBlind: Told = typeof blind === 'string' ? [cause, blind] : blind;
  return { what, make, told: [cause, certainty], toldBlind };
}

/** Spoils the set-up as the matrix of set-ups does. */
function fault(name: keyof typeof FAULTS, making?: (scene: Scene) => Making): Failure['make'] {
  return async (scene) => {
    await FAULTS[name].spoil(scene.setup, scene.workshop);
    return linkOf(scene, making?.(scene));
  };
}

const OF_THE_LINK: readonly Failure[] = [
  fails('it has expired', (scene) => linkOf(scene, { life: -60 }), 'expired'),
  fails(
    'it has not begun',
    (scene) => linkOf(scene, { notBefore: Math.floor(scene.setup.now() / 1000) + 200 }),
    'not-yet',
  ),
  fails(
    'it is for another address',
    (scene) => linkOf(scene, { ipAddress: '192.0.2.0/24' }),
    'address',
    'certain',
    'possible',
  ),
  fails(
    'its path was changed',
    (scene) => linkOf(scene).replace('/report', '/other'),
    'altered',
    'certain',
    'possible',
  ),
  fails(
    'its end was put off',
    (scene) => linkOf(scene).replace(/Expires=\d+/, 'Expires=2000000000'),
    'altered',
    'certain',
    'possible',
  ),
  fails(
    'a parameter was added to it',
    (scene) => linkOf(scene).replace('?', '?utm_source=mail&'),
    'altered',
    'certain',
    'possible',
  ),
  fails(
    'its custom policy is for another URL',
    (scene) => linkOf(scene, { ipAddress: '127.0.0.0/8' }).replace('/report', '/other'),
    'altered',
  ),
  fails(
    'it was signed for HTTPS',
    (scene) => linkOf(scene, { protocol: 'https' }).replace('https:', 'http:'),
    'altered',
    'certain',
    'possible',
  ),
  fails(
    'it does not tell its hash',
    (scene) => linkOf(scene, { hashAlgorithm: 'SHA256' }).replace('&Hash-Algorithm=SHA256', ''),
    'spoilt',
    'certain',
    ['altered', 'possible'],
  ),
  fails(
    'its last parameters were cut off',
    (scene) => linkOf(scene).replace(/&Signature=.*/, ''),
    'missing-key',
  ),
  fails('all its parameters were', (scene) => linkOf(scene).replace(/\?.*/, ''), 'missing-key'),
  fails('the end of its key pair ID was', (scene) => linkOf(scene).slice(0, -4), 'unknown-key'),
  fails(
    'its signature is in standard base64',
    (scene) =>
      linkOf(scene).replace(/(?<=Signature=)[^&]*/, (signature) =>
        signature.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'),
      ),
    'malformed-signature',
  ),
  fails(
    'its signature is in base64url',
    (scene) =>
      linkOf(scene).replace(/(?<=Signature=)[^&]*/, (signature) =>
        signature.replace(/_+$/, '').replaceAll('~', '_'),
      ),
    'malformed-signature',
  ),
  fails(
    'half of its signature is missing',
    (scene) => linkOf(scene).replace(/(?<=Signature=.{40})[^&]*/, ''),
    'malformed-signature',
  ),
  fails(
    'it ends in milliseconds',
    (scene) => linkOf(scene).replace(/Expires=\d+/, '$&000'),
    'malformed-policy',
  ),
  fails(
    'its policy has white space',
    (scene) =>
      linkWithPolicy(scene, (resource, end) =>
        JSON.stringify({ Statement: [statement(resource, end)] }, undefined, 2),
      ),
    'malformed-policy',
  ),
  fails(
    'the statement of its policy is an object',
    (scene) =>
      linkWithPolicy(scene, (resource, end) =>
        JSON.stringify({ Statement: statement(resource, end) }),
      ),
    'malformed-policy',
  ),
  fails(
    'its policy has no end',
    (scene) =>
      linkWithPolicy(scene, (Resource) =>
        JSON.stringify({ Statement: [{ Resource, Condition: {} }] }),
      ),
    'malformed-policy',
  ),
  fails(
    'it is longer than CloudFront takes',
    (scene) => linkOf(scene).replace('/private/', `/${'x'.repeat(8192)}/`),
    'too-long',
  ),
  fails('the clock of this computer is an hour behind', fault('clock'), 'clock'),
];

function statement(resource: string, end: number): object {
  return { Resource: resource, Condition: { DateLessThan: { 'AWS:EpochTime': end } } };
}

const OF_THE_KEY: readonly Failure[] = [
  fails(
    'the private key is not the one of the ID',
    fault('wrongPrivateKey', ({ workshop }) => ({ halves: workshop.other })),
    'wrong-key',
    'certain',
    'possible',
  ),
  fails('the key is not in the key group', fault('untrustedKey'), 'unknown-key'),
  fails('other keys fill the key group', fault('fullKeyGroup'), 'unknown-key'),
  fails('keys of accounts alone are trusted', fault('legacySigners'), 'unknown-key'),
];

const OF_THE_DISTRIBUTION: readonly Failure[] = [
  fails('no distribution has its name', fault('wrongDomain'), 'host-unknown', 'likely', 'possible'),
  fails('the distribution is disabled', fault('disabled'), 'disabled', 'certain', [
    'host-unknown',
    'possible',
  ]),
  fails(
    'it is for HTTP, and HTTPS alone is taken',
    fault('httpsOnly'),
    'https-only',
    'certain',
    'likely',
  ),
  fails('it is for HTTP, and sent on to HTTPS', fault('httpsRedirect'), 'sent-to-https'),
  fails('a firewall blocks it', fault('firewall'), 'firewall', 'certain', 'likely'),
  fails('its country is shut out', fault('country'), 'country'),
  fails(
    'its method is not allowed',
    (scene) => {
      scene.setup.behavior.AllowedMethods.Items = ['HEAD'];
      return linkOf(scene);
    },
    'method',
  ),
  fails(
    'it has expired, and a page of the distribution’s own takes the place of 403',
    (scene) => {
      errorPage(scene.setup, '200');
      return linkOf(scene, { life: -60 });
    },
    'expired',
    'likely',
  ),
  fails(
    'a page of the distribution’s own hides why',
    (scene) => {
      errorPage(scene.setup, '404');
      scene.setup.s3.deleteObject(BUCKET, KEY);
      return linkOf(scene);
    },
    'object-missing',
    'likely',
    ['error-page', 'likely'],
  ),
];

const BEHIND_IT: readonly Failure[] = [
  fails('the object is missing', fault('objectMissing'), 'object-missing', 'certain', 'possible'),
  fails(
    'the object is missing, and the bucket tells so',
    (scene) => {
      scene.setup.s3.deleteObject(BUCKET, KEY);
      const { ARN } = scene.setup.distribution;
      const list = { Sid: 'List', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${BUCKET}` };
      putPolicy(
        scene.setup,
        {},
        { ...list, Condition: { StringEquals: { 'AWS:SourceArn': ARN } } },
      );
      return linkOf(scene);
    },
    'object-missing',
  ),
  fails('the object is archived', fault('archived'), 'object-archived'),
  fails('the bucket has no policy', fault('noPolicy'), 's3-denies', 'likely', 'possible'),
  fails(
    'the bucket policy is for another distribution',
    fault('otherDistribution'),
    's3-denies',
    'likely',
    'possible',
  ),
  fails(
    'the bucket policy is for another folder',
    fault('otherFolder'),
    's3-denies',
    'likely',
    'possible',
  ),
  fails('another account owns the object', fault('foreignObject'), 's3-denies', 'possible'),
  fails(
    'the origin has no access control',
    fault('noAccessControl'),
    'origin-anonymous',
    'certain',
    ['s3-denies', 'possible'],
  ),
  fails(
    'the KMS key does not let CloudFront in',
    fault('keyPolicy'),
    'key-policy',
    'likely',
    'possible',
  ),
  fails('a legacy identity meets KMS', fault('identityWithKms'), 'key-policy'),
  fails('the origin is in another region', fault('otherRegion'), 'region'),
  fails('the access control is for another kind of origin', fault('otherOriginType'), 'region'),
  fails(
    'the bucket of the origin does not exist',
    (scene) => {
      scene.setup.origin.DomainName = 'absent.s3.eu-central-1.amazonaws.com';
      return linkOf(scene);
    },
    'bucket-missing',
  ),
  fails(
    'the origin is a website endpoint, and the bucket is closed',
    async (scene) => {
      await FAULTS.website.spoil(scene.setup);
      putPolicy(scene.setup, {});
      return linkOf(scene);
    },
    'website',
  ),
  fails(
    'the origin is a website endpoint that is asked by HTTPS',
    async (scene) => {
      await FAULTS.website.spoil(scene.setup);
      present(scene.setup.origin.CustomOriginConfig).OriginProtocolPolicy = 'https-only';
      return linkOf(scene);
    },
    'website',
    'certain',
    ['origin-fails', 'certain'],
  ),
  fails(
    'the origin is not to be reached',
    async (scene) => {
      await scene.setup.s3.close();
      return linkOf(scene);
    },
    'origin-fails',
  ),
];

const ELSEWHERE: readonly Failure[] = [
  fails(
    'its host is S3',
    (scene) => linkOf(scene, { domain: new URL(scene.setup.s3.endpoint).host }),
    's3-host',
  ),
  fails(
    'its host is no CloudFront',
    (scene) => linkOf(scene, { domain: new URL(scene.setup.control.endpoint).host }),
    'not-cloudfront',
  ),
  fails(
    'its host does not exist',
    (scene) => linkOf(scene, { domain: 'nowhere.invalid' }),
    'no-such-host',
  ),
  fails(
    'nobody listens at its host',
    (scene) => linkOf(scene, { domain: '127.0.0.1:1' }),
    'unreachable',
  ),
  fails(
    'its host has a certificate that nobody trusts',
    fault('untrustedCertificate', () => ({ protocol: 'https' })),
    'certificate',
  ),
];

/** Every failure that the edge, S3 and what is around them can produce. */
export const FAILURES: readonly Failure[] = [
  ...OF_THE_LINK,
  ...OF_THE_KEY,
  ...OF_THE_DISTRIBUTION,
  ...BEHIND_IT,
  ...ELSEWHERE,
];
