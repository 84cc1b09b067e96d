import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
const MAX_OUTPUT = 64 * 1024 * 1024;

/** What has to run; Debian's dependencies bring the rest. */
const PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd'];

/** The programs and libraries of Ceph, unpacked and not installed. */
export interface RgwTree {
  readonly root: string;
  /** The folder of Ceph's programs. */
  readonly bin: string;
  /** The folder of its shared libraries. */
  readonly lib: string;
  /** What its programs need in their environment. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Unpacks Ceph RGW out of Debian's packages into `.cache/rgw`, unless it is there: 66 MB to
 * download, no root needed, nothing of the system changed.
 *
 * @throws Error that says what to do where this is no Debian, or the packages cannot be had
 */
export async function installRgw(): Promise<RgwTree> {
  const root = path.join(CACHE, 'rgw');
  // The folder gets its name when all is in it, so there is no half of one.
  if (!existsSync(root)) await unpackInto(root);
  const triplet = await libraryTriplet(root);
  const lib = path.join(root, 'usr/lib', triplet);
  const libraries = [lib, path.join(lib, 'ceph'), path.join(root, 'lib', triplet)];
  return {
    root,
    bin: path.join(root, 'usr/bin'),
    lib,
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') },
  };
}

async function unpackInto(root: string): Promise<void> {
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'The S3 tests run against Ceph RGW out of Debian packages, and this system has no apt-get. Run them on Debian or Ubuntu, or in a container of debian:bookworm.',
    );
  }
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(path.join(CACHE, 'rgw-'));
  try {
    console.log('Downloading Ceph RGW (66 MB, once)…');
    const downloads = path.join(work, 'downloads');
    await mkdir(downloads);
    // Package lists that are absent or stale make the first try fail.
    await download(downloads, []).catch(async () => {
      const lists = await ownPackageLists(work);
      await download(downloads, lists);
    });
    const tree = path.join(work, 'tree');
    for (const name of await readdir(downloads)) {
      if (name.endsWith('.deb')) {
        await run('dpkg-deb', ['--extract', path.join(downloads, name), tree]);
      }
    }
    await rename(tree, root).catch((error: unknown) => {
      // Somebody else was faster.
      if (!existsSync(root)) throw error;
    });
  } catch (error) {
    throw new Error(
      `Ceph RGW could not be had from Debian's packages (${PACKAGES.join(', ')}): the package lists and the network have to be in order, see “apt-get update”.\n${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(folder: string, options: readonly string[]): Promise<void> {
  const plan = await aptGet(
    [...options, 'install', '--simulate', '--no-install-recommends', ...PACKAGES],
    folder,
  );
  const needed = plan
    .split('\n')
    .flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? [])
    .filter((name) => !PACKAGES.includes(name));
  await aptGet([...options, 'download', ...PACKAGES, ...needed], folder);
}

/** Fetches package lists into a folder of our own, for which no root is needed. */
async function ownPackageLists(work: string): Promise<readonly string[]> {
  const lists = path.join(work, 'lists');
  const cache = path.join(work, 'cache');
  await mkdir(path.join(lists, 'partial'), { recursive: true });
  await mkdir(path.join(cache, 'archives/partial'), { recursive: true });
  const options = [`--option=Dir::State::lists=${lists}`, `--option=Dir::Cache=${cache}`];
  await aptGet([...options, 'update'], work);
  return options;
}

async function aptGet(args: readonly string[], folder: string): Promise<string> {
  // As root, apt would download as a user who may not write here.
  const options = ['--quiet', '--option=APT::Sandbox::User=root'];
  const { stdout } = await run('apt-get', [...options, ...args], {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: MAX_OUTPUT,
  });
  return stdout;
}

/** The name of the folder that libraries of this architecture are in, such as `x86_64-linux-gnu`. */
async function libraryTriplet(root: string): Promise<string> {
  const names = await readdir(path.join(root, 'usr/lib'));
  const triplet = names.find((name) => name.endsWith('-linux-gnu'));
  if (triplet === undefined) {
    throw new Error(`${root} holds no libraries: delete it to have it made anew.`);
  }
  return triplet;
}
