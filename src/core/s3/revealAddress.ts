import { fail, ok, type Result } from '../outcome.ts';
import { parseS3Location, type S3Location } from './location.ts';

/** The parts of an address behind its authority, percent-decoded once, as VS Code's `Uri` has them. */
export interface AddressParts {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const REVEAL = '/reveal/';

/**
 * A bucket's name, a slash, and a key's 1024 bytes, in UTF-8.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
const LONGEST = 255 + 1 + 1024;

/**
 * Reads an address that shows a place of the view: `/reveal/bucket/key`, the key percent-encoded. It
 * has neither query nor fragment, so that a `?` or `#` of a key that was not encoded cuts off nothing
 * unnoticed.
 *
 * Errors: `uri-unknown`.
 */
export function parseRevealAddress({ path, query, fragment }: AddressParts): Result<S3Location> {
  const refusal = fail({ code: 'uri-unknown' });
  if (query !== '' || fragment !== '' || !path.startsWith(REVEAL)) return refusal;
  if (path.length > REVEAL.length + LONGEST) return refusal;
  const place = path.slice(REVEAL.length);
  if (Buffer.byteLength(place) > LONGEST) return refusal;
  const slash = place.indexOf('/');
  const bucket = slash < 0 ? place : place.slice(0, slash);
  const named = parseS3Location(bucket);
  // One form alone: an ARN, or white space before the name, is none.
  if (named.kind !== 'ok' || named.value.bucket !== bucket) return refusal;
  return ok({ bucket, key: slash < 0 ? '' : place.slice(slash + 1) });
}
