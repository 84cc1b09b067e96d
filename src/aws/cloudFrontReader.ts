import {
  CloudFrontClient,
  GetCachePolicyCommand,
  GetOriginAccessControlCommand,
  GetOriginRequestPolicyCommand,
  ListDistributionsCommand,
  ListKeyGroupsCommand,
  ListPublicKeysCommand,
  type CacheBehavior as SdkCacheBehavior,
  type CloudFrontClientConfig,
  type DistributionSummary,
  type Origin as SdkOrigin,
  type OriginGroup as SdkOriginGroup,
  type QueryStringNames,
} from '@aws-sdk/client-cloudfront';
import type {
  CacheBehavior,
  CloudFrontReader,
  Distribution,
  GeoRestriction,
  Origin,
  QueryForwarding,
} from '../core/cloudfront/account.ts';
import { normalizeOriginPath } from '../core/cloudfront/distribution.ts';
import { ok, type Outcome } from '../core/outcome.ts';
import { ask, unlessAbsent } from './ask.ts';
import type { FailedRequest, Identity } from './translateError.ts';

/** The most that CloudFront gives on one page of any list. */
const PAGE_SIZE = 100;

/** Where a list goes on, and its items up to there. */
interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/**
 * Reads an account's CloudFront through the SDK's client. It is the only file that loads the client,
 * and is itself loaded on first use.
 */
export function cloudFrontReader(
  config: CloudFrontClientConfig,
  identity: Identity,
): { readonly reader: CloudFrontReader; readonly close: () => void } {
  const client = new CloudFrontClient(config);

  const asking = (action: string): FailedRequest => ({
    service: 'CloudFront',
    ...identity,
    permission: `cloudfront:${action}`,
  });

  /** A page names where the next one begins, so that a list can only be read in turn. */
  async function listAll<T>(
    action: string,
    signal: AbortSignal,
    send: (paging: { Marker?: string; MaxItems: number }) => Promise<Page<T>>,
  ): Promise<Outcome<readonly T[]>> {
    return ask(asking(action), signal, async () => {
      const items: T[] = [];
      let marker: string | undefined;
      do {
        const page = await send({ MaxItems: PAGE_SIZE, ...(marker && { Marker: marker }) });
        items.push(...page.items);
        marker = page.next || undefined;
      } while (marker !== undefined);
      return items;
    });
  }

  const reader: CloudFrontReader = {
    async listDistributions(signal) {
      const listed = await listAll('ListDistributions', signal, async (paging) => {
        const { DistributionList: list } = await client.send(new ListDistributionsCommand(paging), {
          abortSignal: signal,
        });
        return { items: list?.Items ?? [], next: list?.NextMarker };
      });
      if (listed.kind !== 'ok') return listed;
      // Neither answers to a name: the one serves for another, of the other there are tenants.
      const named = listed.value.filter(
        ({ Staging, ConnectionMode }) => !Staging && ConnectionMode !== 'tenant-only',
      );
      return ok(named.map(readDistribution));
    },

    listPublicKeys: (signal) =>
      listAll('ListPublicKeys', signal, async (paging) => {
        const { PublicKeyList: list } = await client.send(new ListPublicKeysCommand(paging), {
          abortSignal: signal,
        });
        const items = (list?.Items ?? []).map(({ Id, Name, EncodedKey }) => ({
          id: Id ?? '',
          name: Name ?? '',
          encodedKey: EncodedKey ?? '',
        }));
        return { items, next: list?.NextMarker };
      }),

    listKeyGroups: (signal) =>
      listAll('ListKeyGroups', signal, async (paging) => {
        const { KeyGroupList: list } = await client.send(new ListKeyGroupsCommand(paging), {
          abortSignal: signal,
        });
        const items = (list?.Items ?? []).map(({ KeyGroup: group }) => ({
          id: group?.Id ?? '',
          name: group?.KeyGroupConfig?.Name ?? '',
          publicKeyIds: group?.KeyGroupConfig?.Items ?? [],
        }));
        return { items, next: list?.NextMarker };
      }),

    getOriginAccessControl: (id, signal) =>
      ask(asking('GetOriginAccessControl'), signal, async () => {
        const answer = await unlessAbsent('NoSuchOriginAccessControl', () =>
          client.send(new GetOriginAccessControlCommand({ Id: id }), { abortSignal: signal }),
        );
        const found = answer?.OriginAccessControl?.OriginAccessControlConfig;
        return (
          found && {
            id,
            name: found.Name ?? '',
            originType: found.OriginAccessControlOriginType ?? '',
            signingBehavior: found.SigningBehavior ?? '',
            signingProtocol: found.SigningProtocol ?? '',
          }
        );
      }),

    getCachePolicy: (id, signal) =>
      ask(asking('GetCachePolicy'), signal, async () => {
        const { CachePolicy } = await client.send(new GetCachePolicyCommand({ Id: id }), {
          abortSignal: signal,
        });
        return readForwarding(
          CachePolicy?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin
            ?.QueryStringsConfig,
        );
      }),

    getOriginRequestPolicy: (id, signal) =>
      ask(asking('GetOriginRequestPolicy'), signal, async () => {
        const { OriginRequestPolicy } = await client.send(
          new GetOriginRequestPolicyCommand({ Id: id }),
          { abortSignal: signal },
        );
        return readForwarding(OriginRequestPolicy?.OriginRequestPolicyConfig?.QueryStringsConfig);
      }),
  };
  return { reader, close: () => client.destroy() };
}

