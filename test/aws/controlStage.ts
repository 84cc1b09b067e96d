import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { KMSClient } from '@aws-sdk/client-kms';
import { STSClient } from '@aws-sdk/client-sts';
import {
  type ControlApi,
  type ControlApiOptions,
  startControlApi,
} from '../../dev/control/startControlApi.ts';
import type { AccountUser } from '../../dev/s3/identity.ts';

export const ADA: AccountUser = {
  kind: 'user',
  name: 'ada',
  accessKeyId: 'AKIAADA',
  secretAccessKey: 'ada-secret',
};

/** A control API and its clients, which are Ada's unless somebody else's are wanted. */
export interface ControlStage {
  readonly api: ControlApi;
  cloudFront(user?: AccountUser, region?: string): CloudFrontClient;
  kms(region: string, user?: AccountUser): KMSClient;
  sts(user?: AccountUser): STSClient;
  close(): Promise<void>;
}

/** Starts a control API that knows Ada; others have to be made known to it. */
export async function startControlStage(
  options: Omit<ControlApiOptions, 'identities'>,
): Promise<ControlStage> {
  const api = await startControlApi({ ...options, identities: [ADA] });
  const clients: { destroy(): void }[] = [];
  const kept = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client);
    return client;
  };
  const settings = (user: AccountUser, region: string) => ({
    endpoint: api.endpoint,
    region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: user.accessKeyId,
      secretAccessKey: user.secretAccessKey,
      ...(user.sessionToken !== undefined && { sessionToken: user.sessionToken }),
    },
  });
  return {
    api,
    cloudFront: (user = ADA, region = 'us-east-1') =>
      kept(new CloudFrontClient(settings(user, region))),
    kms: (region, user = ADA) => kept(new KMSClient(settings(user, region))),
    sts: (user = ADA) => kept(new STSClient(settings(user, 'eu-central-1'))),
    async close() {
      for (const client of clients) client.destroy();
      await api.close();
    },
  };
}

/** What has to be there for a test to go on. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It is expected to be there.');
  return value;
}
