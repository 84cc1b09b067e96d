/**
 * A text that is encoded as in a form, with a space as `+`: S3's listings and inventories are, and
 * queries. Undefined where it is not that. https://url.spec.whatwg.org/#urlencoded-parsing
 */
export function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
