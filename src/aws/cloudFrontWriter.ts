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
import type { CloudFrontReader, KeyGroup } from '../core/cloudfront/account.ts';
import { mayBeMade, type CloudFrontWriter } from '../core/cloudfront/cloudFrontWriter.ts';
import { publicKeysOf } from '../core/cloudfront/keyMatch.ts';
import { cancelled, ok, type Outcome } from '../core/outcome.ts';
import { ask, unlessAbsent } from './ask.ts';
import type { FailedRequest, Identity } from './translateError.ts';

/** How often a key group is written that somebody else changes at the same time. */
const TRIES = 5;

const NO_KEY = 'NoSuchPublicKey';

/** Where the two services are, and who asks them. */
export interface WriterConfig {
  readonly cloudFront: CloudFrontClientConfig;
  readonly sts: STSClientConfig;
  readonly identity: Identity;
  /** What the account has, anew after each change. */
  readonly reader: Pick<CloudFrontReader, 'listPublicKeys'>;
  /** Tells that something was changed: what was read before is no longer true. */
  readonly onChange: () => void;
}

/** Changes an account's keys through the SDK's clients; loaded on first use. */
export function cloudFrontWriter({ cloudFront, sts, identity, reader, onChange }: WriterConfig): {
  readonly writer: CloudFrontWriter;
  readonly close: () => void;
} {
  const client = new CloudFrontClient(cloudFront);
  const stsClient = new STSClient(sts);

  const asking = (action: string, resource: string): FailedRequest => ({
    service: 'CloudFront',
    ...identity,
    permission: `cloudfront:${action}`,
    resource,
  });

  /** No signal ends a change that has begun: only its answer says whether it was made. */
  async function change<T>(
    action: string,
    resource: string,
    signal: AbortSignal,
    send: () => Promise<T>,
  ): Promise<Outcome<T>> {
    if (signal.aborted) return cancelled;
    const outcome = await ask(asking(action, resource), new AbortController().signal, send);
    // Also where no answer came: it may have been made all the same.
    onChange();
    return outcome;
  }

  const writer: CloudFrontWriter = {
    whoAmI: (signal) =>
      ask(
        { service: 'STS', ...identity, permission: 'sts:GetCallerIdentity' },
        signal,
        async () => {
          const { Account, Arn } = await stsClient.send(new GetCallerIdentityCommand({}), {
            abortSignal: signal,
          });
          return { accountId: Account ?? '', arn: Arn ?? '' };
        },
      ),

    async createPublicKey(name, publicKeyPem, signal) {
      const created = await change('CreatePublicKey', name, signal, async () => {
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
      });
      if (created.kind !== 'problem') return created;
      const { problem } = created;
      // Where an answer is lost, the client asks again by itself, and is told that there is such a
      // key: CloudFront's documentation does not say that a `CallerReference` gives the same one.
      if (problem.code !== 'name-taken' && !mayBeMade(problem)) return created;
      const listed = await reader.listPublicKeys(new AbortController().signal);
      const [own] = listed.kind === 'ok' ? publicKeysOf(publicKeyPem, listed.value) : [];
      return own === undefined ? created : ok(own);
    },

    createKeyGroup: (name, publicKeyIds, signal) =>
      change('CreateKeyGroup', name, signal, async () => {
        const { KeyGroup: made } = await client.send(
          new CreateKeyGroupCommand({ KeyGroupConfig: { Name: name, Items: [...publicKeyIds] } }),
        );
        return readKeyGroup(made);
      }),

    async changeKeyGroup(id, edit, signal) {
      for (let tries = 1; ; tries++) {
        const got = await ask(asking('GetKeyGroup', id), signal, () =>
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
        const got = await ask(asking('GetPublicKeyConfig', id), signal, () =>
          unlessAbsent(NO_KEY, () =>
            client.send(new GetPublicKeyConfigCommand({ Id: id }), { abortSignal: signal }),
          ),
        );
        if (got.kind !== 'ok') return got;
        if (got.value === undefined) return ok(undefined);
        const { ETag: IfMatch } = got.value;
        const deleted = await change('DeletePublicKey', id, signal, async () => {
          await unlessAbsent(NO_KEY, () =>
            client.send(new DeletePublicKeyCommand({ Id: id, IfMatch })),
          );
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

function readKeyGroup(group: SdkKeyGroup | undefined): KeyGroup {
  return {
    id: group?.Id ?? '',
    name: group?.KeyGroupConfig?.Name ?? '',
    publicKeyIds: group?.KeyGroupConfig?.Items ?? [],
  };
}
