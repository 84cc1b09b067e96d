import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Identity } from './identity.ts';
import { percentDecode, percentEncode } from './percentEncoding.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request } from './s3Request.ts';

/** What of a request its signature covers. */
export type SignedRequest = Pick<
  S3Request,
  'method' | 'rawPath' | 'rawQuery' | 'query' | 'headers' | 'body'
>;

/** Who a request's signature proves it to come from, and the region it is signed for. */
export interface Signer {
  readonly identity: Identity;
  readonly region: string;
  /** Names of the headers that the signature covers, in lower case. */
  readonly signedHeaders: ReadonlySet<string>;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW_MS = 15 * 60 * 1000;
const MAX_PRESIGNED_SECONDS = 7 * 24 * 60 * 60;

/**
 * Verifies the signature of a request, in its headers or (presigned, of S3 alone) in its query.
 *
 * @param identities by access key ID
 * @param now epoch milliseconds
 * @param service whose request it is; S3 signs paths and bodies in a way of its own
 * @returns `undefined` for a request that is not signed at all
 * @throws S3Error as S3 has it: `InvalidAccessKeyId`, `SignatureDoesNotMatch`, `ExpiredToken` …
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySigner(
  request: SignedRequest,
  identities: ReadonlyMap<string, Identity>,
  now: number,
  service = 's3',
): Signer | undefined {
  const authorization = request.headers.get('authorization');
  const claim =
    authorization !== undefined
      ? readAuthorization(request, authorization, service)
      : service === 's3'
        ? readPresigned(request, now)
        : undefined;
  if (claim === undefined) return undefined;
  const identity = identities.get(claim.accessKeyId);
  // A temporary access key is none without its token.
  if (!identity || (identity.sessionToken !== undefined && claim.token === undefined)) {
    throw new S3Error('InvalidAccessKeyId', { elements: { AWSAccessKeyId: claim.accessKeyId } });
  }
  if (claim.token !== identity.sessionToken) throw new S3Error('InvalidToken');
  if (identity.expiration && identity.expiration.getTime() <= now) {
    throw new S3Error('ExpiredToken');
  }
  const expected = signatureOf(request, claim, identity.secretAccessKey);
  if (!equal(expected, claim.signature)) throw new S3Error('SignatureDoesNotMatch');
  // Only now, since a stranger learns nothing else from the clock.
  claim.checkTime(now);
  checkSignedHeaders(request, claim);
  checkPayload(request, claim.payloadHash);
  return { identity, region: claim.region, signedHeaders: claim.signedHeaders };
}

/** What a request says about its signature. */
interface Claim {
  readonly accessKeyId: string;
  /** `date/region/service/aws4_request` */
  readonly scope: readonly [date: string, region: string, service: string, end: string];
  readonly region: string;
  readonly signedHeaders: ReadonlySet<string>;
  readonly signature: string;
  /** As `20261224T180000Z`. */
  readonly timestamp: string;
  readonly token: string | undefined;
  readonly payloadHash: string;
  readonly checkTime: (now: number) => void;
}

function readAuthorization(request: SignedRequest, authorization: string, service: string): Claim {
  const match =
    /^(\S+)\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)\s*$/.exec(
      authorization,
    );
  const [, algorithm, credential = '', signedHeaders = '', signature = ''] = match ?? [];
  if (!match) throw new S3Error('AuthorizationHeaderMalformed');
  if (algorithm !== ALGORITHM) {
    throw new S3Error('InvalidRequest', {
      message: 'The authorization mechanism you have provided is not supported.',
    });
  }
  const { headers } = request;
  // Only S3 wants to be told the hash; elsewhere it is that of the body, told or not.
  const payloadHash =
    headers.get('x-amz-content-sha256') ?? (service === 's3' ? undefined : sha256(request.body));
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  }
  const timestamp = headers.get('x-amz-date') ?? basicTimestamp(headers.get('date'));
  const signedAt = epochOf(timestamp);
  const malformed = 'AuthorizationHeaderMalformed';
  const credentialParts = readCredential(credential, timestamp, service, malformed);
  if (signedAt === undefined) {
    throw new S3Error('AccessDenied', {
      message: 'AWS authentication requires a valid Date or x-amz-date header',
    });
  }
  return {
    ...credentialParts,
    signedHeaders: new Set(signedHeaders.split(';')),
    signature,
    timestamp,
    token: headers.get('x-amz-security-token'),
    payloadHash,
    checkTime: (now) => {
      if (Math.abs(now - signedAt) > MAX_SKEW_MS) {
        throw new S3Error('RequestTimeTooSkewed', {
          elements: {
            RequestTime: timestamp,
            ServerTime: isoSeconds(now),
            MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
          },
        });
      }
    },
  };
}

