import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from './nodeSha256.ts';

/** The access key with which the edge signs what it asks of S3. */
export interface EdgeIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A request to S3 as it goes over the wire. */
export interface OriginRequest {
  readonly method: string;
  /** Host and port of the endpoint. */
  readonly host: string;
  /** Raw path, from its leading slash. */
  readonly path: string;
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The headers of a request with those of Signature Version 4 among them, over the host and the
 * `x-amz-` headers. The path that is signed is what S3 makes of the raw one: decoded once and
 * encoded once, nothing normalised; what goes over the wire stays raw.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export async function signOriginRequest(
  request: OriginRequest,
  identity: EdgeIdentity,
  region: string,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: { ...identity },
    sha256: NodeSha256,
    uriEscapePath: false,
  });
  const signed = await signer.sign({
    method: request.method,
    protocol: 'http:',
    hostname: request.host,
    path: recode(request.path, '/'),
    query: queryBag(request.query),
    headers: { host: request.host },
  });
  return { ...request.headers, ...signed.headers };
}

function queryBag(query: string | undefined): Record<string, string[]> {
  const bag: Record<string, string[]> = {};
  for (const part of query === undefined || query === '' ? [] : query.split('&')) {
    const [name = '', ...value] = part.split('=');
    const values = (bag[decode(name)] ??= []);
    values.push(decode(value.join('=')));
  }
  return bag;
}

function decode(text: string): string {
  return decodeBytes(text).toString('utf8');
}

/** Percent-decodes; what is no escape stands for itself. */
function decodeBytes(text: string): Buffer {
  return Buffer.from(
    text.replaceAll(/%[0-9a-fA-F]{2}/g, (escape) =>
      String.fromCodePoint(Number.parseInt(escape.slice(1), 16)),
    ),
    'latin1',
  );
}

function recode(path: string, unescaped: string): string {
  return [...decodeBytes(path).toString('latin1')]
    .map((character) =>
      /[A-Za-z0-9\-._~]/.test(character) || character === unescaped
        ? character
        : `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}
