/**
 * Runs the suite inside the extension host of a real VS Code: its server, with the workbench in a
 * headless browser.
 */
import { launchBrowser } from '../../dev/vscodeHost/browser.ts';
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
  const server = await startVsCode({
    dataDir,
    settings,
    env,
    // The workbench takes the payload below only with it.
    extraArgs: ['--enable-smoke-test-driver'],
  });
  const browser = await launchBrowser();
  try {
    const { host } = new URL(server.url);
    const remote = (file: string): string => `vscode-remote://${host}${file}`;
    const address = new URL(server.url);
    address.searchParams.set('folder', workspace);
    address.searchParams.set(
      'payload',
      JSON.stringify([
        ['extensionDevelopmentPath', remote(extension)],
        ['extensionTestsPath', remote(entry)],
      ]),
    );
    const page = await browser.context.newPage();
    const log: string[] = [];
    page.on('console', (message) => log.push(message.text()));
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown) => {
      log.push(`${type}: ${JSON.stringify(args)}`);
    });
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      late = setTimeout(() => {
        log.push(`The suite did not end within ${String(WITHIN_MS / 1000)} s.`);
        resolve();
      }, WITHIN_MS);
      page
        .exposeFunction('codeAutomationExit', () => resolve())
        .then(() => page.goto(address.href))
        .catch(reject);
    });
    clearTimeout(late);
    return log.slice(-40).join('\n');
  } finally {
    await browser.close();
    await server.stop();
  }
}
