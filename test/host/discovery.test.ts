import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';

import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

import { DEMO_BUCKET, DEMO_KEY } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, runForText, withSettings } from './cloudfrontSigner.ts';
import { eventually } from './eventually.ts';
import { readExtensionLog } from './extensionLog.ts';
import { readFixture } from './fixture.ts';
import { FRONTS } from './fronts.ts';
import { fetchText, partsOf } from './links.ts';

const { domain, keyPairId, privateKeyFile, distributionId, readerProfile } = readFixture().account;

const URI = `s3://${DEMO_BUCKET}/${DEMO_KEY}`;
const PATH = '/reports/2026/Q3%20r%C3%A9sum%C3%A9%20%28final%29.txt';

/** Nothing is mapped: whatever is not named has to be found. */
const UNMAPPED = { distributions: undefined };

async function unmapped<T>(work: () => Promise<T>, settings: object = {}): Promise<T> {
  return withSettings({ ...UNMAPPED, ...settings }, work);
}

async function sign(object: unknown, options: object = {}): Promise<string> {
  return runForText('quickCopySignedUrl', object, options);
}

describe('without a mapping, a script that signs', () => {
  before(importAccountKey);

  it('gets domain, protocol and key from the account, though several keys are kept', async () => {
    const url = await unmapped(() => sign(URI));
    assert.equal(partsOf(url).resource, `http://${domain}${PATH}`);
    assert.equal(partsOf(url).parameters.get('Key-Pair-Id'), keyPairId);
    assert.equal((await fetchText(url)).status, 200);
  });

  it('may name the distribution by its ID', async () => {
    const url = await unmapped(() => sign(URI, { distribution: distributionId }));
    assert.equal(partsOf(url).resource, `http://${domain}${PATH}`);
    const mapped = await sign(URI, { distribution: distributionId });
    assert.equal((await fetchText(mapped)).status, 200);
  });

  it('may name one of its domains, and gets the origin path along', async () => {
    const [name] = FRONTS['below-media'];
    const url = await unmapped(() => sign('s3://below-media/media/a.txt', { distribution: name }));
    assert.equal(partsOf(url).resource, `https://${name}/a.txt`);
    assert.equal(partsOf(url).parameters.get('Key-Pair-Id'), keyPairId);
    const wild = await unmapped(() =>
      sign('s3://wild-names/a.txt', { distribution: 'x.wild.example.com' }),
    );
    assert.equal(partsOf(wild).resource, 'https://x.wild.example.com/a.txt');
    assert.equal(partsOf(wild).parameters.get('Key-Pair-Id'), keyPairId);
  });

  it('may name a domain that the account does not know', async () => {
    const url = await unmapped(() => sign(URI, { distribution: 'unknown.example.com', keyPairId }));
    assert.equal(partsOf(url).resource, `https://unknown.example.com${PATH}`);
  });

  it('gets the name that its owner gave it, of the one that serves and asks for a signature', async () => {
    const url = await unmapped(() => sign('s3://best/a.txt'));
    assert.equal(partsOf(url).resource, `https://${FRONTS.best[0]}/a.txt`);
  });

  it('gets the name of the distribution where there is but a wildcard', async () => {
    const url = await unmapped(() => sign('s3://wild-names/a.txt'));
    assert.equal(partsOf(url).resource, `https://${FRONTS['wild-names'][0]}/a.txt`);
  });

  it('leaves the origin path out', async () => {
    const url = await unmapped(() => sign('s3://below-media/media/a.txt'));
    assert.equal(partsOf(url).resource, `https://${FRONTS['below-media'][0]}/a.txt`);
  });

  const refusals: readonly (readonly [
    what: string,
    object: string,
    options: object,
    code: string,
    words: RegExp,
  ])[] = [
    [
      'where several serve it, all of them named',
      's3://twins/a',
      {},
      'option-invalid',
      new RegExp(`“distribution”.*${FRONTS.twins.join(', ')}`, 's'),
    ],
    [
      'where the only one is disabled',
      's3://switched-off/a',
      {},
      'distribution-disabled',
      /d-switched-off\.cloudfront\.net/,
    ],
    [
      'where no key that is kept is trusted',
      's3://foreign-keys/a',
      {},
      'key-untrusted',
      /d-foreign-keys\.cloudfront\.net/,
    ],
    [
      'where it lies outside the origin path',
      's3://below-media/a.txt',
      {},
      'distribution-unknown',
      /None of the account/,
    ],
    [
      'where nothing serves the bucket',
      's3://acme-backups/db.tar',
      {},
      'distribution-unknown',
      /None/,
    ],
    [
      'by an ID that there is not',
      URI,
      { distribution: 'E00000000000' },
      'option-invalid',
      /no distribution with this ID/,
    ],
    [
      'by the ID of another bucket’s',
      's3://acme-backups/db.tar',
      { distribution: distributionId },
      'option-invalid',
      /does not lead to “db\.tar”/,
    ],
  ];
  for (const [what, object, options, code, words] of refusals) {
    it(`is refused ${what}`, async () => {
      const refusal = await unmapped(() => refusalOf(sign(object, options)));
      assert.equal(refusal.code, code);
      assert.match(refusal.message, words);
    });
  }

  it('picks of several by name, and each name once', async () => {
    const [, second] = FRONTS.twins;
    const url = await unmapped(() => sign('s3://twins/a', { distribution: second }));
    assert.equal(partsOf(url).resource, `https://${second}/a`);
  });
});

