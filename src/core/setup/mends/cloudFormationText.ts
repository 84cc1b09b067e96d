import { ofChange, type Change, type DistributionEdit, type PerChange } from '../change.ts';
import { yaml } from '../../notation/yaml.ts';
import { signingAccessControl } from '../accessControl.ts';
import { overridesCachePolicy } from '../cachePolicies.ts';
import {
  editedDistribution,
  logicalId,
  type EditedBehavior,
  type EditedOrigin,
  type NewPart,
} from './editedDistribution.ts';
import { heading } from './heading.ts';

/**
 * A change as resources of a CloudFormation template, with the properties that change alone;
 * undefined where it is about an object, which no template has.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export function cloudFormationText(change: Change): string | undefined {
  const resources = ofChange(RESOURCES, change);
  if (resources === undefined) return undefined;
  const comment = heading(change).map((line) => `# ${line}\n`);
  return comment.join('') + yaml({ Resources: resources });
}

type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>
>;

const RESOURCES: PerChange<Resources | undefined> = {
  'public-access-block': () => ({
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
    },
  }),
  ownership: () => ({
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    },
  }),
  'bucket-policy': ({ bucket, policy }) => ({
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: bucket, PolicyDocument: policy },
    },
  }),
  'key-policy': ({ policy }) => ({
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy } },
  }),
  're-encrypt': () => undefined,
  'restore-object': () => undefined,
  'origin-access-control': ({ name }) => ({ OriginAccessControl: accessControl(name) }),
  'key-group': ({ name, publicKeyIds }) => ({ KeyGroup: keyGroup(name, publicKeyIds) }),
  distribution: ({ distributionId, edits }) => distributionResources(distributionId, edits),
};

function accessControl(name: string): Resources[string] {
  return {
    Type: 'AWS::CloudFront::OriginAccessControl',
    Properties: { OriginAccessControlConfig: signingAccessControl(name) },
  };
}

function keyGroup(name: string, publicKeyIds: readonly string[]): Resources[string] {
  return {
    Type: 'AWS::CloudFront::KeyGroup',
    Properties: { KeyGroupConfig: { Name: name, Items: publicKeyIds } },
  };
}

function distributionResources(id: string, edits: readonly DistributionEdit[]): Resources {
  const edited = editedDistribution(id, edits);
  const { aliases, origins, defaultBehavior, behaviors } = edited;
  return {
    ...Object.fromEntries(edited.newParts.map((part) => [logicalId(part), resourceOf(part)])),
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: edited.enabled ? true : undefined,
          IPV6Enabled: edited.ipv6Off ? false : undefined,
          Aliases: aliases.length > 0 ? aliases : undefined,
          Origins: origins.length > 0 ? origins.map(originOf) : undefined,
          DefaultCacheBehavior: defaultBehavior && behaviorOf(defaultBehavior),
          CacheBehaviors:
            behaviors.length > 0
              ? behaviors.map((behavior) => ({
                  PathPattern: behavior.pathPattern,
                  ...behaviorOf(behavior),
                }))
              : undefined,
        },
      },
    },
  };
}

function resourceOf(part: NewPart): Resources[string] {
  if (part.kind === 'key-group') return keyGroup(part.name, part.publicKeyIds);
  if (part.kind === 'access-control') return accessControl(part.name);
  return {
    Type: 'AWS::CloudFront::CachePolicy',
    Properties: { CachePolicyConfig: overridesCachePolicy(part.name, (items) => items) },
  };
}

function originOf({ id, domainName, accessControl: control }: EditedOrigin): object {
  return {
    Id: id,
    DomainName: domainName,
    OriginAccessControlId: typeof control === 'object' ? { Ref: logicalId(control) } : control,
    S3OriginConfig: { OriginAccessIdentity: '' },
  };
}

function behaviorOf(behavior: EditedBehavior): object {
  const { newKeyGroups, targetOriginId, cachePolicy } = behavior;
  const trusted = [
    ...(behavior.keyGroupIds ?? []),
    ...newKeyGroups.map((group) => ({ Ref: logicalId(group) })),
  ];
  return {
    TargetOriginId: targetOriginId,
    ViewerProtocolPolicy: behavior.redirectsToHttps ? 'redirect-to-https' : undefined,
    AllowedMethods: behavior.readOnly ? ['GET', 'HEAD'] : undefined,
    CachedMethods: behavior.readOnly ? ['GET', 'HEAD'] : undefined,
    CachePolicyId: cachePolicy && { Ref: logicalId(cachePolicy) },
    TrustedKeyGroups: trusted.length > 0 ? trusted : undefined,
  };
}
