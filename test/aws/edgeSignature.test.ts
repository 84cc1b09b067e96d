import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  asCookies,
  cannedParameters,
  cannedPolicy,
  cloudFrontBase64,
  customParameters,
  type HashName,
  keyFolder,
  type KeyPair,
  P_256,
  RSA_2048,
  sign,
  type Signing,
  withParameters,
} from './edgeSigning.ts';
import { STAGE_NOW, type Stage, startStage } from './edgeStage.ts';

const LATER = STAGE_NOW + 3600;

const folder = keyFolder();
let rsa: KeyPair;
let ec: KeyPair;
let stage: Stage;
let url: string;

beforeAll(() => {
  rsa = folder.make('KRSA', RSA_2048);
  ec = folder.make('KEC', P_256);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  stage = await startStage({ key: rsa });
  trust(ec);
  url = `${stage.base}/a/b.txt`;
});
afterEach(() => stage.close());

/** Adds a public key to the distribution's key group. */
function trust({ id, publicPem }: KeyPair): void {
  addPublicKey(id, publicPem);
  stage.store.KeyGroups[0]?.KeyGroupConfig.Items.push(id);
}

function addPublicKey(id: string, pem: string): void {
  const time = new Date().toISOString();
  stage.store.PublicKeys.push({
    Id: id,
    CreatedTime: time,
    PublicKeyConfig: { CallerReference: id, Name: id, EncodedKey: pem, Comment: '' },
  });
}

function addKeyGroup(id: string, ...keys: string[]): void {
  stage.store.KeyGroups.push({
    Id: id,
    LastModifiedTime: new Date().toISOString(),
    KeyGroupConfig: { Name: id, Items: keys, Comment: '' },
  });
}

const canned = (signing: Signing, target = url, expires = LATER): string =>
  withParameters(target, cannedParameters(target, expires, signing));

/** What the edge makes of a URL: `200`, or the code of its refusal. */
async function verdict(signed: string, headers: Readonly<Record<string, string>> = {}) {
  const { status, code } = await stage.send(signed, { headers });
  return code ?? status;
}

describe('signatures that OpenSSL makes', () => {
  const kinds: readonly { name: string; key: () => KeyPair }[] = [
    { name: 'RSA 2048', key: () => rsa },
    { name: 'ECDSA P-256', key: () => ec },
  ];
  const hashes: readonly { hash: HashName; hashAlgorithm?: string; accepted: boolean }[] = [
    { hash: 'sha1', accepted: true },
    { hash: 'sha1', hashAlgorithm: 'SHA1', accepted: true },
    { hash: 'sha256', hashAlgorithm: 'SHA256', accepted: true },
    // Without the parameter CloudFront checks SHA-1, and it goes by what the parameter says.
    { hash: 'sha256', accepted: false },
    { hash: 'sha256', hashAlgorithm: 'SHA1', accepted: false },
    { hash: 'sha1', hashAlgorithm: 'SHA256', accepted: false },
    { hash: 'sha256', hashAlgorithm: 'sha256', accepted: false },
    { hash: 'sha1', hashAlgorithm: 'sha1', accepted: false },
    { hash: 'sha1', hashAlgorithm: 'SHA512', accepted: false },
    { hash: 'sha1', hashAlgorithm: '', accepted: false },
  ];
  const cases = kinds.flatMap((kind) => hashes.map((hash) => ({ ...kind, ...hash })));

  it.each(cases)(
    '$name over $hash, Hash-Algorithm=$hashAlgorithm: $accepted',
    async ({ key, accepted, ...how }) => {
      const signing = { ...how, key: key() };
      const expected = accepted ? 200 : 'AccessDenied';
      expect(await verdict(canned(signing))).toBe(expected);
      const custom = customParameters(cannedPolicy(url, LATER), signing);
      expect(await verdict(withParameters(url, custom))).toBe(expected);
      expect(await verdict(url, { cookie: asCookies(custom) })).toBe(expected);
      const cannedCookie = asCookies(cannedParameters(url, LATER, signing));
      expect(await verdict(url, { cookie: cannedCookie })).toBe(expected);
    },
  );

  it('takes the parameters in any order, between others', async () => {
    const base = `${url}?size=large&b=2`;
    const { Expires, Signature, ...id } = cannedParameters(base, LATER, { key: rsa });
    expect(
      await verdict(
        `${url}?Signature=${Signature}&size=large&Key-Pair-Id=${id['Key-Pair-Id']}&b=2&Expires=${Expires}`,
      ),
    ).toBe(200);
  });
});

