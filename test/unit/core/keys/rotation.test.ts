import { beforeAll, describe, expect, it } from 'vitest';
import type { Distribution, KeyGroup, PublicKey } from '../../../../src/core/cloudfront/account.ts';
import { newKeyPair } from '../../../../src/core/keys/newKeyPair.ts';
import {
  aliveWords,
  keysInUse,
  rotationStep,
  successorName,
  switchedMapping,
  type RotationFacts,
} from '../../../../src/core/keys/rotation.ts';
import { readSetting } from '../../../../src/core/settings.ts';
import { someBehavior, someDistribution } from '../cloudfront/someDistribution.ts';

const OLD = 'K1OLD';
const NEW = 'K2NEW';
const DAY = 86_400;

let oldKey: PublicKey;
let newKey: PublicKey;

beforeAll(async () => {
  const [old, next] = await Promise.all([newKeyPair('ECDSA P-256'), newKeyPair('ECDSA P-256')]);
  oldKey = { id: OLD, name: 'release-2025-01-01', encodedKey: old.publicKeyPem };
  newKey = { id: NEW, name: 'release-2026-01-01', encodedKey: next.publicKeyPem };
});

function group(id: string, ...publicKeyIds: readonly string[]): KeyGroup {
  return { id, name: `${id}-signers`, publicKeyIds };
}

function facts(now: {
  readonly keyGroups: readonly KeyGroup[];
  readonly publicKeys?: readonly PublicKey[];
  readonly distributions?: readonly Distribution[];
  readonly since?: number;
}): RotationFacts {
  const { publicKeys = [oldKey, newKey], distributions = [], since, keyGroups } = now;
  const successor = { name: 'Release 2026', publicKeyPem: newKey.encodedKey };
  return { oldKeyPairId: OLD, successor, since, keyGroups, publicKeys, distributions };
}

describe('what comes next in a rotation', () => {
  it('is to create the new key, and to add it wherever the old one is', () => {
    const keyGroups = [group('a', OLD), group('b', 'K3'), group('c', 'K3', OLD)];
    expect(rotationStep(facts({ keyGroups, publicKeys: [oldKey] }))).toEqual({
      kind: 'add',
      changes: [
        { kind: 'create-public-key', name: 'Release-2026', publicKeyPem: newKey.encodedKey },
        { kind: 'add-to-key-group', keyGroup: keyGroups[0], publicKeyId: undefined },
        { kind: 'add-to-key-group', keyGroup: keyGroups[2], publicKeyId: undefined },
      ],
    });
  });

  it('is to add it where that was not done when it was stopped', () => {
    const keyGroups = [group('a', OLD, NEW), group('b', OLD)];
    expect(rotationStep(facts({ keyGroups }))).toEqual({
      kind: 'add',
      changes: [{ kind: 'add-to-key-group', keyGroup: keyGroups[1], publicKeyId: NEW }],
    });
  });

  it('is to wait for the distributions that trust it, and for no others', () => {
    const keyGroups = [group('group', OLD, NEW)];
    const other = [someBehavior({ keyGroupIds: ['other'] })];
    const distributions = [
      someDistribution({ id: 'E1', deployed: false }),
      someDistribution({ id: 'E2' }),
      someDistribution({ id: 'E3', deployed: false, behaviors: other }),
    ];
    expect(rotationStep(facts({ keyGroups, distributions }))).toEqual({
      kind: 'wait',
      distributions: [distributions[0]],
    });
    expect(rotationStep(facts({ keyGroups, distributions: distributions.slice(1) }))).toEqual({
      kind: 'switch',
      keyPairId: NEW,
    });
  });

  it('is to take the old one away, once the new one is in use', () => {
    const keyGroups = [group('a', OLD, NEW), group('b', NEW), group('c', 'K3', OLD, NEW)];
    const distributions = [someDistribution({ deployed: false })];
    expect(rotationStep(facts({ keyGroups, distributions, since: 1 }))).toEqual({
      kind: 'retire',
      keyPairId: NEW,
      changes: [
        { kind: 'remove-from-key-group', keyGroup: keyGroups[0], publicKeyId: OLD },
        { kind: 'remove-from-key-group', keyGroup: keyGroups[2], publicKeyId: OLD },
        { kind: 'delete-public-key', publicKey: oldKey },
      ],
    });
  });

  it('is never to take the old one out of a group that the new one is not in', () => {
    const keyGroups = [group('a', OLD), group('b', OLD, NEW)];
    expect(rotationStep(facts({ keyGroups, since: 1 }))).toEqual({
      kind: 'add',
      changes: [{ kind: 'add-to-key-group', keyGroup: keyGroups[0], publicKeyId: NEW }],
    });
  });

  it('is nothing more in the account where the old one is gone from it', () => {
    const step = rotationStep(
      facts({ keyGroups: [group('a', NEW)], publicKeys: [newKey], since: 1 }),
    );
    expect(step).toEqual({ kind: 'retire', keyPairId: NEW, changes: [] });
  });
});

