import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Frame, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { launchBrowser, type Browser } from '../../../dev/vscodeHost/browser.ts';
import { startVsCode, type VsCodeServer } from '../../../dev/vscodeHost/server.ts';
import { awsEnvironment } from '../../awsEnvironment.ts';
import { eventually } from './eventually.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
const vsix = path.join(repository, 'dist/cloudfront-url-signer.vsix');
const screenshots = path.join(repository, '.cache/screenshots');

/** What the view of issued links is called. */
const LINKS = 'Issued Links';

/** What a workbench is opened with. */
export interface WorkbenchOptions {
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Texts of the AWS config and credentials files; empty where they are left out. */
  readonly aws?: { readonly config?: string; readonly credentials?: string };
  /** Further environment of the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files of the workspace folder: path in it and text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Further extensions to install: absolute paths of .vsix files. */
  readonly extensions?: readonly string[];
}

/**
 * A workbench for the tests of one file: opened before the first, closed after the last, its
 * picture kept where a test failed.
 *
 * @returns gives the workbench, once a test runs
 */
export function useWorkbench(
  options: () => WorkbenchOptions | Promise<WorkbenchOptions> = () => ({}),
): () => Workbench {
  let workbench: Workbench | undefined;
  beforeAll(async () => {
    workbench = await Workbench.open(await options());
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await workbench?.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
    }
  });
  afterAll(() => workbench?.close());
  return () => {
    if (workbench === undefined) throw new Error('The workbench is not open yet.');
    return workbench;
  };
}

