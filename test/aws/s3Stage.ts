import {
  DeletePublicAccessBlockCommand,
  type ObjectOwnership,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Identity } from '../../dev/s3/identity.ts';
import {
  type EmbeddedS3,
  type EmbeddedS3Options,
  startEmbeddedS3,
} from '../../dev/s3/startEmbeddedS3.ts';
import { type RawAnswer, s3Client, send, sendSigned } from './s3Clients.ts';

/** A user of the account that owns the buckets. */
export const ADA = {
  kind: 'user',
  name: 'ada',
  accessKeyId: 'AKIAADA',
  secretAccessKey: 'ada-secret',
} as const satisfies Identity;

/** A user of another account, in an organization. */
export const BOB = {
  kind: 'user',
  name: 'bob',
  account: '444455556666',
  organization: 'o-exampleorgid',
  accessKeyId: 'AKIABOB',
  secretAccessKey: 'bob-secret',
} as const satisfies Identity;

export const CLOUDFRONT = {
  kind: 'service',
  service: 'cloudfront.amazonaws.com',
  accessKeyId: 'AKIAEDGE',
  secretAccessKey: 'edge-secret',
} as const satisfies Identity;

export const DISTRIBUTION = 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE';

/** The ARN by which a policy names the origin access identity that reads here. */
export const IDENTITY = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1IDENTITY';

/** What requests are about. */
export const FILES = { Bucket: 'files' };
export const A_TXT = { ...FILES, Key: 'a.txt' };

export const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
export const NONE_BLOCKED = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/** Who may ask for an object. */
export type Reader = 'nobody' | 'ada' | 'bob' | 'cloudfront' | 'identity';

/** As whom a reader signs, and what else it says. */
const SIGNING: Readonly<
  Record<Exclude<Reader, 'nobody'>, readonly [Identity, Readonly<Record<string, string>>]>
> = {
  ada: [ADA, {}],
  bob: [BOB, {}],
  cloudfront: [CLOUDFRONT, { 'x-amz-source-arn': DISTRIBUTION }],
  identity: [CLOUDFRONT, { 'x-amz-origin-access-identity': 'E1IDENTITY' }],
};

/** A server with a bucket `files` and an object `a.txt` in it, and clients for it. */
export interface S3Stage {
  readonly s3: EmbeddedS3;
  /** What ada asks with. */
  readonly owner: S3Client;
  clientOf(identity: Identity): S3Client;
  /** Asks for an object, or by HEAD for what is known of it. */
  read(reader: Reader, key?: string, method?: 'GET' | 'HEAD'): Promise<RawAnswer>;
  /** Who can read `a.txt`. */
  readers(): Promise<readonly Reader[]>;
  /** Takes Block Public Access off the bucket. */
  unblock(): Promise<unknown>;
  /** Turns on what is given of Block Public Access, and the rest off. */
  block(settings: Partial<typeof ALL_BLOCKED>): Promise<unknown>;
  own(ownership: ObjectOwnership): Promise<unknown>;
  putPolicy(policy: object): Promise<unknown>;
  /** Uploads as ada. */
  put(key: string, input?: Partial<PutObjectCommandInput>): Promise<PutObjectCommandOutput>;
  putAs(
    identity: Identity,
    key: string,
    input?: Partial<PutObjectCommandInput>,
  ): Promise<PutObjectCommandOutput>;
  close(): Promise<void>;
}

export async function startS3Stage(options: EmbeddedS3Options = {}): Promise<S3Stage> {
  const s3 = await startEmbeddedS3({ identities: [ADA, BOB, CLOUDFRONT], ...options });
  s3.putBucket('files');
  s3.putObject('files', 'a.txt', 'content');
  const { endpoint, region } = s3;
  const clientOf = ({ accessKeyId, secretAccessKey }: Identity) =>
    s3Client({ endpoint, region, accessKeyId, secretAccessKey });
  const owner = clientOf(ADA);

  const read: S3Stage['read'] = (reader, key = 'a.txt', method = 'GET') => {
    const path = `/files/${key}`;
    if (reader === 'nobody') return send(`${endpoint}${path}`, { method });
    const [{ accessKeyId, secretAccessKey }, headers] = SIGNING[reader];
    const access = { endpoint, region, accessKeyId, secretAccessKey };
    return sendSigned(access, { method, path, headers });
  };

  const putAs: S3Stage['putAs'] = (identity, key, input = {}) =>
    clientOf(identity).send(
      new PutObjectCommand({ ...FILES, Key: key, Body: 'uploaded', ...input }),
    );

  return {
    s3,
    owner,
    clientOf,
    read,
    async readers() {
      const all: Reader[] = ['nobody', 'ada', 'bob', 'cloudfront', 'identity'];
      const answers = await Promise.all(all.map((reader) => read(reader)));
      const broken = answers.find(({ status }) => status >= 500);
      if (broken !== undefined) throw new Error(broken.text);
      return all.filter((_, index) => answers[index]?.status === 200);
    },
    unblock: () => owner.send(new DeletePublicAccessBlockCommand(FILES)),
    block: (settings) =>
      owner.send(
        new PutPublicAccessBlockCommand({
          ...FILES,
          PublicAccessBlockConfiguration: { ...NONE_BLOCKED, ...settings },
        }),
      ),
    own: (ownership) =>
      owner.send(
        new PutBucketOwnershipControlsCommand({
          ...FILES,
          OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] },
        }),
      ),
    putPolicy: (policy) =>
      owner.send(new PutBucketPolicyCommand({ ...FILES, Policy: JSON.stringify(policy) })),
    put: (key, input) => putAs(ADA, key, input),
    putAs,
    close: () => s3.close(),
  };
}

/** A policy of the bucket `files` with statements that let somebody read, unless they say else. */
export function filesPolicy(...statements: readonly object[]) {
  return {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Effect: 'Allow',
      Principal: '*',
      ...('NotAction' in statement ? {} : { Action: 's3:GetObject' }),
      ...('NotResource' in statement ? {} : { Resource: 'arn:aws:s3:::files/*' }),
      ...statement,
    })),
  };
}
