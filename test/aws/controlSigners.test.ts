import {
  AccessDenied,
  CreateOriginAccessControlCommand,
  GetDistributionCommand,
  ListDistributionsCommand,
  ListKeyGroupsCommand,
} from '@aws-sdk/client-cloudfront';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDistributionStore } from '../../dev/edge/distributionStore.ts';
import type { AccountUser } from '../../dev/s3/identity.ts';
import { ADA, type ControlStage, startControlStage } from './controlStage.ts';

const BOB: AccountUser = {
  kind: 'user',
  name: 'bob',
  accessKeyId: 'AKIABOB',
  secretAccessKey: 'bob-secret',
};
const HOUR = 3_600_000;
const PATH = '/2020-05-31/distribution';

let now = 0;
let control: ControlStage;

beforeEach(async () => {
  now = Date.now();
  control = await startControlStage({ store: createDistributionStore(), now: () => now });
});
afterEach(() => control.close());

function list(user: AccountUser, region?: string) {
  return control.cloudFront(user, region).send(new ListDistributionsCommand({}));
}

interface RawRequest {
  readonly service?: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly bodyAfterSigning?: string;
  readonly headersAfterSigning?: Readonly<Record<string, string>>;
}

/** Signs a request by hand as Ada, without telling the body's hash, and sends it. */
async function sendSigned(request: RawRequest) {
  const { service = 'cloudfront', method = 'GET', path = PATH, body } = request;
  const { host, hostname, port } = new URL(control.api.endpoint);
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: { ...ADA },
    sha256: Hash.bind(undefined, 'sha256'),
    applyChecksum: false,
  });
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    port: Number(port),
    path,
    query: {},
    headers: { host },
    ...(body !== undefined && { body }),
  });
  const sent = request.bodyAfterSigning ?? body;
  return send(path, {
    method,
    headers: { ...signed.headers, ...request.headersAfterSigning },
    ...(sent !== undefined && { body: sent }),
  });
}

async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(`${control.api.endpoint}${path}`, init);
  const text = await response.text();
  return { status: response.status, code: /<Code>([^<]*)<\/Code>/.exec(text)?.[1] };
}

const GROUP = '<KeyGroupConfig><Name>a</Name><Items></Items></KeyGroupConfig>';

