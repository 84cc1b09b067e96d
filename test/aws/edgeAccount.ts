import { addDemoDistribution, bucketPolicyFor } from '../../dev/edge/demoDistribution.ts';
import {
  createDistributionStore,
  type Distribution,
  type DistributionStore,
  type Origin,
} from '../../dev/edge/distributionStore.ts';
import { type Edge, type EdgeOptions, startEdge } from '../../dev/edge/startEdge.ts';
import type { KmsKey } from '../../dev/s3/kmsKeys.ts';
import { type EmbeddedS3, startEmbeddedS3 } from '../../dev/s3/startEmbeddedS3.ts';
import { cannedParameters, type KeyPair, withParameters } from './edgeSigning.ts';
import { type Answer, sendTo, type Sending } from './edgeStage.ts';

/** As whom the edge signs what it asks. */
export const EDGE = { accessKeyId: 'AKIAEDGE', secretAccessKey: 'edge-secret' };
/** A user of the account. */
export const SOMEBODY = { accessKeyId: 'AKIAADA', secretAccessKey: 'ada-secret' };

/** An account as AWS recommends it, ready to be spoilt: a closed bucket `files` behind an edge. */
export interface Account {
  readonly s3: EmbeddedS3;
  readonly kmsKeys: KmsKey[];
  readonly store: DistributionStore;
  readonly distribution: Distribution;
  /** The one origin of the distribution. */
  readonly origin: Origin;
  readonly edge: Edge;
  /** Asks the edge for a path, and query, by a link that is good for a minute. */
  get(pathAndQuery: string, sending?: Sending): Promise<Answer>;
  close(): Promise<void>;
}

/** What an account may be started with. */
export interface AccountOptions extends Pick<EdgeOptions, 'scheme'> {
  /** What the distribution trusts, and links are signed with. */
  readonly key: KeyPair;
  /** The time that AWS keeps, in epoch milliseconds. */
  readonly now?: () => number;
}

export async function startAccount({
  key,
  scheme = 'http',
  now = Date.now,
}: AccountOptions): Promise<Account> {
  const kmsKeys: KmsKey[] = [];
  const s3 = await startEmbeddedS3({
    region: 'eu-central-1',
    identities: [
      { kind: 'service', service: 'cloudfront.amazonaws.com', ...EDGE },
      { kind: 'user', name: 'ada', ...SOMEBODY },
    ],
    kmsKeys,
    now,
  });
  s3.putBucket('files');
  const store = createDistributionStore();
  const distribution = addDemoDistribution(store, {
    bucket: 'files',
    region: s3.region,
    publicKey: { id: key.id, pem: key.publicPem },
    aliases: ['127.0.0.1'],
  });
  const [origin] = distribution.DistributionConfig.Origins.Items;
  if (origin === undefined) throw new Error('The demo distribution has an origin.');
  s3.putBucketPolicy('files', bucketPolicyFor(distribution.ARN, 'files'));
  const edge = await startEdge({ store, s3, originIdentity: EDGE, scheme, now });
  return {
    s3,
    kmsKeys,
    store,
    distribution,
    origin,
    edge,
    get(pathAndQuery, sending) {
      const url = `${scheme}://127.0.0.1:${edge.port}${pathAndQuery}`;
      const expires = Math.floor(now() / 1000) + 60;
      return sendTo(
        edge.port,
        withParameters(url, cannedParameters(url, expires, { key })),
        sending,
      );
    },
    async close() {
      await edge.close();
      await s3.close();
    },
  };
}
