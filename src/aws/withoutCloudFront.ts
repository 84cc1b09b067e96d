import type { CloudFrontReader } from '../core/cloudfront/account.ts';
import { ok } from '../core/outcome.ts';

/** What there is to read where an S3 that is not AWS's is used: nothing. */
export const withoutCloudFront: CloudFrontReader = {
  listDistributions: async () => ok([]),
  listPublicKeys: async () => ok([]),
  listKeyGroups: async () => ok([]),
  getOriginAccessControl: async () => ok(undefined),
  getCachePolicy: async () => ok({ kind: 'none', names: [] }),
  getOriginRequestPolicy: async () => ok({ kind: 'none', names: [] }),
};
