import * as vscode from 'vscode';
import { encodeQuery } from '../../../core/cloudfront/canonicalUrl.ts';
import type { PrefixForm } from '../../../core/cloudfront/prefix/prefixForm.ts';
import { prefixName } from '../../../core/cloudfront/prefix/prefixText.ts';
import type { Grant } from '../../../core/cloudfront/signObject.ts';
import { signUrl, type SignPolicy } from '../../../core/cloudfront/signedUrl.ts';
import { signCookies } from '../../../core/cookies/signedCookies.ts';
import type { Session } from '../../../core/credentials/session.ts';
import { momentText } from '../../../core/expiry.ts';
import type { Link } from '../../../core/linkFormats/link.ts';
import type { LinkFormat } from '../../../core/linkFormats/linkFormat.ts';
import { ok, type Outcome, type Result } from '../../../core/outcome.ts';
import { listRecursively } from '../../../core/s3/lister/listRecursively.ts';
import type { S3Location, S3Place } from '../../../core/s3/location.ts';
import { visibleText } from '../../../core/s3/visibleText.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { handOutOpened, type LinksInFile } from '../many/handOutMany.ts';
import type { PrefixPlan } from './planPrefix.ts';
import { planEach, signEach } from '../signEach.ts';
import { signHere } from '../signHere.ts';

/** What opens a prefix, decided: whatever is made of it carries the same policy and signature. */
export interface PrefixGrant {
  readonly plan: PrefixPlan;
  readonly grant: Grant & { readonly resource: string };
  /** Signs the policy once. */
  readonly signPolicy: SignPolicy;
}

/**
 * Hands out the URLs of all objects below a prefix, as those of a folder are.
 *
 * @param file that a script has named
 *
 * Errors: those of `handOutOpened` and of the listing.
 */
export async function handOutLinks(
  prefix: PrefixGrant,
  format: LinkFormat,
  file: vscode.Uri | undefined,
  isScripted: boolean,
  source: SigningSource,
): Promise<Outcome<string | LinksInFile>> {
  const { plan, grant, signPolicy } = prefix;
  const session = await source.session(!isScripted);
  if (session.kind !== 'ok') return session;
  const abort = new AbortController();
  const listed = objectsOf(plan.place, session.value, abort.signal);
  const planned = planEach(listed, async (some) => ok(some.map(() => plan)));
  const make = (signal: AbortSignal) => signEach(planned, grant, signHere(signPolicy), signal);
  const name = visibleText(prefixName(plan.place));
  const request = { name, options: { signing: { format }, file }, isScripted };
  const handedOut = await handOutOpened({ grant, make }, abort, request, unnoted(source));
  const noted = handedOut.kind === 'ok' ? note(prefix, source) : handedOut;
  return noted.kind === 'ok' ? handedOut : noted;
}

const NO_RECORD = { add: () => {}, keep: () => {} };

/** One policy is noted once, however many links carry it. */
export function unnoted(source: SigningSource): SigningSource {
  return { ...source, recordLinks: () => {}, beginRecord: () => NO_RECORD };
}

/**
 * Notes that a prefix was opened.
 *
 * Errors: those of {@link baseLink}.
 */
export function note(prefix: PrefixGrant, source: SigningSource): Result<Link> {
  const link = baseLink(prefix);
  if (link.kind === 'ok') source.recordLinks([link.value]);
  return link;
}

async function* objectsOf(
  place: S3Place,
  { store }: Session,
  signal: AbortSignal,
): AsyncGenerator<Outcome<readonly S3Location[]>, void, undefined> {
  for await (const page of listRecursively(place, store, signal)) {
    yield page.kind === 'ok'
      ? ok(page.value.map(({ key }) => ({ bucket: place.bucket, key })))
      : page;
  }
}

/**
 * Copies what opens a prefix in one text: the base URL with its query, or cookies.
 *
 * Errors: those of {@link baseLink} and `signCookies`.
 */
export async function copyText(
  prefix: PrefixGrant,
  form: Exclude<PrefixForm, { readonly kind: 'links' }>,
  source: SigningSource,
): Promise<Result<string>> {
  const link = baseLink(prefix);
  if (link.kind !== 'ok') return link;
  const text = form.kind === 'base-url' ? ok(link.value.url) : cookiesText(prefix, form);
  if (text.kind !== 'ok') return text;
  source.recordLinks([link.value]);
  await vscode.env.clipboard.writeText(text.value);
  source.log.info(`Signed a prefix, ending ${momentText(prefix.grant.expiresAt)}`);
  return text;
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

function cookiesText(
  { plan, grant, signPolicy }: PrefixGrant,
  { format }: Extract<PrefixForm, { readonly kind: 'cookies' }>,
): Result<string> {
  const { opened, key } = plan;
  const cookies = signCookies(grant, opened.url, key, grant.hashAlgorithm, signPolicy);
  return cookies.kind === 'ok' ? ok(format.write(cookies.value)) : cookies;
}