/** VS Code's workbench in a browser, with the packaged extension installed. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  /** Folder that is open. Absolute path. */
  readonly workspace: string;
  /** Folder with all of VS Code's state on the server's side. Absolute path. */
  readonly dataDir: string;
  /** Folder with the AWS config and credentials files, `config` and `credentials`. */
  readonly awsDir: string;
  readonly #dir: string;
  readonly #browser: Browser;
  readonly #start: (port?: number) => Promise<VsCodeServer>;
  #server: VsCodeServer;

  private constructor(
    dir: string,
    browser: Browser,
    page: Page,
    server: VsCodeServer,
    start: (port?: number) => Promise<VsCodeServer>,
  ) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.workspace = path.join(dir, 'workspace');
    this.dataDir = server.dataDir;
    this.awsDir = path.join(dir, 'aws');
    this.#dir = dir;
    this.#browser = browser;
    this.#server = server;
    this.#start = start;
  }

  /** Opens one with a server, a browser profile, a workspace and AWS files of its own. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const dir = await mkdtemp(path.join(tmpdir(), 'ui-'));
    const workspace = path.join(dir, 'workspace');
    await mkdir(workspace);
    for (const [name, text] of Object.entries(options.files ?? {})) {
      const file = path.join(workspace, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const env = { ...(await awsEnvironment(path.join(dir, 'aws'), options.aws)), ...options.env };
    const start = (port = 0): Promise<VsCodeServer> =>
      startVsCode({
        dataDir: path.join(dir, 'vscode'),
        settings: options.settings ?? {},
        env,
        // A restart finds it installed.
        extensions: port === 0 ? [vsix, ...(options.extensions ?? [])] : [],
        port,
      });
    const server = await start();
    try {
      const browser = await launchBrowser();
      const page = browser.context.pages()[0] ?? (await browser.context.newPage());
      page.setDefaultTimeout(15_000);
      const workbench = new Workbench(dir, browser, page, server, start);
      await workbench.#load();
      return workbench;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Closes browser and server and removes their folders. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }

  /** Loads the page again; the extension host starts anew. */
  async reload(): Promise<void> {
    await this.#load();
  }

  /** Ends the server, starts it again and loads the page again; secrets and state persist. */
  async restart(): Promise<void> {
    await this.#server.stop();
    this.#server = await this.#start(Number(new URL(this.#server.url).port));
    await this.#load();
  }

  /** Shows the extension's view container and its view. */
  async openView(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: 'CloudFront URL Signer' });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.view().waitFor();
    // Shown until the extension is activated.
    await this.view().getByText('no data provider registered').first().waitFor({ state: 'hidden' });
  }

  /** The side bar. */
  view(): Locator {
    return this.page.locator('[id="workbench.parts.sidebar"]');
  }

  /**
   * The row of a tree with exactly this label; rows far out of sight do not exist. Issued links, which
   * have the names of their objects, are none of these.
   */
  treeRow(label: string): Locator {
    return this.#treeRows().filter({ has: this.#label(label) });
  }

  /** The rows of issued links with exactly this label, from the top. */
  linkRow(label: string): Locator {
    return this.view()
      .getByRole('tree', { name: LINKS })
      .getByRole('treeitem')
      .filter({ has: this.#label(label) });
  }

  /** Waits until the tree shows a row with this label. */
  async isShown(label: string): Promise<void> {
    await this.treeRow(label).first().waitFor();
  }

  /** @returns labels of the rows in sight, from the top */
  async treeLabels(): Promise<readonly string[]> {
    return this.#treeRows().locator('.label-name').allInnerTexts();
  }

  /** Opens rows one below the other, each once it is there. */
  async expand(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const row = this.treeRow(label);
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) === 'false') {
        await row.locator('.monaco-tl-twistie').click();
      }
      await eventually(`${label} to open`, async () =>
        (await row.getAttribute('aria-expanded')) === 'true' ? true : undefined,
      );
    }
  }

  /** The frame that a web page within the workbench shows, once it has such an element. */
  async frameWith(selector: string, text: string | RegExp): Promise<Frame> {
    return eventually(`a page with ${String(text)}`, async () => {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(selector, { hasText: text })
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      return undefined;
    });
  }

  /** Chooses from the context menu of a row: the item, or the submenus on the way and the item. */
  async contextMenu(of: string | Locator, ...items: readonly string[]): Promise<void> {
    const row = (item: string): Locator =>
      this.#menuItems().filter({ has: this.page.getByText(item, { exact: true }) });
    // A menu closes by itself where the tree is drawn anew below it.
    await eventually(`the menu of ${String(of)}`, async () => {
      await this.#row(of).click({ button: 'right' });
      return row(items[0] ?? '')
        .hover({ timeout: 2_000 })
        .then(
          () => true,
          () => undefined,
        );
    });
    for (const item of items) {
      // A menu that has just opened ignores clicks; the key it takes at once.
      await row(item).hover();
      await this.page.keyboard.press('Enter');
    }
  }

  /** @returns the items of the context menu of a row, which is closed again */
  async contextMenuItems(of: string | Locator): Promise<readonly string[]> {
    await this.#row(of).click({ button: 'right' });
    const items = this.#menuItems();
    await items.first().waitFor();
    const names = await items.locator('.action-label').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
    return names;
  }

  /** Presses the button on a row, such as an inline icon, by its tooltip. */
  async inlineAction(of: string | Locator, action: string): Promise<void> {
    const row = this.#row(of);
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  /** Runs a command by the command palette, under its full name, such as `CloudFront: Refresh`. */
  async palette(command: string): Promise<void> {
    // The palette is a snapshot: a command that was registered after it opened is not in it.
    await eventually(`the command ${command}`, async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput.type(`>${command}`);
      const row = this.quickInput.row(command);
      const found = await row.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => undefined,
      );
      if (found === undefined) {
        await this.quickInput.cancel();
        await this.quickInput.isClosed();
        return undefined;
      }
      await row.click();
      return true;
    });
  }

  /** @returns what the clipboard holds */
  async readClipboard(): Promise<string> {
    return String(await this.page.evaluate('navigator.clipboard.readText()'));
  }

  /** Puts a text on the clipboard. */
  async writeClipboard(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  /** Takes a picture of the page. @returns its path, `.cache/screenshots/<name>.png` */
  async screenshot(name: string): Promise<string> {
    const file = path.join(screenshots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** A row by its label in a tree, or as it was found. */
  #row(of: string | Locator): Locator {
    return typeof of === 'string' ? this.treeRow(of) : of;
  }

  #treeRows(): Locator {
    return this.view().locator(`[role="tree"]:not([aria-label="${LINKS}"])`).getByRole('treeitem');
  }

  #label(text: string): Locator {
    return this.page.locator('.monaco-icon-label').getByText(text, { exact: true });
  }

  #menuItems(): Locator {
    return this.page.locator('.monaco-menu').getByRole('menuitem');
  }

  async #load(): Promise<void> {
    await this.page.goto(`${this.#server.url}/?folder=${encodeURIComponent(this.workspace)}`);
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    // The status bar fills once the workbench is restored.
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: 60_000 });
  }
}
