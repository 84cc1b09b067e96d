/** The query parameter by which S3 is told the header. */
export const TYPE_PARAMETER = 'response-content-type';

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";

const MEDIA_TYPE = new RegExp(
  `^${TOKEN}/${TOKEN}(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|"[\\w !#-[\\]-~]*"))*$`,
);

/**
 * Whether a text is a media type such as `text/plain; charset=utf-8`, and so fit for the header
 * `Content-Type`: it ends no line.
 * https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 */
export function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text);
}
