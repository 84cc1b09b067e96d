import { isCloudFronts, paramsOf, urlWithout } from '../inspect/urlParts.ts';

/** Whether a URL carries a signature of CloudFront, whatever that is worth. */
export function isSigned(url: string): boolean {
  const names = paramsOf(url).map(({ name }) => name);
  return names.includes('Signature') && names.includes('Key-Pair-Id');
}

/**
 * A signed URL without what CloudFront's signature has added, which leaves the URL that was signed.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 */
export function withoutSignature(url: string): string {
  return urlWithout(url, isCloudFronts) + fragmentOf(url);
}

/** What follows the URL that is sent, `#` included; empty where nothing does. */
export function fragmentOf(url: string): string {
  const mark = url.indexOf('#');
  return mark < 0 ? '' : url.slice(mark);
}
