import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import type { PackedExtension } from './packageExtensions.ts';

/** A desktop VS Code that runs. */
export interface Desktop {
  /** Fulfilled when its window is closed. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts desktop VS Code with state of its own: the one that `VSCODE_PATH` names, else one that is
 * downloaded.
 */
export async function startDesktop(
  dataDir: string,
  extensions: readonly PackedExtension[],
  settings: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Desktop> {
  const user = path.join(dataDir, 'User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
  const executable = process.env['VSCODE_PATH'] ?? (await downloadAndUnzipVSCode());
  const child = spawn(
    executable,
    [
      `--user-data-dir=${dataDir}`,
      `--extensions-dir=${path.join(dataDir, 'extensions')}`,
      '--skip-welcome',
      '--skip-release-notes',
      '--disable-telemetry',
      '--disable-workspace-trust',
      '--new-window',
      ...extensions.map(({ folder }) => `--extensionDevelopmentPath=${folder}`),
    ],
    { env: { ...process.env, ...env }, stdio: 'ignore' },
  );
  const closed = new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve());
  });
  return {
    closed,
    async stop() {
      child.kill();
      await closed;
    },
  };
}
