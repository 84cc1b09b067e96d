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
import { inOneBatch, planEach, signEach, type SignedObjects } from './signEach.ts';
import { signHere } from './signHere.ts';

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
  const signed = await signBelow(prefix, openSession, locations);
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

/** Signs the objects below a prefix, those that are named or else all, as they come. */
async function signBelow(
  { plan, grant, signPolicy }: PrefixGrant,
  openSession: () => Promise<Outcome<Session>>,
  locations: readonly S3Location[] | undefined,
): Promise<Outcome<SignedObjects>> {
  return cancellable('Signing URLs…', async (signal, report) => {
    const batches = locations ? inOneBatch(locations) : listed(plan.place, openSession, signal);
    const planned = planEach(batches, async (some) => ok(some.map(() => plan)));
    const links: Link[] = [];
    const problems: Problem[] = [];
    for await (const made of signEach(planned, grant, signHere(signPolicy), signal)) {
      if (made.kind !== 'ok') return made;
      links.push(...made.value.signed);
      problems.push(...made.value.problems);
      if (links.length > MAXIMUM_LINKS) {
        return fail({ code: 'objects-too-many', maximum: MAXIMUM_LINKS });
      }
      report(`${links.length} done`);
    }
    return ok({ signed: links, problems });
  });
}

async function* listed(
  place: S3Place,
  openSession: () => Promise<Outcome<Session>>,
  signal: AbortSignal,
): AsyncGenerator<Outcome<readonly S3Location[]>, void, undefined> {
  const session = await openSession();
  if (session.kind !== 'ok') {
    yield session;
    return;
  }
  for await (const page of listRecursively(place, session.value.store, signal)) {
    yield page.kind === 'ok'
      ? ok(page.value.map(({ key }) => ({ bucket: place.bucket, key })))
      : page;
  }
}
