import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  type KMSClientConfig,
} from '@aws-sdk/client-kms';
import { ok } from '../core/outcome.ts';
import type { KmsReader } from '../core/setup/kmsReader.ts';
import { ask, unlessAbsent } from './ask.ts';
import type { FailedRequest, Identity } from './translateError.ts';

const NO_KEY = 'NotFoundException';

/**
 * Reads KMS through the SDK's client. It is the only file that loads the client, and is itself loaded
 * on first use.
 *
 * @param config all but the region, which each key says for itself
 */
export function kmsReader(config: KMSClientConfig, identity: Identity): KmsReader {
  const asking = (action: string): FailedRequest => ({
    service: 'KMS',
    ...identity,
    permission: `kms:${action}`,
  });

  return {
    async getKey(keyId, region, signal) {
      const named = /^arn:[a-z-]+:kms:([a-z0-9-]+):/.exec(keyId)?.[1];
      const client = new KMSClient({ ...config, region: named ?? region });
      const options = { abortSignal: signal };
      const key = { KeyId: keyId };
      try {
        const [described, policy] = await Promise.all([
          ask(asking('DescribeKey'), signal, () =>
            unlessAbsent(NO_KEY, () => client.send(new DescribeKeyCommand(key), options)),
          ),
          ask(asking('GetKeyPolicy'), signal, () =>
            unlessAbsent(NO_KEY, () =>
              client.send(new GetKeyPolicyCommand({ ...key, PolicyName: 'default' }), options),
            ),
          ),
        ]);
        if (described.kind !== 'ok') return described;
        if (policy.kind !== 'ok') return policy;
        const metadata = described.value?.KeyMetadata;
        if (metadata === undefined) return ok(undefined);
        return ok({
          arn: metadata.Arn ?? keyId,
          managedByAws: metadata.KeyManager === 'AWS',
          enabled: metadata.Enabled ?? false,
          policy: policy.value?.Policy ?? '',
        });
      } finally {
        client.destroy();
      }
    },
  };
}
