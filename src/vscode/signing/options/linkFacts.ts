import type { CacheBehavior, Distribution } from '../../../core/cloudfront/account.ts';
import { mappingFor } from '../../../core/cloudfront/distribution.ts';
import { trustedKeys } from '../../../core/cloudfront/keyMatch.ts';
import { isForwarded, isInCacheKey } from '../../../core/cloudfront/queryForwarding.ts';
import {
  routesTo,
  routeThrough,
  standingOf,
  type Route,
  type Standing,
  type TrustsUs,
} from '../../../core/cloudfront/route.ts';
import type { NamedDistribution } from '../../../core/cloudfront/signOptions.ts';
import type { Outcome } from '../../../core/outcome.ts';
import { problemWords } from '../../../core/problem.ts';
import type { S3Location } from '../../../core/s3/location.ts';
import type { Account } from '../../discovery.ts';
import type { ServingSource } from '../serving.ts';

/** How many objects are looked at: what holds for these mostly holds for the others. */
const MAXIMUM_LOOKS = 100;

/** How objects are served, as far as it shows without a question. */
export interface LinkFacts {
  /** One route by each behavior that serves some of the objects. */
  readonly routes: readonly Route[];
  /** Why there is none, a sentence without a full stop. */
  readonly unseen: string | undefined;
  /** Every name that leads to the first object, the best first. */
  readonly choices: readonly { readonly route: Route; readonly standing: Standing }[];
}

/**
 * Finds out how objects are most likely served: by what the options name, else by what the settings
 * map, else by the best route that the account has.
 *
 * @param account looks into the account, the first time that it is called
 */
export async function linkFacts(
  locations: readonly S3Location[],
  named: NamedDistribution | undefined,
  account: () => Promise<Outcome<Account>>,
  { settings, keys }: ServingSource,
): Promise<LinkFacts> {
  const [seen, stored] = await Promise.all([account(), keys.list()]);
  if (seen.kind !== 'ok') {
    const why = seen.kind === 'problem' ? problemWords(seen.problem).title : undefined;
    return { routes: [], unseen: why ?? 'The account was not asked', choices: [] };
  }
  const own = stored.kind === 'ok' ? stored.value : [];
  const { distributions } = seen.value;
  const trustsUs = (behavior: CacheBehavior): boolean =>
    trustedKeys(behavior, own, seen.value).length > 0;
  const mappings = settings.get('distributions');
  const byBehavior = new Map<CacheBehavior, Route>();
  for (const location of locations.slice(0, MAXIMUM_LOOKS)) {
    const meant = named ?? mappingFor(mappings, location);
    const route = likelyRoute(location, meant, distributions, trustsUs);
    if (route !== undefined) byBehavior.set(route.behavior, route);
  }
  const routes = [...byBehavior.values()];
  const [first] = locations;
  const all = first === undefined ? [] : routesTo(first, distributions, trustsUs);
  const names = all.map(({ endpoint }) => endpoint.domain);
  return {
    routes,
    unseen: routes.length > 0 ? undefined : 'None of the account’s distributions leads to it',
    choices: all
      .filter(({ endpoint }, index) => names.indexOf(endpoint.domain) === index)
      .map((route) => ({ route, standing: standingOf(route, trustsUs) })),
  };
}

function likelyRoute(
  location: S3Location,
  meant: NamedDistribution | undefined,
  distributions: readonly Distribution[],
  trustsUs: TrustsUs,
): Route | undefined {
  if (meant === undefined) return routesTo(location, distributions, trustsUs)[0];
  return 'id' in meant
    ? routesTo(
        location,
        distributions.filter(({ id }) => id === meant.id),
      )[0]
    : routeThrough(meant.domain, location, distributions);
}

/** What becomes of a query parameter on the way to S3. */
export type Fate =
  | { readonly kind: 'forwarded'; readonly isInCacheKey: boolean }
  | { readonly kind: 'kept'; readonly route: Route }
  | { readonly kind: 'unseen'; readonly reason: string };

/** Whether every behavior that serves the objects lets a query parameter through. */
export async function fateOf(
  parameter: string,
  { routes, unseen }: LinkFacts,
  { discovery }: ServingSource,
): Promise<Fate> {
  if (unseen !== undefined) return { kind: 'unseen', reason: unseen };
  let isApart = true;
  for (const route of routes) {
    const policies = await discovery.queryForwarding(route.behavior);
    if (policies.kind !== 'ok') {
      const why = policies.kind === 'problem' ? problemWords(policies.problem).title : undefined;
      return { kind: 'unseen', reason: why ?? 'The account was not asked' };
    }
    if (!isForwarded(policies.value, parameter)) return { kind: 'kept', route };
    isApart &&= isInCacheKey(route.behavior, policies.value, parameter);
  }
  return { kind: 'forwarded', isInCacheKey: isApart };
}
