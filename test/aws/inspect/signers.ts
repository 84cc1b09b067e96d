import { execFile, spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { signPolicy } from '../../../src/aws/signPolicy.ts';
import { signUrl, type HashAlgorithm } from '../../../src/core/cloudfront/signedUrl.ts';
import { awsEnvironment } from '../../awsEnvironment.ts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('reference.py', import.meta.url));

/** A key as all of them take it. */
export interface Pair {
  readonly keyPairId: string;
  readonly pem: string;
}

/** What is to be signed. */
export interface Wish {
  /** Percent-encoded. */
  readonly url: string;
  /** In epoch seconds. */
  readonly ends: number;
  /** Of a custom policy. */
  readonly resource?: string;
  readonly begins?: number;
  readonly address?: string;
}

/** Signs with Debian's botocore, in one process of its Python. */
export async function byBotocore(pair: Pair, wishes: readonly Wish[]): Promise<readonly string[]> {
  const python = spawn('/usr/bin/python3', [SCRIPT]);
  python.stdin.end([pair, ...wishes].map((line) => `${JSON.stringify(line)}\n`).join(''));
  const [answers, complaints] = await Promise.all([
    text(python.stdout),
    text(python.stderr),
    once(python, 'close'),
  ]);
  if (python.exitCode !== 0) throw new Error(complaints);
  return answers
    .trimEnd()
    .split('\n')
    .map((line) => String(JSON.parse(line)));
}

/** Signs with Debian's AWS CLI, in a process for each URL. Its resource is the URL. */
export async function byAwsCli(
  { keyPairId, pem }: Pair,
  wishes: readonly Wish[],
  dir: string,
): Promise<readonly string[]> {
  const keyFile = path.join(dir, 'private_key.pem');
  await writeFile(keyFile, pem, { mode: 0o600 });
  const env = { ...process.env, ...(await awsEnvironment(path.join(dir, 'aws'))) };
  const signed: string[] = [];
  for (const { url, ends, begins, address } of wishes) {
    const { stdout } = await run(
      '/usr/bin/aws',
      [
        'cloudfront',
        'sign',
        `--url=${url}`,
        `--key-pair-id=${keyPairId}`,
        `--private-key=file://${keyFile}`,
        `--date-less-than=${iso(ends)}`,
        ...(begins === undefined ? [] : [`--date-greater-than=${iso(begins)}`]),
        ...(address === undefined ? [] : [`--ip-address=${address}`]),
      ],
      { env },
    );
    signed.push(stdout.trim());
  }
  return signed;
}

function iso(epoch: number): string {
  return new Date(epoch * 1000).toISOString();
}

/** Signs as the extension does, whatever the policy. */
export function byExtension(
  { keyPairId, pem }: Pair,
  { url, ends, begins, address }: Wish,
  hashAlgorithm: HashAlgorithm,
): string {
  const privateKey = createPrivateKey(pem);
  const signed = signUrl(
    {
      resource: url,
      expiresAt: ends,
      ...(begins !== undefined && { notBefore: begins }),
      ...(address !== undefined && { ipAddress: address }),
    },
    { keyPairId, privateKey, publicKey: createPublicKey(privateKey) },
    hashAlgorithm,
    signPolicy,
  );
  if (signed.kind !== 'ok') throw new Error(JSON.stringify(signed.problem));
  return signed.value;
}
