import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';

import { describe, it } from 'mocha';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { refusalOf, run, runForText, userSetting } from './cloudfrontSigner.ts';
import { fetchText, isSignedBy, partsOf } from './links.ts';
import { useOwnAccount } from './ownAccount.ts';

const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;

const account = useOwnAccount();

/** What `createKeyPair` gives. */
interface Made {
  readonly keyPairId: string;
  readonly publicKeyPem: string;
}

async function create(options: object): Promise<Made> {
  const made = await run('createKeyPair', options);
  assert.ok(typeof made === 'object' && made !== null && 'publicKeyPem' in made);
  const { publicKeyPem } = made;
  const keyPairId = 'keyPairId' in made ? made.keyPairId : '';
  assert.ok(typeof publicKeyPem === 'string' && typeof keyPairId === 'string');
  assert.ok(!JSON.stringify(made).includes('PRIVATE'));
  return { keyPairId, publicKeyPem };
}

async function sign(keyPairId?: string): Promise<string> {
  return runForText('quickCopySignedUrl', URI, { ...(keyPairId !== undefined && { keyPairId }) });
}

async function statusOf(url: string): Promise<number> {
  return (await fetchText(url)).status;
}

/** The key group that the distribution trusts. */
function trusted() {
  const [group] = account().stack.store.KeyGroups;
  assert.ok(group);
  return group;
}

function publicKeyIds(): readonly string[] {
  return account().stack.store.PublicKeys.map(({ Id }) => Id);
}

/** The changes that were made in the account since a moment. */
function changesSince(begin: number): readonly (string | undefined)[] {
  return account()
    .stack.control.requests.slice(begin)
    .filter(({ action, status }) => status < 300 && /:(?:Create|Update|Delete)/.test(action ?? ''))
    .map(({ action }) => action);
}

function requestCount(): number {
  return account().stack.control.requests.length;
}

/** Has the profile lack a permission while work goes on. */
async function withoutPermission<T>(action: string, work: () => Promise<T>): Promise<T> {
  const { control, developer } = account().stack;
  control.addIdentity({ ...developer, denials: [{ action }] });
  try {
    return await work();
  } finally {
    control.addIdentity(developer);
  }
}

