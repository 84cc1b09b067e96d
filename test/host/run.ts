/**
 * Runs the suite inside the extension host of a real VS Code: its server, with the workbench in a
 * headless browser.
 */
import { launchBrowser } from '../../dev/vscodeHost/browser.ts';
import { runInHost, RUNS_IN_HOST } from '../../dev/vscodeHost/runInHost.ts';
import { startVsCode } from '../../dev/vscodeHost/server.ts';
import { prepareSuite, type Suite } from './suite.ts';

const WITHIN_MS = 600_000;

const suite = await prepareSuite();
try {
  const trouble = await runInBrowser(suite);
  process.exitCode = (await suite.report(trouble)) ? 0 : 1;
} finally {
  await suite.dispose();
}

/** @returns the end of what the workbench wrote to its console */
async function runInBrowser({
  extension,
  entry,
  workspace,
  dataDir,
  settings,
  env,
}: Suite): Promise<string> {
  const server = await startVsCode({ dataDir, settings, env, extraArgs: [RUNS_IN_HOST] });
  const browser = await launchBrowser();
  try {
    const extensions = [extension];
    return await runInHost(server, browser, { extensions, entry, workspace, within: WITHIN_MS });
  } finally {
    await browser.close();
    await server.stop();
  }
}
