import type { LinkFormat } from './cloudfront/signOptions.ts';
import { visibleText } from './s3/visibleText.ts';

/** The last name in a key, without the slash of a folder marker; a key of slashes alone is its own. */
export function baseName(key: string): string {
  return key.split('/').findLast((name) => name !== '') ?? key;
}

/**
 * A signed URL as it is copied. In Markdown the name cannot break out of the link: what CommonMark
 * reads as markup is escaped (https://spec.commonmark.org/0.31.2/#backslash-escapes); the canonical
 * URL has no character that would need it.
 */
export function linkText(format: LinkFormat, key: string, url: string): string {
  if (format === 'url') return url;
  const name = visibleText(baseName(key)).replace(/[\\`*_{}[\]<>&!~|]/g, '\\$&');
  return `[${name}](${url})`;
}
