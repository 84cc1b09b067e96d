import { generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureDebianPackages } from '../../../../dev/debian.ts';
import { readPrivateKey, signingKeyOf } from '../../../../src/core/keys/privateKey.ts';
import type { KeyRefusal } from '../../../../src/core/keys/refusal.ts';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';
import {
  derOf,
  encryptedByOpenssl,
  encryptedPemOf,
  openssl,
  p256,
  PASSPHRASE,
  pemOf,
  publicPemOf,
  rsa,
} from './someKeys.ts';

// Keys take as long to make as chance will have it.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(() => ensureDebianPackages(['openssl'], 'it writes keys in ways that Node does not'));

const RSA = { pem: pemOf(rsa, 'pkcs8'), kind: 'RSA 2048', publicKeyPem: publicPemOf(rsa) };
const P256 = { pem: pemOf(p256, 'pkcs8'), kind: 'ECDSA P-256', publicKeyPem: publicPemOf(p256) };

/** The forms that a key comes in, and what is read from each. */
const FORMS = [
  ['PKCS#1', pemOf(rsa, 'pkcs1'), RSA],
  ['PKCS#8 of RSA', RSA.pem, RSA],
  ['SEC1', pemOf(p256, 'sec1'), P256],
  ['PKCS#8 of P-256', P256.pem, P256],
  ['encrypted PKCS#8', encryptedPemOf(rsa, 'pkcs8', 'aes-256-cbc'), RSA],
  ['encrypted PKCS#8 of P-256', encryptedPemOf(p256, 'pkcs8', 'aes-128-cbc'), P256],
  ['traditionally encrypted PKCS#1', encryptedPemOf(rsa, 'pkcs1', 'aes-256-cbc'), RSA],
  ['traditionally encrypted SEC1', encryptedPemOf(p256, 'sec1', 'des-ede3-cbc'), P256],
] as const;

/** One of the forms by its name, so that what fails shows no key. */
const anyForm = fc.constantFrom(...FORMS.map(([name]) => name));

function formCalled(name: string): { readonly pem: string; readonly key: typeof RSA } {
  const [, pem, key] = FORMS.find(([form]) => form === name) ?? FORMS[0];
  return { pem, key };
}

describe('a private key is read from', () => {
  it.each(FORMS)('%s', (_form, pem, key) => {
    expect(readPrivateKey(pem, PASSPHRASE)).toEqual(ok(key));
    expect(readPrivateKey(Buffer.from(pem), PASSPHRASE)).toEqual(ok(key));
  });

  it('the file that “openssl ecparam -genkey” writes, which says the curve first', () => {
    const pem = openssl(['ecparam', '-name', 'prime256v1', '-genkey']).toString();
    expect(pem).toContain('BEGIN EC PARAMETERS');
    expect(valueOf(readPrivateKey(pem)).kind).toBe('ECDSA P-256');
  });

  it('a file with its certificate', () => {
    expect(readPrivateKey(certificate() + RSA.pem)).toEqual(ok(RSA));
  });
});

