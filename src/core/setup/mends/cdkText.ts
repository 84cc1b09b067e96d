import { visibleText } from '../../s3/visibleText.ts';
import { cdkCachePolicy } from '../cachePolicies.ts';
import { ofChange, type Change, type DistributionEdit, type PerChange } from '../change.ts';
import { cdkConstruct, tsArray, tsObject, tsString, tsValue } from '../../notation/typeScript.ts';
import {
  editedDistribution,
  logicalId,
  type EditedBehavior,
  type EditedOrigin,
  type NewPart,
} from './editedDistribution.ts';
import { heading } from './heading.ts';

/**
 * A change as statements of a stack's constructor in CDK 2, with the properties that change alone;
 * undefined where it is about an object, which no stack has. `cloudfront`, `origins`, `kms` and `s3`
 * are the libraries.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-construct-library.html
 */
export function cdkText(change: Change): string | undefined {
  const statements = ofChange(STATEMENTS, change);
  if (statements === undefined) return undefined;
  const comment = [...heading(change), ...unknownsOf(change).map(visibleText)];
  return comment.map((line) => `// ${line}\n`).join('') + statements.join('\n');
}

/** What the variables stand for that a fragment reads, and that its stack alone has. */
function unknownsOf(change: Change): readonly string[] {
  if (change.kind !== 'distribution') return [];
  const { origins, ...edited } = editedDistribution(change.distributionId, change.edits);
  const targets = [
    ['the default behavior', edited.defaultBehavior?.targetOriginId],
    ...edited.behaviors.map((one) => [`behavior ${one.pathPattern}`, one.targetOriginId]),
  ];
  return [
    ...origins.map(
      ({ id }, index) =>
        `${originName(index)} takes the place of origin ${id}; bucket is the bucket behind it.`,
    ),
    ...targets.flatMap(([name = '', id]) =>
      id === undefined ? [] : [`The origin of ${name} becomes ${id}.`],
    ),
  ];
}

const STATEMENTS: PerChange<readonly string[] | undefined> = {
  'public-access-block': () => [
    cdkConstruct('s3.Bucket', 'Bucket', { blockPublicAccess: 's3.BlockPublicAccess.BLOCK_ALL' }),
  ],
  ownership: () => [
    cdkConstruct('s3.Bucket', 'Bucket', {
      objectOwnership: 's3.ObjectOwnership.BUCKET_OWNER_ENFORCED',
    }),
  ],
  'bucket-policy': ({ bucket, policy }) => [
    cdkConstruct('s3.CfnBucketPolicy', 'BucketPolicy', {
      bucket: tsString(bucket),
      policyDocument: tsValue(policy),
    }),
  ],
  'key-policy': ({ policy }) => [cdkConstruct('kms.CfnKey', 'Key', { keyPolicy: tsValue(policy) })],
  're-encrypt': () => undefined,
  'restore-object': () => undefined,
  'origin-access-control': ({ name }) => [accessControl('OriginAccessControl', name)],
  'key-group': ({ name, publicKeyIds }) => [keyGroup('KeyGroup', name, publicKeyIds)],
  distribution: ({ distributionId, edits }) => distributionStatements(distributionId, edits),
};

function accessControl(id: string, name: string): string {
  return cdkConstruct('cloudfront.S3OriginAccessControl', id, {
    originAccessControlName: tsString(name),
    signing: 'cloudfront.Signing.SIGV4_ALWAYS',
  });
}

function keyGroup(id: string, name: string, publicKeyIds: readonly string[]): string {
  const items = publicKeyIds.map((keyId, index) =>
    existing('PublicKey', `${id}Item${index + 1}`, keyId),
  );
  return cdkConstruct('cloudfront.KeyGroup', id, {
    keyGroupName: tsString(name),
    items: tsArray(items),
  });
}

/** What is in the account, by its ID. */
function existing(
  type: 'PublicKey' | 'KeyGroup' | 'OriginAccessControl',
  constructId: string,
  id: string,
): string {
  const library = type === 'OriginAccessControl' ? 'S3OriginAccessControl' : type;
  return `cloudfront.${library}.from${type}Id(this, ${tsString(constructId)}, ${tsString(id)})`;
}

function distributionStatements(id: string, edits: readonly DistributionEdit[]): readonly string[] {
  const edited = editedDistribution(id, edits);
  const { aliases, defaultBehavior, behaviors } = edited;
  const properties = {
    enabled: edited.enabled ? 'true' : undefined,
    enableIpv6: edited.ipv6Off ? 'false' : undefined,
    domainNames: aliases.length > 0 ? tsValue(aliases) : undefined,
    defaultBehavior: defaultBehavior
      ? behaviorOf(defaultBehavior, 'Default', edited.origins)
      : tsObject({ origin: 'origin' }),
    additionalBehaviors:
      behaviors.length > 0
        ? tsObject(
            Object.fromEntries(
              behaviors.map((behavior, index) => [
                behavior.pathPattern,
                behaviorOf(behavior, `Behavior${index + 1}`, edited.origins),
              ]),
            ),
          )
        : undefined,
  };
  return [
    ...edited.newParts.map((part) => `const ${part.label} = ${statementOf(part)}`),
    ...edited.origins.map(
      (origin, index) => `const ${originName(index)} = ${originOf(origin, index)};`,
    ),
    ...(edits.every(({ kind }) => kind === 'attach-access-control' || kind === 'origin-domain')
      ? []
      : [cdkConstruct('cloudfront.Distribution', 'Distribution', properties)]),
  ];
}

function statementOf(part: NewPart): string {
  if (part.kind === 'key-group') return keyGroup(logicalId(part), part.name, part.publicKeyIds);
  if (part.kind === 'access-control') return accessControl(logicalId(part), part.name);
  return cdkCachePolicy(logicalId(part), part.name);
}

/** The variable of an edited origin. */
function originName(index: number): string {
  return index === 0 ? 's3Origin' : `s3Origin${index + 1}`;
}

function originOf({ id, accessControl: control }: EditedOrigin, index: number): string {
  const originId = tsString(id);
  if (control === undefined) {
    return `origins.S3BucketOrigin.withBucketDefaults(bucket, ${tsObject({ originId })})`;
  }
  const originAccessControl =
    typeof control === 'object'
      ? control.label
      : existing('OriginAccessControl', `OriginAccessControl${index + 1}`, control);
  const properties = tsObject({ originId, originAccessControl });
  return `origins.S3BucketOrigin.withOriginAccessControl(bucket, ${properties})`;
}

function behaviorOf(
  behavior: EditedBehavior,
  constructId: string,
  origins: readonly EditedOrigin[],
): string {
  const target = origins.findIndex(({ id }) => id === behavior.targetOriginId);
  const trusted = [
    ...(behavior.keyGroupIds ?? []).map((id, index) =>
      existing('KeyGroup', `${constructId}KeyGroup${index + 1}`, id),
    ),
    ...behavior.newKeyGroups.map(({ label }) => label),
  ];
  return tsObject({
    origin: target < 0 ? 'origin' : originName(target),
    viewerProtocolPolicy: behavior.redirectsToHttps
      ? 'cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS'
      : undefined,
    allowedMethods: behavior.readOnly ? 'cloudfront.AllowedMethods.ALLOW_GET_HEAD' : undefined,
    cachePolicy: behavior.cachePolicy?.label,
    trustedKeyGroups: trusted.length > 0 ? tsArray(trusted) : undefined,
  });
}
