import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { startDemoStack, type DemoStack } from '../../../dev/demo/demoStack.ts';
import { eventually } from './eventually.ts';
import type { Workbench, WorkbenchOptions } from './workbench.ts';

/** An AWS account on loopback, and how a workbench is to be opened that works with it. */
export interface Account {
  readonly stack: DemoStack;
  readonly options: WorkbenchOptions & { readonly settings: Readonly<Record<string, unknown>> };
}

/** Starts an account for the tests of one file; it ends after the last. */
export async function startAccount(): Promise<Account> {
  const dir = await mkdtemp(path.join(tmpdir(), 'account-'));
  const stack = await startDemoStack(dir);
  afterAll(async () => {
    await stack.close();
    await rm(dir, { recursive: true, force: true });
  });
  return { stack, options: { settings: stack.settings, env: { ...stack.awsFiles } } };
}

/**
 * Imports the account's private key from its file, by the palette.
 *
 * @param keyPairId where the profile may not look it up
 */
export async function importKey(
  workbench: Workbench,
  { privateKeyFile }: DemoStack,
  keyPairId?: string,
): Promise<void> {
  const { quickInput, notifications } = workbench;
  await workbench.palette('CloudFront: Import Private Key…');
  await quickInput.shows('Import Private Key');
  await quickInput.choose('From a File…');
  await chooseFile(quickInput, privateKeyFile);
  if (keyPairId !== undefined) {
    await quickInput.shows('This profile lacks cloudfront:ListPublicKeys');
    await quickInput.type(keyPairId);
    await quickInput.accept();
  }
  await quickInput.shows('Name of the Key');
  await quickInput.type('Demo key');
  await quickInput.accept();
  await notifications.withText('Private key “Demo key”').waitFor();
}

/** Answers the box for a file's path, which stands in for the system's dialog. */
export async function chooseFile(quickInput: Workbench['quickInput'], file: string): Promise<void> {
  const isGone = async (): Promise<true | undefined> =>
    (await quickInput.text()).includes('Folder path') ? undefined : true;
  await quickInput.shows('Folder path');
  // The box lists the folder while one types, and takes no file that it has not listed yet.
  await eventually('the file to be taken', async () => {
    if (await isGone()) return true;
    await quickInput.type(file);
    await sleep(300);
    await quickInput.accept();
    // A second Enter that comes early is one for the box that follows.
    return eventually('the box to close', isGone, 3_000).catch(() => undefined);
  });
}

/** What a URL is answered with. */
export async function fetchText(url: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.text() };
}
