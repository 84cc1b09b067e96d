import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { withoutOwnParameters } from './accessParameters.ts';
import type { DistributionStore } from './distributionStore.ts';
import { type EdgeAnswer, edgeHeaders, errorPage } from './edgeAnswer.ts';
import { decide } from './edgeDecision.ts';
import type { OriginRequest } from './originRequest.ts';
import { type OriginIdentity, signOriginRequest } from './originSignature.ts';
import type { ViewerRefusal } from './viewerAccess.ts';
import { readViewerRequest, type Scheme } from './viewerRequest.ts';

/** How an edge is set up. */
export interface EdgeOptions {
  /** What distributions there are; changes to it take effect with the next request. */
  readonly store: DistributionStore;
  /**
   * The S3 behind every origin, asked in path style over plain HTTP; its region counts where an
   * origin's domain name says none.
   */
  readonly s3: { readonly endpoint: string; readonly region: string };
  /** Whom S3 sees where an origin access control has the edge sign. */
  readonly originIdentity: OriginIdentity;
  /** The scheme in the URLs that viewers sign, `http` unless given. The edge speaks plain HTTP. */
  readonly scheme?: Scheme;
  /** The time that policies are judged by, in epoch milliseconds. */
  readonly now?: () => number;
  /** The viewer's IP address, given that of the socket: lets loopback play the world. */
  readonly clientAddress?: (socketAddress: string) => string;
}

/** One answered request. Signed parameters and cookies are secrets, so none is kept. */
interface EdgeLogEntry {
  readonly method: string;
  readonly host: string;
  /** The raw path, and the query without CloudFront's own parameters. */
  readonly path: string;
  readonly status: number;
  /** CloudFront's code where it is the edge that refused the viewer. */
  readonly errorCode: ViewerRefusal | undefined;
}

/** A running edge. */
export interface Edge {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Every request answered so far, in the order of the answers. */
  readonly requests: readonly EdgeLogEntry[];
  close(): Promise<void>;
}

/** CloudFront takes requests of up to 32 KB, headers included; Node would stop at half of it. */
const MAX_HEADER_BYTES = 32_768;

/**
 * What belongs to the connection with S3, or what CloudFront "removes or updates".
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorS3Origin.html#response-s3-removed-headers
 */
const WITHHELD_HEADERS = [
  'connection',
  'keep-alive',
  'set-cookie',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-amz-id-2',
  'x-amz-request-id',
];

/**
 * Starts a local CloudFront on 127.0.0.1, at a port the system picks: it serves the distributions
 * of a store as CloudFront documents it, with no cache, out of one S3 endpoint.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PrivateContent.html
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { store, s3, originIdentity, scheme = 'http', now = Date.now } = options;
  const { clientAddress = (address) => address } = options;
  const endpoint = new URL(s3.endpoint);
  const agent = new Agent({ keepAlive: true });
  const requests: EdgeLogEntry[] = [];

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const time = now();
    // S3's own date takes its place where S3 answers.
    response.setHeader('date', new Date(time).toUTCString());
    const viewer = readViewerRequest(message, scheme);
    const query = withoutOwnParameters(viewer?.query);
    const log = (status: number, errorCode?: ViewerRefusal): void => {
      requests.push({
        method: message.method ?? '',
        host: message.headers.host ?? '',
        path: `${viewer?.path ?? ''}${query === undefined ? '' : `?${query}`}`,
        status,
        errorCode,
      });
    };
    const answer = ({ status, headers, body, errorCode }: EdgeAnswer): void => {
      log(status, errorCode);
      response.writeHead(status, headers).end(body);
    };
    if (viewer === undefined) {
      answer(errorPage(400, 'Bad request.'));
      return;
    }
    const decision = decide(store, viewer, {
      now: Math.floor(time / 1000),
      clientAddress: clientAddress(message.socket.remoteAddress ?? ''),
    });
    if (decision.kind === 'answer') {
      answer(decision.answer);
      return;
    }
    let fromOrigin: IncomingMessage;
    try {
      fromOrigin = await askOrigin(decision.request);
    } catch {
      answer(errorPage(502, "The edge can't connect to the origin."));
      return;
    }
    const status = fromOrigin.statusCode ?? 502;
    log(status);
    response.writeHead(status, {
      ...passedHeaders(fromOrigin.headers),
      ...edgeHeaders(status < 400 ? 'Miss from cloudfront' : 'Error from cloudfront'),
    });
    // A viewer that leaves and an S3 that breaks off both end here, with both ends destroyed.
    await pipeline(fromOrigin, response).catch(() => undefined);
  }

  async function askOrigin(request: OriginRequest): Promise<IncomingMessage> {
    const { path, query } = request;
    const headers = request.signed
      ? await signOriginRequest(request, endpoint.host, originIdentity, s3.region)
      : request.headers;
    return new Promise((resolve, reject) => {
      httpRequest({
        agent,
        host: endpoint.hostname,
        port: endpoint.port,
        method: request.method,
        path: query === undefined ? path : `${path}?${query}`,
        headers: { ...headers },
      })
        .on('response', resolve)
        .on('error', reject)
        .end();
    });
  }

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (message, response) => {
    serve(message, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

function passedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !WITHHELD_HEADERS.includes(name)),
  );
}
