import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../../../dev/debian.ts';
import { readPrivateKey } from '../../../../src/core/keys/privateKey.ts';
import { KEY_REFUSALS, type KeyRefusal } from '../../../../src/core/keys/refusal.ts';
import { valueOf } from '../valueOf.ts';
import { derOf, encryptedByOpenssl, PASSPHRASE, pemOf, publicPemOf, rsa } from './someKeys.ts';

beforeAll(() =>
  ensureDebianPackages(['openssl', 'openssh-client'], 'remedies name their commands'),
);

describe.each(Object.entries(KEY_REFUSALS))('%s', (_reason, { title, remedy }) => {
  it('has a title without a full stop, and whole sentences for a remedy', () => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the command of a remedy', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'remedy-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a command of a remedy as it stands there; what it would ask for comes along. */
  function follow(reason: KeyRefusal, program: RegExp, ...answers: readonly string[]): void {
    const commands = KEY_REFUSALS[reason].remedy.matchAll(/“([^”]+)”/g);
    const command = Array.from(commands, ([, text = '']) => text).find((text) =>
      program.test(text),
    );
    if (command === undefined) throw new Error(`No such command for ${reason}`);
    const [name = '', ...args] = command.split(' ');
    execFileSync(name, [...args, ...answers], { cwd: folder, stdio: 'pipe' });
  }

  function file(name: string, content: string | Buffer): void {
    // As ssh-keygen wants it, which reads no key that others can read.
    writeFileSync(path.join(folder, name), content, { mode: 0o600 });
  }

  const opened = ['-passin', `pass:${PASSPHRASE}`];
  const closed = ['-passout', `pass:${PASSPHRASE}`];

  it.each(['empty', 'not-pem', 'certificate', 'rsa-size', 'rsa-pss', 'key-type'] as const)(
    'makes an RSA key to sign with: %s',
    (reason) => {
      follow(reason, /^openssl genrsa/);
      expect(valueOf(readPrivateKey(read('private_key.pem'))).kind).toBe('RSA 2048');
    },
  );

  it.each(['empty', 'certificate-request', 'curve', 'ed25519'] as const)(
    'makes a key on P-256 to sign with: %s',
    (reason) => {
      follow(reason, /^openssl ecparam/);
      expect(valueOf(readPrivateKey(read('private_key.pem'))).kind).toBe('ECDSA P-256');
    },
  );

  it('gives CloudFront the public half', () => {
    file('private_key.pem', pemOf(rsa, 'pkcs8'));
    follow('empty', /^openssl pkey/);
    expect(read('public_key.pem')).toBe(publicPemOf(rsa));
  });

  it('converts DER', () => {
    file('private_key.der', derOf(pemOf(rsa, 'pkcs8')));
    follow('der', /^openssl pkey/);
    expect(publicHalfIn('private_key.pem')).toBe(publicPemOf(rsa));
  });

  it('converts an OpenSSH key', () => {
    const args = ['-q', '-t', 'rsa', '-b', '2048', '-N', PASSPHRASE, '-f', 'copy_of_key'];
    execFileSync('ssh-keygen', args, { cwd: folder });
    expect(readPrivateKey(read('copy_of_key'))).toMatchObject({ problem: { reason: 'openssh' } });
    follow('openssh', /^ssh-keygen/, '-P', PASSPHRASE, '-N', '');
    expect(valueOf(readPrivateKey(read('copy_of_key'))).kind).toBe('RSA 2048');
  });

  it('takes a key out of a PKCS#12 file', () => {
    file('key.pem', pemOf(rsa, 'pkcs8'));
    const args = ['pkcs12', '-export', '-nocerts', '-in', 'key.pem', '-out', 'file.p12', ...closed];
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    follow('pkcs12', /^openssl pkcs12/, ...opened);
    expect(publicHalfIn('private_key.pem')).toBe(publicPemOf(rsa));
  });

  it('encrypts anew what is encrypted in a way of its own', () => {
    file('old.pem', encryptedByOpenssl(rsa, '-v2', 'aria-256-cbc'));
    follow('cipher-unsupported', /^openssl pkcs8/, ...opened, ...closed);
    expect(publicHalfIn('new.pem')).toBe(publicPemOf(rsa));
  });

  it('encrypts anew what OpenSSL 3 reads only when asked to', () => {
    const legacy = ['-provider', 'default', '-provider', 'legacy'];
    file('old.pem', encryptedByOpenssl(rsa, '-v1', 'PBE-SHA1-RC2-40', ...legacy));
    const added = /“(-provider [^”]+)”/.exec(KEY_REFUSALS['cipher-unsupported'].remedy)?.[1] ?? '';
    follow('cipher-unsupported', /^openssl pkcs8/, ...added.split(' '), ...opened, ...closed);
    expect(publicHalfIn('new.pem')).toBe(publicPemOf(rsa));
  });

  function read(name: string): string {
    return readFileSync(path.join(folder, name), 'utf8');
  }

  /** The public half of the key in a file. */
  function publicHalfIn(name: string): string {
    return valueOf(readPrivateKey(read(name), PASSPHRASE)).publicKeyPem;
  }
});
