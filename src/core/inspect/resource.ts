/** A URL in the sections that a policy's resource is compared by, as it is sent. */
interface Sections {
  readonly protocol: string;
  /** With the port, where there is one. */
  readonly domain: string;
  readonly path: string;
  /** Without CloudFront's own parameters; undefined where nothing is left of it. */
  readonly query: string | undefined;
}

function sectionsOf(url: string): Sections | undefined {
  const match = /^([a-z]+):\/\/([^/?]*)([^?]*)(?:\?(.*))?$/is.exec(url);
  if (match === null) return undefined;
  const [, protocol = '', domain = '', path = '', query] = match;
  return { protocol, domain, path: path === '' ? '/' : path, query };
}

/**
 * Whether the resource of a custom policy covers a URL. Its wildcards stay within their section:
 * `*` stands for any characters and `?` for one. An asterisk at the end of the path covers any query
 * too, and one at the end of a domain alone all below it.
 *
 * A `?` that begins a query cannot be told from the wildcard, so it may be either.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 *
 * @param url without CloudFront's own parameters
 */
export function covers(resource: string, url: string): boolean {
  if (resource === '*') return true;
  const sections = sectionsOf(url);
  const match = /^(?:(https?|http\*|\*):\/\/|(?=\*))([^/]*)(\/.*)?$/s.exec(resource);
  if (sections === undefined || match === null) return false;
  const [, protocol = '*', domain = '', tail] = match;
  const { path, query } = sections;
  return (
    fits(protocol, sections.protocol) &&
    fits(domain, sections.domain) &&
    (tail === undefined
      ? domain.endsWith('*') || (path === '/' && query === undefined)
      : coversTail(tail, path, query))
  );
}

function coversTail(tail: string, path: string, query: string | undefined): boolean {
  const escaped = tail.indexOf('\\?');
  if (escaped >= 0) {
    return fits(tail.slice(0, escaped), path) && fits(tail.slice(escaped + 2), query ?? '');
  }
  if ((query === undefined || tail.endsWith('*')) && fits(tail, path)) return true;
  return fits(tail, `${path}?${query ?? ''}`, path.length);
}

/**
 * Whether a text fits a pattern, in a time of one's length times the other's, whatever they are.
 *
 * @param border the place of a character that no asterisk stands for
 */
function fits(pattern: string, text: string, border = -1): boolean {
  // Where in the text one can be, once the pattern is read so far.
  const reached = new Uint8Array(text.length + 1);
  reached[0] = 1;
  for (const wanted of pattern.split('')) {
    if (wanted === '*') {
      for (let at = 0; at < text.length; at++) {
        if (reached[at] === 1 && at !== border) reached[at + 1] = 1;
      }
      continue;
    }
    for (let at = text.length; at > 0; at--) {
      const isNext = wanted === '?' || wanted === text[at - 1];
      reached[at] = isNext ? (reached[at - 1] ?? 0) : 0;
    }
    reached[0] = 0;
  }
  return reached[text.length] === 1;
}

/** What a resource of a custom policy opens, in words. */
export function resourceText(resource: string | undefined): string {
  if (resource === undefined || /^(?:(?:https?|http\*|\*):\/\/)?\*+$/.test(resource)) {
    return 'Every URL of every distribution that trusts the key';
  }
  const stars = resource.split('*').length - 1;
  const marks = /\?/.test(resource.replace(/\\\?/g, ''));
  if (stars === 0 && !marks) return 'This one URL';
  if (stars === 1 && resource.endsWith('*') && !marks) {
    return 'Every URL that begins so, with any query';
  }
  const parts = [
    ...(stars > 0 ? ['“*” stands for any characters'] : []),
    ...(marks ? ['“?” for any one, or begins the query'] : []),
  ];
  return `Every URL of this form: ${parts.join(', ')}, within protocol, domain, path and query each`;
}
