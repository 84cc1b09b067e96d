import type { Distribution } from '../../../core/cloudfront/account.ts';
import { mappingFor } from '../../../core/cloudfront/distribution.ts';
import { answeringTo } from '../../../core/cloudfront/distributionNames.ts';
import { trustedKeys } from '../../../core/cloudfront/keyMatch.ts';
import { prefixName } from '../../../core/cloudfront/prefix/prefixText.ts';
import {
  mappedElsewhere,
  reachOf,
  servedParts,
  type PrefixReach,
} from '../../../core/cloudfront/prefix/prefixReach.ts';
import { openPrefix, type OpenedPrefix } from '../../../core/cloudfront/prefix/prefixResource.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import type { Session } from '../../../core/credentials/session.ts';
import { fail, ok, type Outcome } from '../../../core/outcome.ts';
import { problemWords } from '../../../core/problem.ts';
import type { S3Place } from '../../../core/s3/location.ts';
import type { Account } from '../../discovery.ts';
import type { Choice } from '../chooseDistribution.ts';
import { planSigning, type PlanSource } from '../planSigning.ts';

/**
 * How long a script waits for the account, in milliseconds, where it is told all else: the account
 * alone can say that a policy would open something else too.
 */
const LOOK_PATIENCE = 1000;

/** Who opens a prefix, and what of it. */
export interface PrefixPlan extends Choice {
  /** What is opened: what was asked for, or the part of it that is served. */
  readonly place: S3Place;
  readonly opened: OpenedPrefix;
  /** What there is to know before it is signed, in sentences. */
  readonly notes: readonly string[];
}

/** What a plan is made from. */
export interface PrefixPlanSource extends PlanSource {
  session(mayAsk?: boolean): Promise<Outcome<Session>>;
}

/**
 * Settles which distribution serves a prefix, which key signs for that, and what a policy opens then.
 *
 * Errors: those of `planSigning` and `openPrefix`; `prefix-divided`, `prefix-too-wide`.
 */
export async function planPrefix(
  asked: S3Place,
  options: SignOptions,
  isScripted: boolean,
  source: PrefixPlanSource,
): Promise<Outcome<PrefixPlan>> {
  const named = options.distribution;
  const isById = named !== undefined && 'id' in named;
  const mappings = isById
    ? []
    : source.settings
        .get('distributions')
        .filter(({ domain }) => !named || domain === named.domain);
  const isTold =
    mappingFor(mappings, { bucket: asked.bucket, key: asked.prefix }) !== undefined ||
    (named !== undefined && 'originPath' in named);
  const account = await source.discovery.account(
    isScripted,
    isScripted && isTold ? LOOK_PATIENCE : undefined,
  );
  const distributions = account.kind === 'ok' ? account.value.distributions : [];
  const meant = isById
    ? distributions.filter(({ id }) => id === named.id)
    : named === undefined
      ? distributions
      : answeringTo(named.domain, distributions);
  const parts = servedParts(asked, mappings, meant);
  if (parts.length > 1) return fail({ code: 'prefix-divided', prefix: asked.prefix, parts });
  const { bucket } = asked;
  const [part = asked.prefix] = parts;
  // A person may try the distribution that she names: with an object, since a prefix answers nothing.
  const key = parts.length > 0 || isScripted ? part : await someKey(asked, source);
  const choices = await planSigning([{ bucket, key }], options, isScripted, source);
  if (choices.kind !== 'ok') return choices;
  const [choice] = choices.value;
  if (choice === undefined) return fail({ code: 'prefix-unnamed' });
  const opened = openPrefix(choice.endpoint, part);
  if (opened.kind !== 'ok') return opened;
  const place = { bucket, prefix: opened.value.prefix };
  const [distribution] = answeringTo(choice.endpoint.domain, distributions);
  const reach = distribution && reachThrough(place, choice, opened.value, distribution, account);
  if (reach !== undefined && reach.astray.length > 0) {
    const { domain } = choice.endpoint;
    return fail({ code: 'prefix-too-wide', prefix: place.prefix, domain, behaviors: reach.astray });
  }
  return ok({
    ...choice,
    place,
    opened: opened.value,
    notes: [
      ...(place.prefix === asked.prefix
        ? []
        : [`It is the part of ${prefixName(asked)} that is served there.`]),
      ...mappedElsewhere(place, choice.endpoint, source.settings.get('distributions')),
      ...(reach?.notes ?? []),
      ...(account.kind === 'problem'
        ? [
            `Whether all of it is served alike could not be seen: ${problemWords(account.problem).title}.`,
          ]
        : []),
    ],
  });
}

function reachThrough(
  { bucket }: S3Place,
  { endpoint, key }: Choice,
  opened: OpenedPrefix,
  distribution: Distribution,
  account: Outcome<Account>,
): PrefixReach | undefined {
  if (account.kind !== 'ok') return undefined;
  const publicKeyPem = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const own = [{ keyPairId: key.keyPairId, publicKeyPem }];
  return reachOf(
    bucket,
    endpoint,
    opened,
    distribution,
    (behavior) => trustedKeys(behavior, own, account.value).length > 0,
  );
}

/** The first key of a place; what the keys there begin with, where none is to be had. */
async function someKey({ bucket, prefix }: S3Place, source: PrefixPlanSource): Promise<string> {
  const session = await source.session(false);
  if (session.kind !== 'ok') return prefix;
  const { signal } = new AbortController();
  const page = await session.value.store.listKeys({ bucket, prefix, pageSize: 1 }, signal);
  return (page.kind === 'ok' ? page.value.items[0]?.key : undefined) ?? prefix;
}