describe('a signature', () => {
  it('is good in the way of the general services, body included', async () => {
    expect(await sendSigned({})).toEqual({ status: 200, code: undefined });
    // Refused for what it says, hence understood.
    const post = { method: 'POST', path: '/2020-05-31/key-group', body: GROUP };
    expect(await sendSigned(post)).toEqual({ status: 400, code: 'InvalidArgument' });
  });

  it('is good over a path that has to be encoded', async () => {
    const path = `${PATH}/E%20%2F%C3%A4`;
    expect((await sendSigned({ path })).code).toBe('NoSuchDistribution');
  });

  it('is wrong with another secret', async () => {
    const mallory = { ...ADA, secretAccessKey: 'guessed' };
    await expect(list(mallory)).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(control.sts(mallory).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject(
      { name: 'SignatureDoesNotMatch' },
    );
    expect(control.api.requests.map((request) => request.accessKeyId)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each<[string, RawRequest]>([
    ['another body', { bodyAfterSigning: GROUP.replace('a', 'b') }],
    ['another body, its hash told', { headersAfterSigning: { 'x-amz-content-sha256': '0' } }],
  ])('is wrong for %s', async (_, changed) => {
    const post = { method: 'POST', path: '/2020-05-31/key-group', body: GROUP };
    const { status, code } = await sendSigned({ ...post, ...changed });
    expect([status, code]).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('is wrong for another service', async () => {
    const { status, code } = await sendSigned({ service: 's3' });
    expect([status, code]).toEqual([400, 'IncompleteSignature']);
  });

  it('is good for any region, since clients with an endpoint of their own sign for theirs', async () => {
    expect((await list(ADA, 'eu-central-1')).DistributionList?.Quantity).toBe(0);
  });

  it('covers every header of AWS’s', async () => {
    const { status, code } = await sendSigned({ headersAfterSigning: { 'x-amz-more': 'x' } });
    expect([status, code]).toEqual([400, 'IncompleteSignature']);
  });

  it('is old after a quarter of an hour', async () => {
    now += HOUR;
    // Not the SDK, which would learn the time and try again.
    const { status, code } = await sendSigned({});
    expect([status, code]).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('is needed', async () => {
    expect(await send(PATH)).toEqual({ status: 403, code: 'MissingAuthenticationToken' });
    expect(control.api.requests).toEqual([
      {
        action: 'cloudfront:ListDistributions',
        accessKeyId: undefined,
        status: 403,
        errorCode: 'MissingAuthenticationToken',
      },
    ]);
  });

  it('is of somebody who is known', async () => {
    await expect(list(BOB)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    control.api.addIdentity(BOB);
    expect((await list(BOB)).DistributionList?.Quantity).toBe(0);
  });

  it('of a session needs its token, until it ends', async () => {
    const session = { ...BOB, sessionToken: 'token', expiration: new Date(now + HOUR) };
    control.api.addIdentity(session);
    expect((await list(session)).DistributionList?.Quantity).toBe(0);
    await expect(list(BOB)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(list({ ...session, sessionToken: 'other' })).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    control.api.addIdentity({ ...session, expiration: new Date(now) });
    await expect(list(session)).rejects.toMatchObject({ name: 'ExpiredToken' });
  });
});

describe('a request', () => {
  it.each([
    ['is an XML document', GROUP.replace('</KeyGroupConfig>', ''), 'MalformedInput'],
    ['is the document that the operation wants', '<PublicKeyConfig/>', 'MalformedInput'],
    ['has a body where one is wanted', '', 'MissingBody'],
  ])('%s', async (_, body, error) => {
    const post = { method: 'POST', path: '/2020-05-31/key-group', body };
    expect(await sendSigned(post)).toEqual({ status: 400, code: error });
  });

  it.each([
    ['GET', '/2020-05-31/streaming-distribution'],
    ['DELETE', `${PATH}/E1`],
    ['GET', `${PATH}/E1/config/more`],
  ])('is for something that there is here: %s %s', async (method, path) => {
    expect(await sendSigned({ method, path })).toEqual({ status: 501, code: 'NotImplemented' });
  });
});

describe('what a user is denied', () => {
  it('is refused by CloudFront’s own name and says what is missing', async () => {
    control.api.addIdentity({
      ...BOB,
      denials: [{ action: 'cloudfront:ListDistributions' }, { action: 'cloudfront:Create*' }],
    });
    const error: unknown = await list(BOB).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AccessDenied);
    expect(error).toMatchObject({
      message:
        'User: arn:aws:iam::111122223333:user/bob is not authorized to perform: cloudfront:ListDistributions because no identity-based policy allows the cloudfront:ListDistributions action',
      $metadata: { httpStatusCode: 403 },
    });
    const client = control.cloudFront(BOB);
    await expect(
      client.send(new CreateOriginAccessControlCommand({ OriginAccessControlConfig: undefined })),
    ).rejects.toBeInstanceOf(AccessDenied);
    expect((await client.send(new ListKeyGroupsCommand({}))).KeyGroupList?.Quantity).toBe(0);
    expect(control.api.requests.map(({ action, errorCode }) => [action, errorCode])).toEqual([
      ['cloudfront:ListDistributions', 'AccessDenied'],
      ['cloudfront:CreateOriginAccessControl', 'AccessDenied'],
      ['cloudfront:ListKeyGroups', undefined],
    ]);
  });

  it('comes before what is not there', async () => {
    control.api.addIdentity({ ...BOB, denials: [{ action: 'cloudfront:*' }] });
    await expect(
      control.cloudFront(BOB).send(new GetDistributionCommand({ Id: 'ENONE' })),
    ).rejects.toBeInstanceOf(AccessDenied);
  });

  it('is everything in an account of others', async () => {
    control.api.addIdentity({ ...BOB, account: '444455556666' });
    await expect(list(BOB)).rejects.toBeInstanceOf(AccessDenied);
  });
});

describe('who somebody is', () => {
  it('is told to everybody, whatever is denied', async () => {
    control.api.addIdentity({ ...BOB, denials: [{ action: '*' }] });
    const ada = await control.sts().send(new GetCallerIdentityCommand({}));
    const bob = await control.sts(BOB).send(new GetCallerIdentityCommand({}));
    expect([ada.Account, ada.Arn]).toEqual(['111122223333', 'arn:aws:iam::111122223333:user/ada']);
    expect(bob.Arn).toBe('arn:aws:iam::111122223333:user/bob');
    expect(bob.UserId).toMatch(/^AIDA[A-Z0-9]{16}$/);
    expect(bob.UserId).not.toBe(ada.UserId);
    expect(control.api.requests.map(({ action }) => action)).toEqual([
      'sts:GetCallerIdentity',
      'sts:GetCallerIdentity',
    ]);
  });

  it('is all that STS says here', async () => {
    const body = 'Action=AssumeRole&Version=2011-06-15';
    const { status, code } = await sendSigned({ service: 'sts', method: 'POST', path: '/', body });
    expect([status, code]).toEqual([400, 'InvalidAction']);
  });
});
