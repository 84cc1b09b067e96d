import { S3Client } from '@aws-sdk/client-s3';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';

/** Where a server is, and an access key to ask it with. */
export interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The SDK's client as the extension sets it up; no second tries unless asked for. */
export function s3Client(
  { endpoint, region, ...credentials }: Access,
  settings: { readonly maxAttempts?: number; readonly requestTimeout?: number } = {},
): S3Client {
  const { maxAttempts = 1, requestTimeout = 10_000 } = settings;
  return new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    followRegionRedirects: true,
    maxAttempts,
    requestHandler: { connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true },
  });
}

/** A client whose every request carries one more signed header. */
export function withHeader(client: S3Client, name: string, value: string): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (isRequest(request)) request.headers[name] = value;
      return next(args);
    },
    { step: 'build', name: `header ${name}` },
  );
  return client;
}

function isRequest(value: unknown): value is { readonly headers: Record<string, string> } {
  return typeof value === 'object' && value !== null && 'headers' in value;
}

const HASH_HEADER = 'x-amz-content-sha256';

/** A request as it is signed, and how what is sent differs from it. */
export interface RawRequest {
  readonly method?: string;
  /** Percent-encoded, from the slash before the bucket. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signedAt?: Date;
  /** Makes it a presigned URL that is good for so many seconds. */
  readonly presignedFor?: number;
  /** Changes the URL after it was signed. */
  readonly tamper?: (url: string) => string;
  readonly headersAfterSigning?: Readonly<Record<string, string>>;
  readonly bodyAfterSigning?: string;
}

/** An answer, read. */
export interface RawAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Headers;
  readonly text: string;
}

/** Signs a request by hand and sends it. */
export async function sendSigned(access: Access, request: RawRequest): Promise<RawAnswer> {
  const { method = 'GET', path, query = {}, headers = {}, body, signedAt, presignedFor } = request;
  const { endpoint, region, ...credentials } = access;
  const { host, hostname, port } = new URL(endpoint);
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Hash.bind(undefined, 'sha256'),
    uriEscapePath: false,
  });
  const unsigned = {
    method,
    protocol: 'http:',
    hostname,
    port: Number(port),
    path,
    query: { ...query },
    headers: { ...headers, host },
    ...(body !== undefined && { body }),
  };
  const when = signedAt === undefined ? {} : { signingDate: signedAt };
  const signed =
    presignedFor === undefined
      ? await signer.sign(unsigned, when)
      : await signer.presign(
          // Whoever presigns does not know the content.
          { ...unsigned, headers: { ...unsigned.headers, [HASH_HEADER]: 'UNSIGNED-PAYLOAD' } },
          { ...when, expiresIn: presignedFor },
        );
  const url = urlOf(endpoint, path, signed.query ?? {});
  const sent = request.bodyAfterSigning ?? body;
  return send(request.tamper?.(url) ?? url, {
    method,
    headers: {
      ...(presignedFor === undefined ? signed.headers : headers),
      ...request.headersAfterSigning,
    },
    ...(sent !== undefined && { body: sent }),
  });
}

/** Sends a request that nobody signed. */
export async function send(url: string, init: RequestInit = {}): Promise<RawAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
  return { status: response.status, code, headers: response.headers, text };
}

function urlOf(
  endpoint: string,
  path: string,
  query: Readonly<Record<string, string | readonly string[] | null>>,
): string {
  const parts = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value ?? ''))}`,
  );
  return `${endpoint}${path}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}

/** The name and status of the error that a request is refused with. */
export async function refusal(request: Promise<unknown>): Promise<readonly [unknown, unknown]> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !('$metadata' in error))
    throw new Error(`No refusal: ${String(error)}`);
  const metadata: unknown = error.$metadata;
  const isRecord = typeof metadata === 'object' && metadata !== null;
  return [error.name, isRecord ? Reflect.get(metadata, 'httpStatusCode') : undefined];
}
