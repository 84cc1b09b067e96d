import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import {
  parseNewKeyOptions,
  parseRotationOptions,
} from '../../../../src/core/keys/keyPairOptions.ts';

const SOUND = { kind: 'RSA 2048', name: 'Mine' };

describe('what a script gives to make a key pair', () => {
  it.each<[JsonObject, object]>([
    [SOUND, { kind: 'RSA 2048', name: 'Mine' }],
    [
      { kind: 'ECDSA P-256', name: ' Mine ', upload: {} },
      { kind: 'ECDSA P-256', name: 'Mine', upload: {} },
    ],
    [
      { ...SOUND, upload: { keyGroup: ' g ' } },
      { ...SOUND, upload: { keyGroup: 'g' } },
    ],
  ])('is read: %j', (raw, wanted) => {
    expect(parseNewKeyOptions(raw)).toEqual({ kind: 'ok', value: wanted });
  });

  it.each<[JsonObject, string]>([
    [{ name: 'Mine' }, 'kind'],
    [{ ...SOUND, kind: 'RSA 4096' }, 'kind'],
    [{ kind: 'RSA 2048' }, 'name'],
    [{ ...SOUND, name: ' ' }, 'name'],
    [{ ...SOUND, name: 1 }, 'name'],
    [{ ...SOUND, upload: true }, 'upload'],
    [{ ...SOUND, upload: null }, 'upload'],
    [{ ...SOUND, upload: { group: 'g' } }, 'group'],
    [{ ...SOUND, upload: { keyGroup: '' } }, 'upload.keyGroup'],
    [{ ...SOUND, keyPairId: 'K1' }, 'keyPairId'],
  ])('is refused with the option that is wrong: %j', (raw, option) => {
    expect(parseNewKeyOptions(raw)).toMatchObject({ problem: { code: 'option-invalid', option } });
  });
});

describe('what a script gives to rotate a key', () => {
  it.each<[JsonObject]>([
    [{ step: 'remove' }],
    [{ step: 'replace' }],
    [{ step: 'replace', kind: 'ECDSA P-256', name: 'Next' }],
  ])('is read: %j', (raw) => {
    expect(parseRotationOptions(raw)).toEqual({ kind: 'ok', value: raw });
  });

  it.each<[JsonObject, string]>([
    [{}, 'step'],
    [{ step: 'all' }, 'step'],
    [{ step: 'replace', kind: 'DSA' }, 'kind'],
    [{ step: 'replace', name: '' }, 'name'],
    [{ step: 'replace', upload: {} }, 'upload'],
  ])('is refused with the option that is wrong: %j', (raw, option) => {
    expect(parseRotationOptions(raw)).toMatchObject({
      problem: { code: 'option-invalid', option },
    });
  });
});