describe('a canned policy', () => {
  it.each([
    ['another object', (signed: string) => signed.replace('b.txt', 'c.txt')],
    ['a query added', (signed: string) => `${signed}&size=large`],
    ['a question mark more', (signed: string) => signed.replace('b.txt?', 'b.txt?&')],
    ['another expiry', (signed: string) => signed.replace(String(LATER), String(LATER + 1))],
    ['an escape written otherwise', (signed: string) => signed.replace('b.txt', '%62.txt')],
    ['another key pair', (signed: string) => signed.replace('KRSA', 'KEC')],
  ])('covers its URL byte for byte: %s', async (_, change) => {
    const signed = canned({ key: rsa });
    expect(await verdict(signed)).toBe(200);
    expect(await verdict(change(signed))).toBe('AccessDenied');
  });

  it('covers the query that was signed', async () => {
    expect(await verdict(canned({ key: rsa }, `${url}?size=large`))).toBe(200);
    expect(await verdict(canned({ key: rsa }, `${url}?size=large`).replace('large', 'small'))).toBe(
      'AccessDenied',
    );
  });

  it('covers bytes as they came over the wire', async () => {
    for (const path of [
      '/%41%c3%BC',
      '/it%27s%20(1)*.txt',
      "/a'b+c&d=e",
      '//x//',
      '/%2A?%3F=a+b',
    ]) {
      expect(await verdict(canned({ key: rsa }, `${stage.base}${path}`))).toBe(200);
    }
  });

  it('knows no wildcard', async () => {
    const parameters = cannedParameters(`${stage.base}/a/*`, LATER, { key: rsa });
    expect(await verdict(withParameters(`${stage.base}/a/*`, parameters))).toBe(200);
    expect(await verdict(withParameters(`${stage.base}/a/b.txt`, parameters))).toBe('AccessDenied');
    const single = cannedParameters(`${stage.base}/a/b.tx?`, LATER, { key: rsa });
    expect(await verdict(withParameters(url, single))).toBe('AccessDenied');
  });

  it('has to name the scheme by which it is asked for', async () => {
    const parameters = cannedParameters(url.replace('http:', 'https:'), LATER, { key: rsa });
    expect(await verdict(withParameters(url, parameters))).toBe('AccessDenied');
    const https = await startStage({ key: rsa, scheme: 'https' });
    const secure = `${https.base}/a/b.txt`;
    expect((await https.send(canned({ key: rsa }, secure))).status).toBe(200);
    await https.close();
  });

  it('ends with its second, not after it', async () => {
    const signed = canned({ key: rsa });
    stage.circumstances.now = LATER - 1;
    expect(await verdict(signed)).toBe(200);
    stage.circumstances.now = LATER;
    expect(await verdict(signed)).toBe('AccessDenied');
  });

  it.each(['1700003600000', '1700003600.0', '01700003600', '-1', '1e9', '2147483648', ''])(
    'is malformed where Expires is “%s”',
    async (expires) => {
      const parameters = cannedParameters(url, expires, { key: rsa });
      expect(await verdict(withParameters(url, parameters))).toBe('MalformedPolicy');
    },
  );

  it('may last to the last second of 32 bits', async () => {
    expect(await verdict(canned({ key: rsa }, url, 2_147_483_647))).toBe(200);
  });

  it('was signed without a byte more', async () => {
    const parameters = cannedParameters(url, LATER, { key: rsa });
    const Signature = sign(rsa, `${cannedPolicy(url, LATER)}\n`);
    expect(await verdict(withParameters(url, { ...parameters, Signature }))).toBe('AccessDenied');
  });
});

