import {
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketWebsiteCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
  GetObjectAclCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectAclCommand,
  PutPublicAccessBlockCommand,
  RestoreObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from './s3Clients.ts';
import {
  A_TXT,
  ADA,
  ALL_BLOCKED,
  BOB,
  FILES,
  filesPolicy,
  type S3Stage,
  startS3Stage,
} from './s3Stage.ts';

let stage: S3Stage;
beforeEach(async () => {
  stage = await startS3Stage();
});
afterEach(() => stage.close());

const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
const ServerSideEncryptionConfiguration = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }],
};
const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
const Policy = JSON.stringify(filesPolicy({ Principal: { AWS: BOB.account } }));

/** What may be asked of a bucket, by the IAM action that it takes. */
const REQUESTS: readonly (readonly [string, (client: S3Client) => Promise<unknown>])[] = [
  ['s3:GetBucketLocation', (client) => client.send(new GetBucketLocationCommand(FILES))],
  ['s3:GetBucketPolicy', (client) => client.send(new GetBucketPolicyCommand(FILES))],
  ['s3:PutBucketPolicy', (client) => client.send(new PutBucketPolicyCommand({ ...FILES, Policy }))],
  ['s3:GetBucketPolicyStatus', (client) => client.send(new GetBucketPolicyStatusCommand(FILES))],
  [
    's3:GetBucketPublicAccessBlock',
    (client) => client.send(new GetPublicAccessBlockCommand(FILES)),
  ],
  [
    's3:PutBucketPublicAccessBlock',
    (client) =>
      client.send(
        new PutPublicAccessBlockCommand({
          ...FILES,
          PublicAccessBlockConfiguration: ALL_BLOCKED,
        }),
      ),
  ],
  [
    's3:PutBucketPublicAccessBlock',
    (client) => client.send(new DeletePublicAccessBlockCommand(FILES)),
  ],
  [
    's3:GetBucketOwnershipControls',
    (client) => client.send(new GetBucketOwnershipControlsCommand(FILES)),
  ],
  [
    's3:PutBucketOwnershipControls',
    (client) => client.send(new PutBucketOwnershipControlsCommand({ ...FILES, OwnershipControls })),
  ],
  [
    's3:PutBucketOwnershipControls',
    (client) => client.send(new DeleteBucketOwnershipControlsCommand(FILES)),
  ],
  ['s3:GetEncryptionConfiguration', (client) => client.send(new GetBucketEncryptionCommand(FILES))],
  [
    's3:PutEncryptionConfiguration',
    (client) =>
      client.send(
        new PutBucketEncryptionCommand({
          ...FILES,
          ServerSideEncryptionConfiguration,
        }),
      ),
  ],
  [
    's3:PutEncryptionConfiguration',
    (client) => client.send(new DeleteBucketEncryptionCommand(FILES)),
  ],
  ['s3:GetBucketWebsite', (client) => client.send(new GetBucketWebsiteCommand(FILES))],
  [
    's3:PutBucketWebsite',
    (client) => client.send(new PutBucketWebsiteCommand({ ...FILES, WebsiteConfiguration })),
  ],
  ['s3:DeleteBucketWebsite', (client) => client.send(new DeleteBucketWebsiteCommand(FILES))],
  ['s3:GetBucketAcl', (client) => client.send(new GetBucketAclCommand(FILES))],
  [
    's3:PutBucketAcl',
    (client) => client.send(new PutBucketAclCommand({ ...FILES, ACL: 'private' })),
  ],
  ['s3:GetObjectAcl', (client) => client.send(new GetObjectAclCommand(A_TXT))],
  [
    's3:PutObjectAcl',
    (client) => client.send(new PutObjectAclCommand({ ...A_TXT, ACL: 'private' })),
  ],
  [
    's3:RestoreObject',
    (client) => client.send(new RestoreObjectCommand({ ...A_TXT, RestoreRequest: { Days: 1 } })),
  ],
];

describe('a request', () => {
  it.each(REQUESTS)('takes %s', async (action, ask) => {
    const denied = ['AccessDenied', 403];
    const answer = (client: S3Client) =>
      ask(client).then(
        () => 'done',
        () => refusal(ask(client)),
      );
    const bob = stage.clientOf(BOB);
    expect(await answer(bob)).toEqual(denied);
    const Resource = ['arn:aws:s3:::files', 'arn:aws:s3:::files/*'];
    const grant = { Principal: { AWS: BOB.account }, Action: action, Resource };
    stage.s3.putBucketPolicy('files', filesPolicy(grant));
    expect(await answer(bob)).not.toEqual(denied);
    stage.s3.addIdentity({ ...ADA, denials: [{ action }] });
    expect(await answer(stage.owner)).toEqual(denied);
    stage.s3.addIdentity({ ...ADA, denials: [{ action: `${action}s` }] });
    expect(await answer(stage.owner)).not.toEqual(denied);
  });
});