describe('an encrypted key', () => {
  const ENCRYPTED: readonly (readonly [name: string, encrypt: () => string])[] = [
    ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc'].flatMap(
      (cipher): [string, () => string][] => [
        [`PKCS#8 with ${cipher}`, () => encryptedPemOf(rsa, 'pkcs8', cipher)],
        [`PKCS#1 with ${cipher}`, () => encryptedPemOf(rsa, 'pkcs1', cipher)],
      ],
    ),
    ['SHA-512 in the key derivation', () => encryptedByOpenssl(rsa, '-v2prf', 'hmacWithSHA512')],
    ['PKCS#12’s way', () => encryptedByOpenssl(rsa, '-v1', 'PBE-SHA1-3DES')],
    ['Camellia', () => encryptedByOpenssl(rsa, '-v2', 'camellia-256-cbc')],
    // A wrong passphrase never shows in the padding of these: there is none.
    ['CFB', () => encryptedByOpenssl(rsa, '-v2', 'aes-256-cfb')],
    ['traditional CTR', () => encryptedPemOf(rsa, 'pkcs1', 'aes-256-ctr')],
  ];

  describe.each(ENCRYPTED)('%s', (_name, encrypt) => {
    it('is opened by its passphrase', () => {
      expect(readPrivateKey(encrypt(), PASSPHRASE)).toEqual(ok(RSA));
    });

    it('asks for a passphrase', () => {
      expect(readPrivateKey(encrypt())).toEqual(fail({ code: 'passphrase-needed' }));
    });

    it('tells a wrong passphrase, also where the padding happens to come out right', () => {
      const pem = encrypt();
      // One in 256 wrong passphrases leaves something that looks like padding.
      for (let count = 0; count < 300; count++) {
        expect(readPrivateKey(pem, `wrong ${count}`)).toEqual(fail({ code: 'passphrase-wrong' }));
      }
    });
  });

  it('with scrypt', () => {
    const pem = encryptedByOpenssl(p256, '-scrypt');
    expect(readPrivateKey(pem, PASSPHRASE)).toEqual(ok(P256));
    expect(readPrivateKey(pem, 'wrong')).toEqual(fail({ code: 'passphrase-wrong' }));
  });

  it('is not opened by no passphrase at all, nor by one that is far too long', () => {
    const pem = encryptedPemOf(p256, 'pkcs8', 'aes-256-cbc');
    for (const passphrase of ['', 'x'.repeat(5000)]) {
      expect(readPrivateKey(pem, passphrase)).toEqual(fail({ code: 'passphrase-wrong' }));
    }
  });

  it('is opened by any passphrase that it was closed with', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (passphrase) => {
        const pem = encryptedPemOf(p256, 'pkcs8', 'aes-256-cbc', passphrase);
        expect(readPrivateKey(pem, passphrase)).toEqual(ok(P256));
      }),
      { numRuns: 30 },
    );
  });

  it('of a kind that cannot sign is refused for that, once it is open', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const pem = encryptedPemOf(p384, 'pkcs8', 'aes-256-cbc');
    expect(readPrivateKey(pem)).toEqual(fail({ code: 'passphrase-needed' }));
    expect(readPrivateKey(pem, PASSPHRASE)).toEqual(refused('curve'));
  });

  it('that is short of a line is damaged, whatever the passphrase', () => {
    const pem = withoutLine(encryptedPemOf(rsa, 'pkcs8', 'aes-256-cbc'), 5);
    expect(readPrivateKey(pem)).toEqual(refused('damaged'));
    expect(readPrivateKey(pem, PASSPHRASE)).toEqual(refused('damaged'));
  });
});

type Mend = readonly [name: string, spoil: (pem: string) => string];

const LINE_ENDS: readonly Mend[] = [
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['CR alone', (text) => text.replaceAll('\n', '\r')],
  ['one line, with blanks', (text) => text.replaceAll('\n', ' ')],
  ['one line, with nothing', (text) => text.replaceAll('\n', '')],
  ['literal \\n', (text) => text.replaceAll('\n', '\\n')],
  ['literal \\r\\n', (text) => text.replaceAll('\n', '\\r\\n')],
  ['literal \\n and line ends', (text) => text.replaceAll('\n', '\\n\n')],
  ['empty lines between', (text) => text.replaceAll('\n', '\n\n')],
  ['blanks at the ends of lines', (text) => text.replaceAll('\n', ' \t\n')],
  ['indentation', (text) => text.replaceAll(/^/gm, '      ')],
  ['indentation by tabs', (text) => text.replaceAll(/^/gm, '\t')],
];

