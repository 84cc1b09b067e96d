import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MAX_OUTPUT = 64 * 1024 * 1024;

/**
 * Sees to it that Debian packages are installed, installing those that are not as root.
 *
 * @param names package names, such as `openssl`
 * @param why what needs them, as in "openssl checks signatures a second time"
 * @throws Error that says what is missing, why it is needed and which command installs it, where
 * this is no Debian, not root, or apt-get fails
 */
export async function ensureDebianPackages(names: readonly string[], why: string): Promise<void> {
  const missing = await notInstalled(names);
  if (missing.length === 0) {
    return;
  }
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  const cure = `Missing: ${missing.join(', ')} (${why}). Run: sudo apt-get update && sudo apt-get ${install.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(`${cure} – or install them the way this system does.`);
  }
  if (process.getuid?.() !== 0) {
    throw new Error(cure);
  }
  console.log(`Installing ${missing.join(', ')} (${why})…`);
  try {
    // Package lists that are absent or stale make the first try fail.
    await aptGet(install).catch(async () => {
      await aptGet(['update']);
      await aptGet(install);
    });
  } catch (error) {
    throw new Error(`${cure}\n${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function notInstalled(names: readonly string[]): Promise<readonly string[]> {
  const query = ['--show', '--showformat', '${db:Status-Status} ${Package}\n', ...names];
  // It fails where it knows one of the names not at all, and still prints the others.
  const listed = await run('dpkg-query', query).then(({ stdout }) => stdout, outputOf);
  const installed = new Set(
    listed.split('\n').flatMap((line) => (line.startsWith('installed ') ? [line.slice(10)] : [])),
  );
  return names.filter((name) => !installed.has(name));
}

function outputOf(error: unknown): string {
  return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
}

async function aptGet(args: readonly string[]): Promise<void> {
  // Another apt-get at work is waited for.
  await run('apt-get', ['--quiet', '--option', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: MAX_OUTPUT,
  });
}
