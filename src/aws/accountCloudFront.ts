import type { CloudFrontClientConfig } from '@aws-sdk/client-cloudfront';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { CloudFrontWriter } from '../core/cloudfront/cloudFrontWriter.ts';
import { rememberingReader } from '../core/cloudfront/rememberingReader.ts';
import type { Session } from '../core/credentials/session.ts';
import { fail, ok } from '../core/outcome.ts';
import type { Identity } from './translateError.ts';
import { withoutCloudFront } from './withoutCloudFront.ts';

/** The clients of a session, none of which is made before it is used. */
export interface AccountClients {
  /** Undefined where the session's S3 is not AWS's. */
  readonly cloudFront: CloudFrontClientConfig | undefined;
  readonly sts: STSClientConfig;
  readonly identity: Identity;
}

/** What a session has of its account's CloudFront; closing it ends its connections. */
export function accountCloudFront({
  cloudFront,
  sts,
  identity,
}: AccountClients): Pick<Session, 'cloudFront' | 'cloudFrontWriter' | 'close'> {
  const ends: (() => void)[] = [];

  const reader = rememberingReader(async () => {
    if (cloudFront === undefined) return withoutCloudFront;
    const { cloudFrontReader } = await import('./cloudFrontReader.ts');
    const made = cloudFrontReader(cloudFront, identity);
    ends.push(made.close);
    return made.reader;
  });

  async function loadWriter(config: CloudFrontClientConfig): Promise<CloudFrontWriter> {
    const { cloudFrontWriter } = await import('./cloudFrontWriter.ts');
    const made = cloudFrontWriter({
      cloudFront: config,
      sts,
      identity,
      reader,
      onChange: () => reader.forget(),
    });
    ends.push(made.close);
    return made.writer;
  }

  let writer: Promise<CloudFrontWriter> | undefined;
  return {
    cloudFront: reader,
    cloudFrontWriter: async () =>
      cloudFront === undefined
        ? fail({ code: 'cloudfront-absent' })
        : ok(await (writer ??= loadWriter(cloudFront))),
    close: () => {
      for (const end of ends) end();
    },
  };
}
