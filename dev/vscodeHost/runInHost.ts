import type { Browser } from './browser.ts';
import type { VsCodeServer } from './server.ts';

/** Argument that a server is started with so that its workbench takes a module to run. */
export const RUNS_IN_HOST = '--enable-smoke-test-driver';

/** What runs inside an extension host of its own. Absolute paths. */
export interface HostRun {
  /** Folders of extensions under development; VS Code takes a module to run only with one. */
  readonly extensions: readonly string[];
  /** Module whose `run` VS Code calls. */
  readonly entry: string;
  /** Folder that VS Code opens. */
  readonly workspace: string;
  /** When it is given up, in milliseconds. */
  readonly within: number;
}

/**
 * Opens the workbench of a server, which starts an extension host, and waits until what was to run
 * there has ended.
 *
 * @returns the end of what the workbench wrote to its console
 */
export async function runInHost(
  server: VsCodeServer,
  browser: Browser,
  { extensions, entry, workspace, within }: HostRun,
): Promise<string> {
  const { host } = new URL(server.url);
  const remote = (file: string): string => `vscode-remote://${host}${file}`;
  const address = new URL(server.url);
  address.searchParams.set('folder', workspace);
  address.searchParams.set(
    'payload',
    JSON.stringify([
      ...extensions.map((folder) => ['extensionDevelopmentPath', remote(folder)]),
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
      log.push(`It did not end within ${String(within / 1000)} s.`);
      resolve();
    }, within);
    page
      .exposeFunction('codeAutomationExit', () => resolve())
      .then(() => page.goto(address.href))
      .catch(reject);
  });
  clearTimeout(late);
  await page.close();
  return log.slice(-40).join('\n');
}
