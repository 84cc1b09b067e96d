import { present, SIGNER } from '../accountSetup.ts';
import type { Faults } from '../fault.ts';
import { mapping, addBehavior, addPublicKey } from '../spoiling.ts';

const OTHER_KEY = 'KOTHER000001';

/** What is wrong with signatures. */
export const signatureFaults = {
  open: {
    name: 'the behavior trusts no key group',
    spoil: ({ behavior }) => void (behavior.TrustedKeyGroups = { Enabled: false, Items: [] }),
    fails: ['viewer-access'],
  },
  openBehavior: {
    name: 'an earlier behavior trusts no key group',
    spoil: (setup) =>
      addBehavior(setup, {
        PathPattern: '/private/*.pdf',
        TrustedKeyGroups: { Enabled: false, Items: [] },
      }),
    fails: ['viewer-access'],
  },
  noKeyGroup: {
    name: 'there is no key group at all',
    spoil: ({ behavior, store }) => {
      behavior.TrustedKeyGroups = { Enabled: false, Items: [] };
      store.KeyGroups.length = 0;
    },
    fails: ['viewer-access'],
  },
  legacySigners: {
    name: 'legacy signers alone are trusted',
    spoil: ({ behavior }) => {
      behavior.TrustedKeyGroups = { Enabled: false, Items: [] };
      behavior.TrustedSigners = { Enabled: true, Items: ['self'] };
    },
    fails: ['viewer-access'],
  },
  noPrivateKey: {
    name: 'no private key is kept here',
    spoil: ({ computer }) => computer.keys.clear(),
    fails: ['private-key'],
    byHand: ({ computer }, { signer }) => computer.keys.set(SIGNER, signer),
  },
  absentPrivateKey: {
    name: 'the settings name a private key that is not here',
    spoil: (setup, { other }) => {
      setup.computer.keys.clear();
      setup.computer.keys.set(OTHER_KEY, other);
      setup.computer.mapping = mapping(setup, { keyPairId: SIGNER });
    },
    fails: ['private-key'],
    byHand: ({ computer }, { signer }) => computer.keys.set(SIGNER, signer),
  },
  wrongPrivateKey: {
    name: 'the private key does not belong to the ID in the settings',
    spoil: (setup, { other }) => {
      setup.computer.keys.set(SIGNER, other);
      setup.computer.mapping = mapping(setup, { keyPairId: SIGNER });
    },
    fails: ['key-pair'],
    byHand: ({ computer }, { signer }) => computer.keys.set(SIGNER, signer),
  },
  foreignPrivateKey: {
    name: 'the account does not have the key',
    spoil: ({ computer }, { other }) => {
      computer.keys.clear();
      computer.keys.set(OTHER_KEY, other);
    },
    fails: ['key-pair'],
    byHand: ({ computer }, { signer }) => computer.keys.set(SIGNER, signer),
  },
  untrustedKey: {
    name: 'the key is not in the trusted key group',
    spoil: (setup, { other }) => {
      addPublicKey(setup, OTHER_KEY, other);
      present(setup.store.KeyGroups[0]).KeyGroupConfig.Items = [OTHER_KEY];
    },
    fails: ['key-group'],
  },
  fullKeyGroup: {
    name: 'the key is not in the trusted key group, which is full',
    spoil: (setup, { other }) => {
      const ids = [1, 2, 3, 4, 5].map((number) => `KFULL000000${number}`);
      for (const id of ids) addPublicKey(setup, id, other);
      present(setup.store.KeyGroups[0]).KeyGroupConfig.Items = ids;
    },
    fails: ['key-group'],
  },
  oldKey: {
    name: 'the settings name an old key, and the new one is trusted',
    spoil: (setup, { other }) => {
      addPublicKey(setup, OTHER_KEY, other);
      setup.computer.keys.set(OTHER_KEY, other);
      setup.computer.mapping = mapping(setup, { keyPairId: OTHER_KEY });
    },
    fails: ['key-group'],
    byHand: (setup) => void (setup.computer.mapping = mapping(setup, { keyPairId: SIGNER })),
  },
} satisfies Faults;
