import { isoText } from '../expiry.ts';
import { ok } from '../outcome.ts';
import { indented } from '../notation/indented.ts';
import { json } from '../notation/json.ts';
import { linkFormat, type LinkFormat } from './linkFormat.ts';

/** A list of objects with the names `bucket`, `key`, `url` and, where the link has an end, `expires`. */
export const JSON_LIST: LinkFormat = linkFormat({
  name: 'json',
  label: 'JSON',
  description: 'A list of objects',
  fileEnding: 'json',
  writeOne: ({ location: { bucket, key }, url, signed }) => {
    const expires = signed && { expires: isoText(signed.grant.expiresAt) };
    return ok(indented(json({ bucket, key, url, ...expires })));
  },
  frame: { before: '[\n', between: ',\n', after: '\n]' },
});