describe('where the account may not be seen', () => {
  before(importAccountKey);

  it('the settings are enough, and one line says what is missing', async () => {
    const linesBefore = await linesOfMissing('cloudfront:ListDistributions');
    await withSettings({ 'aws.profile': readerProfile }, async () => {
      await run('openLocation', URI);
      for (let time = 0; time < 3; time++) {
        assert.equal((await fetchText(await sign(URI))).status, 200);
      }
      await eventually('a line about the permission', async () =>
        (await linesOfMissing('cloudfront:ListDistributions')) > linesBefore ? true : undefined,
      );
      await assert.rejects(unmapped(() => sign(URI)));
      assert.equal(await linesOfMissing('cloudfront:ListDistributions'), linesBefore + 1);
    });
  });

  it('a script is told which permission would help', async () => {
    const refusal = await unmapped(() => refusalOf(sign(URI)), { 'aws.profile': readerProfile });
    assert.equal(refusal.code, 'distribution-unknown');
    assert.match(refusal.message, /lacks cloudfront:ListDistributions/);
    const byId = await unmapped(() => refusalOf(sign(URI, { distribution: distributionId })), {
      'aws.profile': readerProfile,
    });
    assert.match(byId.message, /could not be looked up: This profile lacks cloudfront:List/);
  });

  it('a named domain is taken as it is', async () => {
    const url = await unmapped(() => sign(URI, { distribution: `http://${domain}`, keyPairId }), {
      'aws.profile': readerProfile,
    });
    assert.equal((await fetchText(url)).status, 200);
  });

  it('because there are no credentials, a script is told that', async () => {
    const refusal = await unmapped(() => refusalOf(sign(URI)), { 'aws.profile': 'nobody' });
    assert.equal(refusal.code, 'distribution-unknown');
    assert.match(refusal.message, /“nobody” does not exist/);
  });
});

/**
 * How often the log tells that something was not found for want of a permission; of itself, a refused
 * command tells as well.
 */
async function linesOfMissing(permission: string): Promise<number> {
  const lines = (await readExtensionLog()).split('\n');
  return lines.filter((line) => line.includes('Not found by itself') && line.includes(permission))
    .length;
}

