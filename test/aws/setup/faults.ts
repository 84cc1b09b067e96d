import type { Faults } from './fault.ts';
import { bucketFaults } from './faults/bucketFaults.ts';
import { distributionFaults } from './faults/distributionFaults.ts';
import { objectFaults } from './faults/objectFaults.ts';
import { originFaults } from './faults/originFaults.ts';
import { otherFaults } from './faults/otherFaults.ts';
import { signatureFaults } from './faults/signatureFaults.ts';

/** Each thing that a set-up can have wrong. */
export const FAULTS = {
  ...objectFaults,
  ...distributionFaults,
  ...signatureFaults,
  ...originFaults,
  ...bucketFaults,
  ...otherFaults,
} satisfies Faults;

/** Two things that are wrong at once. */
export interface FaultPair {
  readonly first: keyof typeof FAULTS;
  readonly second: keyof typeof FAULTS;
  /** The checks that fail, the true cause first. */
  readonly fails: readonly string[];
  /** The checks that fail once those are mended, since they could not be made before. */
  readonly afterwards: readonly string[];
}

function pair(
  first: FaultPair['first'],
  second: FaultPair['second'],
  fails: readonly string[],
  afterwards: readonly string[] = [],
): FaultPair {
  return { first, second, fails, afterwards };
}

export const PAIRS: readonly FaultPair[] = [
  pair('objectMissing', 'noPolicy', ['object-exists', 'bucket-policy']),
  pair('archived', 'untrustedKey', ['object-archived', 'key-group']),
  pair('foreignObject', 'unblocked', ['object-owner', 'public-access-block', 'acls']),
  pair('disabled', 'untrustedKey', ['enabled', 'key-group']),
  pair('disabled', 'noPolicy', ['enabled', 'bucket-policy']),
  pair('legacySigners', 'disabled', ['enabled', 'viewer-access']),
  pair('oldKey', 'disabled', ['enabled', 'key-group']),
  pair('wrongDomain', 'open', ['domain', 'viewer-access']),
  pair('wrongOriginPath', 'noPolicy', ['origin-path'], ['bucket-policy']),
  pair('otherBehavior', 'noAccessControl', ['behavior'], ['access-control']),
  pair('httpsOnly', 'untrustedKey', ['viewer-protocol', 'key-group']),
  pair('untrustedCertificate', 'untrustedKey', ['certificate', 'key-group']),
  pair('open', 'noPolicy', ['viewer-access', 'bucket-policy']),
  pair('open', 'publicPolicy', ['viewer-access', 'public-access-block', 'public-policy']),
  pair('writable', 'open', ['methods', 'viewer-access']),
  pair('noPrivateKey', 'untrustedKey', ['private-key'], ['key-group']),
  pair('wrongPrivateKey', 'untrustedKey', ['key-pair'], ['key-group']),
  pair('untrustedKey', 'noPolicy', ['key-group', 'bucket-policy']),
  pair('untrustedKey', 'neverSigns', ['key-group', 'access-control-signs']),
  pair('noAccessControl', 'noPolicy', ['access-control', 'bucket-policy']),
  // Links work here, by being open to everybody.
  pair('noAccessControl', 'publicPolicy', [
    'access-control',
    'public-access-block',
    'public-policy',
  ]),
  pair('neverSigns', 'publicPolicy', [
    'access-control-signs',
    'public-access-block',
    'public-policy',
  ]),
  pair('website', 'untrustedKey', [
    'key-group',
    'origin-endpoint',
    'public-access-block',
    'public-policy',
  ]),
  pair('otherRegion', 'noPolicy', ['origin-endpoint']),
  pair('absentAccessControl', 'keyPolicyOfOther', ['access-control', 'encryption']),
  pair('otherDistribution', 'keyPolicy', ['bucket-policy', 'encryption']),
  pair('awsManagedKey', 'halfBlocked', ['encryption', 'public-access-block']),
  pair('identityWithKms', 'unblocked', ['access-control', 'public-access-block']),
  pair('publicAcl', 'noPolicy', ['bucket-policy', 'public-access-block', 'acls']),
  pair('everybodysCloudFront', 'unblocked', ['public-access-block', 'foreign-distributions']),
  pair('clock', 'untrustedKey', ['key-group', 'clock']),
  pair('clock', 'noPolicy', ['bucket-policy', 'clock']),
  pair('firewall', 'noPolicy', ['bucket-policy'], ['signed-served']),
  pair('country', 'untrustedKey', ['key-group'], ['signed-served']),
];
