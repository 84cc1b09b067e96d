import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { OriginRequest } from './originRequest.ts';

/** The access key of the CloudFront service principal, with which the edge signs what it asks. */
export interface OriginIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * The headers of a request to S3 with those of Signature Version 4 among them, over the host and
 * the `x-amz-` headers. The path that is signed is what S3 makes of the raw one: decoded once and
 * encoded once, nothing normalised; what goes over the wire stays raw. The date is that of S3's clock
 * whatever time the edge keeps, since S3 compares the two.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export async function signOriginRequest(
  request: OriginRequest,
  host: string,
  identity: OriginIdentity,
  s3: { readonly region: string; readonly now?: () => number },
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    service: request.signedFor ?? 's3',
    region: request.region ?? s3.region,
    credentials: { ...identity },
    sha256: Hash.bind(undefined, 'sha256'),
    uriEscapePath: false,
  });
  const amzHeaders = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-'));
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: host,
      path: recode(request.path),
      query: queryBag(request.query),
      headers: { ...Object.fromEntries(amzHeaders), host },
    },
    { signingDate: new Date(s3.now?.() ?? Date.now()) },
  );
  return { ...request.headers, ...signed.headers };
}

function queryBag(query: string | undefined): Record<string, string[]> {
  const bag = new Map<string, string[]>();
  for (const part of query === undefined || query === '' ? [] : query.split('&')) {
    const [name = '', ...value] = part.split('=').map((text) => decode(text).toString('utf8'));
    bag.set(name, [...(bag.get(name) ?? []), value.join('=')]);
  }
  return Object.fromEntries(bag);
}

/** Percent-decodes; what is no escape stands for itself. */
function decode(text: string): Buffer {
  return Buffer.from(
    text.replaceAll(/%[0-9a-fA-F]{2}/g, (escape) =>
      String.fromCodePoint(Number.parseInt(escape.slice(1), 16)),
    ),
    'latin1',
  );
}

function recode(path: string): string {
  return decode(path)
    .toString('latin1')
    .replaceAll(
      /[^A-Za-z0-9\-._~/]/g,
      (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
}