describe('importing a private key by a script', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strange = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  it('finds its ID, and the name that the account has for it', async () => {
    const imported: unknown = await run('importPrivateKey', { file: privateKeyFile });
    assert.ok(typeof imported === 'object' && imported !== null);
    assert.ok('keyPairId' in imported && 'name' in imported);
    assert.equal(imported.keyPairId, keyPairId);
    assert.equal(imported.name, `${DEMO_BUCKET}-signer`);
  });

  it('is refused where the account does not know it', async () => {
    const refusal = await refusalOf(run('importPrivateKey', { pem: strange }));
    assert.equal(refusal.code, 'key-pair-id-unknown');
    assert.match(refusal.message, /no public key that belongs to it/);
  });

  it('is refused where the account may not be seen, by the permission that is missing', async () => {
    const refusal = await withSettings({ 'aws.profile': readerProfile }, () =>
      refusalOf(run('importPrivateKey', { file: privateKeyFile })),
    );
    assert.equal(refusal.code, 'key-pair-id-unknown');
    assert.match(refusal.message, /lacks cloudfront:ListPublicKeys/);
  });
});

describe('copyUnsignedUrl by a script', () => {
  it('gives what is signed otherwise, without a signature', async () => {
    const url = await unmapped(() => runForText('copyUnsignedUrl', URI, {}));
    assert.equal(url, `http://${domain}${PATH}`);
    assert.equal(await vscode.env.clipboard.readText(), url);
    assert.equal((await fetchText(url)).status, 403);
  });

  it('follows the settings, and heeds distribution, format and query', async () => {
    const distributions = [{ bucket: 'films', domain: 'f.example.com', originPath: '/a' }];
    await withSettings({ distributions }, async () => {
      assert.equal(
        await runForText('copyUnsignedUrl', 's3://films/a/b', {}),
        'https://f.example.com/b',
      );
    });
    const options = { distribution: 'g.example.com', format: 'markdown', query: { a: 'b c' } };
    assert.equal(
      await runForText('copyUnsignedUrl', ['s3://films/b', 's3://films/c'], options),
      '[b](https://g.example.com/b?a=b%20c)\n[c](https://g.example.com/c?a=b%20c)',
    );
  });

  it('needs no key that is trusted', async () => {
    const url = await unmapped(() => runForText('copyUnsignedUrl', 's3://foreign-keys/a', {}));
    assert.equal(url, `https://${FRONTS['foreign-keys'][0]}/a`);
  });

  const refusals: readonly (readonly [object: string, options: object, code: string])[] = [
    ['s3://films/a', { expiresIn: '1h' }, 'option-invalid'],
    ['s3://films/a', { keyPairId }, 'option-invalid'],
    ['s3://films/a', {}, 'distribution-unknown'],
    ['s3://twins/a', {}, 'option-invalid'],
    [`s3://${DEMO_BUCKET}/a/../b`, {}, 'key-unreachable'],
  ];
  for (const [object, options, code] of refusals) {
    it(`refuses ${object} with ${JSON.stringify(options)}: ${code}`, async () => {
      const refusal = await unmapped(() => refusalOf(run('copyUnsignedUrl', object, options)));
      assert.equal(refusal.code, code);
    });
  }
});

describe('the page of the console, for a script', () => {
  it('is that of the object or the bucket, in its region', async () => {
    await run('openLocation', URI);
    assert.equal(
      await run('openInConsole', `s3://${DEMO_BUCKET}/README.md`, {}),
      `https://eu-central-1.console.aws.amazon.com/s3/object/${DEMO_BUCKET}?region=eu-central-1&prefix=README.md`,
    );
    assert.equal(
      await run('openInConsole', 's3://acme-website', {}),
      'https://us-east-1.console.aws.amazon.com/s3/buckets/acme-website?region=us-east-1',
    );
  });

  it('is that of the distribution in front', async () => {
    assert.equal(
      await run('openDistributionInConsole', `s3://${DEMO_BUCKET}`, {}),
      `https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/distributions/${distributionId}`,
    );
    const refusal = await refusalOf(run('openDistributionInConsole', 's3://acme-backups', {}));
    assert.equal(refusal.code, 'distribution-unknown');
  });
});
