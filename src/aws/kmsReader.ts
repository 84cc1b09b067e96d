import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  type KMSClientConfig,
} from '@aws-sdk/client-kms';
import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import type { KmsReader } from '../core/setup/kmsReader.ts';
import { serviceProblem, type Identity } from './translateError.ts';

/**
 * Reads KMS through the SDK's client. It is the only file that loads the client, and is itself loaded
 * on first use.
 *
 * @param config all but the region, which each key says for itself
 */
export function kmsReader(config: KMSClientConfig, identity: Identity): KmsReader {
  async function ask<T>(
    action: string,
    signal: AbortSignal,
    send: () => Promise<T>,
  ): Promise<Outcome<T | undefined>> {
    if (signal.aborted) return cancelled;
    try {
      const answer = await send();
      return signal.aborted ? cancelled : ok(answer);
    } catch (error) {
      if (signal.aborted) return cancelled;
      if (error instanceof Error && error.name === 'NotFoundException') return ok(undefined);
      const permission = `kms:${action}`;
      return fail(serviceProblem(error, { service: 'KMS', ...identity, permission }));
    }
  }

  return {
    async getKey(keyId, region, signal) {
      const named = /^arn:[a-z-]+:kms:([a-z0-9-]+):/.exec(keyId)?.[1];
      const client = new KMSClient({ ...config, region: named ?? region });
      const options = { abortSignal: signal };
      try {
        const [described, policy] = await Promise.all([
          ask('DescribeKey', signal, () =>
            client.send(new DescribeKeyCommand({ KeyId: keyId }), options),
          ),
          ask('GetKeyPolicy', signal, () =>
            client.send(new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' }), options),
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