describe('createKeyPair by a script', () => {
  for (const kind of ['RSA 2048', 'ECDSA P-256']) {
    it(`makes a key that finds its ID once the account has it: ${kind}`, async () => {
      await account().within(async () => {
        const begin = requestCount();
        const name = `By hand ${kind}`;
        const made = await create({ kind, name });
        assert.equal(made.keyPairId, '');
        assert.deepEqual(changesSince(begin), []);
        assert.deepEqual(await run('refreshKeys'), []);

        const keyPairId = `K${kind.replaceAll(/\W/g, '').padEnd(13, '0').toUpperCase()}`;
        const time = new Date().toISOString();
        account().stack.store.PublicKeys.push({
          Id: keyPairId,
          CreatedTime: time,
          PublicKeyConfig: {
            CallerReference: time,
            Name: name,
            EncodedKey: made.publicKeyPem,
            Comment: '',
          },
        });
        trusted().KeyGroupConfig.Items.push(keyPairId);
        assert.deepEqual(await run('refreshKeys'), [keyPairId]);
        const url = await sign(keyPairId);
        assert.ok(isSignedBy(url, made.publicKeyPem));
        assert.equal(await statusOf(url), 200);
        assert.deepEqual(await run('refreshKeys'), []);
      });
    });
  }

  it('uploads it into a key group by name, and changes no distribution', async () => {
    await account().within(async () => {
      const { Distributions } = account().stack.store;
      const before = JSON.stringify(Distributions.map((one) => one.DistributionConfig));
      const { Name: keyGroup } = trusted().KeyGroupConfig;
      const begin = requestCount();
      const made = await create({ kind: 'ECDSA P-256', name: 'By name', upload: { keyGroup } });
      assert.deepEqual(changesSince(begin), [
        'cloudfront:CreatePublicKey',
        'cloudfront:UpdateKeyGroup',
      ]);
      assert.equal(await statusOf(await sign(made.keyPairId)), 200);
      assert.equal(JSON.stringify(Distributions.map((one) => one.DistributionConfig)), before);
    });
  });

  it('uploads it into none, where none is named', async () => {
    await account().within(async () => {
      const begin = requestCount();
      const made = await create({ kind: 'ECDSA P-256', name: 'In no group', upload: {} });
      assert.deepEqual(changesSince(begin), ['cloudfront:CreatePublicKey']);
      assert.equal(await statusOf(await sign(made.keyPairId)), 403);
    });
  });

  it('changes nothing where the key group is unknown', async () => {
    await account().within(async () => {
      const begin = requestCount();
      const refusal = await refusalOf(
        create({ kind: 'ECDSA P-256', name: 'Nowhere', upload: { keyGroup: 'none' } }),
      );
      assert.equal(refusal.code, 'option-invalid');
      assert.match(refusal.message, /upload\.keyGroup.*There are: acme-media-signers/s);
      assert.deepEqual(changesSince(begin), []);
    });
  });

  it('names the permission that is missing', async () => {
    await account().within(async () => {
      const refusal = await withoutPermission('cloudfront:CreatePublicKey', () =>
        refusalOf(create({ kind: 'ECDSA P-256', name: 'Denied', upload: {} })),
      );
      assert.equal(refusal.code, 'access-denied');
      assert.match(refusal.message, /cloudfront:CreatePublicKey/);
    });
  });

  it('has the key of an account whose answer is lost on the way', async () => {
    await account().within(async () => {
      const { control } = account().stack;
      const known = publicKeyIds().length;
      control.losesAnswerOf = 'cloudfront:CreatePublicKey';
      const made = await create({
        kind: 'ECDSA P-256',
        name: 'Answer lost',
        upload: { keyGroup: trusted().Id },
      });
      assert.equal(control.losesAnswerOf, undefined);
      assert.equal(publicKeyIds().length, known + 1);
      assert.equal(await statusOf(await sign(made.keyPairId)), 200);
    });
  });

  it('keeps the key whose way into the key group is barred, under its ID', async () => {
    await account().within(async () => {
      const known = publicKeyIds();
      const refusal = await withoutPermission('cloudfront:UpdateKeyGroup', () =>
        refusalOf(
          create({
            kind: 'ECDSA P-256',
            name: 'Half way',
            upload: { keyGroup: trusted().Id },
          }),
        ),
      );
      assert.match(refusal.message, /cloudfront:UpdateKeyGroup/);
      const [keyPairId] = publicKeyIds().filter((id) => !known.includes(id));
      assert.ok(keyPairId);
      assert.equal(await statusOf(await sign(keyPairId)), 403);
    });
  });

  it('refuses what it does not understand', async () => {
    for (const options of [{}, { kind: 'DSA', name: 'x' }, { kind: 'RSA 2048', name: '' }]) {
      const refusal = await refusalOf(run('createKeyPair', options));
      assert.equal(refusal.code, 'option-invalid');
    }
  });
});

/** Has a new key trusted alone, and named by a mapping beside another one. */
async function withKeyToRotate(
  work: (key: Made, mappings: readonly Readonly<Record<string, unknown>>[]) => Promise<void>,
): Promise<void> {
  await account().within(async () => {
    trusted().KeyGroupConfig.Items.splice(1);
    const key = await create({
      kind: 'RSA 2048',
      // Each name is given once, and a rotation that failed leaves its own behind.
      name: `Release key ${String(publicKeyIds().length)}`,
      upload: { keyGroup: trusted().Id },
    });
    trusted().KeyGroupConfig.Items.shift();
    const { mapping } = account().stack;
    const mappings = [
      { ...mapping, keyPairId: key.keyPairId },
      { ...mapping, bucket: 'other-bucket' },
    ];
    await account().within(() => work(key, mappings), { distributions: mappings });
  });
}

