import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, type BrowserContext } from 'playwright-core';

import { ensureChromium } from './install.ts';
import { homeIn } from './server.ts';

/** A browser with a profile of its own. */
export interface Browser {
  /** May use the clipboard; VS Code's secrets persist in it until it is closed. */
  readonly context: BrowserContext;
  /** Ends it and removes its profile. */
  close(): Promise<void>;
}

/** What a browser is launched with. */
export interface BrowserOptions {
  /** In CSS pixels; 1440 by 900 where it is left out. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Launches a headless Chromium, installing it first where that is possible. */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const executablePath = await ensureChromium();
  const profile = await mkdtemp(path.join(tmpdir(), 'workbench-'));
  const context = await chromium.launchPersistentContext(path.join(profile, 'chromium'), {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    env: { ...process.env, ...(await homeIn(profile)) },
    viewport: options.viewport ?? { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // VS Code seals secrets with this key, which a full server would make up and keep. Any key does
  // here, as long as it stays the same for as long as the profile lives.
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
