import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { addDemoDistribution } from '../../dev/edge/demoDistribution.ts';
import {
  createDistributionStore,
  type Distribution,
  type DistributionStore,
} from '../../dev/edge/distributionStore.ts';
import { type Edge, type EdgeOptions, startEdge } from '../../dev/edge/startEdge.ts';
import type { KeyPair } from './edgeSigning.ts';

/** What the edge asked of the S3 behind it. */
interface OriginHit {
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The `Code` of an XML error. */
  readonly code: string | undefined;
}

/** How a request is sent. */
export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the stand-in for S3 answers with. */
interface OriginAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An edge with one restricted distribution, and a stand-in for S3 that records what it is asked. */
export interface Stage {
  readonly edge: Edge;
  readonly store: DistributionStore;
  readonly distribution: Distribution;
  /** `http://<domain name of the distribution>` */
  readonly base: string;
  readonly hits: OriginHit[];
  /** The edge's clock in epoch seconds, where the viewer is, and what a firewall blocks. */
  readonly circumstances: {
    now: number;
    clientAddress: string;
    country: string;
    firewall: NonNullable<EdgeOptions['firewall']>;
  };
  /** Replaces what the stand-in answers. */
  originAnswer: OriginAnswer;
  /** What it answers before that, once each. */
  readonly originAnswers: OriginAnswer[];
  /** Sends a URL as it is, over whatever it names, to the edge. */
  send(url: string, sending?: Sending): Promise<Answer>;
  closeOrigin(): Promise<void>;
  close(): Promise<void>;
}

/** The key of {@link startStage}'s distribution, beside what an edge may be told. */
export interface StageOptions extends Pick<EdgeOptions, 'scheme'> {
  readonly key: KeyPair;
}

export const STAGE_IDENTITY = { accessKeyId: 'AKIAEDGE', secretAccessKey: 'edge-secret' };
export const STAGE_NOW = 1_700_000_000;

export async function startStage({ key, scheme = 'http' }: StageOptions): Promise<Stage> {
  const hits: OriginHit[] = [];
  const circumstances: Stage['circumstances'] = {
    now: STAGE_NOW,
    clientAddress: '127.0.0.1',
    country: 'US',
    firewall: () => false,
  };
  const origin = createServer((message, response) => {
    const { method = '', url: target = '', headers } = message;
    hits.push({ method, target, headers });
    const { status, headers: sent, body } = stage.originAnswers.shift() ?? stage.originAnswer;
    response.writeHead(status, sent).end(body);
  });
  await new Promise<void>((resolve) => {
    origin.listen(0, '127.0.0.1', resolve);
  });
  const closeOrigin = () =>
    new Promise<void>((resolve) => {
      origin.close(() => resolve());
      origin.closeAllConnections();
    });
  const store = createDistributionStore();
  const distribution = addDemoDistribution(store, {
    bucket: 'files',
    region: 'eu-central-1',
    publicKey: { id: key.id, pem: key.publicPem },
    aliases: [],
  });
  const address = origin.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const edge = await startEdge({
    store,
    s3: { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' },
    originIdentity: STAGE_IDENTITY,
    scheme,
    // A part of a second behind a whole one, since times are compared in whole seconds.
    now: () => circumstances.now * 1000 + 999,
    clientAddress: () => circumstances.clientAddress,
    country: () => circumstances.country,
    firewall: (acl, request) => circumstances.firewall(acl, request),
  });
  const stage: Stage = {
    edge,
    store,
    distribution,
    base: `${scheme}://${distribution.DomainName}`,
    hits,
    circumstances,
    originAnswer: { status: 200, headers: { 'content-type': 'text/plain' }, body: 'content' },
    originAnswers: [],
    send: (url, sending) => sendTo(edge.port, url, sending),
    closeOrigin,
    async close() {
      await edge.close();
      await closeOrigin();
    },
  };
  return stage;
}

/** Sends a URL to a port of loopback, the path byte for byte and the URL's host as `Host`. */
export async function sendTo(
  port: number,
  url: string,
  { method = 'GET', headers = {}, body }: Sending = {},
): Promise<Answer> {
  const [, host = '', target = ''] = /^https?:\/\/([^/*]+)(.*)$/.exec(url) ?? [];
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path: target,
      headers: { host, ...headers, ...(body !== undefined && { 'content-length': body.length }) },
      agent: false,
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    status: message.statusCode ?? 0,
    headers: message.headers,
    text,
    code: /<Code>([^<]*)<\/Code>/.exec(text)?.[1],
  };
}
