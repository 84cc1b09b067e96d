import type { DistributionEdit } from '../change.ts';
import { indented } from '../../notation/indented.ts';
import { json } from '../../notation/json.ts';
import { shellJson } from '../../notation/shell.ts';
import { signingAccessControl } from '../accessControl.ts';
import { counted, overridesCachePolicy } from '../cachePolicies.ts';
import { createCommand, editCommands } from './cloudFrontCommands.ts';
import {
  editedDistribution,
  snakeCase,
  type EditedBehavior,
  type EditedOrigin,
  type NewPart,
} from './editedDistribution.ts';

/** The edits of a distribution as commands; what it is to refer to is made first. */
export function distributionCommands(id: string, edits: readonly DistributionEdit[]): string {
  const edited = editedDistribution(id, edits);
  const makings = edited.newParts.map((part) => `${snakeCase(part)}=$(${creation(part)}) &&\n`);
  const editing = editCommands({
    what: 'Distribution',
    id,
    filters: [
      ...(edited.enabled ? ['.Enabled = true'] : []),
      ...(edited.ipv6Off ? ['.IsIPV6Enabled = false'] : []),
      ...(edited.aliases.length > 0 ? [`.Aliases |= (${adding(json(edited.aliases, 0))})`] : []),
      ...edited.origins.map(originFilter),
      ...(edited.defaultBehavior === undefined
        ? []
        : [behaviorFilter(DEFAULT_BEHAVIOR, edited.defaultBehavior)]),
      ...edited.behaviors.map((behavior) =>
        behaviorFilter(behaviorAt(behavior.pathPattern), behavior),
      ),
    ],
    variables: edited.newParts.map(snakeCase),
  });
  return makings.join('') + editing;
}

function creation(part: NewPart): string {
  if (part.kind === 'key-group') {
    return createCommand('KeyGroup', shellJson({ Name: part.name, Items: part.publicKeyIds }, 0));
  }
  if (part.kind === 'cache-policy') {
    return createCommand('CachePolicy', shellJson(overridesCachePolicy(part.name, counted), 0));
  }
  return createCommand('OriginAccessControl', shellJson(signingAccessControl(part.name), 0));
}

function originFilter({ id, domainName, accessControl }: EditedOrigin): string {
  return update(`(.Origins.Items[] | select(.Id == ${json(id)}))`, [
    ...(domainName === undefined ? [] : [`.DomainName = ${json(domainName)}`]),
    ...(accessControl === undefined ? [] : [`.OriginAccessControlId = ${idOf(accessControl)}`]),
    // An S3 origin alone has an access control, and none beside a legacy identity.
    '.S3OriginConfig = {"OriginAccessIdentity": ""}',
    'del(.CustomOriginConfig)',
  ]);
}

/** An ID in a filter. */
function idOf(part: string | NewPart): string {
  return typeof part === 'string' ? json(part) : `$${snakeCase(part)}`;
}

const DEFAULT_BEHAVIOR = '.DefaultCacheBehavior';

function behaviorAt(pathPattern: string): string {
  return `(.CacheBehaviors.Items[]? | select(.PathPattern == ${json(pathPattern)}))`;
}

function behaviorFilter(path: string, behavior: EditedBehavior): string {
  const { keyGroupIds, newKeyGroups, targetOriginId, cachePolicy } = behavior;
  const trust = [
    ...(keyGroupIds === undefined ? [] : [`.Items = ${json(keyGroupIds, 0)}`]),
    ...newKeyGroups.map((group) => `.Items += [${idOf(group)}]`),
  ];
  return update(path, [
    ...(targetOriginId === undefined ? [] : [`.TargetOriginId = ${json(targetOriginId)}`]),
    ...(behavior.redirectsToHttps ? ['.ViewerProtocolPolicy = "redirect-to-https"'] : []),
    ...(behavior.readOnly
      ? [`.AllowedMethods = ${json({ ...READ, CachedMethods: READ }, 0)}`]
      : []),
    ...(cachePolicy === undefined
      ? []
      : [
          `.CachePolicyId = ${idOf(cachePolicy)}`,
          // The legacy settings and a cache policy exclude each other.
          'del(.ForwardedValues, .MinTTL, .DefaultTTL, .MaxTTL)',
        ]),
    ...(trust.length === 0
      ? []
      : [`.TrustedKeyGroups |= (.Enabled = true | ${trust.join(' | ')} | ${COUNT})`]),
  ]);
}

const READ = counted(['HEAD', 'GET']);

const COUNT = '.Quantity = (.Items | length)';

function adding(items: string): string {
  return `.Items = ((.Items // []) + ${items} | unique) | ${COUNT}`;
}

/** Filters of what is at a path, as one filter of the whole. */
function update(path: string, filters: readonly string[]): string {
  const [only, ...others] = filters;
  return others.length === 0
    ? `${path} |= (${only ?? '.'})`
    : `${path} |= (\n${indented(filters.join('\n| '))}\n)`;
}
