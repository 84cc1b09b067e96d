import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Caller } from './access.ts';
import { type Bucket, type BucketSettings, isBucketName, newBucket } from './bucket.ts';
import { parseBucketPolicy } from './bucketPolicy.ts';
import { createFaults, FAULT_ERRORS, type Fault } from './faults.ts';
import { findOperation } from './findOperation.ts';
import type { Identity } from './identity.ts';
import type { KmsKey } from './kmsKeys.ts';
import { newObject, withoutBody } from './objectRequests.ts';
import type { StoredObject } from './objectSource.ts';
import { deleteObject, storeVersion } from './objectVersions.ts';
import type { WrongRegionAnswer } from './operation.ts';
import { errorAnswer, errorPage, S3Error, type S3ErrorCode } from './s3Error.ts';
import type { S3Answer } from './s3Answer.ts';
import { readS3Request, type S3Request } from './s3Request.ts';
import { type Signer, verifySigner } from './sigV4.ts';

/** How a server is set up. */
export interface EmbeddedS3Options {
  /** Whose signatures are good; more may be added while it runs. */
  readonly identities?: readonly Identity[];
  /** Of buckets that name none: `us-east-1` unless given. */
  readonly region?: string;
  /**
   * What a request signed for a bucket's wrong region gets: `PermanentRedirect` unless given, as if
   * the endpoint were that of the region it is signed for.
   */
  readonly wrongRegionAnswer?: WrongRegionAnswer;
  /** The time by which signatures are judged, in epoch milliseconds. */
  readonly now?: () => number;
  /** The KMS keys of the account; a change takes effect with the next request. */
  readonly kmsKeys?: KmsKey[];
  /** Where a request comes from, given the address of its socket and whose signature it has. */
  readonly clientAddress?: (socketAddress: string, identity: Identity | undefined) => string;
  /** Whether policies take the server, which speaks plain HTTP, for one that speaks HTTPS. */
  readonly secureTransport?: boolean;
}

/** What an object may be made with. */
type ObjectSettings = Partial<Omit<StoredObject, 'key' | 'body' | 'size' | 'etag'>>;

/** One answered request. Signatures are secrets, so none is kept. */
interface S3LogEntry {
  readonly method: string;
  /** As sent. */
  readonly path: string;
  /** As sent, without the parameters of a presigned URL. */
  readonly query: string;
  /** The access key ID that the signature proves; undefined for an anonymous request. */
  readonly accessKeyId: string | undefined;
  readonly userAgent: string | undefined;
  /** 0 where no answer was given. */
  readonly status: number;
  readonly errorCode: S3ErrorCode | undefined;
}

/** A running server. */
export interface EmbeddedS3 {
  /** `http://127.0.0.1:<port>`, to be asked in path style. */
  readonly endpoint: string;
  readonly region: string;
  /** The time that it keeps, in epoch milliseconds. */
  readonly now: () => number;
  /** Every request so far, in the order in which they were answered or given up. */
  readonly requests: readonly S3LogEntry[];
  /** How long every answer is held back, in milliseconds: 0 unless set. */
  latency: number;
  /** Replaces the identity of the same access key ID. */
  addIdentity(identity: Identity): void;
  /** Makes a bucket, in place of one of that name. */
  putBucket(name: string, settings?: BucketSettings): void;
  /** Puts an object into a bucket in memory, in place of one with that key. */
  putObject(
    bucket: string,
    key: string,
    body: string | Uint8Array,
    settings?: ObjectSettings,
  ): void;
  deleteObject(bucket: string, key: string): void;
  /** Sets a bucket's policy, given as JSON values, public or not; `undefined` takes it away. */
  putBucketPolicy(bucket: string, policy: unknown): void;
  /** @returns what ends the fault */
  injectFault(fault: Fault): () => void;
  close(): Promise<void>;
}

/** Of the largest key, three bytes a byte, in a path and again in a query. */
const MAX_HEADER_BYTES = 32_768;

/**
 * Starts an S3 on 127.0.0.1, at a port the system picks: path style, one account, everything in
 * memory, every signature verified.
 */
