import { objectAt, wayOf, type KnownFronts } from '../cloudfront/objectAt.ts';
import type { NamedDistribution } from '../cloudfront/signOptions.ts';
import { isSigning, paramsOf, signingOf } from '../inspect/urlParts.ts';
import { fail, ok, type Failure, type Result } from '../outcome.ts';
import type { UnsignableReason } from '../problem.ts';
import { formDecoded } from '../s3/formDecoded.ts';
import { parseS3Location, type S3Location } from '../s3/location.ts';
import { locationOfUrl } from '../s3/pastedLocation.ts';
import { fragmentOf } from './signature.ts';

/** An object that a text names, and what of its name stays in a signed URL. */
export interface ObjectReference {
  readonly location: S3Location;
  /** By the name that the author of a URL has chosen; undefined where CloudFront is in none yet. */
  readonly distribution: NamedDistribution | undefined;
  /** The parameters of a URL, but for those that sign it. */
  readonly query: Readonly<Record<string, string>>;
  /** What is never sent, `#` included; empty where there is none. */
  readonly fragment: string;
}

/**
 * Reads an S3 URI, whose key is taken literally, or a web address of S3 or of a distribution that is
 * known: by the settings first, then by the account, as when an object is signed. A signature that
 * it carries is left out.
 *
 * Errors: `location-invalid`, `url-unsignable`.
 */
export function readObjectReference(text: string, known: KnownFronts): Result<ObjectReference> {
  if (/^s3:\/\//i.test(text)) {
    const location = parseS3Location(text);
    if (location.kind !== 'ok') return location;
    const { key } = location.value;
    return isObject(key)
      ? ok({ location: location.value, distribution: undefined, query: {}, fragment: '' })
      : unsignable(text, 'no-object');
  }
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return fail({ code: 'location-invalid', text: beginningOf(text) });
  }
  const found = locationOf(text, known);
  if (found.kind !== 'ok') return found;
  const { location, distribution } = found.value;
  if (!isObject(location.key)) return unsignable(text, 'no-object');
  const query = queryOf(text, distribution === undefined);
  return query === undefined
    ? unsignable(text, 'query')
    : ok({ location, distribution, query, fragment: fragmentOf(text) });
}

/** A link to what stands for a folder would open nothing. */
function isObject(key: string): boolean {
  return key !== '' && !key.endsWith('/');
}

function unsignable(text: string, reason: UnsignableReason): Failure {
  return fail({ code: 'url-unsignable', url: beginningOf(text), reason });
}

/** As much as a message has room for, and nothing that signs. */
function beginningOf(text: string): string {
  return text.replace(/[?#].*$/s, '').slice(0, 80);
}

function locationOf(
  text: string,
  known: KnownFronts,
): Result<Pick<ObjectReference, 'location' | 'distribution'>> {
  const inS3 = locationOfUrl(text);
  if (inS3 !== undefined) return ok({ location: inS3, distribution: undefined });
  const location = objectAt(text, known);
  if (location === undefined) {
    const isKnown = wayOf(text, known.distributions).distribution !== undefined;
    return unsignable(text, isKnown ? 'no-bucket' : 'domain-unknown');
  }
  const { host, protocol } = new URL(text);
  return ok({
    location,
    distribution: { domain: host, protocol: protocol === 'http:' ? 'http' : 'https' },
  });
}

/** Undefined where a parameter is given twice, or is no valid Unicode: it could not be kept. */
function queryOf(text: string, isOfS3: boolean): ObjectReference['query'] | undefined {
  const parameters = paramsOf(text);
  const by = signingOf(parameters)?.by;
  const kept = parameters.filter(
    ({ name, text: written }) =>
      written !== '' &&
      !(by !== undefined && isSigning(name, by)) &&
      // What SDKs tell S3 of themselves.
      !(isOfS3 && /^x-(?:amz-|id$)/i.test(name)),
  );
  const pairs = new Map<string, string>();
  for (const { name, value } of kept) {
    const [decodedName, decodedValue] = [formDecoded(name), formDecoded(value)];
    if (decodedName === undefined || decodedValue === undefined) return undefined;
    if (pairs.has(decodedName)) return undefined;
    pairs.set(decodedName, decodedValue);
  }
  // An assignment would lose a parameter that is named `__proto__`.
  return Object.fromEntries(pairs);
}
