import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { ensureDebianPackages } from '../dev/debian.ts';
import { awsEnvironment } from '../test/awsEnvironment.ts';
import { createKeyDigest, type KeyDigest } from './keyDigest.ts';

/** Where, and as whom, to list. */
export interface ListingAccess {
  /** Such as `http://127.0.0.1:9000`, to be asked in path style. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Another program that lists all keys of a bucket. */
export interface ListingPeer {
  readonly name: string;
  /** How many keys it is given: with a million, all rounds would take hours. */
  readonly most: number;
  /** @param onKey is called with each key as it comes */
  list(
    bucket: string,
    onKey?: (key: string) => void,
  ): Promise<{ readonly took: number; readonly digest: KeyDigest }>;
}

interface PeerCommand {
  readonly name: string;
  readonly most: number;
  readonly program: string;
  readonly args: (bucket: string) => readonly string[];
  /** Finds the key in a line of output. */
  readonly keyIn: (line: string, bucket: string) => string | undefined;
}

/**
 * The programs that people list with, from Debian.
 *
 * @param dir for their configuration
 * @throws Error that says what is missing
 */
export async function listingPeers(
  { endpoint, accessKeyId, secretAccessKey }: ListingAccess,
  dir: string,
): Promise<readonly ListingPeer[]> {
  await ensureDebianPackages(['awscli', 'rclone', 's3cmd'], 'they are what we are compared with');
  const { host } = new URL(endpoint);
  const env = {
    ...process.env,
    ...(await awsEnvironment(dir)),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    LC_ALL: 'C.UTF-8',
    RCLONE_CONFIG: '/dev/null',
    RCLONE_CONFIG_BENCH_TYPE: 's3',
    RCLONE_CONFIG_BENCH_PROVIDER: 'Other',
    RCLONE_CONFIG_BENCH_LIST_VERSION: '2',
    RCLONE_CONFIG_BENCH_LIST_URL_ENCODE: 'true',
    RCLONE_CONFIG_BENCH_ENV_AUTH: 'true',
    RCLONE_CONFIG_BENCH_REGION: 'us-east-1',
    RCLONE_CONFIG_BENCH_ENDPOINT: endpoint,
    RCLONE_CONFIG_BENCH_FORCE_PATH_STYLE: 'true',
  };
  const commands: readonly PeerCommand[] = [
    rclone('rclone lsf -R --fast-list', 100_000, '--fast-list'),
    rclone('rclone lsf -R --checkers 64', 100_000, '--checkers', '64'),
    {
      name: 'aws s3 ls --recursive',
      most: 10_000,
      program: '/usr/bin/aws',
      args: (bucket) => ['--endpoint-url', endpoint, 's3', 'ls', '--recursive', `s3://${bucket}`],
      // Date, time, size, key.
      keyIn: (line) => /^\S+ \S+ +\d+ (.*)$/.exec(line)?.[1],
    },
    {
      name: 's3cmd ls -r',
      most: 10_000,
      program: '/usr/bin/s3cmd',
      args: (bucket) =>
        `--config /dev/null --no-ssl --host ${host} --host-bucket ${host} --access_key ${accessKeyId} --secret_key ${secretAccessKey} ls -r s3://${bucket}`.split(
          ' ',
        ),
      keyIn: (line, bucket) => line.split(`s3://${bucket}/`, 2)[1],
    },
  ];
  return commands.map(({ name, most, program, args, keyIn }) => ({
    name,
    most,
    async list(bucket, onKey = () => {}) {
      const keys = createKeyDigest();
      const begun = performance.now();
      const child = spawn(program, args(bucket), { env, stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise<number | null>((resolve, reject) => {
        child.on('error', reject).on('close', resolve);
      });
      for await (const line of createInterface(child.stdout)) {
        const key = keyIn(line, bucket);
        if (key === undefined) continue;
        keys.add(key);
        onKey(key);
      }
      const status = await ended;
      if (status !== 0) throw new Error(`${name} ended with ${status}`);
      return { took: performance.now() - begun, digest: keys.digest };
    },
  }));
}

function rclone(name: string, most: number, ...options: readonly string[]): PeerCommand {
  return {
    name,
    most,
    program: '/usr/bin/rclone',
    args: (bucket) => ['lsf', '-R', '--files-only', ...options, `bench:${bucket}`],
    keyIn: (line) => line,
  };
}