function readPresigned({ query }: SignedRequest, now: number): Claim | undefined {
  if (!query.has('X-Amz-Signature') && !query.has('X-Amz-Algorithm')) return undefined;
  const parameter = (name: string): string => {
    const value = query.get(`X-Amz-${name}`);
    if (value === undefined) {
      throw wrongQuery(
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      );
    }
    return value;
  };
  if (parameter('Algorithm') !== ALGORITHM) {
    throw wrongQuery(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const timestamp = parameter('Date');
  const signedAt = epochOf(timestamp);
  const expires = Number(parameter('Expires'));
  if (signedAt === undefined) {
    throw wrongQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  if (!Number.isInteger(expires)) throw wrongQuery('X-Amz-Expires should be a number');
  if (expires < 0) throw wrongQuery('X-Amz-Expires must be non-negative');
  if (expires > MAX_PRESIGNED_SECONDS) {
    throw wrongQuery(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_PRESIGNED_SECONDS} seconds`,
    );
  }
  if (signedAt - now > MAX_SKEW_MS) {
    throw new S3Error('AccessDenied', { message: 'Request is not valid yet' });
  }
  const end = signedAt + expires * 1000;
  return {
    ...readCredential(
      parameter('Credential'),
      timestamp,
      's3',
      'AuthorizationQueryParametersError',
    ),
    signedHeaders: new Set(parameter('SignedHeaders').split(';')),
    signature: parameter('Signature'),
    timestamp,
    token: query.get('X-Amz-Security-Token'),
    payloadHash: 'UNSIGNED-PAYLOAD',
    checkTime: () => {
      if (now >= end) {
        throw new S3Error('AccessDenied', {
          message: 'Request has expired',
          elements: {
            'X-Amz-Expires': String(expires),
            Expires: isoSeconds(end),
            ServerTime: isoSeconds(now),
          },
        });
      }
    },
  };
}

function wrongQuery(message: string): S3Error {
  return new S3Error('AuthorizationQueryParametersError', { message });
}

function readCredential(
  credential: string,
  timestamp: string,
  service: string,
  code: 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError',
): Pick<Claim, 'accessKeyId' | 'scope' | 'region'> {
  const [accessKeyId, date, region, scopeService, end, ...more] = credential.split('/');
  if (
    !accessKeyId ||
    !region ||
    date !== timestamp.slice(0, 8) ||
    scopeService !== service ||
    end !== 'aws4_request' ||
    more.length > 0
  ) {
    throw new S3Error(code, {
      message: `The Credential is malformed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/${service}/aws4_request".`,
    });
  }
  return { accessKeyId, scope: [date, region, service, end], region };
}

function signatureOf(request: SignedRequest, claim: Claim, secretAccessKey: string): string {
  const canonicalRequest = [
    request.method,
    canonicalPath(request.rawPath, claim.scope[2]),
    canonicalQuery(request.rawQuery),
    ...[...claim.signedHeaders].map(
      (name) => `${name}:${(request.headers.get(name) ?? '').trim().replaceAll(/ +/g, ' ')}`,
    ),
    '',
    [...claim.signedHeaders].join(';'),
    claim.payloadHash,
  ].join('\n');
  const stringToSign = [
    ALGORITHM,
    claim.timestamp,
    claim.scope.join('/'),
    sha256(canonicalRequest),
  ].join('\n');
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of claim.scope) key = hmac(key, part);
  return hmac(key, stringToSign).toString('hex');
}

/** S3 signs a path that is encoded once, every other service what is sent encoded once more. */
function canonicalPath(rawPath: string, service: string): string {
  const path = service === 's3' ? percentDecode(rawPath) : Buffer.from(rawPath, 'latin1');
  return percentEncode(path, '/');
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function canonicalQuery(rawQuery: string): string {
  return rawQuery
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name, value.join('=')].map((text) => percentEncode(percentDecode(text)));
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map((pair) => pair.join('='))
    .toSorted(compareEncoded)
    .join('&');
}

/** By name, then by value: `=` would otherwise sort behind digits that a longer name goes on with. */
function compareEncoded(a: string, b: string): number {
  const [left, right] = [a.replace('=', '\0'), b.replace('=', '\0')];
  return left < right ? -1 : Number(left > right);
}

/** The host and every `x-amz-` header have to be signed. */
function checkSignedHeaders({ headers }: SignedRequest, { signedHeaders }: Claim): void {
  const unsigned = [...headers.keys()].filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.has(name),
  );
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', {
      message: 'There were headers present in the request which were not signed',
      elements: { HeadersNotSigned: unsigned.join(', ') },
    });
  }
}

function checkPayload({ body }: SignedRequest, payloadHash: string): void {
  if (payloadHash === 'UNSIGNED-PAYLOAD') return;
  if (payloadHash.startsWith('STREAMING-')) {
    throw new S3Error('NotImplemented', {
      message: 'Bodies in signed chunks are not implemented: send a body of known length.',
    });
  }
  const computed = sha256(body);
  if (computed !== payloadHash) {
    throw new S3Error('XAmzContentSHA256Mismatch', {
      elements: { ClientComputedContentSHA256: payloadHash, S3ComputedContentSHA256: computed },
    });
  }
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Epoch milliseconds of a timestamp such as `20261224T180000Z`. */
function epochOf(timestamp: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const epoch = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(epoch) ? undefined : epoch;
}

/** The HTTP date in the form of `x-amz-date`; empty where it is none. */
function basicTimestamp(date: string | undefined): string {
  const epoch = Date.parse(date ?? '');
  return Number.isNaN(epoch) ? '' : isoSeconds(epoch).replaceAll(/[-:]/g, '');
}

function isoSeconds(epoch: number): string {
  return `${new Date(epoch).toISOString().slice(0, 19)}Z`;
}