function readDistribution(summary: DistributionSummary): Distribution {
  const groups = summary.OriginGroups?.Items ?? [];
  const { DefaultCacheBehavior: standard } = summary;
  return {
    id: summary.Id ?? '',
    arn: summary.ARN ?? '',
    domainName: (summary.DomainName ?? '').toLowerCase(),
    aliases: (summary.Aliases?.Items ?? []).map((alias) => alias.toLowerCase()),
    enabled: summary.Enabled ?? false,
    deployed: summary.Status === 'Deployed',
    ipv6: summary.IsIPV6Enabled ?? false,
    defaultCertificate: summary.ViewerCertificate?.CloudFrontDefaultCertificate ?? false,
    webAclId: summary.WebACLId || undefined,
    geoRestriction: readGeoRestriction(summary),
    replacedErrors: (summary.CustomErrorResponses?.Items ?? []).flatMap(
      ({ ErrorCode, ResponsePagePath }) =>
        ErrorCode !== undefined && ResponsePagePath ? [ErrorCode] : [],
    ),
    origins: (summary.Origins?.Items ?? []).map(readOrigin),
    behaviors: [
      ...(summary.CacheBehaviors?.Items ?? []),
      ...(standard === undefined ? [] : [{ ...standard, PathPattern: undefined }]),
    ].map((behavior) => readBehavior(behavior, groups)),
    comment: summary.Comment ?? '',
  };
}

function readGeoRestriction({ Restrictions }: DistributionSummary): GeoRestriction | undefined {
  const { RestrictionType: type, Items: countries = [] } = Restrictions?.GeoRestriction ?? {};
  if (type !== 'whitelist' && type !== 'blacklist') return undefined;
  return { kind: type === 'whitelist' ? 'allow' : 'block', countries };
}

/** CloudFront writes an empty text where there is no access control or identity. */
function readOrigin(origin: SdkOrigin): Origin {
  const { OriginAccessControlId: control, S3OriginConfig: s3 } = origin;
  const identity = s3?.OriginAccessIdentity?.split('/').at(-1);
  const oai: Origin['access'] = identity ? { kind: 'oai', id: identity } : { kind: 'none' };
  return {
    id: origin.Id ?? '',
    domainName: (origin.DomainName ?? '').toLowerCase(),
    originPath: normalizeOriginPath(origin.OriginPath ?? ''),
    kind: s3 === undefined ? 'custom' : 's3',
    access: control ? { kind: 'oac', id: control } : oai,
  };
}

/** An origin group is asked at its first member; the others stand in for that one. */
function readBehavior(
  behavior: SdkCacheBehavior,
  groups: readonly SdkOriginGroup[],
): CacheBehavior {
  const { TargetOriginId: target = '', TrustedKeyGroups: keyGroups } = behavior;
  const group = groups.find(({ Id }) => Id === target);
  const { ViewerProtocolPolicy: protocol } = behavior;
  return {
    pathPattern: behavior.PathPattern,
    originId: group?.Members?.Items?.[0]?.OriginId ?? target,
    keyGroupIds: keyGroups?.Enabled ? (keyGroups.Items ?? []) : [],
    trustsAccounts: behavior.TrustedSigners?.Enabled ?? false,
    viewerProtocol:
      protocol === 'https-only' || protocol === 'redirect-to-https' ? protocol : 'allow-all',
    methods: behavior.AllowedMethods?.Items ?? ['GET', 'HEAD'],
    cachePolicyId: behavior.CachePolicyId || undefined,
    originRequestPolicyId: behavior.OriginRequestPolicyId || undefined,
    forwardsQuery: behavior.ForwardedValues?.QueryString,
    functions: [
      ...(behavior.FunctionAssociations?.Items ?? []).map(({ FunctionARN }) => FunctionARN),
      ...(behavior.LambdaFunctionAssociations?.Items ?? []).map(
        ({ LambdaFunctionARN }) => LambdaFunctionARN,
      ),
    ].filter((arn) => arn !== undefined),
  };
}

function readForwarding(
  config:
    | {
        readonly QueryStringBehavior: string | undefined;
        readonly QueryStrings?: QueryStringNames | undefined;
      }
    | undefined,
): QueryForwarding {
  const kinds: Readonly<Record<string, QueryForwarding['kind']>> = {
    all: 'all',
    whitelist: 'listed',
    allExcept: 'all-but-listed',
  };
  return {
    kind: kinds[config?.QueryStringBehavior ?? ''] ?? 'none',
    names: config?.QueryStrings?.Items ?? [],
  };
}
