import type { JsonObject } from '../json.ts';

/**
 * What has to change in the account for a check to hold: data that is written out as JSON, AWS CLI,
 * CloudFormation, Terraform or CDK, and that this extension never carries out by itself.
 */
export type Change =
  | { readonly kind: 'public-access-block'; readonly bucket: string }
  /** Switches ACLs off: Object Ownership `BucketOwnerEnforced`. */
  | { readonly kind: 'ownership'; readonly bucket: string }
  /** The whole policy that the bucket is to have: what is there now, with the mend merged in. */
  | { readonly kind: 'bucket-policy'; readonly bucket: string; readonly policy: JsonObject }
  /** The whole policy that a KMS key is to have. `keyId` is an ID or an ARN. */
  | {
      readonly kind: 'key-policy';
      readonly keyId: string;
      readonly region: string;
      readonly policy: JsonObject;
    }
  /** Encrypts an object anew with S3's own keys, by copying it onto itself. */
  | { readonly kind: 're-encrypt'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'restore-object'; readonly bucket: string; readonly key: string }
  /** Has an origin access control sign every request with SigV4 for S3. */
  | { readonly kind: 'origin-access-control'; readonly id: string; readonly name: string }
  /** The whole list of public keys that a key group is to have. */
  | {
      readonly kind: 'key-group';
      readonly id: string;
      readonly name: string;
      readonly publicKeyIds: readonly string[];
    }
  | {
      readonly kind: 'distribution';
      readonly distributionId: string;
      readonly edits: readonly DistributionEdit[];
    };

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
  /** Forwards query strings by AWS's managed policies. */
  | { readonly kind: 'forward-query'; readonly pathPattern: string | undefined };
