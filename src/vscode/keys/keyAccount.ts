import type { Distribution, KeyGroup, PublicKey } from '../../core/cloudfront/account.ts';
import type { Caller, CloudFrontWriter } from '../../core/cloudfront/cloudFrontWriter.ts';
import type { Session } from '../../core/credentials/session.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';

/** The account whose keys are to be changed, as it is at this moment. */
export interface KeyAccount {
  readonly writer: CloudFrontWriter;
  readonly caller: Caller;
  readonly publicKeys: Result<readonly PublicKey[]>;
  readonly keyGroups: Result<readonly KeyGroup[]>;
  readonly distributions: Result<readonly Distribution[]>;
}

/** Looks at the account anew. Errors: those of a session, `cloudfront-absent`, STS's. */
export type OpenKeyAccount = (
  isScripted: boolean,
  signal: AbortSignal,
) => Promise<Outcome<KeyAccount>>;

/** @param openSession told whether the user may be asked for a code */
export function keyAccountOpener(
  openSession: (mayAsk: boolean) => Promise<Outcome<Session>>,
): OpenKeyAccount {
  return async (isScripted, signal) => {
    const session = await openSession(!isScripted);
    if (session.kind !== 'ok') return session;
    const { cloudFront } = session.value;
    const writer = await session.value.cloudFrontWriter();
    if (writer.kind !== 'ok') return writer;
    cloudFront.forget();
    const [caller, publicKeys, keyGroups, distributions] = await Promise.all([
      writer.value.whoAmI(signal),
      cloudFront.listPublicKeys(signal),
      cloudFront.listKeyGroups(signal),
      cloudFront.listDistributions(signal),
    ]);
    if (caller.kind !== 'ok') return caller;
    if (publicKeys.kind === 'cancelled') return cancelled;
    if (keyGroups.kind === 'cancelled' || distributions.kind === 'cancelled') return cancelled;
    return ok({
      writer: writer.value,
      caller: caller.value,
      publicKeys,
      keyGroups,
      distributions,
    });
  };
}

/** What was seen, where it was. */
export function seen<T>(result: Result<T>): T | undefined {
  return result.kind === 'ok' ? result.value : undefined;
}
