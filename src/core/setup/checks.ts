import type { Check } from './check.ts';
import {
  acls,
  foreignDistributions,
  otherReadersCheck,
  publicAccessBlock,
  publicPolicy,
} from './checks/bucket.ts';
import {
  behavior,
  certificate,
  deployed,
  distribution,
  domain,
  enabled,
  originPath,
} from './checks/distribution.ts';
import { key, objectArchived, objectExists, objectOwner } from './checks/object.ts';
import { accessControl, accessControlSigns, originEndpoint } from './checks/origin.ts';
import { otherDistributions } from './checks/otherDistributions.ts';
import { clock, directRefused, signedServed, unsignedRefused } from './checks/proof.ts';
import { bucketPolicy, encryption, missingObjects } from './checks/reading.ts';
import { keyGroup, keyPair, privateKey, viewerAccess } from './checks/signature.ts';
import {
  countries,
  errorPages,
  firewall,
  functions,
  ipv6,
  methods,
  queryStrings,
  viewerProtocol,
} from './checks/viewers.ts';

/**
 * All checks, in the order of a link's way: what comes first causes what comes later. A check stands
 * behind all that it depends on.
 */
export const CHECKS: readonly Check[] = [
  key,
  objectExists,
  objectOwner,
  objectArchived,
  distribution,
  domain,
  certificate,
  enabled,
  deployed,
  originPath,
  behavior,
  viewerProtocol,
  methods,
  queryStrings,
  ipv6,
  firewall,
  countries,
  functions,
  errorPages,
  viewerAccess,
  privateKey,
  keyPair,
  keyGroup,
  originEndpoint,
  accessControl,
  accessControlSigns,
  bucketPolicy,
  missingObjects,
  encryption,
  publicAccessBlock,
  acls,
  publicPolicy,
  foreignDistributions,
  otherDistributions,
  otherReadersCheck,
  clock,
  unsignedRefused,
  directRefused,
  signedServed,
];