describe('rotateKey by a script', () => {
  it('lets no link fail on the way: add, wait, switch; and at last removes the old key', async function () {
    this.timeout(60_000);
    await withKeyToRotate(async (old, mappings) => {
      const { control } = account().stack;
      const before = await sign();
      assert.equal(partsOf(before).parameters.get('Key-Pair-Id'), old.keyPairId);
      assert.equal(await statusOf(before), 200);

      const early = await refusalOf(run('rotateKey', old.keyPairId, { step: 'remove' }));
      assert.equal(early.code, 'option-invalid');

      control.deploymentTime = 1_500;
      const begin = requestCount();
      const rotated = await run('rotateKey', old.keyPairId, {
        step: 'replace',
        kind: 'ECDSA P-256',
      });
      control.deploymentTime = 0;
      assert.deepEqual(changesSince(begin), [
        'cloudfront:CreatePublicKey',
        'cloudfront:UpdateKeyGroup',
      ]);
      assert.equal(account().stack.store.Distributions[0]?.Status, 'Deployed');
      const newKeyPairId = publicKeyIds().at(-1);
      assert.deepEqual(rotated, { oldKeyPairId: old.keyPairId, newKeyPairId });
      assert.deepEqual(userSetting('distributions'), [
        { ...mappings[0], keyPairId: newKeyPairId },
        mappings[1],
      ]);
      const after = await sign();
      assert.equal(partsOf(after).parameters.get('Key-Pair-Id'), newKeyPairId);
      assert.deepEqual([await statusOf(before), await statusOf(after)], [200, 200]);

      await account().within(async () => {
        const found = await sign();
        assert.equal(partsOf(found).parameters.get('Key-Pair-Id'), newKeyPairId);
      });
      const again = requestCount();
      assert.deepEqual(await run('rotateKey', old.keyPairId, { step: 'replace' }), rotated);
      assert.deepEqual(changesSince(again), []);

      assert.deepEqual(await run('rotateKey', old.keyPairId, { step: 'remove' }), rotated);
      assert.deepEqual(changesSince(again), [
        'cloudfront:UpdateKeyGroup',
        'cloudfront:DeletePublicKey',
      ]);
      assert.deepEqual([await statusOf(before), await statusOf(after)], [403, 200]);
      assert.ok(!publicKeyIds().includes(old.keyPairId));
      for (const call of [
        sign(old.keyPairId),
        run('rotateKey', old.keyPairId, { step: 'remove' }),
      ]) {
        assert.equal((await refusalOf(call)).code, 'private-key-missing');
      }
    });
  });

  it('goes on where it was stopped, with the same new key', async () => {
    await withKeyToRotate(async (old) => {
      const known = publicKeyIds().length;
      for (const action of ['cloudfront:CreatePublicKey', 'cloudfront:UpdateKeyGroup']) {
        const refusal = await withoutPermission(action, () =>
          refusalOf(run('rotateKey', old.keyPairId, { step: 'replace' })),
        );
        assert.match(refusal.message, new RegExp(action));
        assert.equal(partsOf(await sign()).parameters.get('Key-Pair-Id'), old.keyPairId);
      }
      await run('rotateKey', old.keyPairId, { step: 'replace' });
      assert.equal(publicKeyIds().length, known + 1);

      const refusal = await withoutPermission('cloudfront:DeletePublicKey', () =>
        refusalOf(run('rotateKey', old.keyPairId, { step: 'remove' })),
      );
      assert.match(refusal.message, /cloudfront:DeletePublicKey/);
      assert.ok(!trusted().KeyGroupConfig.Items.includes(old.keyPairId));
      await run('rotateKey', old.keyPairId, { step: 'remove' });
      assert.equal(publicKeyIds().length, known);
    });
  });

  it('is refused for a key that the account does not have', async () => {
    await account().within(async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const keyPairId = 'K1ELSEWHERE000';
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      await run('importPrivateKey', { pem, keyPairId });
      const refusal = await refusalOf(run('rotateKey', keyPairId, { step: 'replace' }));
      assert.equal(refusal.code, 'public-key-missing');
      assert.match(refusal.message, /111122223333.*K1ELSEWHERE000/);
    });
  });

  it('says which half is wanted, and of which key', async () => {
    assert.equal((await refusalOf(run('rotateKey', 'K1', {}))).code, 'option-invalid');
    const refusal = await refusalOf(run('rotateKey', undefined, { step: 'remove' }));
    assert.equal(refusal.code, 'private-key-missing');
  });
});