export async function startEmbeddedS3(options: EmbeddedS3Options = {}): Promise<EmbeddedS3> {
  const { region = 'us-east-1', now = Date.now, wrongRegionAnswer = 'PermanentRedirect' } = options;
  const { kmsKeys = [], clientAddress = (address) => address, secureTransport = false } = options;
  const identities = new Map(
    (options.identities ?? []).map((identity) => [identity.accessKeyId, identity]),
  );
  const buckets = new Map<string, Bucket>();
  const faults = createFaults();
  const requests: S3LogEntry[] = [];
  const hostId = randomBytes(24).toString('base64');

  /** What is made of a request: an answer, or that there is none to come. */
  interface Served {
    readonly answer: S3Answer | 'hang' | 'drop-connection';
    readonly signer: Signer | undefined;
    readonly errorCode: S3ErrorCode | undefined;
  }

  async function answerTo(message: IncomingMessage, requestId: string): Promise<Served> {
    let signer: Signer | undefined;
    let request: S3Request | undefined;
    try {
      request = await readS3Request(message);
      const operation = findOperation(request);
      const { method, bucket, key } = request;
      const fault = faults.befalling({ method, bucket, key, action: operation.action });
      if (fault === 'hang' || fault === 'drop-connection') {
        return { answer: fault, signer, errorCode: undefined };
      }
      if (!request.isForWebsite) signer = verifySigner(request, identities, now());
      const failure = fault && FAULT_ERRORS[fault];
      if (failure !== undefined) throw new S3Error(failure);
      const answer = operation.run({
        request,
        caller: callerOf(request, signer, message.socket.remoteAddress ?? ''),
        buckets,
        kmsKeys,
        region,
        signedRegion: signer?.region,
        wrongRegionAnswer,
      });
      return {
        answer: fault === 'truncated-xml' ? truncated(answer) : answer,
        signer,
        errorCode: undefined,
      };
    } catch (error) {
      const known = error instanceof S3Error ? error : new S3Error('InternalError');
      if (known !== error) console.error(error);
      const answer = request?.isForWebsite ? errorPage : errorAnswer;
      return { answer: answer(known, { requestId, hostId }), signer, errorCode: known.code };
    }
  }

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    const { answer, signer, errorCode } = await answerTo(message, requestId);
    if (s3.latency > 0) await delay(s3.latency);
    const [path = '', query = ''] = (message.url ?? '').split('?', 2);
    requests.push({
      method: message.method ?? '',
      path,
      query: withoutSignature(query),
      accessKeyId: signer?.identity.accessKeyId,
      userAgent: message.headers['x-amz-user-agent']?.toString() ?? message.headers['user-agent'],
      status: typeof answer === 'string' ? 0 : answer.status,
      errorCode,
    });
    if (answer === 'hang') return;
    if (answer === 'drop-connection') {
      message.socket.destroy();
      return;
    }
    const { status, headers, body } = message.method === 'HEAD' ? withoutBody(answer) : answer;
    response.writeHead(status, {
      // No content has no length, not one of zero.
      ...(status !== 204 && status !== 304 && { 'content-length': String(body.length) }),
      ...headers,
      date: new Date(now()).toUTCString(),
      'x-amz-request-id': requestId,
      'x-amz-id-2': hostId,
      server: 'AmazonS3',
    });
    response.end(body);
  }

  function callerOf(
    { headers }: S3Request,
    signer: Signer | undefined,
    socketAddress: string,
  ): Caller {
    const identity = signer?.identity;
    // A user may say that too, but acts for nobody.
    const fromService = (name: string) =>
      identity?.kind === 'service' ? headers.get(name) : undefined;
    return {
      identity,
      sourceArn: fromService('x-amz-source-arn'),
      originAccessIdentity: fromService('x-amz-origin-access-identity'),
      address: clientAddress(socketAddress, identity),
      secure: secureTransport,
    };
  }

  function bucketNamed(name: string): Bucket {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new Error(`There is no bucket “${name}” to work on.`);
    return bucket;
  }

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (message, response) => {
    // A client that leaves while it is being answered is no concern of the server.
    serve(message, response).catch(() => message.socket.destroy());
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

  const s3: EmbeddedS3 = {
    endpoint: `http://127.0.0.1:${port}`,
    region,
    now,
    requests,
    latency: 0,
    addIdentity: (identity) => void identities.set(identity.accessKeyId, identity),
    putBucket(name, settings = {}) {
      if (!isBucketName(name)) throw new Error(`“${name}” is no bucket name.`);
      buckets.set(name, newBucket(name, { region, ...settings }));
    },
    putObject(bucket, key, body, settings) {
      storeVersion(bucketNamed(bucket), newObject(key, Buffer.from(body), settings));
    },
    deleteObject: (bucket, key) => void deleteObject(bucketNamed(bucket), key),
    putBucketPolicy(name, policy) {
      bucketNamed(name).policy =
        policy === undefined ? undefined : parseBucketPolicy(JSON.stringify(policy), name);
    },
    injectFault: (fault) => faults.inject(fault),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
  return s3;
}

function truncated(answer: S3Answer): S3Answer {
  const isXml = answer.headers['content-type'] === 'application/xml';
  return isXml ? { ...answer, body: answer.body.subarray(0, answer.body.length / 2) } : answer;
}

function withoutSignature(query: string): string {
  return query
    .split('&')
    .filter((part) => !/^X-Amz-(?:Signature|Credential|Security-Token)(?:=|$)/i.test(part))
    .join('&');
}