describe('what a request has to bring', () => {
  it('is refused as CloudFront does it', async () => {
    const { status, headers, text } = await stage.send(url);
    expect(status).toBe(403);
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code>' +
        '<Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>',
    );
    expect(headers).toMatchObject({
      server: 'CloudFront',
      'content-type': 'text/xml',
      'content-length': String(text.length),
      'x-cache': 'Error from cloudfront',
      'x-amz-cf-id': expect.stringMatching(/^[\w-]{54}==$/),
      'x-amz-cf-pop': expect.stringMatching(/^\w+-\w+$/),
      via: expect.stringMatching(/^1\.1 [0-9a-f]+\.cloudfront\.net \(CloudFront\)$/),
      date: new Date(STAGE_NOW * 1000).toUTCString(),
    });
    expect(stage.hits).toEqual([]);
    expect(stage.edge.requests).toMatchObject([{ status: 403, errorCode: 'MissingKey' }]);
  });

  it.each([
    ['MissingKey', 'no key pair ID', { 'Key-Pair-Id': undefined }],
    ['MissingKey', 'an empty key pair ID', { 'Key-Pair-Id': '' }],
    ['InvalidKey', 'an unknown key pair ID', { 'Key-Pair-Id': 'KNOBODY' }],
    ['InvalidKey', 'a key pair ID in other case', { 'Key-Pair-Id': 'krsa' }],
    ['AccessDenied', 'no signature', { Signature: undefined }],
    ['AccessDenied', 'neither policy nor expiry', { Expires: undefined }],
    ['MalformedSignature', 'an empty signature', { Signature: '' }],
    [
      'AccessDenied',
      'a signature of other bytes',
      { Signature: cloudFrontBase64(Buffer.alloc(256)) },
    ],
    ['AccessDenied', 'a signature of a byte', { Signature: cloudFrontBase64(Buffer.alloc(1)) }],
    ['MalformedSignature', 'standard base64', { Signature: 'ab+/' }],
    ['MalformedSignature', 'padding as =', { Signature: 'abc=' }],
    ['MalformedSignature', 'base64url without padding', { Signature: 'abc' }],
    ['MalformedSignature', 'padding inside', { Signature: 'a_bc' }],
    ['MalformedSignature', 'escapes', { Signature: '%7Eabcde' }],
    ['MalformedPolicy', 'a policy that is no base64', { Policy: 'e30=' }],
    ['MalformedPolicy', 'a policy that is no JSON', { Policy: cloudFrontBase64(Buffer.from('{')) }],
  ])('%s: %s', async (code, _, change) => {
    const parameters = cannedParameters(url, LATER, { key: rsa });
    expect(await verdict(withParameters(url, { ...parameters, ...change }))).toBe(code);
    expect(stage.hits).toEqual([]);
  });

  it('says which message goes with which code', async () => {
    const parameters = cannedParameters(url, LATER, { key: rsa });
    const message = async (change: Readonly<Record<string, string>>) => {
      const { text } = await stage.send(withParameters(url, { ...parameters, ...change }));
      return /<Message>(.*)<\/Message>/.exec(text)?.[1];
    };
    expect(await message({ 'Key-Pair-Id': 'KNOBODY' })).toBe('Unknown Key');
    expect(await message({ Signature: 'ab+/' })).toBe('Could not unencode Signature');
    expect(await message({ Expires: 'never' })).toBe('Malformed Policy');
    expect(await message({ Expires: '2000000000' })).toBe('Access denied');
  });

  it('is refused where a parameter comes twice', async () => {
    expect(await verdict(`${canned({ key: rsa })}&Expires=${LATER}`)).toBe('AccessDenied');
  });

  it('answers HEAD without the body, and the length of one', async () => {
    const { status, headers, text } = await stage.send(url, { method: 'HEAD' });
    expect([status, text]).toEqual([403, '']);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });
});

