import { verify } from 'node:crypto';

/** What a URL is answered with. */
export interface Fetched {
  readonly status: number;
  readonly body: string;
}

export async function fetchText(url: string): Promise<Fetched> {
  const response = await fetch(url);
  return { status: response.status, body: await response.text() };
}

/** The parameters of a signed URL, and what stands before them. */
export interface SignedUrlParts {
  readonly resource: string;
  readonly parameters: URLSearchParams;
}

/** Takes apart a signed URL that has no other parameters. */
export function partsOf(url: string): SignedUrlParts {
  const [resource = '', query = ''] = url.split('?', 2);
  return { resource, parameters: new URLSearchParams(query) };
}

/** When a signed URL with a canned policy ends, in epoch seconds. */
export function endOf(url: string): number {
  return Number(partsOf(url).parameters.get('Expires'));
}

/**
 * Whether the private half of a public key has signed a URL with a canned policy, as AWS describes
 * it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 */
export function isSignedBy(url: string, publicKeyPem: string): boolean {
  const { resource, parameters } = partsOf(url);
  const policy = `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${parameters.get('Expires') ?? ''}}}}]}`;
  const base64 = (parameters.get('Signature') ?? '')
    .replaceAll('-', '+')
    .replaceAll('_', '=')
    .replaceAll('~', '/');
  return verify(
    parameters.get('Hash-Algorithm') ?? 'SHA1',
    Buffer.from(policy),
    publicKeyPem,
    Buffer.from(base64, 'base64'),
  );
}
