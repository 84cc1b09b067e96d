import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A signature as OpenSSL takes it, with what it should be of. */
export interface Claim {
  readonly publicKeyPem: string;
  readonly hash: 'SHA1' | 'SHA256';
  readonly document: string;
  readonly signature: Buffer;
}

/** Whether the `openssl` binary accepts a signature. */
export async function opensslAccepts(claim: Claim): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'signature-'));
  try {
    const keyFile = path.join(folder, 'public.pem');
    const signatureFile = path.join(folder, 'signature');
    await writeFile(keyFile, claim.publicKeyPem);
    await writeFile(signatureFile, claim.signature);
    const hash = `-${claim.hash.toLowerCase()}`;
    const openssl = spawn('openssl', [
      'dgst',
      hash,
      '-verify',
      keyFile,
      '-signature',
      signatureFile,
    ]);
    openssl.stdin.end(claim.document);
    let said = '';
    openssl.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await once(openssl, 'close');
    return openssl.exitCode === 0 && said === 'Verified OK\n';
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The bytes of a signature, by AWS's own recipe of three characters swapped back. */
export function signatureBytes(text: string): Buffer {
  return Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');
}
