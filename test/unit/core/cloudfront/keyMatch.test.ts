import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyGroup, PublicKey } from '../../../../src/core/cloudfront/account.ts';
import { publicKeysOf, trustedKeys } from '../../../../src/core/cloudfront/keyMatch.ts';
import { readPrivateKey } from '../../../../src/core/keys/privateKey.ts';
import { valueOf } from '../valueOf.ts';
import { someBehavior } from './someDistribution.ts';

function publicPem(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

const [ours, theirs] = [publicPem(), publicPem()];

function known(id: string, encodedKey: string): PublicKey {
  return { id, name: `key ${id}`, encodedKey };
}

describe('the public keys of a private key', () => {
  it('are found by its other half alone', () => {
    const account = [known('K1', theirs), known('K2', ours)];
    expect(publicKeysOf(ours, account)).toEqual([account[1]]);
    expect(publicKeysOf(publicPem(), account)).toEqual([]);
  });

  it.each([
    ['with lines that end as on Windows', (pem: string) => pem.replaceAll('\n', '\r\n')],
    ['with no last line end', (pem: string) => pem.trimEnd()],
    [
      'in lines of another length',
      (pem: string) =>
        pem.replace(/(?<=KEY-----\n)[^-]*/, (base64) =>
          base64.replaceAll('\n', '').replaceAll(/.{1,48}/g, '$&\n'),
        ),
    ],
  ])('are found %s', (_how, change) => {
    expect(change(ours)).not.toBe(ours);
    expect(publicKeysOf(ours, [known('K1', change(ours))])).toHaveLength(1);
  });

  it('are several where it was uploaded more than once', () => {
    const account = [known('K1', ours), known('K2', theirs), known('K3', ours)];
    expect(publicKeysOf(ours, account).map(({ id }) => id)).toEqual(['K1', 'K3']);
  });

  it('pass over what cannot be read', () => {
    expect(publicKeysOf(ours, [known('K1', ''), known('K2', 'rubbish')])).toEqual([]);
    expect(publicKeysOf('rubbish', [known('K1', 'rubbish')])).toEqual([]);
  });

  it('are those of a key as it is read for import, RSA too', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const read = valueOf(
      readPrivateKey(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()),
    );
    const encoded = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(publicKeysOf(read.publicKeyPem, [known('K1', encoded)])).toHaveLength(1);
  });
});

/** The one key group that behaviors of the tests trust, with these keys in it. */
function group(...publicKeyIds: readonly string[]): readonly KeyGroup[] {
  return [{ id: 'group', name: '', publicKeyIds }];
}

/** IDs that keys are kept under, and those that they sign with. */
function idsOf(...args: Parameters<typeof trustedKeys>): (readonly [string, string])[] {
  return trustedKeys(...args).map(({ key, keyPairId }) => [key.keyPairId, keyPairId]);
}

describe('the own keys that a behavior trusts', () => {
  const own = [
    { keyPairId: 'KOURS', publicKeyPem: ours },
    { keyPairId: 'KTHEIRS', publicKeyPem: theirs },
  ];
  const publicKeys = [known('KOURS', ours), known('KTHEIRS', theirs)];

  it('are those in one of its key groups', () => {
    const keyGroups = [
      ...group('KOTHER', 'KTHEIRS'),
      { id: 'b', name: '', publicKeyIds: ['KOURS'] },
    ];
    expect(idsOf(someBehavior(), own, { keyGroups, publicKeys })).toEqual([['KTHEIRS', 'KTHEIRS']]);
    const both = someBehavior({ keyGroupIds: ['group', 'b'] });
    expect(idsOf(both, own, { keyGroups, publicKeys })).toHaveLength(2);
    const none = someBehavior({ keyGroupIds: ['gone'] });
    expect(idsOf(none, own, { keyGroups, publicKeys })).toEqual([]);
  });

  it('go by the ID that the account knows them by, whatever they are kept under', () => {
    const misnamed = [{ keyPairId: 'KTYPO', publicKeyPem: ours }];
    const account = { keyGroups: group('KOURS'), publicKeys };
    expect(idsOf(someBehavior(), misnamed, account)).toEqual([['KTYPO', 'KOURS']]);
  });

  it('are not those that only bear a trusted ID', () => {
    const impostor = [{ keyPairId: 'KOURS', publicKeyPem: publicPem() }];
    const account = { keyGroups: group('KOURS'), publicKeys };
    expect(idsOf(someBehavior(), impostor, account)).toEqual([]);
  });

  it('go by their own ID where public keys cannot be seen', () => {
    const account = { keyGroups: group('KOURS'), publicKeys: undefined };
    expect(idsOf(someBehavior(), own, account)).toEqual([['KOURS', 'KOURS']]);
  });

  it('may be any where key groups cannot be seen, or no signature is asked for', () => {
    const unseen = { keyGroups: undefined, publicKeys };
    expect(idsOf(someBehavior(), own, unseen)).toHaveLength(2);
    const open = someBehavior({ keyGroupIds: [] });
    expect(idsOf(open, own, { keyGroups: [], publicKeys })).toHaveLength(2);
  });

  it('are legacy key pairs where accounts are trusted, which no list can tell', () => {
    const legacy = someBehavior({ keyGroupIds: [], trustsAccounts: true });
    const keys = [...own, { keyPairId: 'APKA1234567890', publicKeyPem: publicPem() }];
    expect(idsOf(legacy, keys, { keyGroups: group('KOURS'), publicKeys })).toEqual([
      ['APKA1234567890', 'APKA1234567890'],
    ]);
    expect(idsOf(someBehavior(), keys, { keyGroups: group(), publicKeys })).toEqual([]);
  });
});
