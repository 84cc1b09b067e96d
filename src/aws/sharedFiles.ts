import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the shared config and credentials files are, absolute. */
export function sharedFiles(): readonly string[] {
  const { env } = process;
  const folder = join(homedir(), '.aws');
  return [
    env['AWS_CONFIG_FILE'] || join(folder, 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials'),
  ];
}
