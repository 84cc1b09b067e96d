import { expect, it } from 'vitest';
import { newKeyPair } from '../../../src/core/keys/newKeyPair.ts';
import { fail, ok } from '../../../src/core/outcome.ts';
import { createKeyRing } from '../../../src/vscode/keys/keyRing.ts';
import { secretsInMemory } from './secretsInMemory.ts';

const ID = 'K2JCJMDEHXQW5F';

it('a key that another window has replaced is not brought back by a new name', async () => {
  const secrets = secretsInMemory();
  const [here, there] = [createKeyRing(secrets, () => {}), createKeyRing(secrets, () => {})];
  const [before, after] = await Promise.all([newKeyPair('ECDSA P-256'), newKeyPair('ECDSA P-256')]);
  await here.put({ ...before, keyPairId: ID, name: 'old' });
  await there.put({ ...after, keyPairId: ID, name: 'old' });
  expect(await here.amend(ID, { name: 'new' })).toEqual(ok(undefined));
  expect(await here.find(ID)).toEqual(ok({ ...after, keyPairId: ID, name: 'new' }));
});

it('a key that another window has removed stays removed', async () => {
  const keys = createKeyRing(secretsInMemory(), () => {});
  expect(await keys.amend(ID, { name: 'new' })).toEqual(
    fail({ code: 'private-key-missing', keyPairId: ID }),
  );
  expect(await keys.list()).toEqual(ok([]));
});