describe('trusted key groups', () => {
  it('tell of a key that stands in no group of the behavior', async () => {
    const outsider = folder.make('KOUTSIDE', RSA_2048);
    addPublicKey(outsider.id, outsider.publicPem);
    expect(await verdict(canned({ key: outsider }))).toBe('InvalidKey');
    addKeyGroup('unused', outsider.id);
    expect(await verdict(canned({ key: outsider }))).toBe('InvalidKey');
  });

  it('may be several', async () => {
    const second = folder.make('KSECOND', RSA_2048);
    addPublicKey(second.id, second.publicPem);
    addKeyGroup('second', second.id);
    stage.distribution.DistributionConfig.DefaultCacheBehavior.TrustedKeyGroups.Items.push(
      'second',
    );
    expect(await verdict(canned({ key: second }))).toBe(200);
    expect(await verdict(canned({ key: rsa }))).toBe(200);
  });

  it('lose a key from one request to the next', async () => {
    const signed = canned({ key: rsa });
    expect(await verdict(signed)).toBe(200);
    stage.store.KeyGroups[0]?.KeyGroupConfig.Items.splice(0, 1);
    expect(await verdict(signed)).toBe('InvalidKey');
  });

  it('hold a key under its own ID alone', async () => {
    const impostor = { ...folder.make('KIMPOSTOR', RSA_2048), id: rsa.id };
    expect(await verdict(canned({ key: impostor }))).toBe('AccessDenied');
  });

  it.each([
    ['RSA 4096', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096']],
    ['P-384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384']],
  ])('take no key of another kind: %s', async (name, options) => {
    const key = folder.make(`K${name.length}`, options);
    trust(key);
    expect(await verdict(canned({ key }))).toBe('InvalidKey');
  });
});

/** A `Cookie` header that opens everything below `/a/`. */
function cookies(): string {
  return asCookies(customParameters(cannedPolicy(`${stage.base}/a/*`, LATER), { key: rsa }));
}

describe('signed cookies', () => {
  it('open what their policy covers, beside other cookies', async () => {
    const cookie = `theme=dark; ${cookies()}; last=1`;
    expect(await verdict(url, { cookie })).toBe(200);
    expect(await verdict(`${url}?size=large`, { cookie })).toBe(200);
    expect(await verdict(`${stage.base}/z`, { cookie })).toBe('AccessDenied');
    expect(stage.hits[0]?.headers['cookie']).toBeUndefined();
  });

  it('have case-sensitive names', async () => {
    expect(await verdict(url, { cookie: cookies().toLowerCase() })).toBe('MissingKey');
  });

  it('count for nothing once the URL has a parameter of its own', async () => {
    const cookie = cookies();
    const expired = cannedParameters(url, STAGE_NOW - 1, { key: rsa });
    expect(await verdict(withParameters(url, expired), { cookie })).toBe('AccessDenied');
    for (const name of ['Expires', 'Policy', 'Signature', 'Hash-Algorithm']) {
      expect(await verdict(`${url}?${name}=SHA1`, { cookie })).toBe('MissingKey');
    }
    expect(await verdict(`${url}?Key-Pair-Id=KRSA`, { cookie })).toBe('AccessDenied');
    expect(await verdict(`${url}?expires=1&policy=2`, { cookie })).toBe(200);
  });

  it('do not spoil a signed URL', async () => {
    expect(await verdict(canned({ key: rsa }), { cookie: 'CloudFront-Key-Pair-Id=KNOBODY' })).toBe(
      200,
    );
  });
});
