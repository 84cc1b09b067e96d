import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Distribution, DistributionStore } from '../edge/distributionStore.ts';
import { type Caller, isAllowed } from '../s3/access.ts';
import { type Identity, userArn } from '../s3/identity.ts';
import type { KmsKey } from '../s3/kmsKeys.ts';
import type { S3Answer } from '../s3/s3Answer.ts';
import { readS3Request } from '../s3/s3Request.ts';
import { type SignedRequest, verifySigner } from '../s3/sigV4.ts';
import { CLOUDFRONT_PATH, cloudFrontService } from './cloudFront.ts';
import type { ControlService } from './controlService.ts';
import { KMS_TARGET, kmsService } from './kms.ts';
import { ServiceError } from './serviceError.ts';
import { missingSignature, signerError } from './signerError.ts';
import { stsService } from './sts.ts';

/** How a control API is set up. */
export interface ControlApiOptions {
  /** What there is in CloudFront: the very data that an edge enforces. */
  readonly store: DistributionStore;
  /** Whose signatures are good; more may be added while it runs. */
  readonly identities: readonly Identity[];
  /** The KMS keys, of every region: the very keys that S3 asks. None unless given. */
  readonly kms?: KmsKey[];
  /** The time by which signatures are judged and changes dated, in epoch milliseconds. */
  readonly now?: () => number;
}

/** One answered request. */
interface ControlLogEntry {
  /** As an IAM action, such as `cloudfront:ListDistributions`; undefined where it is unknown. */
  readonly action: string | undefined;
  /** The access key ID that the signature proves. */
  readonly accessKeyId: string | undefined;
  readonly status: number;
  readonly errorCode: string | undefined;
}

/** A running control API. */
export interface ControlApi {
  /** `http://127.0.0.1:<port>`, for CloudFront, KMS and STS alike. */
  readonly endpoint: string;
  /** Every request so far, in the order of the answers. */
  readonly requests: readonly ControlLogEntry[];
  /**
   * How long a changed distribution is `InProgress`, in milliseconds: 0 unless set. Only that word
   * lags: an edge enforces the change at once.
   */
  deploymentTime: number;
  /** The IAM action whose next good answer is lost on the way: what it asks for is done. */
  losesAnswerOf: string | undefined;
  /** Replaces the identity of the same access key ID. */
  addIdentity(identity: Identity): void;
  close(): Promise<void>;
}

/**
 * Starts the APIs of CloudFront, KMS and STS on 127.0.0.1, at a port the system picks: one account,
 * every signature verified, every change made to the data that were given.
 */
export async function startControlApi(options: ControlApiOptions): Promise<ControlApi> {
  const { store, kms = [], now = Date.now } = options;
  const identities = new Map(options.identities.map((one) => [one.accessKeyId, one]));
  const requests: ControlLogEntry[] = [];
  /** When a distribution will have been deployed, in epoch milliseconds. */
  const deployments = new Map<Distribution, number>();
  const cloudFront = cloudFrontService(store, now, deploy);
  const kmsApi = kmsService(kms);

  function deploy(distribution: Distribution): void {
    if (api.deploymentTime === 0) return;
    distribution.Status = 'InProgress';
    deployments.set(distribution, now() + api.deploymentTime);
  }

  function endDeployments(): void {
    for (const [distribution, end] of deployments) {
      if (end > now()) continue;
      distribution.Status = 'Deployed';
      deployments.delete(distribution);
    }
  }

  function serviceOf({ rawPath, headers }: SignedRequest): ControlService {
    if (headers.get('x-amz-target')?.startsWith(KMS_TARGET)) return kmsApi;
    return rawPath.startsWith(CLOUDFRONT_PATH) ? cloudFront : stsService;
  }

  /** What is made of a request, and what is known of it by then. */
  interface Served {
    readonly answer: S3Answer;
    readonly entry: Omit<ControlLogEntry, 'status'>;
  }

  async function answerTo(message: IncomingMessage, requestId: string): Promise<Served> {
    let service: ControlService = stsService;
    let action: string | undefined;
    let accessKeyId: string | undefined;
    try {
      const request = await readS3Request(message);
      service = serviceOf(request);
      const operation = service.findOperation(request);
      action = `${service.name}:${operation.name}`;
      const { identity, region } = signerOf(request, service);
      ({ accessKeyId } = identity);
      const caller = callerOf(identity, message.socket.remoteAddress ?? '');
      if (identity.kind !== 'user' || !(operation.isFree || isAllowed(caller, action))) {
        throw accessDenied(identity, action);
      }
      endDeployments();
      const answer = operation.run({ user: identity, caller, request, region, requestId });
      return { answer, entry: { action, accessKeyId, errorCode: undefined } };
    } catch (error) {
      const known = error instanceof ServiceError ? error : internalError();
      if (known !== error) console.error(error);
      const answer = service.errorAnswer(known, requestId);
      return { answer, entry: { action, accessKeyId, errorCode: known.code } };
    }
  }

  function signerOf(request: SignedRequest, { name }: ControlService) {
    try {
      const signer = verifySigner(request, identities, now(), name);
      if (signer !== undefined) return signer;
    } catch (error) {
      throw signerError(error);
    }
    throw missingSignature();
  }

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const { answer, entry } = await answerTo(message, requestId);
    const { status, headers, body } = answer;
    requests.push({ ...entry, status });
    if (status < 300 && entry.action !== undefined && entry.action === api.losesAnswerOf) {
      api.losesAnswerOf = undefined;
      message.socket.destroy();
      return;
    }
    response.writeHead(status, {
      ...(status !== 204 && { 'content-length': String(body.length) }),
      ...headers,
      date: new Date(now()).toUTCString(),
      'x-amzn-requestid': requestId,
    });
    response.end(body);
  }

  const server = createServer((message, response) => {
    // A client that leaves while it is being answered is no concern of the server.
    serve(message, response).catch(() => message.socket.destroy());
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

  const api: ControlApi = {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    deploymentTime: 0,
    losesAnswerOf: undefined,
    addIdentity: (identity) => void identities.set(identity.accessKeyId, identity),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
  return api;
}

function callerOf(identity: Identity, address: string): Caller {
  return {
    identity,
    sourceArn: undefined,
    originAccessIdentity: undefined,
    address,
    secure: false,
  };
}

function accessDenied(identity: Identity, action: string): ServiceError {
  const who = identity.kind === 'user' ? `User: ${userArn(identity)}` : identity.service;
  const message = `${who} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  return new ServiceError('AccessDenied', 403, message);
}

function internalError(): ServiceError {
  return new ServiceError('InternalFailure', 500, 'The request failed for an unknown reason.');
}
