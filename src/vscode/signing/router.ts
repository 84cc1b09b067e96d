import type { Distribution } from '../../core/cloudfront/account.ts';
import { mappingFor, type Endpoint } from '../../core/cloudfront/distribution.ts';
import {
  bestRoutes,
  leadsTo,
  routesTo,
  routeThrough,
  standingOf,
  type Route,
  type TrustsUs,
} from '../../core/cloudfront/route.ts';
import type { NamedDistribution } from '../../core/cloudfront/signOptions.ts';
import { cancelled, fail, ok, type Failure, type Outcome } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { Account } from '../discovery.ts';
import type { Settings } from '../settings.ts';
import { pickRoute } from './pickRoute.ts';

/** Who serves an object. */
export interface Served {
  readonly endpoint: Endpoint;
  /** The key that the settings name for it. */
  readonly keyPairId?: string | undefined;
  /** How the account's distribution serves it, where that is known. */
  readonly route?: Route;
  /** Whether the user has just chosen it among others. */
  readonly isPicked?: boolean;
}

/** Only the user can say who serves an object. */
export interface Unserved {
  /** Why nobody is known, a sentence without a full stop; empty where she has seen it herself. */
  readonly reason: string;
}

/** What is known of who serves objects, and who may be asked. */
export interface RouterSource {
  readonly settings: Settings;
  readonly isScripted: boolean;
  /** What the caller has named. */
  readonly named: NamedDistribution | undefined;
  /** Looks into the account, the first time that it is called. */
  account(): Promise<Outcome<Account>>;
  trustsUs(account: Account): TrustsUs;
}

/**
 * Settles who serves an object: what the caller names, else what the settings map, else what is found
 * in the account, where the user chooses if there are several answers. A choice holds for the other
 * objects of the bucket.
 *
 * Errors: where a script calls, `distribution-unknown`, `distribution-disabled`, `option-invalid`
 * (several distributions, none named; or an ID that serves no such object).
 */
export type Router = (location: S3Location) => Promise<Outcome<Served | Unserved>>;

export function createRouter(source: RouterSource): Router {
  const { named, isScripted } = source;
  const mappings = source.settings.get('distributions');
  /** Domain names by bucket. */
  const chosen = new Map<string, string>();
  /** Buckets whose domain name the user types. */
  const byHand = new Set<string>();
  /** By bucket: an account may have hundreds, and many objects are looked at. */
  const leading = new Map<string, readonly Distribution[]>();

  function leadingTo(bucket: string, { distributions }: Account): readonly Distribution[] {
    const known = leading.get(bucket) ?? distributions.filter((one) => leadsTo(bucket, one));
    leading.set(bucket, known);
    return known;
  }

  return async (location) => {
    if (named !== undefined && 'id' in named) return byId(named.id, location);
    // Nothing is left to find out.
    if (named !== undefined && 'originPath' in named) return ok({ endpoint: named });
    const ofDomain = mappings.filter(({ domain }) => !named || domain === named.domain);
    const mapping = mappingFor(ofDomain, location);
    if (mapping !== undefined) return ok({ endpoint: mapping, keyPairId: mapping.keyPairId });
    return named === undefined ? found(location) : byDomain(named, location);
  };

  async function byId(id: string, location: S3Location): Promise<Outcome<Served>> {
    const account = await source.account();
    if (account.kind !== 'ok') {
      return noSuchId(`The ID could not be looked up: ${reasonOf(account)}. Give a domain name.`);
    }
    const meant = account.value.distributions.filter((distribution) => distribution.id === id);
    const [route] = routesTo(location, meant);
    if (route !== undefined) return ok({ endpoint: route.endpoint, route });
    return noSuchId(
      meant.length === 0
        ? 'The account has no distribution with this ID.'
        : `That distribution does not lead to “${location.key}” in bucket “${location.bucket}”.`,
    );
  }

  /** The account tells the origin path of a domain; where it does not, the name is taken as it is. */
  async function byDomain(
    { domain, protocol }: Exclude<NamedDistribution, { id: string }>,
    location: S3Location,
  ): Promise<Outcome<Served>> {
    const account = await source.account();
    const route =
      account.kind === 'ok'
        ? routeThrough(domain, location, leadingTo(location.bucket, account.value))
        : undefined;
    if (route === undefined) return ok({ endpoint: { domain, protocol, originPath: '' } });
    return ok({
      endpoint: protocol === 'http' ? { ...route.endpoint, protocol } : route.endpoint,
      route,
    });
  }

  async function found(location: S3Location): Promise<Outcome<Served | Unserved>> {
    if (byHand.has(location.bucket)) return ok({ reason: '' });
    const account = await source.account();
    const trustsUs = account.kind === 'ok' ? source.trustsUs(account.value) : undefined;
    const routes =
      account.kind === 'ok'
        ? routesTo(location, leadingTo(location.bucket, account.value), trustsUs)
        : [];
    const [first] = routes;
    if (first === undefined || trustsUs === undefined) return unserved(location, account);
    const best = bestRoutes(routes, trustsUs);
    if (isScripted) return unasked(best, trustsUs);

    const standing = standingOf(first, trustsUs);
    const isPlain = best.length === 1 && (standing === 'ready' || standing === 'untrusted');
    return isPlain
      ? ok({ endpoint: first.endpoint, route: first })
      : picked(location.bucket, routes, trustsUs);
  }

  async function picked(
    bucket: string,
    routes: readonly Route[],
    trustsUs: TrustsUs,
  ): Promise<Outcome<Served | Unserved>> {
    const before = chosen.get(bucket);
    const again = routes.find(({ endpoint }) => endpoint.domain === before);
    if (again !== undefined) return ok({ endpoint: again.endpoint, route: again });
    const names = routes.map(({ endpoint }) => endpoint.domain);
    const pick = await pickRoute(
      bucket,
      routes.filter(({ endpoint }, index) => names.indexOf(endpoint.domain) === index),
      (route) => standingOf(route, trustsUs),
    );
    if (pick === undefined) return cancelled;
    if (pick === 'another') {
      byHand.add(bucket);
      return ok({ reason: '' });
    }
    chosen.set(bucket, pick.endpoint.domain);
    return ok({ endpoint: pick.endpoint, route: pick, isPicked: true });
  }

  function unserved(location: S3Location, account: Outcome<Account>): Outcome<Unserved> {
    if (!isScripted) {
      const reason = account.kind === 'ok' ? 'None of the account leads to it' : reasonOf(account);
      return ok({ reason });
    }
    const unseen = account.kind === 'ok' ? undefined : reasonOf(account);
    return fail({ code: 'distribution-unknown', location, unseen });
  }
}

function noSuchId(detail: string): Failure {
  return fail({ code: 'option-invalid', option: 'distribution', detail });
}

function reasonOf(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): string {
  return outcome.kind === 'problem'
    ? problemWords(outcome.problem).title
    : 'The account was not asked';
}

/** A script is asked nothing: it gets the one answer, or is told that there are several. */
function unasked(best: readonly Route[], trustsUs: TrustsUs): Outcome<Served> {
  const [only, another] = best;
  if (only === undefined || another !== undefined) {
    const domains = best.map(({ endpoint }) => endpoint.domain).join(', ');
    return fail({
      code: 'option-invalid',
      option: 'distribution',
      detail: `Several lead to the object. Name one: ${domains}.`,
    });
  }
  return standingOf(only, trustsUs) === 'disabled'
    ? fail({ code: 'distribution-disabled', domain: only.endpoint.domain })
    : ok({ endpoint: only.endpoint, route: only });
}
