import { randomUUID } from 'node:crypto';
import {
  CloudFrontClient,
  CreateKeyGroupCommand,
  CreatePublicKeyCommand,
  DeletePublicKeyCommand,
  GetKeyGroupCommand,
  GetPublicKeyConfigCommand,
  UpdateKeyGroupCommand,
  type CloudFrontClientConfig,
  type KeyGroup as SdkKeyGroup,
} from '@aws-sdk/client-cloudfront';
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import type { KeyGroup } from '../core/cloudfront/account.ts';
import type { CloudFrontWriter } from '../core/cloudfront/cloudFrontWriter.ts';
import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import { serviceProblem, type FailedRequest, type Identity } from './translateError.ts';

/** How often a key group is written that somebody else changes at the same time. */
const TRIES = 5;

/** Where the two services are, and who asks them. */
export interface WriterConfig {
  readonly cloudFront: CloudFrontClientConfig;
  readonly sts: STSClientConfig;
  readonly identity: Identity;
  /** Tells that something was changed: what was read before is no longer true. */
  readonly onChange: () => void;
}

/** Changes an account's keys through the SDK's clients; loaded on first use. */
export function cloudFrontWriter({ cloudFront, sts, identity, onChange }: WriterConfig): {
  readonly writer: CloudFrontWriter;
  readonly close: () => void;
} {
  const client = new CloudFrontClient(cloudFront);
  const stsClient = new STSClient(sts);

  async function ask<T>(
    request: Pick<FailedRequest, 'service' | 'permission' | 'resource'>,
    signal: AbortSignal,
    send: () => Promise<T>,
  ): Promise<Outcome<T>> {
    if (signal.aborted) return cancelled;
    try {
      return ok(await send());
    } catch (error) {
      return signal.aborted ? cancelled : fail(serviceProblem(error, { ...request, ...identity }));
    }
  }

  async function read<T>(
    action: string,
    resource: string,
    signal: AbortSignal,
    send: () => Promise<T>,
  ): Promise<Outcome<T>> {
    const permission = `cloudfront:${action}`;
    return ask({ service: 'CloudFront', permission, resource }, signal, send);
  }

  /** No signal ends a change that has begun: only its answer says whether it was made. */
  async function change<T>(
    action: string,
    resource: string,
    signal: AbortSignal,
    send: () => Promise<T>,
  ): Promise<Outcome<T>> {
    const outcome = await read(action, resource, signal, send);
    if (outcome.kind === 'ok') onChange();
    return outcome;
  }

  const writer: CloudFrontWriter = {
    whoAmI: (signal) =>
      ask({ service: 'STS', permission: 'sts:GetCallerIdentity' }, signal, async () => {
        const { Account, Arn } = await stsClient.send(new GetCallerIdentityCommand({}), {
          abortSignal: signal,
        });
        return { accountId: Account ?? '', arn: Arn ?? '' };
      }),

    createPublicKey: (name, publicKeyPem, signal) =>
      change('CreatePublicKey', name, signal, async () => {
        const { PublicKey: made } = await client.send(
          new CreatePublicKeyCommand({
            PublicKeyConfig: {
              CallerReference: randomUUID(),
              Name: name,
              EncodedKey: publicKeyPem,
            },
          }),
        );
        return { id: made?.Id ?? '', name, encodedKey: publicKeyPem };
      }),

    createKeyGroup: (name, publicKeyIds, signal) =>
      change('CreateKeyGroup', name, signal, async () => {
        const { KeyGroup: made } = await client.send(
          new CreateKeyGroupCommand({ KeyGroupConfig: { Name: name, Items: [...publicKeyIds] } }),
        );
        return readKeyGroup(made);
      }),

    async changeKeyGroup(id, edit, signal) {
      for (let tries = 1; ; tries++) {
        const got = await read('GetKeyGroup', id, signal, () =>
          client.send(new GetKeyGroupCommand({ Id: id }), { abortSignal: signal }),
        );
        if (got.kind !== 'ok') return got;
        const { ETag, KeyGroup: group } = got.value;
        const before = readKeyGroup(group);
        const items = edit(before.publicKeyIds);
        if (items.join() === before.publicKeyIds.join()) return ok(before);
        const { Name = '', Comment } = group?.KeyGroupConfig ?? {};
        const updated = await change('UpdateKeyGroup', Name, signal, () =>
          client.send(
            new UpdateKeyGroupCommand({
              Id: id,
              IfMatch: ETag,
              KeyGroupConfig: { Name, Items: [...items], ...(Comment && { Comment }) },
            }),
          ),
        );
        if (updated.kind === 'ok') return ok(readKeyGroup(updated.value.KeyGroup));
        if (!isOvertaken(updated) || tries === TRIES) return updated;
      }
    },

    async deletePublicKey(id, signal) {
      for (let tries = 1; ; tries++) {
        const got = await read('GetPublicKeyConfig', id, signal, () =>
          orAbsent(() =>
            client.send(new GetPublicKeyConfigCommand({ Id: id }), { abortSignal: signal }),
          ),
        );
        if (got.kind !== 'ok') return got;
        if (got.value === undefined) return ok(undefined);
        const { ETag: IfMatch } = got.value;
        const deleted = await change('DeletePublicKey', id, signal, async () => {
          await orAbsent(() => client.send(new DeletePublicKeyCommand({ Id: id, IfMatch })));
        });
        if (deleted.kind === 'ok' || !isOvertaken(deleted) || tries === TRIES) return deleted;
      }
    },
  };
  return {
    writer,
    close: () => {
      client.destroy();
      stsClient.destroy();
    },
  };
}

function isOvertaken(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'problem' && outcome.problem.code === 'change-overtaken';
}

/** Undefined where there is no such public key any more. */
async function orAbsent<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchPublicKey') return undefined;
    throw error;
  }
}

function readKeyGroup(group: SdkKeyGroup | undefined): KeyGroup {
  return {
    id: group?.Id ?? '',
    name: group?.KeyGroupConfig?.Name ?? '',
    publicKeyIds: group?.KeyGroupConfig?.Items ?? [],
  };
}
