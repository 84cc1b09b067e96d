import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { syntheticObjects } from '../../dev/s3/syntheticObjects.ts';
import { importKey, startAccount, type Account } from './harness/account.ts';
import { eventually } from './harness/eventually.ts';
import { useWorkbench } from './harness/workbench.ts';

/** A bucket of so many objects that whatever is done with all of them takes a while. */
const MANY = 'acme-archive';
const COUNT = 1_000_000;

/** Longer than what was asked before takes to be answered, in milliseconds. */
const LATENCY = 100;
const ALL_ANSWERED = 20 * LATENCY;

/** How much is still asked of S3, and what notifications say. */
interface Aftermath {
  readonly asked: number;
  readonly said: readonly string[];
}

const SILENCE: Aftermath = { asked: 0, said: [] };

describe('what takes long ends where one cancels it', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { stack, options } = account;
    stack.s3.putBucket(MANY, { region: stack.s3.region });
    stack.s3.putObject(MANY, 'first.txt', 'first');
    const mappings = [stack.mapping, { ...stack.mapping, bucket: MANY }];
    return {
      ...options,
      files: { 'urls.txt': 'of before' },
      settings: { ...stack.settings, 'cloudfrontSigner.distributions': mappings },
    };
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().contextMenu(MANY, 'Build Search Index');
    await workbench().notifications.withText(`The index of ${MANY} has 1 object.`).waitFor();
    await workbench().expand('acme-media');
    account.stack.s3.putBucket(MANY, {
      region: account.stack.s3.region,
      objects: syntheticObjects('sequence', COUNT),
    });
    account.stack.s3.latency = LATENCY;
  });

  afterEach(async () => {
    await workbench().palette('Notifications: Clear All Notifications');
  });

  async function askTo(command: string, row: string): Promise<void> {
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().contextMenu(row, command);
  }

  async function signAllOf(row: string, target: string): Promise<void> {
    const { quickInput } = workbench();
    await askTo('Sign All Objects Below…', row);
    await quickInput.shows('Which of the objects?');
    await quickInput.accept();
    await quickInput.shows('When shall the link end?');
    await quickInput.accept();
    await quickInput.shows('Where shall the links go?');
    await quickInput.choose(target);
  }

  async function copiesThree(): Promise<string> {
    await signAllOf('press', 'Copy');
    await workbench().notifications.withText('Copied 3 signed URLs').waitFor();
    return workbench().readClipboard();
  }

  /** Presses the button of what is under way. */
  async function afterCancelling(title: string): Promise<Aftermath> {
    await workbench().notifications.press(title, 'Cancel');
    return aftermath();
  }

  async function aftermath(): Promise<Aftermath> {
    const { requests } = account.stack.s3;
    await sleep(ALL_ANSWERED);
    const before = requests.length;
    await sleep(ALL_ANSWERED);
    return { asked: requests.length - before, said: await workbench().notifications.texts() };
  }

  async function saveTo(file: string): Promise<void> {
    const { quickInput } = workbench();
    await eventually('the dialog that asks for a file', async () =>
      (await quickInput.value()).endsWith('signed-urls.txt') ? true : undefined,
    );
    await quickInput.type(path.join(workbench().workspace, file));
    await quickInput.accept();
  }

  it('signing into a new file, which is not there then', async () => {
    await signAllOf(MANY, 'Save to File…');
    await saveTo('new.txt');
    await workbench().notifications.withText('signed, ').waitFor();
    // It is being written beside the place where it is to be.
    expect(await readdir(workbench().workspace)).toContainEqual(
      expect.stringMatching(/^\.new\.txt\..*\.part$/),
    );
    await workbench().screenshot('cancel-signing');
    expect(await afterCancelling(`Signing all of s3://${MANY}/`)).toEqual(SILENCE);
    expect(await readdir(workbench().workspace)).toEqual(['urls.txt']);
    expect(await readFile(path.join(workbench().workspace, 'urls.txt'), 'utf8')).toBe('of before');
    expect(await copiesThree()).toContain('/press/logo.svg?');
  });

  it('signing for the clipboard, which keeps what it had', async () => {
    const before = await copiesThree();
    await signAllOf(MANY, 'Copy');
    expect(await afterCancelling(`Signing all of s3://${MANY}/`)).toEqual(SILENCE);
    expect(await workbench().readClipboard()).toBe(before);
  });

  it('building an index, of which the one before stays, and a search that lists anew', async () => {
    const { quickInput } = workbench();
    await askTo('Build Search Index', MANY);
    expect(await afterCancelling(`Index of ${MANY}`)).toEqual(SILENCE);
    await workbench().contextMenu(MANY, 'Search Objects…');
    await quickInput.shows('1 object as of ');
    // Listing anew is a search that takes long.
    await workbench().page.getByRole('button', { name: 'List Anew' }).click();
    await quickInput.shows(',000 objects, ');
    await quickInput.cancel();
    expect(await aftermath()).toEqual(SILENCE);
  });

  it('counting what a folder has', async () => {
    await askTo('Folder Size', MANY);
    expect(await afterCancelling(`Size of ${MANY}`)).toEqual(SILENCE);
  });
});
