import { describe, expect, it } from 'vitest';
import {
  keyChangeWords,
  nameInCloudFront,
  uploadChanges,
  type KeyChange,
} from '../../../../src/core/keys/keyChange.ts';
import { someBehavior, someDistribution } from '../cloudfront/someDistribution.ts';

const GROUP = { id: 'group', name: 'signers', publicKeyIds: ['K1'] };
const KEY = { name: 'Release key', publicKeyPem: 'PEM' };

describe('a name in CloudFront', () => {
  it.each([
    ['signing-key-2026-11-24', 'signing-key-2026-11-24'],
    ['Release key', 'Release-key'],
    ['  Ada’s  key (2) ', 'Ada-s-key-2'],
    ['Schlüssel', 'Schlussel'],
    ['鍵', 'signing-key'],
    ['a'.repeat(200), 'a'.repeat(128)],
  ])('of %j is %j', (name, expected) => {
    expect(nameInCloudFront(name)).toBe(expected);
  });
});

describe('what an upload changes', () => {
  const creation = { kind: 'create-public-key', name: 'Release-key', publicKeyPem: 'PEM' };

  it('creates the public key alone', () => {
    expect(uploadChanges(KEY, undefined, { kind: 'none' })).toEqual([creation]);
  });

  it('adds it to a key group that there is, or to a new one', () => {
    expect(uploadChanges(KEY, undefined, { kind: 'existing', keyGroup: GROUP })).toEqual([
      creation,
      { kind: 'add-to-key-group', keyGroup: GROUP, publicKeyId: undefined },
    ]);
    expect(uploadChanges(KEY, undefined, { kind: 'new', name: 'mine' })).toEqual([
      creation,
      { kind: 'create-key-group', name: 'mine', publicKeyId: undefined },
    ]);
  });

  it('creates no public key that is there', () => {
    expect(uploadChanges(KEY, 'K2', { kind: 'none' })).toEqual([]);
    expect(uploadChanges(KEY, 'K2', { kind: 'existing', keyGroup: GROUP })).toEqual([
      { kind: 'add-to-key-group', keyGroup: GROUP, publicKeyId: 'K2' },
    ]);
  });
});

describe('a change in words', () => {
  const distributions = [
    someDistribution({
      behaviors: [someBehavior({ pathPattern: 'video/*' }), someBehavior({ keyGroupIds: [] })],
    }),
  ];

  it.each<[KeyChange, RegExp]>([
    [
      { kind: 'create-public-key', name: 'Release-key', publicKeyPem: 'PEM' },
      /^The public key “Release-key” is created\.$/,
    ],
    [
      { kind: 'create-key-group', name: 'mine', publicKeyId: undefined },
      /“mine” is created.*No behavior trusts/,
    ],
    [
      { kind: 'add-to-key-group', keyGroup: GROUP, publicKeyId: undefined },
      /^It is added .*“signers”, trusted by the behavior “video\/\*” of distribution E1FILMS \(d1\.cloudfront\.net\)\.$/,
    ],
    [
      { kind: 'add-to-key-group', keyGroup: { ...GROUP, id: 'other' }, publicKeyId: 'K2' },
      /^K2 is added .*trusted by no behavior yet\.$/,
    ],
    [
      { kind: 'remove-from-key-group', keyGroup: GROUP, publicKeyId: 'K1' },
      /^K1 is taken out of .*“signers”, trusted by/,
    ],
    [
      {
        kind: 'delete-public-key',
        publicKey: { id: 'K1', name: 'films-signer', encodedKey: 'PEM' },
      },
      /^The public key K1 “films-signer” is deleted\.$/,
    ],
  ])('names what it changes: %j', (change, words) => {
    expect(keyChangeWords(change, distributions)).toMatch(words);
  });

  it('says that it is not seen who trusts the key group', () => {
    const change: KeyChange = { kind: 'add-to-key-group', keyGroup: GROUP, publicKeyId: 'K2' };
    expect(keyChangeWords(change, undefined)).toContain('may not see');
  });

  it('shows what a name hides', () => {
    const name = 'a\u202Eb';
    const words = keyChangeWords({ kind: 'create-public-key', name, publicKeyPem: '' }, []);
    expect(words).toContain('a‹U+202E›b');
  });
});
