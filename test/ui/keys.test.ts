import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseFile, fetchText, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const PASSPHRASE = 'correct horse battery staple';

/** Runs in the page, whose types are not those of the tests: all of its storage as one text. */
const READ_STORAGE = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const parts = [JSON.stringify({ ...localStorage })];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const reading = database.transaction(store).objectStore(store);
      parts.push(JSON.stringify([await done(reading.getAllKeys()), await done(reading.getAll())]));
    }
    database.close();
  }
  return parts.join('\\n');
})()`;

describe('private keys in the workbench', () => {
  let account: Account;
  let encryptedFile: string;
  const signedUrls: string[] = [];
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { privateKeyFile } = account.stack;
    encryptedFile = privateKeyFile.replace('.pem', '.encrypted.pem');
    await writeFile(
      encryptedFile,
      createPrivateKey(await readFile(privateKeyFile)).export({
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: PASSPHRASE,
      }),
    );
    const mapping = { 'cloudfrontSigner.distributions': [account.stack.mapping] };
    return { ...account.options, settings: { ...account.options.settings, ...mapping } };
  });

  /** The prompts of the import in turn, each with its answer. */
  function importSteps(passphrase: string): readonly (readonly [string, () => Promise<void>])[] {
    const { quickInput } = workbench();
    const answer = async (text: string): Promise<void> => {
      await quickInput.type(text);
      await quickInput.accept();
    };
    return [
      ['Where is the private key', () => quickInput.choose('From a File…')],
      ['Folder path', () => chooseFile(quickInput, encryptedFile)],
      ['The private key is encrypted', () => answer(passphrase)],
      ['Name of the Key', () => answer('Release key')],
    ];
  }

  async function notified(text: string): Promise<void> {
    await workbench().notifications.withText(text).waitFor();
    await workbench().palette('Notifications: Clear All Notifications');
  }

  beforeAll(() => workbench().openView());

  it('is silent when Escape is pressed at any prompt of the import', async () => {
    const { quickInput, notifications, page } = workbench();
    const steps = importSteps(PASSPHRASE);
    for (let given = 0; given < steps.length; given++) {
      await workbench().palette('CloudFront: Import Private Key…');
      for (const [shown, answer] of steps.slice(0, given)) {
        await quickInput.shows(shown);
        await answer();
      }
      await quickInput.shows(steps[given]?.[0] ?? '');
      await quickInput.cancel();
      await quickInput.isClosed();
    }
    await page.waitForTimeout(500);
    expect(await notifications.texts()).toEqual([]);
    await expect.poll(() => workbench().view().innerText()).toContain('No private key');
  });

  it('asks again for a wrong passphrase, and takes the right one', async () => {
    const { quickInput, page } = workbench();
    await page.getByRole('button', { name: 'Import Private Key' }).last().click();
    const [source, file, passphrase, name] = importSteps(PASSPHRASE);
    for (const step of [source, file]) {
      await quickInput.shows(step?.[0] ?? '');
      await step?.[1]();
    }
    await quickInput.shows('The private key is encrypted');
    await quickInput.type('wrong');
    await quickInput.accept();
    await quickInput.shows('That passphrase does not open it: 2 tries left');
    await workbench().screenshot('keys-passphrase');
    await passphrase?.[1]();
    await quickInput.shows(`CloudFront knows its public half as ${account.stack.keyPairId}`);
    expect(await quickInput.value()).toBe('acme-media-signer');
    await name?.[1]();
    await notified('Private key “Release key” (RSA 2048) is kept');
    await workbench().isShown('Release key');
    await workbench().screenshot('keys-imported');
  });

  it('gives up after three wrong passphrases, and keeps nothing', async () => {
    const { quickInput } = workbench();
    await workbench().palette('CloudFront: Import Private Key…');
    for (const [shown, answer] of importSteps('wrong').slice(0, 2)) {
      await quickInput.shows(shown);
      await answer();
    }
    for (const shown of ['is encrypted', '2 tries left', '1 try left']) {
      await quickInput.shows(shown);
      await quickInput.type('wrong');
      await quickInput.accept();
    }
    await notified('The passphrase does not open the private key');
  });

  it('asks for the ID of a key that the account does not know', async () => {
    const { quickInput } = workbench();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await workbench().writeClipboard(
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    await workbench().palette('CloudFront: Import Private Key…');
    await quickInput.choose('From the Clipboard');
    await quickInput.shows('The account has no public key that belongs to it');
    await quickInput.type('not an ID');
    await quickInput.shows('It is the ID of the public key in CloudFront');
    await workbench().screenshot('keys-id');
    await quickInput.accept();
    expect(await quickInput.value()).toBe('not an ID');
    await quickInput.cancel();
    await quickInput.isClosed();
  });

  it('refuses a public key with the cause', async () => {
    const { quickInput } = workbench();
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await workbench().writeClipboard(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    await workbench().palette('CloudFront: Import Private Key…');
    await quickInput.choose('From the Clipboard');
    await notified('This is a public key');
  });

  it('signs with the key, also after a restart', async () => {
    const sign = async (): Promise<void> => {
      await workbench().writeClipboard('');
      await workbench().expand('acme-media');
      await workbench().inlineAction('README.md', 'Quick Copy CloudFront Signed URL');
      await notified('Copied the signed URL of README.md');
      const url = await workbench().readClipboard();
      signedUrls.push(url);
      expect(await fetchText(url)).toMatchObject({ status: 200 });
    };
    await sign();
    await workbench().restart();
    await workbench().openView();
    await workbench().isShown('Release key');
    await sign();
  });

  it('renames a key and copies its public half', async () => {
    const { quickInput } = workbench();
    await workbench().palette('CloudFront: Manage Private Keys…');
    await quickInput.shows('Private Keys');
    await quickInput.choose('Release key');
    await quickInput.choose('Copy Public Key');
    await notified('Copied the public key of “Release key”');
    expect(await workbench().readClipboard()).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    await workbench().treeRow('Release key').click();
    await quickInput.choose('Rename…');
    await quickInput.shows('Name of the Key');
    await quickInput.type('Renamed key');
    await quickInput.accept();
    await workbench().isShown('Renamed key');
  });

  it('leaves no fragment of a secret in files, logs and state', async () => {
    const pem = await readFile(account.stack.privateKeyFile, 'utf8');
    const credentials = await readFile(account.stack.awsFiles.AWS_SHARED_CREDENTIALS_FILE, 'utf8');
    const secretKey = /aws_secret_access_key = (\S+)/.exec(credentials)?.[1] ?? '';
    const secrets = [
      ...pem.split('\n').filter((line) => line.length >= 40),
      ...signedUrls.map((url) => new URL(url).searchParams.get('Signature')?.slice(0, 40) ?? ''),
      secretKey,
      PASSPHRASE,
    ];
    expect(secrets.every((secret) => secret.length >= 20)).toBe(true);

    const texts = new Map<string, string>();
    for (const dir of [workbench().dataDir, workbench().workspace]) {
      for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
        const file = path.join(entry.parentPath, entry.name);
        if (entry.isFile()) texts.set(file, await readFile(file, 'latin1'));
      }
    }
    texts.set('browser', await browserState());
    // The search is worth something only where there is something to find.
    expect([...texts.keys()].some((file) => file.endsWith('CloudFront URL Signer.log'))).toBe(true);
    expect(texts.get('browser')).toContain('cloudfront-url-signer');
    const found = [...texts].flatMap(([file, text]) =>
      secrets.some((secret) => text.includes(secret)) ? [file] : [],
    );
    expect(found).toEqual([]);
  });

  /** Settings, state and sealed secrets: in a browser they are kept on this side. */
  async function browserState(): Promise<string> {
    return String(await workbench().page.evaluate(READ_STORAGE));
  }

  it('deletes a key after saying which distributions use it', async () => {
    const { quickInput, page } = workbench();
    const dialog = page.locator('.monaco-dialog-box');
    for (const button of ['Cancel', 'Delete']) {
      await workbench().treeRow('Renamed key').click();
      await quickInput.choose('Delete…');
      await dialog.waitFor();
      expect(await dialog.innerText()).toContain(`acme-media/ on ${account.stack.domain}`);
      await workbench().screenshot('keys-delete');
      await dialog.getByRole('button', { name: button }).click();
    }
    await notified('Private key “Renamed key” is deleted');
    await expect.poll(() => workbench().view().innerText()).toContain('No private key');
    expect(await browserState()).not.toContain('privateKey/');
    await workbench().restart();
    await workbench().openView();
    await expect
      .poll(() => workbench().view().innerText(), { timeout: 10_000 })
      .toContain('No private key');
  });
});
