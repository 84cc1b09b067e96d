import { unsignedUrl } from '../cloudfront/signedUrl.ts';
import { isoText, localText } from '../expiry.ts';
import { baseName } from '../s3/baseName.ts';
import { s3Uri } from '../s3/location.ts';
import { downloadName } from './downloadName.ts';
import type { Link } from './link.ts';

function ending(write: (epoch: number) => string): (link: Link) => string {
  return ({ signed }) => (signed === undefined ? '' : write(signed.grant.expiresAt));
}

/** What stands for a placeholder, exactly as it is; empty where a link has no end and no key. */
export const PLACEHOLDERS = {
  url: ({ url }: Link) => url,
  unsignedUrl: ({ url }: Link) => unsignedUrl(url),
  domain: ({ url }: Link) => new URL(url).host,
  bucket: ({ location }: Link) => location.bucket,
  key: ({ location }: Link) => location.key,
  s3Uri: ({ location }: Link) => s3Uri(location),
  fileName: ({ location }: Link) => baseName(location.key),
  downloadName: ({ location }: Link) => downloadName(location.key),
  expires: ending(isoText),
  expiresLocal: ending(localText),
  expiresEpoch: ending(String),
  keyPairId: ({ signed }: Link) => signed?.keyPairId ?? '',
} as const;

/** What a template can name. */
export type Placeholder = keyof typeof PLACEHOLDERS;

export function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(PLACEHOLDERS, name);
}