describe('the keys in use', () => {
  const other = { publicKeyPem: 'OTHER' };
  const next = { publicKeyPem: 'NEW' };
  const accountId = '111122223333';
  const beingReplaced = { publicKeyPem: 'OLD', succession: { publicKeyPem: 'NEW', accountId } };
  const replaced = {
    publicKeyPem: 'OLD',
    succession: { publicKeyPem: 'NEW', accountId, since: 1 },
  };

  it('are all, where none is being replaced', () => {
    expect(keysInUse([other, next])).toEqual([other, next]);
  });

  it('have the old one until the switch, and the new one from then on', () => {
    expect(keysInUse([beingReplaced, next, other])).toEqual([beingReplaced, other]);
    expect(keysInUse([replaced, next, other])).toEqual([next, other]);
  });

  it('have the one that is there, whatever becomes of it', () => {
    expect(keysInUse([replaced])).toEqual([replaced]);
    expect(keysInUse([next])).toEqual([next]);
  });
});

describe('the name of the new key', () => {
  it.each([
    ['Release key', [], 'Release key-2026-12-24'],
    ['release-2025-01-31', [], 'release-2026-12-24'],
    ['release-2026-12-24', ['release-2026-12-24'], 'release-2026-12-24-2'],
    [
      'release-2026-12-24-2',
      ['release-2026-12-24', 'release-2026-12-24-2'],
      'release-2026-12-24-3',
    ],
    ['Release key', ['Release-key-2026-12-24'], 'Release key-2026-12-24-2'],
  ])('of %j beside %j is %j', (name, taken, expected) => {
    expect(successorName(name, '2026-12-24', taken)).toBe(expected);
  });
});

describe('a mapping of the settings', () => {
  it('gets the new ID where it names the old one, and keeps all else', () => {
    const raw = { bucket: 'films', domain: 'a.example', keyPairId: OLD, note: [1] };
    expect(switchedMapping(raw, OLD, NEW)).toEqual({ ...raw, keyPairId: NEW });
  });

  it.each([
    { bucket: 'films', keyPairId: 'K3' },
    { bucket: 'films' },
    { keyPairId: 1 },
    'films',
    null,
  ])('stays as it is where it does not: %j', (raw) => {
    expect(switchedMapping(raw, OLD, NEW)).toBe(raw);
  });
});

describe('what is known of links that are still alive', () => {
  const since = Date.UTC(2026, 11, 1) / 1000;
  const standard = readSetting('expiry.default', '1d').value;
  const presets = readSetting('expiry.presets', ['1h', '30d', '2026-12-05 00:00Z']).value;

  it('is bound by the maximum where the settings have one', () => {
    const words = aliveWords({ standard, presets, maximum: 7 * DAY }, since, since + DAY);
    expect(words).toContain('not known');
    expect(words).toContain('the settings allow 7 days at most');
    expect(words).toContain('2026-12-08 00:00 UTC');
  });

  it('is told by the longest that is offered where they have none', () => {
    const words = aliveWords({ standard, presets, maximum: undefined }, since, since + DAY);
    expect(words).toContain('the settings offer up to 30 days, and longer ones can be typed');
    expect(words).toContain('2026-12-31 00:00 UTC');
  });

  it('is that they have ended, once that time is over', () => {
    const bounds = { standard, presets: [], maximum: undefined };
    expect(aliveWords(bounds, since, since + DAY - 1)).toContain('2026-12-02');
    expect(aliveWords(bounds, since, since + DAY)).toContain('has ended');
  });
});
