import { encodeQuery } from '../../core/cloudfront/canonicalUrl.ts';
import type { PrefixForm } from '../../core/cloudfront/prefixOptions.ts';
import type { Grant } from '../../core/cloudfront/signObject.ts';
import { signUrl, type SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import { signCookies } from '../../core/cookies/signedCookies.ts';
import type { Session } from '../../core/credentials/session.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import type { Problem } from '../../core/problem.ts';
import { listRecursively } from '../../core/s3/listRecursively.ts';
import type { S3Location, S3Place } from '../../core/s3/location.ts';
import { cancellable } from '../cancellable.ts';
import type { PrefixPlan } from './planPrefix.ts';
import { signMany } from './signMany.ts';

/** How many URLs the clipboard is given at most: they come to some megabytes. */
export const MAXIMUM_LINKS = 10_000;

/** What opens a prefix, decided: whatever is made of it carries the same policy and signature. */
export interface PrefixGrant {
  readonly plan: PrefixPlan;
  readonly grant: Grant & { readonly resource: string };
  /** Signs the policy once. */
  readonly signPolicy: SignPolicy;
}

/** A text that opens something below a prefix. */
export interface PrefixText {
  readonly text: string;
  /** The links that are in it, where they are links. */
  readonly links: readonly Link[];
  /** Why there are no more links. */
  readonly problems: readonly Problem[];
}

/**
 * Writes what opens a prefix.
 *
 * @param locations the objects to write URLs of; all that there are, where they are left out
 *
 * Errors: those of `baseLink`, `signCookies`, `signObject` and `ObjectStore.listKeys`;
 * `objects-too-many`, `prefix-empty`.
 */
export async function writePrefix(
  prefix: PrefixGrant,
  form: PrefixForm,
  openSession: () => Promise<Outcome<Session>>,
  locations?: readonly S3Location[],
): Promise<Outcome<PrefixText>> {
  const { plan, grant, signPolicy } = prefix;
  if (form.kind === 'base-url') {
    const link = baseLink(prefix);
    return link.kind === 'ok' ? ok({ text: link.value.url, links: [], problems: [] }) : link;
  }
  if (form.kind === 'cookies') {
    const { hashAlgorithm } = grant;
    const cookies = signCookies(grant, plan.opened.url, plan.key, hashAlgorithm, signPolicy);
    if (cookies.kind !== 'ok') return cookies;
    return ok({ text: form.format.write(cookies.value), links: [], problems: [] });
  }
  const below = locations ? ok(locations) : await listAll(plan.place, openSession);
  if (below.kind !== 'ok') return below;
  const signed = await signAll(below.value, prefix);
  if (signed.kind !== 'ok') return signed;
  const { signed: links, problems } = signed.value;
  const [problem] = problems;
  if (links.length === 0) {
    return fail(problem ?? { code: 'prefix-empty', prefix: plan.place.prefix });
  }
  const text = form.format.write(links);
  return text.kind === 'ok' ? ok({ text: text.value, links, problems }) : text;
}

/**
 * What all URLs below a prefix begin with, and the query that opens them: players append it to the
 * URLs that they find in a playlist.
 *
 * Errors: those of `encodeQuery` and `signUrl`.
 */
export function baseLink({ plan, grant, signPolicy }: PrefixGrant): Result<Link> {
  const query = encodeQuery(grant.query);
  if (query.kind !== 'ok') return query;
  const unsigned = `${plan.opened.url}${query.value}`;
  const url = signUrl(grant, plan.key, grant.hashAlgorithm, signPolicy, unsigned);
  if (url.kind !== 'ok') return url;
  const location = { bucket: plan.place.bucket, key: plan.place.prefix };
  return ok({ location, url: url.value, signed: { keyPairId: plan.key.keyPairId, grant } });
}

async function listAll(
  place: S3Place,
  openSession: () => Promise<Outcome<Session>>,
): Promise<Outcome<readonly S3Location[]>> {
  const session = await openSession();
  if (session.kind !== 'ok') return session;
  return cancellable('Listing objects…', async (signal, report) => {
    const locations: S3Location[] = [];
    for await (const page of listRecursively(place, session.value.store, signal)) {
      if (page.kind !== 'ok') return page;
      locations.push(...page.value.map(({ key }) => ({ bucket: place.bucket, key })));
      if (locations.length > MAXIMUM_LINKS) {
        return fail({ code: 'objects-too-many', maximum: MAXIMUM_LINKS });
      }
      report(`${locations.length} found`);
    }
    return ok(locations);
  });
}

async function signAll(locations: readonly S3Location[], { plan, grant, signPolicy }: PrefixGrant) {
  return cancellable(`Signing ${locations.length} URLs…`, async (signal, report) =>
    signMany(
      locations,
      locations.map(() => plan),
      grant,
      signPolicy,
      (done) => report(`${done} done`),
      signal,
    ),
  );
}
