import { fail, ok, type Result } from '../../outcome.ts';
import { canonicalUrl } from '../canonicalUrl.ts';
import { servedPrefix, type Endpoint } from '../distribution.ts';

/** What one custom policy opens of a bucket. */
export interface OpenedPrefix {
  /** What the keys begin with that are opened: the prefix, or the longer one that the origin serves. */
  readonly prefix: string;
  /** What their URLs begin with. */
  readonly url: string;
  /** The policy's resource: that URL, and `*` for whatever follows, a query too. */
  readonly resource: string;
}

/**
 * Opens all objects whose keys begin with a prefix, and no other of the origin. What would be a
 * wildcard within the prefix is percent-encoded. Where the origin path is longer than the prefix, all
 * that the origin serves begins with the prefix, and the whole of it is opened.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 *
 * Errors: `key-outside-origin-path`, `key-unreachable`.
 */
export function openPrefix(endpoint: Endpoint, prefix: string): Result<OpenedPrefix> {
  const served = servedPrefix(endpoint.originPath);
  const opened = served.startsWith(prefix) ? served : prefix;
  // A prefix is no key: it may be empty, or end within a name.
  const someKey = canonicalUrl(endpoint, `${opened}x`);
  if (someKey.kind !== 'ok') return someKey;
  const url = someKey.value.slice(0, -1);
  return new URL(url).href === url
    ? ok({ prefix: opened, url, resource: `${url}*` })
    : fail({ code: 'key-unreachable', key: opened, reason: 'dot-segment' });
}
