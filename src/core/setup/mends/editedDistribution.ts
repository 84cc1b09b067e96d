import type { DistributionEdit } from '../change.ts';

/** What the edits of a distribution come to: each behavior and each origin once. */
export interface EditedDistribution {
  /** What is made first, so that the distribution can refer to it. */
  readonly newParts: readonly NewPart[];
  readonly enabled: boolean;
  readonly ipv6Off: boolean;
  /** Beside those that there are. */
  readonly aliases: readonly string[];
  readonly origins: readonly EditedOrigin[];
  /** Undefined where it stays. */
  readonly defaultBehavior: EditedBehavior | undefined;
  readonly behaviors: readonly (EditedBehavior & { readonly pathPattern: string })[];
}

/** What is made in CloudFront for a distribution. */
export type NewPart = NewKeyGroup | NewAccessControl | NewCachePolicy;

interface Named {
  /** What it is called in CloudFront. */
  readonly name: string;
  /** What it is called in a text: `keyGroup`, and the second one `keyGroup2`. */
  readonly label: string;
}

/** A key group of these public keys. */
export interface NewKeyGroup extends Named {
  readonly kind: 'key-group';
  readonly publicKeyIds: readonly string[];
}

/** An origin access control that always signs. */
export interface NewAccessControl extends Named {
  readonly kind: 'access-control';
}

/** A cache policy that forwards what overrides headers of the answer. */
export interface NewCachePolicy extends Named {
  readonly kind: 'cache-policy';
}

/** What changes in an origin. */
export interface EditedOrigin {
  readonly id: string;
  readonly domainName: string | undefined;
  /** The ID of one that there is; undefined where it stays. */
  readonly accessControl: string | NewAccessControl | undefined;
}

/** What changes in a behavior. */
export interface EditedBehavior {
  /** The whole list; undefined where it stays. */
  readonly keyGroupIds: readonly string[] | undefined;
  /** Beside those of the list. */
  readonly newKeyGroups: readonly NewKeyGroup[];
  readonly redirectsToHttps: boolean;
  readonly readOnly: boolean;
  readonly targetOriginId: string | undefined;
  /** Undefined where it stays. */
  readonly cachePolicy: NewCachePolicy | undefined;
}

/** The label as one of CloudFormation or CDK: `KeyGroup2`. */
export function logicalId({ label }: NewPart): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** The label as a variable of bash or a name of Terraform: `key_group2`. */
export function snakeCase({ label }: NewPart): string {
  return label.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** Gathers edits by what they change. Of two that set the same, the later one counts. */
export function editedDistribution(
  distributionId: string,
  edits: readonly DistributionEdit[],
): EditedDistribution {
  const keyGroups = newKeyGroups(edits);
  const accessControls = newAccessControls(distributionId, edits);
  const cachePolicy: NewCachePolicy = {
    kind: 'cache-policy',
    name: `response-overrides-${distributionId}`,
    label: 'responseOverrides',
  };
  const originIds = edits.flatMap((edit) =>
    edit.kind === 'attach-access-control' || edit.kind === 'origin-domain' ? [edit.originId] : [],
  );
  const patterns = edits.flatMap((edit) => ('pathPattern' in edit ? [edit.pathPattern] : []));
  const behaviorOf = (pathPattern: string | undefined): EditedBehavior => {
    const own = edits.filter((edit) => 'pathPattern' in edit && edit.pathPattern === pathPattern);
    const groups = own.filter((edit) => edit.kind === 'trust-new-key-group');
    return {
      keyGroupIds: own.findLast((edit) => edit.kind === 'trust-key-groups')?.keyGroupIds,
      newKeyGroups: keyGroups.filter(({ name }) => groups.some((edit) => edit.name === name)),
      redirectsToHttps: own.some(({ kind }) => kind === 'https'),
      readOnly: own.some(({ kind }) => kind === 'read-only'),
      targetOriginId: own.findLast((edit) => edit.kind === 'target-origin')?.originId,
      cachePolicy: own.some(({ kind }) => kind === 'forward-query') ? cachePolicy : undefined,
    };
  };
  return {
    newParts: [
      ...keyGroups,
      ...accessControls.values(),
      ...(edits.some(({ kind }) => kind === 'forward-query') ? [cachePolicy] : []),
    ],
    enabled: edits.some(({ kind }) => kind === 'enable'),
    ipv6Off: edits.some(({ kind }) => kind === 'ipv6-off'),
    aliases: [...new Set(edits.flatMap((edit) => (edit.kind === 'add-alias' ? [edit.alias] : [])))],
    origins: [...new Set(originIds)].map((id) => ({
      id,
      domainName: edits
        .filter((edit) => edit.kind === 'origin-domain')
        .findLast(({ originId }) => originId === id)?.domainName,
      accessControl:
        accessControls.get(id) ??
        edits
          .filter((edit) => edit.kind === 'attach-access-control')
          .findLast(({ originId }) => originId === id)?.accessControlId,
    })),
    defaultBehavior: patterns.includes(undefined) ? behaviorOf(undefined) : undefined,
    behaviors: [...new Set(patterns.filter((pattern) => pattern !== undefined))].map(
      (pathPattern) => ({ pathPattern, ...behaviorOf(pathPattern) }),
    ),
  };
}

/** A name stands for one group: in an account there can be no second one of it. */
function newKeyGroups(edits: readonly DistributionEdit[]): readonly NewKeyGroup[] {
  const byName = new Map(
    edits
      .filter((edit) => edit.kind === 'trust-new-key-group')
      .map(({ name, publicKeyIds }) => [name, publicKeyIds]),
  );
  return Array.from(byName, ([name, publicKeyIds], index) => ({
    kind: 'key-group',
    name,
    label: numbered('keyGroup', index),
    publicKeyIds,
  }));
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
const LONGEST_NAME = 64;

/** By the ID of the origin that each is for. */
function newAccessControls(
  distributionId: string,
  edits: readonly DistributionEdit[],
): ReadonlyMap<string, NewAccessControl> {
  const originIds = edits.flatMap((edit) =>
    edit.kind === 'attach-access-control' && edit.accessControlId === undefined
      ? [edit.originId]
      : [],
  );
  return new Map(
    [...new Set(originIds)].map((originId, index) => [
      originId,
      {
        kind: 'access-control',
        // Often there is one that is named after the bucket, for another distribution of it.
        name: `${originId.replaceAll(/[^\w.-]/g, '-').slice(0, LONGEST_NAME - distributionId.length - 1)}-${distributionId}`,
        label: numbered('originAccessControl', index),
      },
    ]),
  );
}

function numbered(label: string, index: number): string {
  return index === 0 ? label : label + String(index + 1);
}
