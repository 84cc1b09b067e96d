import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureDebianPackages } from '../../../dev/debian.ts';
import { awsEnvironment } from '../../awsEnvironment.ts';
import { fieldsOf } from './jsonData.ts';

const run = promisify(execFile);

/** Where an account is on loopback, and as whom it is asked. */
export interface AccountAddress {
  readonly s3: string;
  /** Of CloudFront and KMS. */
  readonly control: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A bash in which `aws` is Debian's AWS CLI 2.9, led to an account on loopback. */
export interface AwsShell {
  /**
   * Runs lines as they are.
   *
   * @returns what they print
   * @throws Error with what they complain of, where they end with another code than 0
   */
  run(lines: string): Promise<string>;
}

/** @param dir folder for the files of AWS, in which the lines run */
export async function startAwsShell(dir: string, account: AccountAddress): Promise<AwsShell> {
  await ensureDebianPackages(['awscli', 'jq'], 'they carry out the commands of set-ups');
  const before = path.join(dir, 'before.sh');
  // This version knows no variables for endpoints.
  await writeFile(
    before,
    `aws() {
  local endpoint=${account.control}
  if [[ $1 == s3 || $1 == s3api ]]; then endpoint=${account.s3}; fi
  /usr/bin/aws --endpoint-url "$endpoint" "$@"
}
`,
  );
  const env = {
    ...process.env,
    ...(await awsEnvironment(dir, { config: '[default]\nregion = eu-central-1\n' })),
    // No other aws, jq or openssl than Debian's.
    PATH: '/usr/bin:/bin',
    BASH_ENV: before,
    // Without a shell around it, and with a socket to read from, Bash takes itself for one of sshd's,
    // which have no use for BASH_ENV.
    SHLVL: '1',
    AWS_ACCESS_KEY_ID: account.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
  };
  return {
    async run(lines) {
      const { stdout } = await run('/bin/bash', ['-c', lines], { cwd: dir, env }).catch(complain);
      return stdout;
    },
  };
}

/** Says what a program said, without the lines it was given. */
function complain(error: unknown): never {
  const { stderr } = fieldsOf(error);
  throw new Error(String(stderr));
}
