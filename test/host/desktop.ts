/**
 * Runs the same suite in desktop VS Code: the executable that `VSCODE_PATH` names, else one that is
 * downloaded. Where there is no display, start it with `xvfb-run -a`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { runTests } from '@vscode/test-electron';

import { prepareSuite } from './suite.ts';

const local = process.env['VSCODE_PATH'];
const suite = await prepareSuite();
try {
  const userDir = path.join(suite.dataDir, 'user');
  await mkdir(path.join(userDir, 'User'), { recursive: true });
  await writeFile(path.join(userDir, 'User/settings.json'), JSON.stringify(suite.settings));
  let trouble = '';
  try {
    await runTests({
      ...(local !== undefined && local !== '' && { vscodeExecutablePath: local }),
      extensionDevelopmentPath: suite.extension,
      extensionTestsPath: suite.entry,
      extensionTestsEnv: suite.env,
      launchArgs: [
        suite.workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${userDir}`,
        `--extensions-dir=${path.join(suite.dataDir, 'extensions')}`,
        // A root user's VS Code refuses to start otherwise.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
  } catch (error) {
    trouble = `${error instanceof Error ? error.message : String(error)}
VSCODE_PATH may name the executable of an installed VS Code.`;
  }
  process.exitCode = (await suite.report(trouble)) ? 0 : 1;
} finally {
  await suite.dispose();
}
