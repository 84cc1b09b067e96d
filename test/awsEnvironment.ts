import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Environment in which AWS knows no profile and no credentials of whoever runs the tests: config
 * and credentials files of its own, empty unless given, and no other `AWS_` variable.
 *
 * @param dir folder for the two files; made where it is missing
 * @returns variables to set; those to take away are `undefined`
 */
export async function awsEnvironment(
  dir: string,
  files: { readonly config?: string; readonly credentials?: string } = {},
): Promise<Readonly<Record<string, string | undefined>>> {
  const config = path.join(dir, 'config');
  const credentials = path.join(dir, 'credentials');
  await mkdir(dir, { recursive: true });
  await writeFile(config, files.config ?? '');
  await writeFile(credentials, files.credentials ?? '', { mode: 0o600 });
  const inherited = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
