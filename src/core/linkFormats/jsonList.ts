import { isoText } from '../expiry.ts';
import { ok } from '../outcome.ts';
import { json } from '../notation/json.ts';
import type { LinkFormat } from './linkFormat.ts';

/** A list of objects with the names `bucket`, `key`, `url` and, where the link has an end, `expires`. */
export const JSON_LIST: LinkFormat = {
  name: 'json',
  label: 'JSON',
  description: 'A list of objects',
  write: (links) =>
    ok(
      json(
        links.map(({ location: { bucket, key }, url, signed }) => ({
          bucket,
          key,
          url,
          ...(signed && { expires: isoText(signed.grant.expiresAt) }),
        })),
      ),
    ),
};
