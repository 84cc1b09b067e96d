import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** What another extension does with a copy of the types, and nothing of ours beside it. */
const CONSUMER = `
import type { CloudFrontUrlSigner, Inspection, SignedLink, SignerError } from './cloudfront-url-signer';

function isSignerError(error: unknown): error is SignerError {
  return error instanceof Error && 'code' in error && 'title' in error;
}

export async function share(signer: CloudFrontUrlSigner): Promise<string> {
  const version: 1 = signer.version;
  try {
    const one: readonly SignedLink[] = await signer.sign('s3://films/a.mp4');
    const two = await signer.sign([{ bucket: 'films', key: 'b.mp4' }, 'films/c.mp4'], {
      expiresAt: 2_000_000_000,
      notBefore: '2026-12-01 08:00',
      ipAddress: '192.0.2.0/24',
      hashAlgorithm: 'SHA256',
      distribution: 'media.example.com',
      keyPairId: 'K2JCJMDEHXQW5F',
      query: { v: '2' },
    });
    const ends: number[] = [...one, ...two].map(({ expiresAt }) => expiresAt);
    const inspection: Inspection = await signer.inspect(two[0]?.url ?? '');
    if (inspection.signature !== 'intact') return inspection.mistakes.map(({ code }) => code).join();
    return [version, ...ends, inspection.summary].join();
  } catch (error) {
    if (isSignerError(error)) return error.code + error.title;
    throw error;
  }
}
`;

/** Each by the line that must not compile. */
const MISUSES: Readonly<Record<string, string>> = {
  'an expiry in seconds': `void signer.sign('s3://films/a', { expiresIn: 3600 });`,
  'an option that there is not': `void signer.sign('s3://films/a', { days: 7 });`,
  'a format': `void signer.sign('s3://films/a', { format: 'url' });`,
  'a bucket without a key': `void signer.sign({ bucket: 'films' });`,
  'no object': `void signer.sign();`,
  'a link that is changed': `void signer.sign('a/b').then((links) => { for (const link of links) link.url = ''; });`,
  'another version': `signer.version = 1;`,
};

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'api-'));
  const types = 'cloudfront-url-signer.d.ts';
  await copyFile(path.join(root, 'api', types), path.join(folder, types));
});
afterAll(() => rm(folder, { recursive: true }));

/** @returns what the compiler complains of, at its strictest and with no types but the copied ones */
async function compile(text: string): Promise<string> {
  await writeFile(path.join(folder, 'consumer.ts'), text);
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const options = '--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess';
  const args = [tsc, ...options.split(' '), '--skipLibCheck', 'false', '--types', ''];
  return new Promise((resolve) => {
    const files = ['--lib', 'es2022', 'consumer.ts'];
    execFile(process.execPath, [...args, ...files], { cwd: folder }, (_, stdout) =>
      resolve(stdout),
    );
  });
}

it('another extension compiles against a copy of the API’s types', async () => {
  expect(await compile(CONSUMER)).toBe('');
});

it.each(Object.entries(MISUSES))('the types keep it from %s', async (_, line) => {
  const text = `import type { CloudFrontUrlSigner } from './cloudfront-url-signer';\ndeclare const signer: CloudFrontUrlSigner;\n${line}\n`;
  expect(await compile(text)).toMatch(/^consumer\.ts\(\d+,\d+\): error TS/);
});
