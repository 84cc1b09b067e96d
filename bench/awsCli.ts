import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { ensureDebianPackages } from '../dev/debian.ts';
import { awsEnvironment } from '../test/awsEnvironment.ts';
import type { Peer, PeerKey } from './peer.ts';

const run = promisify(execFile);

/**
 * The AWS CLI, which signs one URL a process.
 *
 * @throws Error that says what is missing
 */
export async function startAwsCli({ keyPairId, pem, expiresAt }: PeerKey): Promise<Peer> {
  await ensureDebianPackages(['awscli'], 'aws cloudfront sign is what we are compared with');
  const dir = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const keyFile = path.join(dir, 'private_key.pem');
  await writeFile(keyFile, pem, { mode: 0o600 });
  const env = { ...process.env, ...(await awsEnvironment(path.join(dir, 'aws'))) };
  const until = new Date(expiresAt * 1000).toISOString();
  return {
    name: 'aws cloudfront sign, a process each',
    batch: 1,
    async sign(urls) {
      const signed: string[] = [];
      const begun = performance.now();
      for (const url of urls) {
        const command = ['cloudfront', 'sign', '--url', url, '--date-less-than', until];
        const key = ['--key-pair-id', keyPairId, '--private-key', `file://${keyFile}`];
        // Debian's, whichever else comes first in PATH.
        const aws = await run('/usr/bin/aws', [...command, ...key], { env });
        signed.push(aws.stdout.trim());
      }
      return { took: (performance.now() - begun) * 1000, signed };
    },
    close: () => rm(dir, { recursive: true }),
  };
}
