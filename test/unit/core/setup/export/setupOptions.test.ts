import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseSetupOptions } from '../../../../../src/core/setup/export/setupOptions.ts';
import { ok } from '../../../../../src/core/outcome.ts';

const REGION = 'eu-west-1';
const needed = { bucket: 'my-files', form: 'cli' };
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/1a2b-3c';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('options', () => {
  it('need no more than a bucket and a form', () => {
    expect(parseSetupOptions(needed, REGION)).toEqual(
      ok({
        form: 'cli',
        names: {
          name: 'my-files',
          bucket: 'my-files',
          bucketExists: false,
          region: REGION,
          originPath: '',
          alias: undefined,
          publicKeyPem: undefined,
          responseOverrides: false,
          listBucket: false,
        },
      }),
    );
  });

  it('all take effect', () => {
    const given = {
      bucket: 'My.Old_Bucket',
      form: 'cdk',
      name: 'Files',
      bucketExists: true,
      region: 'us-east-1',
      originPath: 'media/v1/',
      alias: 'Files.Example.com',
      certificateArn,
      publicKeyPem: publicPem.replaceAll('\n', ' '),
      responseOverrides: true,
      listBucket: true,
    };
    expect(parseSetupOptions(given, REGION)).toEqual(
      ok({
        form: 'cdk',
        names: {
          name: 'Files',
          bucket: 'My.Old_Bucket',
          bucketExists: true,
          region: 'us-east-1',
          originPath: '/media/v1',
          alias: { domain: 'files.example.com', certificateArn },
          publicKeyPem: publicPem,
          responseOverrides: true,
          listBucket: true,
        },
      }),
    );
  });

  it.each([
    ['my.files', 'my-files'],
    ['2026-files', 'files-2026-files'],
    ['a'.repeat(63), 'a'.repeat(50)],
  ])('make of bucket %s the name %s', (bucket, name) => {
    const parsed = parseSetupOptions({ ...needed, bucket, bucketExists: true }, REGION);
    expect(parsed).toMatchObject({ value: { names: { name } } });
  });

  it('that are undefined are not given', () => {
    expect(parseSetupOptions({ ...needed, alias: undefined, name: undefined }, REGION).kind).toBe(
      'ok',
    );
  });
});

describe('it is refused', () => {
  it.each<[what: string, option: string, given: object]>([
    ['no bucket', 'bucket', { bucket: undefined }],
    ['no form', 'form', { form: undefined }],
    ['another form', 'form', { form: 'yaml' }],
    ['an option that there is not', 'colour', { colour: 'red' }],
    ['a name out of Object.prototype', 'constructor', { constructor: 'x' }],
    ['a text that is none', 'region', { region: 1 }],
    ['a switch that is none', 'listBucket', { listBucket: 'yes' }],
    ['a key of a bucket', 'bucket', { bucket: 'my-files/a.txt' }],
    ['capitals in a new bucket', 'bucket', { bucket: 'My-Files' }],
    ['a dot in a new bucket', 'bucket', { bucket: 'my.files' }],
    ['a new bucket that is too long', 'bucket', { bucket: 'a'.repeat(64) }],
    ['a name with a space', 'name', { name: 'my files' }],
    ['a name that begins with a digit', 'name', { name: '1files' }],
    ['a name that is too long', 'name', { name: 'a'.repeat(51) }],
    ['a region that is none', 'region', { region: 'Frankfurt' }],
    ['a region of China', 'region', { region: 'cn-north-1' }],
    ['a region of GovCloud', 'region', { region: 'us-gov-west-1' }],
    ['an origin path with a quote', 'originPath', { originPath: "/it's" }],
    ['an origin path with a variable', 'originPath', { originPath: '/${x}' }],
    ['an origin path with a space', 'originPath', { originPath: '/a b' }],
    ['an origin path with dots alone', 'originPath', { originPath: '/a/../b' }],
    ['an origin path with an empty segment', 'originPath', { originPath: '/a//b' }],
    ['an alias with a port', 'alias', { alias: 'example.com:80', certificateArn }],
    ['an alias that is an address', 'alias', { alias: '192.0.2.1', certificateArn }],
    ['an alias without a certificate', 'certificateArn', { alias: 'files.example.com' }],
    ['a certificate without an alias', 'certificateArn', { certificateArn }],
    [
      'a certificate of another region',
      'certificateArn',
      { alias: 'files.example.com', certificateArn: certificateArn.replace('us-east-1', REGION) },
    ],
    ['what is no key', 'publicKeyPem', { publicKeyPem: 'hello' }],
    [
      'a certificate for a key',
      'publicKeyPem',
      { publicKeyPem: publicPem.replaceAll('PUBLIC KEY', 'CERTIFICATE') },
    ],
    ['a damaged key', 'publicKeyPem', { publicKeyPem: publicPem.replace('MII', 'AAA') }],
    ['two keys', 'publicKeyPem', { publicKeyPem: publicPem + publicPem }],
    ['RSA of another size', 'publicKeyPem', { publicKeyPem: publicPemOf('rsa', 3072) }],
    ['another curve', 'publicKeyPem', { publicKeyPem: publicPemOf('P-384') }],
    ['Ed25519', 'publicKeyPem', { publicKeyPem: publicPemOf('ed25519') }],
  ])('%s', (_what, option, given) => {
    const parsed = parseSetupOptions({ ...needed, ...given }, REGION);
    expect(parsed).toMatchObject({ kind: 'problem', problem: { code: 'option-invalid', option } });
  });

  it.each(['cn-north-1', 'eu-west-1; curl example.com'])('where none is given, %s', (region) => {
    const refusal = { kind: 'problem', problem: { code: 'option-invalid', option: 'region' } };
    expect(parseSetupOptions(needed, region)).toMatchObject(refusal);
    expect(parseSetupOptions({ ...needed, region: REGION }, region).kind).toBe('ok');
  });

  it('a name that no bucket has', () => {
    const parsed = parseSetupOptions({ ...needed, bucket: '-rf' }, REGION);
    expect(parsed).toMatchObject({ kind: 'problem', problem: { code: 'location-invalid' } });
  });

  it('a private key, of which no word is repeated', () => {
    const publicKeyPem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const parsed = parseSetupOptions({ ...needed, publicKeyPem }, REGION);
    expect(parsed).toMatchObject({
      kind: 'problem',
      problem: { option: 'publicKeyPem', detail: expect.stringContaining('private') },
    });
    expect(JSON.stringify(parsed)).not.toContain(publicKeyPem.slice(60, 90));
  });
});

function publicPemOf(kind: 'rsa' | 'P-384' | 'ed25519', modulusLength = 2048): string {
  const { publicKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength })
      : kind === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: kind });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
