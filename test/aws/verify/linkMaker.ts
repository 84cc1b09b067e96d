import { createPublicKey, sign } from 'node:crypto';
import { signPolicy } from '../../../src/aws/signPolicy.ts';
import { signObject, type Grant } from '../../../src/core/cloudfront/signObject.ts';
import { type AccountSetup, type KeyHalves, SIGNER, type Workshop } from '../setup/accountSetup.ts';

/** A set-up with what was made for it. */
export interface Scene {
  readonly setup: AccountSetup;
  readonly workshop: Workshop;
}

/** How a link is made, where it is not as usual. */
export interface Making extends Partial<Omit<Grant, 'expiresAt'>> {
  readonly protocol?: 'http' | 'https';
  readonly domain?: string;
  readonly key?: string;
  readonly halves?: KeyHalves;
  /** In seconds, by the clock of who signs. */
  readonly life?: number;
}

/** By the clock of the computer, in seconds. */
export function epochOf({ setup }: Scene): number {
  return Math.floor(setup.now() / 1000);
}

/** A link that works, unless the set-up or the making keeps it from that. */
export function linkOf(scene: Scene, making: Making = {}): string {
  const { setup, workshop } = scene;
  const { protocol = 'http', domain = setup.domain, key = setup.computer.key } = making;
  const { halves = workshop.signer, life = 300, hashAlgorithm = 'SHA1', query = {} } = making;
  const { notBefore, ipAddress } = making;
  const { privateKey } = halves;
  const signed = signObject(
    key,
    {
      endpoint: { protocol, domain, originPath: '' },
      key: { keyPairId: SIGNER, privateKey, publicKey: createPublicKey(privateKey) },
      grant: {
        expiresAt: epochOf(scene) + life,
        ...(notBefore !== undefined && { notBefore }),
        ...(ipAddress !== undefined && { ipAddress }),
        hashAlgorithm,
        query,
      },
    },
    signPolicy,
  );
  if (signed.kind !== 'ok') throw new Error(JSON.stringify(signed.problem));
  return signed.value;
}

/** A link with a policy of any text, signed as it is. */
export function linkWithPolicy(
  scene: Scene,
  policy: (resource: string, end: number) => string,
): string {
  const { setup, workshop } = scene;
  const url = linkOf(scene).replace(/\?.*/, '');
  const text = policy(url, Math.floor(setup.now() / 1000) + 300);
  const signature = sign('sha1', Buffer.from(text), workshop.signer.privateKey);
  return `${url}?Policy=${toCloudFront(Buffer.from(text))}&Signature=${toCloudFront(signature)}&Key-Pair-Id=${SIGNER}`;
}

function toCloudFront(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');
}
