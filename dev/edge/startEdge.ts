import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { withoutOwnParameters } from './accessParameters.ts';
import { customErrorPage } from './customErrorPage.ts';
import type { DistributionStore } from './distributionStore.ts';
import { type EdgeAnswer, edgeHeaders, errorPage } from './edgeAnswer.ts';
import { decide } from './edgeDecision.ts';
import type { OriginRequest } from './originRequest.ts';
import type { OriginRoute } from './originRoute.ts';
import { type OriginIdentity, signOriginRequest } from './originSignature.ts';
import type { ViewerRefusal } from './viewerAccess.ts';
import { readViewerRequest, type Scheme, type ViewerRequest } from './viewerRequest.ts';

/** How an edge is set up. */
export interface EdgeOptions {
  /** What distributions there are; changes to it take effect with the next request. */
  readonly store: DistributionStore;
  /**
   * The S3 behind every origin, asked over plain HTTP, in path style or as a website endpoint; its
   * region counts where an origin's domain name says none, and its time, the real one unless given,
   * for what the edge signs.
   */
  readonly s3: { readonly endpoint: string; readonly region: string; readonly now?: () => number };
  /** Whom S3 sees where an origin access control or identity has the edge sign. */
  readonly originIdentity: OriginIdentity;
  /** The scheme in the URLs that viewers sign, `http` unless given. The edge speaks plain HTTP. */
  readonly scheme?: Scheme;
  /** The time that the edge keeps, by which policies are judged, in epoch milliseconds. */
  readonly now?: () => number;
  /** The viewer's IP address, given that of the socket: lets loopback play the world. */
  readonly clientAddress?: (socketAddress: string) => string;
  /** The country of a viewer's IP address, as two capitals: `US` unless given. */
  readonly country?: (clientAddress: string) => string;
  /** Whether a web ACL, by its ARN, blocks a request: none does, unless given. */
  readonly firewall?: (webAclArn: string, request: ViewerRequest) => boolean;
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
  const { clientAddress = (address) => address, country = () => 'US' } = options;
  const { firewall = () => false } = options;
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
    if (viewer === undefined) {
      const { status, headers, body } = errorPage(400, 'Bad request.');
      log(status);
      response.writeHead(status, headers).end(body);
      return;
    }
    const address = clientAddress(message.socket.remoteAddress ?? '');
    const { distribution, decision } = decide(store, viewer, {
      now: Math.floor(time / 1000),
      clientAddress: address,
      country: country(address),
      isBlocked: (webAclArn) => firewall(webAclArn, viewer),
    });
    const first = decision.kind === 'answer' ? decision.answer : await follow(decision.route);
    const page = distribution && customErrorPage(store, distribution, viewer, statusOf(first));
    let answer = first;
    let status = statusOf(first);
    if (page !== undefined) {
      discard(first);
      answer = await follow(page.route);
      status = statusOf(answer) < 400 ? page.status : statusOf(answer);
    }
    log(status, decision.kind === 'answer' ? decision.answer.errorCode : undefined);
    if (!(answer instanceof IncomingMessage)) {
      response.writeHead(status, answer.headers).end(answer.body);
      return;
    }
    response.writeHead(status, {
      ...passedHeaders(answer.headers),
      ...edgeHeaders(statusOf(first) < 400 ? 'Miss from cloudfront' : 'Error from cloudfront'),
    });
    // A viewer that leaves and an S3 that breaks off both end here, with both ends destroyed.
    await pipeline(answer, response).catch(() => undefined);
  }

  async function follow({ stops, failover }: OriginRoute): Promise<EdgeAnswer | IncomingMessage> {
    let answer: EdgeAnswer | IncomingMessage | undefined;
    for (const stop of stops) {
      if (answer !== undefined) discard(answer);
      answer = 'status' in stop ? stop : await askOrigin(stop).catch(cannotConnect);
      if (!failover.includes(statusOf(answer))) break;
    }
    return answer ?? cannotConnect();
  }

  async function askOrigin(request: OriginRequest): Promise<IncomingMessage> {
    const { path, query } = request;
    const headers =
      request.signedFor === undefined
        ? request.headers
        : await signOriginRequest(request, endpoint.host, originIdentity, s3);
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

function cannotConnect(): EdgeAnswer {
  return errorPage(502, "The edge can't connect to the origin.");
}

function statusOf(answer: EdgeAnswer | IncomingMessage): number {
  return answer instanceof IncomingMessage ? (answer.statusCode ?? 502) : answer.status;
}

/** Lets an origin's answer go that nobody is going to read. */
function discard(answer: EdgeAnswer | IncomingMessage): void {
  if (answer instanceof IncomingMessage) answer.resume();
}

function passedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !WITHHELD_HEADERS.includes(name)),
  );
}
