import { terraformCachePolicy } from '../cachePolicies.ts';
import { ofChange, type Change, type DistributionEdit, type PerChange } from '../change.ts';
import {
  hclAttributes,
  hclBlock,
  hclList,
  hclString,
  hclValue,
  type HclEntry,
} from '../../notation/hcl.ts';

import {
  editedDistribution,
  snakeCase,
  type EditedBehavior,
  type EditedOrigin,
  type NewPart,
} from './editedDistribution.ts';
import { heading } from './heading.ts';

/**
 * A change as resources of Terraform's AWS provider, with the arguments that change alone; undefined
 * where it is about an object that Terraform does not copy or restore.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export function terraformText(change: Change): string | undefined {
  const resources = ofChange(RESOURCES, change);
  if (resources === undefined) return undefined;
  const comment = heading(change).map((line) => `# ${line}\n`);
  return comment.join('') + resources.join('\n\n');
}

const RESOURCES: PerChange<readonly string[] | undefined> = {
  'public-access-block': ({ bucket }) => [
    resource(
      's3_bucket_public_access_block',
      'files',
      hclAttributes({
        bucket,
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
      }),
    ),
  ],
  ownership: ({ bucket }) => [
    resource('s3_bucket_ownership_controls', 'files', [
      ...hclAttributes({ bucket }),
      { block: 'rule', body: hclAttributes({ object_ownership: 'BucketOwnerEnforced' }) },
    ]),
  ],
  'bucket-policy': ({ bucket, policy }) => [
    resource('s3_bucket_policy', 'files', [
      ...hclAttributes({ bucket }),
      { name: 'policy', value: `jsonencode(${hclValue(policy)})` },
    ]),
  ],
  'key-policy': ({ keyId, policy }) => [
    resource('kms_key_policy', 'files', [
      ...hclAttributes({ key_id: keyId }),
      { name: 'policy', value: `jsonencode(${hclValue(policy)})` },
    ]),
  ],
  're-encrypt': () => undefined,
  'restore-object': () => undefined,
  'origin-access-control': ({ name }) => [accessControl('files', name)],
  'key-group': ({ name, publicKeyIds }) => [keyGroup('files', name, publicKeyIds)],
  distribution: ({ distributionId, edits }) => distributionResources(distributionId, edits),
};

function resource(type: string, name: string, body: readonly HclEntry[]): string {
  return hclBlock(`resource "aws_${type}" "${name}"`, body);
}

function accessControl(label: string, name: string): string {
  const body = hclAttributes({
    name,
    origin_access_control_origin_type: 's3',
    signing_behavior: 'always',
    signing_protocol: 'sigv4',
  });
  return resource('cloudfront_origin_access_control', label, body);
}

function keyGroup(label: string, name: string, publicKeyIds: readonly string[]): string {
  return resource('cloudfront_key_group', label, hclAttributes({ name, items: publicKeyIds }));
}

function distributionResources(id: string, edits: readonly DistributionEdit[]): readonly string[] {
  const edited = editedDistribution(id, edits);
  return [
    ...edited.newParts.map(resourceOf),
    resource('cloudfront_distribution', 'files', [
      ...hclAttributes({
        enabled: edited.enabled ? true : undefined,
        is_ipv6_enabled: edited.ipv6Off ? false : undefined,
        aliases: edited.aliases.length > 0 ? edited.aliases : undefined,
      }),
      ...edited.origins.map((origin) => ({ block: 'origin', body: originOf(origin) })),
      ...(edited.defaultBehavior === undefined
        ? []
        : [{ block: 'default_cache_behavior', body: behaviorOf(edited.defaultBehavior) }]),
      ...edited.behaviors.map((behavior) => ({
        block: 'ordered_cache_behavior',
        body: [...hclAttributes({ path_pattern: behavior.pathPattern }), ...behaviorOf(behavior)],
      })),
    ]),
  ];
}

function resourceOf(part: NewPart): string {
  if (part.kind === 'key-group') return keyGroup(snakeCase(part), part.name, part.publicKeyIds);
  if (part.kind === 'access-control') return accessControl(snakeCase(part), part.name);
  return terraformCachePolicy(snakeCase(part), part.name);
}

const TYPES = {
  'key-group': 'aws_cloudfront_key_group',
  'access-control': 'aws_cloudfront_origin_access_control',
  'cache-policy': 'aws_cloudfront_cache_policy',
} as const;

function referenceTo(part: NewPart): string {
  return `${TYPES[part.kind]}.${snakeCase(part)}.id`;
}

function originOf({ id, domainName, accessControl: control }: EditedOrigin): readonly HclEntry[] {
  const [name, value] = ['origin_access_control_id', control];
  return [
    ...hclAttributes({ origin_id: id, domain_name: domainName }),
    ...(typeof value === 'object'
      ? [{ name, value: referenceTo(value) }]
      : hclAttributes({ [name]: value })),
  ];
}

function behaviorOf(behavior: EditedBehavior): readonly HclEntry[] {
  const { newKeyGroups, cachePolicy: policy } = behavior;
  const trusted = [
    ...(behavior.keyGroupIds ?? []).map(hclString),
    ...newKeyGroups.map(referenceTo),
  ];
  return [
    ...hclAttributes({
      target_origin_id: behavior.targetOriginId,
      viewer_protocol_policy: behavior.redirectsToHttps ? 'redirect-to-https' : undefined,
      allowed_methods: behavior.readOnly ? ['GET', 'HEAD'] : undefined,
      cached_methods: behavior.readOnly ? ['GET', 'HEAD'] : undefined,
    }),
    ...(policy === undefined ? [] : [{ name: 'cache_policy_id', value: referenceTo(policy) }]),
    ...(trusted.length === 0 ? [] : [{ name: 'trusted_key_groups', value: hclList(trusted) }]),
  ];
}
