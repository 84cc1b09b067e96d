import { execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { ensureVsCode } from './install.ts';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;

/** What a VS Code server is started with. */
export interface VsCodeOptions {
  /** Absolute path of the folder that holds all its state; made where it is missing. */
  readonly dataDir: string;
  /** User settings, over those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Further arguments of `server-main.js`. */
  readonly extraArgs?: readonly string[];
  /** Absolute paths of .vsix files to install first. */
  readonly extensions?: readonly string[];
  /** Port to listen on; 0, the default, lets the system pick. A browser keeps secrets per port. */
  readonly port?: number;
}

/** A VS Code server that runs. */
export interface VsCodeServer {
  /** Its address, such as `http://127.0.0.1:34567`. */
  readonly url: string;
  readonly dataDir: string;
  /** Ends it and all that it started. */
  stop(): Promise<void>;
}

/** Nothing off-site, nothing that moves, nothing that asks. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  // Servers of others on this computer are no news.
  'remote.autoForwardPorts': false,
  'update.mode': 'none',
  'window.dialogStyle': 'custom',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Starts VS Code's server on 127.0.0.1, installing it first where it is missing.
 *
 * @throws Error with the server's output where it does not come up
 */
export async function startVsCode(options: VsCodeOptions): Promise<VsCodeServer> {
  const { node, serverMain } = await ensureVsCode();
  const { dataDir } = options;
  const env = {
    ...process.env,
    ...(await homeIn(dataDir)),
    EXTENSIONS_GALLERY: '{}',
    ...options.env,
  };
  await writeSettings(dataDir, { ...quietSettings, ...options.settings });
  const common = ['--accept-server-license-terms', '--server-data-dir', dataDir];
  for (const vsix of options.extensions ?? []) {
    await promisify(execFile)(node, [serverMain, ...common, '--install-extension', vsix], { env });
  }

  const child = spawn(
    node,
    [
      serverMain,
      ...common,
      '--host',
      '127.0.0.1',
      '--port',
      String(options.port ?? 0),
      '--without-connection-token',
      '--disable-telemetry',
      '--disable-getting-started-override',
      ...(options.extraArgs ?? []),
    ],
    // A group of its own, so that the hosts and terminals it starts end with it.
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const killGroup = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // Gone already.
    }
  };
  const killAtExit = (): void => killGroup('SIGKILL');
  process.once('exit', killAtExit);
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });

  const stop = async (): Promise<void> => {
    killGroup('SIGTERM');
    const late = setTimeout(() => killGroup('SIGKILL'), STOP_WITHIN_MS);
    await closed;
    clearTimeout(late);
    // What the server left behind of its group.
    killGroup('SIGKILL');
    process.off('exit', killAtExit);
  };

  try {
    const port = await new Promise<string>((resolve, reject) => {
      let output = '';
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const listening = /Extension host agent listening on (\d+)/.exec(output)?.[1];
        if (listening !== undefined) resolve(listening);
      };
      const fail = (why: string): void => reject(new Error(`VS Code server ${why}:\n${output}`));
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', (error) => fail(`did not start (${error.message})`));
      child.once('close', (code) => fail(`ended with ${String(code)}`));
      setTimeout(() => fail('did not come up in time'), READY_WITHIN_MS).unref();
    });
    return { url: `http://127.0.0.1:${port}`, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Environment that keeps a process from littering the user's own folders: its home, XDG and
 * temporary folders, all inside `dir` and made here.
 */
export async function homeIn(dir: string): Promise<Readonly<Record<string, string>>> {
  const home = path.join(dir, 'home');
  const env = {
    HOME: home,
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_RUNTIME_DIR: path.join(home, 'run'),
    XDG_STATE_HOME: path.join(home, '.local/state'),
    TMPDIR: path.join(home, 'tmp'),
  };
  for (const folder of Object.values(env)) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  return env;
}

async function writeSettings(
  dataDir: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  // Settings of machine scope count only in the second place, where the server itself runs.
  for (const place of ['data/User', 'data/Machine']) {
    const folder = path.join(dataDir, place);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }
}