const SURROUNDINGS: readonly Mend[] = [
  ['text before it', (text) => `Bag Attributes\n    friendlyName: a - b\n${text}`],
  ['text behind it', (text) => `${text}\nKeep this secret!\n`],
  ['white space around it', (text) => `\n\n  ${text}\n\t\n`],
  ['a byte order mark', (text) => `\ufeff${text}`],
];

const QUOTES: readonly Mend[] = [
  ['double quotes', (text) => `"${text}"`],
  ['single quotes and a comma', (text) => `'${text}',`],
  ['back quotes', (text) => `\`${text}\`;`],
  ['JSON', (text) => JSON.stringify(text)],
  ['JSON with escaped slashes', (text) => JSON.stringify(text).replaceAll('/', '\\/')],
  [
    'JSON that escapes all but letters and digits',
    (text) =>
      JSON.stringify(text).replaceAll(
        /[+=/]/g,
        (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
      ),
  ],
  ['JSON in JSON', (text) => JSON.stringify(JSON.stringify(text))],
];

const BASE64: readonly Mend[] = [
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['base64 in lines', (text) => Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\n')],
];

/** What else holds a PEM as it is. */
const FILES: readonly Mend[] = [
  ['a member of a JSON object', (text) => JSON.stringify({ keyPairId: 'K', key: text }, null, 2)],
  ['a line of an env file', (text) => `ID=K2\nexport KEY="${text.replaceAll('\n', '\\n')}"\n`],
  ['a block in YAML', (text) => `key: |\n${text.replaceAll(/^/gm, '  ')}id: K2\n`],
];

function oneOf(...mends: readonly (readonly Mend[])[]): fc.Arbitrary<Mend> {
  return fc.constantFrom<Mend>(['nothing', (text) => text], ...mends.flat());
}

describe('what copying has done to a PEM is mended:', () => {
  describe.each([...LINE_ENDS, ...SURROUNDINGS, ...QUOTES, ...BASE64, ...FILES])(
    '%s',
    (_mend, spoil) => {
      it.each(FORMS)('%s', (_form, pem, key) => {
        expect(spoil(pem)).not.toBe(pem);
        expect(readPrivateKey(spoil(pem), PASSPHRASE)).toEqual(ok(key));
        expect(readPrivateKey(Buffer.from(spoil(pem)), PASSPHRASE)).toEqual(ok(key));
      });
    },
  );

  it.each(FORMS)('UTF-16 in either order of bytes: %s', (_form, pem, key) => {
    const littleEndian = Buffer.from(`\ufeff${pem}`, 'utf16le');
    expect(readPrivateKey(littleEndian, PASSPHRASE)).toEqual(ok(key));
    expect(readPrivateKey(Buffer.from(littleEndian).swap16(), PASSPHRASE)).toEqual(ok(key));
  });

  it('any of it on top of any other', () => {
    const anySpoiling = fc.tuple(
      anyForm,
      fc.tuple(
        oneOf(LINE_ENDS),
        oneOf(SURROUNDINGS, FILES),
        oneOf(SURROUNDINGS),
        oneOf(BASE64),
        oneOf(QUOTES),
        oneOf(LINE_ENDS),
      ),
    );
    fc.assert(
      fc.property(anySpoiling, ([form, mends]) => {
        const { pem, key } = formCalled(form);
        const spoilt = mends.reduce((text, [, spoil]) => spoil(text), pem);
        expect(readPrivateKey(spoilt, PASSPHRASE)).toEqual(ok(key));
      }),
      { numRuns: 2000 },
    );
  });

  it('no line ends behind the headers of any traditionally encrypted key', () => {
    // What follows the initialization vector may begin with digits that could be more of it.
    for (const cipher of ['aes-128-cbc', 'des-ede3-cbc']) {
      for (let count = 0; count < 40; count++) {
        const pem = encryptedPemOf(p256, 'sec1', cipher).replaceAll('\n', '');
        expect(readPrivateKey(pem, PASSPHRASE)).toEqual(ok(P256));
      }
    }
  });
});

describe('what is no key to sign with is refused for its own reason:', () => {
  const REFUSED: Readonly<
    Record<KeyRefusal, readonly (readonly [name: string, make: () => string | Uint8Array])[]>
  > = {
    empty: [
      ['nothing', () => ''],
      ['no bytes', () => Buffer.alloc(0)],
      ['white space', () => ' \r\n\t '],
      ['a byte order mark', () => Buffer.from('\ufeff')],
      ['empty quotes', () => '""'],
    ],
    'not-pem': [
      ['a text', () => 'Once upon a time'],
      ['a path', () => '/home/ada/private_key.pem'],
      ['a key pair ID', () => 'K2JCJMDEHXQW5F'],
      ['a JWK', () => JSON.stringify(p256.export({ format: 'jwk' }))],
      ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      ['parameters alone', () => openssl(['ecparam', '-name', 'prime256v1']).toString()],
    ],
    der: [
      ['PKCS#8', () => derOf(RSA.pem)],
      ['PKCS#1', () => derOf(pemOf(rsa, 'pkcs1'))],
      ['SEC1', () => derOf(pemOf(p256, 'sec1'))],
      ['PKCS#8 in base64', () => derOf(RSA.pem).toString('base64')],
    ],
    'public-key': [
      ['SubjectPublicKeyInfo', () => RSA.publicKeyPem],
      ['of RSA alone', () => openssl(['rsa', '-pubin', '-RSAPublicKey_out'], RSA.publicKeyPem)],
      ['of OpenSSH, RSA', () => `ssh-rsa ${derOf(RSA.publicKeyPem).toString('base64')} ada@home`],
      ['of OpenSSH, P-256', () => 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTI= ada@home'],
      ['of SSH2', () => '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----'],
    ],
    certificate: [['one of X.509', certificate]],
    'certificate-request': [
      ['one of PKCS#10', () => request()],
      ['one of PKCS#10, of old', () => request('-newhdr')],
    ],
    openssh: [
      [
        'a new-style key',
        () => block('OPENSSH PRIVATE KEY', Buffer.from('openssh-key-v1\0none\0none')),
      ],
    ],
    putty: [['a PPK', () => 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: a\n']],
    pkcs12: [
      ['of RSA', () => pkcs12()],
      ['of RSA, in base64', () => pkcs12().toString('base64')],
    ],
    'several-keys': [
      ['two of one kind', () => RSA.pem + RSA.pem],
      ['two kinds', () => RSA.pem + pemOf(p256, 'sec1')],
      ['one of them encrypted', () => RSA.pem + encryptedPemOf(rsa, 'pkcs8', 'aes-256-cbc')],
    ],
    damaged: [
      ['no END line', () => RSA.pem.replace(/-----END.*/, '')],
      ['the END line of another', () => RSA.pem.replace('END PRIVATE', 'END RSA PRIVATE')],
      ['no content', () => '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n'],
      ['a lost line', () => withoutLine(RSA.pem, 5)],
      ['a lost line of PKCS#1', () => withoutLine(pemOf(rsa, 'pkcs1'), 5)],
      ['a lost line of P-256', () => withoutLine(pemOf(p256, 'sec1'), 1)],
      ['a lost line of Ed25519', () => ed25519().replace('MC4C', 'MC4CAQAA')],
      ['a lost character', () => RSA.pem.replace(/(?<=\n.{9})./, '')],
      ['a foreign character', () => RSA.pem.replace(/(?<=\n.{9})./, '?')],
      ['quoted mail', () => RSA.pem.replaceAll(/^/gm, '> ')],
      ['no key', () => block('PRIVATE KEY', Buffer.from('Once upon a time'))],
      ['the bytes of another form', () => block('RSA PRIVATE KEY', derOf(certificate()))],
      ['a changed modulus', () => withByteChanged(pemOf(rsa, 'pkcs1'), 100)],
      ['a changed modulus in PKCS#8', () => withByteChanged(RSA.pem, 100)],
      ['a changed scalar', () => withByteChanged(pemOf(p256, 'sec1'), 20)],
      ['a changed point', () => withByteChanged(pemOf(p256, 'sec1'), 80)],
    ],
    'cipher-unsupported': [
      ['single DES', () => legacy(['rsa', '-traditional', '-des'])],
      ['RC2', () => legacy(['pkcs8', '-topk8', '-v1', 'PBE-SHA1-RC2-40'])],
      ['RC4', () => legacy(['pkcs8', '-topk8', '-v1', 'PBE-SHA1-RC4-128'])],
      ['PKCS#5 of 1993', () => legacy(['pkcs8', '-topk8', '-v1', 'PBE-MD5-DES'])],
      [
        'a cipher that nobody knows',
        () => encryptedPemOf(rsa, 'pkcs1', 'aes-256-cbc').replace('AES-256', 'XYZ-256'),
      ],
    ],
    'rsa-size': [1024, 2047, 3072, 4096].map((bits) => [
      `${bits} bits`,
      () => pkcs8Of(generateKeyPairSync('rsa', { modulusLength: bits }).privateKey),
    ]),
    'rsa-pss': [
      [
        'for any hash',
        () => pkcs8Of(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey),
      ],
    ],
    curve: ['P-224', 'P-384', 'P-521', 'secp256k1', 'brainpoolP256r1'].flatMap((namedCurve) => {
      const make = (): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey;
      return [
        [namedCurve, () => pkcs8Of(make())],
        [`${namedCurve} in SEC1`, () => pemOf(make(), 'sec1')],
      ] as const;
    }),
    ed25519: [['one', ed25519]],
    'key-type': [
      ['Ed448', () => pkcs8Of(generateKeyPairSync('ed448').privateKey)],
      ['X25519', () => pkcs8Of(generateKeyPairSync('x25519').privateKey)],
      ['DSA', () => pkcs8Of(dsa())],
      ['DSA in its own form', () => openssl(['dsa'], pkcs8Of(dsa()))],
    ],
  };

  for (const [reason, inputs] of Object.entries(REFUSED)) {
    it.each(inputs)(`${reason}: %s`, (_name, make) => {
      const input = make();
      // How a text came here is no matter: as it is, or as the bytes of a file.
      for (const same of typeof input === 'string' ? [input, Buffer.from(input)] : [input]) {
        expect(readPrivateKey(same, PASSPHRASE)).toEqual(refused(reason));
      }
    });
  }
});

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('');

describe('whatever is thrown at it', () => {
  const anyPiece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.base64String({ maxLength: 40 }),
    fc.constantFrom(
      '-----BEGIN ',
      '-----END ',
      'PRIVATE KEY',
      'RSA ',
      'EC ',
      'ENCRYPTED ',
      '-----',
    ),
    fc.constantFrom('\n', '\\n', '"', 'DEK-Info: AES-256-CBC,00', 'ssh-rsa ', '\ufeff', '\\u0000'),
  );
  const anyText = fc.array(anyPiece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(
        fc.constantFrom([0x30], [0x30, 0x82, 0x01], [0x30, 0x81], [0xff, 0xfe], [0xfe, 0xff]),
        fc.uint8Array({ maxLength: 300 }),
      )
      .map(([head, tail]) => Uint8Array.of(...head, ...tail)),
  );

  it('gives no key where there is none, and does not throw', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyBytes), (input) => {
        expect(readPrivateKey(input).kind).toBe('problem');
        expect(readPrivateKey(input, PASSPHRASE).kind).toBe('problem');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the very key or none, where a good PEM was changed', () => {
    const anyEdit = fc.record({
      /** Where, as a part of the whole. */
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      /** How many characters go. */
      lost: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(80)),
      put: fc.oneof(fc.base64String({ maxLength: 8 }), anyPiece),
    });
    // Most of a PEM is base64, and a change that leaves it that goes deepest.
    const anySubstitution = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      lost: fc.constant(1),
      put: fc.constantFrom(...BASE64_DIGITS),
    });
    const anyChange = fc.tuple(
      anyForm,
      fc.oneof(
        fc.array(anySubstitution, { minLength: 1, maxLength: 2 }),
        fc.array(anyEdit, { minLength: 1, maxLength: 3 }),
      ),
    );
    fc.assert(
      fc.property(anyChange, ([form, edits]) => {
        const {
          pem,
          key: { publicKeyPem },
        } = formCalled(form);
        const changed = edits.reduce((text, { at, lost, put }) => {
          const index = Math.floor(at * text.length);
          return text.slice(0, index) + put + text.slice(index + lost);
        }, pem);
        const key = readPrivateKey(changed, PASSPHRASE);
        if (key.kind !== 'ok') return;
        expect(key.value.publicKeyPem).toBe(publicKeyPem);
        const signature = sign('sha1', Buffer.from('a policy'), key.value.pem);
        expect(verify('sha1', Buffer.from('a policy'), publicKeyPem, signature)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a stored key', () => {
  it.each([
    ['RSA 2048', RSA],
    ['ECDSA P-256', P256],
  ])('of %s is made ready to sign', (_kind, { pem, publicKeyPem }) => {
    const key = valueOf(signingKeyOf('K2JCJMDEHXQW5F', pem));
    expect(key.keyPairId).toBe('K2JCJMDEHXQW5F');
    const signature = sign('sha1', Buffer.from('a policy'), key.privateKey);
    expect(verify('sha1', Buffer.from('a policy'), publicKeyPem, signature)).toBe(true);
    expect(verify('sha1', Buffer.from('a policy'), key.publicKey, signature)).toBe(true);
  });

  it('that is damaged is refused', () => {
    expect(signingKeyOf('K2JCJMDEHXQW5F', withoutLine(RSA.pem, 5))).toEqual(refused('damaged'));
    expect(signingKeyOf('K2JCJMDEHXQW5F', '')).toEqual(refused('damaged'));
  });
});

function refused(reason: string): object {
  return { kind: 'problem', problem: { code: 'private-key-refused', reason } };
}

function pkcs8Of(key: KeyObject): string {
  return pemOf(key, 'pkcs8');
}

function ed25519(): string {
  return pkcs8Of(generateKeyPairSync('ed25519').privateKey);
}

function dsa(): KeyObject {
  return generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey;
}

function certificate(): string {
  return request('-x509', '-days', '1');
}

function request(...args: readonly string[]): string {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];
  const command = ['req', '-new', ...key, '-keyout', '/dev/null', '-subj', '/CN=a'];
  return openssl([...command, ...args]).toString();
}

function pkcs12(): Buffer {
  return openssl(['pkcs12', '-export', '-nocerts', '-passout', 'pass:'], RSA.pem);
}

/** An RSA key encrypted with a cipher of old that OpenSSL 3 keeps apart. */
function legacy([command = '', ...args]: readonly string[]): string {
  const providers = ['-provider', 'default', '-provider', 'legacy'];
  const passphrase = ['-passout', `pass:${PASSPHRASE}`];
  return openssl([command, ...providers, ...args, ...passphrase], RSA.pem).toString();
}

function block(label: string, bytes: Buffer): string {
  return `-----BEGIN ${label}-----\n${bytes.toString('base64')}\n-----END ${label}-----\n`;
}

function withoutLine(pem: string, index: number): string {
  return pem
    .split('\n')
    .filter((_line, at) => at !== index)
    .join('\n');
}

function withByteChanged(pem: string, index: number): string {
  const bytes = derOf(pem);
  bytes.writeUInt8(bytes.readUInt8(index) ^ 0x10, index);
  return block(pem.split('-----')[1]?.replace('BEGIN ', '') ?? '', bytes);
}
