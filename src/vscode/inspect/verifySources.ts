import type { VerifySources } from '../../core/verify/verifyLink.ts';
import type { StoredKey } from '../keys/keyRing.ts';
import { TRIAL_PATIENCE } from '../signing/trialLink.ts';
import type { LinkSource } from './linkCommands.ts';

/** What a link is verified with: whatever can be seen without a question. */
export function verifySources(
  stored: readonly StoredKey[],
  { settings, discovery, probeLink, now, openSession }: Omit<LinkSource, 'keys' | 'documents'>,
): VerifySources {
  return {
    keys: stored.map(({ keyPairId, publicKeyPem }) => ({ keyPairId, publicKeyPem })),
    mappings: settings.get('distributions'),
    probeLink: (url, given) =>
      probeLink(url, AbortSignal.any([given, AbortSignal.timeout(TRIAL_PATIENCE)])),
    now,
    async account() {
      const account = await discovery.account(true);
      return account.kind === 'ok' ? account.value : undefined;
    },
    async describeObject(location, signal) {
      const readers = await openSession()?.setupReaders();
      const object = await readers?.bucketReader.describeObject(location, signal);
      return object?.kind === 'ok' ? (object.value ?? 'missing') : undefined;
    },
  };
}
