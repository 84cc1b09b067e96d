import type { JsonObject } from '../json.ts';

/** What each kind of change says beside its name. */
interface ChangeData {
  'public-access-block': { readonly bucket: string };
  /** Switches ACLs off: Object Ownership `BucketOwnerEnforced`. */
  ownership: { readonly bucket: string };
  /** The whole policy that the bucket is to have: what is there now, with the mend merged in. */
  'bucket-policy': { readonly bucket: string; readonly policy: JsonObject };
  /** The whole policy that a KMS key is to have. `keyId` is an ID or an ARN. */
  'key-policy': { readonly keyId: string; readonly region: string; readonly policy: JsonObject };
  /** Encrypts an object anew with S3's own keys, by copying it onto itself. */
  're-encrypt': { readonly bucket: string; readonly key: string };
  'restore-object': { readonly bucket: string; readonly key: string };
  /** Has an origin access control sign every request with SigV4 for S3. */
  'origin-access-control': { readonly id: string; readonly name: string };
  /** The whole list of public keys that a key group is to have. */
  'key-group': {
    readonly id: string;
    readonly name: string;
    readonly publicKeyIds: readonly string[];
  };
  distribution: { readonly distributionId: string; readonly edits: readonly DistributionEdit[] };
}

/** The kinds of change. */
export type ChangeKind = keyof ChangeData;

/**
 * What has to change in the account for a check to hold, of any kind where `K` is left out: data that
 * is written out as JSON, AWS CLI, CloudFormation, Terraform or CDK, and that this extension never
 * carries out by itself.
 */
export type Change<K extends ChangeKind = ChangeKind> = {
  [P in K]: { readonly kind: P } & ChangeData[P];
}[K];

/** What to make of a change of each kind. */
export type PerChange<T> = { readonly [K in ChangeKind]: (change: Change<K>) => T };

/** Makes of a change what there is to make of its kind. */
export function ofChange<K extends ChangeKind, T>(
  table: { readonly [P in K]: (change: Change<P>) => T },
  change: Change<K>,
): T {
  return table[change.kind](change);
}

/**
 * One edit of a distribution's configuration. A behavior is named by its path pattern, the default
 * one by undefined.
 */
export type DistributionEdit =
  | { readonly kind: 'enable' }
  | { readonly kind: 'ipv6-off' }
  | { readonly kind: 'add-alias'; readonly alias: string }
  /** The whole list of key groups that a behavior is to trust. */
  | {
      readonly kind: 'trust-key-groups';
      readonly pathPattern: string | undefined;
      readonly keyGroupIds: readonly string[];
    }
  /** Trusts a new key group beside those that are trusted; it is made first, of these public keys. */
  | {
      readonly kind: 'trust-new-key-group';
      readonly pathPattern: string | undefined;
      readonly name: string;
      readonly publicKeyIds: readonly string[];
    }
  /** Sends viewers who come by HTTP to HTTPS. */
  | { readonly kind: 'https'; readonly pathPattern: string | undefined }
  /** Takes GET and HEAD alone. */
  | { readonly kind: 'read-only'; readonly pathPattern: string | undefined }
  /** Leads a behavior to another origin of the distribution. */
  | {
      readonly kind: 'target-origin';
      readonly pathPattern: string | undefined;
      readonly originId: string;
    }
  /** Undefined: a new origin access control is made first, named after the origin. */
  | {
      readonly kind: 'attach-access-control';
      readonly originId: string;
      readonly accessControlId: string | undefined;
    }
  /** Makes the origin the REST endpoint of a bucket, with no origin access control yet. */
  | { readonly kind: 'origin-domain'; readonly originId: string; readonly domainName: string }
  /** Forwards the query parameters that override headers of S3's answer, and caches by them. */
  | { readonly kind: 'forward-query'; readonly pathPattern: string | undefined };
