import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchConfigFiles, type ConfigChange } from '../../src/aws/watchConfigFiles.ts';

const EVERY_MS = 20;

let home: string;
let file: string;
let changes: ConfigChange[];
let stop: (() => void) | undefined;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'watch-'));
  file = path.join(home, 'config');
  changes = [];
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', file);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(home, 'credentials'));
});

afterEach(async () => {
  stop?.();
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

/** Watches, and gives the first look the time that it takes. */
async function watch(): Promise<void> {
  stop = watchConfigFiles((change) => changes.push(change), EVERY_MS);
  await pause();
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5 * EVERY_MS));
}

describe('a watch of the AWS files', () => {
  it('tells once of a file that is written, and nothing of one that stays', async () => {
    await writeFile(file, '[default]\n');
    await watch();
    expect(changes).toEqual([]);
    await writeFile(file, '[default]\nregion = eu-west-1\n');
    await vi.waitUntil(() => changes.length > 0);
    await pause();
    expect(changes).toEqual(['config']);
  });

  it('tells of a file that comes, and of what a sign-in leaves behind', async () => {
    await watch();
    const cache = path.join(home, '.aws', 'sso', 'cache');
    await mkdir(cache, { recursive: true });
    await writeFile(path.join(cache, 'token.json'), '{}');
    await vi.waitFor(() => expect(changes).toContain('login'));
    await writeFile(file, '[default]\n');
    await vi.waitFor(() => expect(changes).toContain('config'));
  });

  it('takes a file that cannot be looked at for none, until it can be', async () => {
    await symlink(file, file);
    await watch();
    expect(changes).toEqual([]);
    await rm(file);
    await writeFile(file, '[default]\n');
    await vi.waitFor(() => expect(changes).toContain('config'));
  });

  it('tells nothing once it is ended', async () => {
    await watch();
    stop?.();
    await writeFile(file, '[default]\n');
    await pause();
    expect(changes).toEqual([]);
  });
});
