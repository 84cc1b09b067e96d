import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchText, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const GROUP = 'acme-media-signers';

describe('key pairs that are made here', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    return account.options;
  });

  beforeAll(() => workbench().openView());
  afterEach(() => workbench().palette('Notifications: Clear All Notifications'));

  /** The keys of the group that the distribution trusts. */
  function trustedIds(): readonly string[] {
    return account.stack.store.KeyGroups[0]?.KeyGroupConfig.Items ?? [];
  }

  function publicKeys(): readonly (readonly [id: string, name: string])[] {
    return account.stack.store.PublicKeys.map(({ Id, PublicKeyConfig }) => [
      Id,
      PublicKeyConfig.Name,
    ]);
  }

  /** What can change a distribution, as text. */
  function distributions(): string {
    return JSON.stringify(
      account.stack.store.Distributions.map(({ DistributionConfig: config }) => config),
    );
  }

  async function answer(shown: string, text: string): Promise<void> {
    const { quickInput } = workbench();
    await quickInput.shows(shown);
    await quickInput.type(text);
    await quickInput.accept();
  }

  /** Makes a key from the view's title, up to the question where its public half is to go. */
  async function create(kind: string, name: string): Promise<void> {
    await workbench().palette('CloudFront: Create Key Pair…');
    await workbench().quickInput.choose(kind);
    await answer('Name of the Key', name);
    await workbench().quickInput.shows('not uploaded yet');
  }

  /** Answers the dialog in the middle. @returns what it said */
  async function dialog(button: string, screenshot?: string): Promise<string> {
    const box = workbench().page.locator('.monaco-dialog-box');
    await box.waitFor();
    const text = await box.innerText();
    if (screenshot !== undefined) await workbench().screenshot(screenshot);
    await box.getByRole('button', { name: button, exact: true }).click();
    await box.waitFor({ state: 'hidden' });
    return text;
  }

  /** Goes as far as the confirmation of an upload. @returns what that said */
  async function upload(button: string): Promise<string> {
    const { quickInput } = workbench();
    await workbench().treeRow('Release key').click();
    await quickInput.choose('Upload to CloudFront…');
    await quickInput.shows('Key Group for “Release key”');
    expect((await quickInput.items()).join('\n')).toContain(
      `Trusted by the default behavior of distribution ${account.stack.distributionId}`,
    );
    await workbench().screenshot('key-pair-group');
    await quickInput.choose(GROUP);
    return dialog(button, 'key-pair-confirm');
  }

  async function rowText(label: string): Promise<string> {
    return workbench().treeRow(label).innerText();
  }

  async function sign(): Promise<URL> {
    await workbench().writeClipboard('');
    await workbench().expand('acme-media');
    await workbench().inlineAction('README.md', 'Quick Copy CloudFront Signed URL');
    await workbench().notifications.withText('Copied the signed URL of README.md').waitFor();
    return new URL(await workbench().readClipboard());
  }

  it('are explained by the length of the links, and kept before they are uploaded', async () => {
    const { quickInput, notifications, page } = workbench();
    await page.getByRole('button', { name: 'Create Key Pair' }).last().click();
    await quickInput.shows('Which kind of key?');
    const items = await quickInput.items();
    expect(items).toHaveLength(2);
    const [rsa = 0, curve = 0] = items.map((text) =>
      Number(/links of about (\d+) characters/.exec(text)?.[1]),
    );
    expect(rsa).toBeGreaterThan(curve + 200);
    await workbench().screenshot('key-pair-kind');
    await quickInput.choose('ECDSA P-256');
    await answer('Name of the Key', 'Release key');
    await quickInput.shows('not uploaded yet');
    await workbench().screenshot('key-pair-public-half');
    await quickInput.cancel();
    await notifications.withText('“Release key” is kept').waitFor();
    await workbench().restart();
    await workbench().openView();
    await workbench().isShown('Release key');
    expect(await rowText('Release key')).toContain('not uploaded yet');
    expect(publicKeys()).toHaveLength(1);
  });

  it('are offered to whoever signs without a key', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().expand('acme-media');
    await workbench().inlineAction('README.md', 'Quick Copy CloudFront Signed URL');
    await quickInput.shows('No Private Key to Sign With');
    expect((await quickInput.items()).map((item) => /[\w“” ]+…/.exec(item)?.[0].trim())).toEqual([
      'Finish “Release key”…',
      'Import Private Key…',
      'Create Key Pair…',
    ]);
    await workbench().screenshot('key-pair-first');
    await quickInput.choose('Create Key Pair…');
    await quickInput.shows('Which kind of key?');
    await quickInput.cancel();
    await workbench().inlineAction('README.md', 'Quick Copy CloudFront Signed URL');
    await quickInput.choose('Finish “Release key”…');
    await quickInput.choose('Copy Public Key');
    await notifications.withText('Nothing is signed yet').waitFor();
    await workbench().screenshot('key-pair-not-yet');
    expect(await notifications.texts()).toHaveLength(2);
  });

  it('are uploaded after a confirmation that names account and effect', async () => {
    const { notifications } = workbench();
    const before = distributions();
    const text = await upload('Cancel');
    expect(text).toContain('In account 111122223333, as arn:aws:iam::111122223333:user/developer');
    expect(text).toContain('The public key “Release-key” is created.');
    expect(text).toContain(`added to the key group “${GROUP}”, trusted by the default behavior`);
    expect(text).toContain('No distribution is changed.');
    await upload('Copy as AWS CLI');
    await notifications.withText('Copied the commands').waitFor();
    expect(await workbench().readClipboard()).toContain('aws cloudfront create-public-key');
    expect(publicKeys()).toHaveLength(1);
    expect(trustedIds()).toHaveLength(1);
    await upload('Upload');
    await notifications.withText('CloudFront knows “Release key” as K').waitFor();
    const [, made] = publicKeys();
    expect(made?.[1]).toBe('Release-key');
    expect(trustedIds()).toEqual([account.stack.keyPairId, made?.[0]]);
    await expect.poll(() => rowText('Release key')).toContain(`${made?.[0]} · ECDSA P-256`);
    await workbench().screenshot('key-pair-uploaded');
    expect(distributions()).toBe(before);
  });

  it('sign links that work', async () => {
    const url = await sign();
    expect(url.searchParams.get('Key-Pair-Id')).toBe(publicKeys()[1]?.[0]);
    expect(await fetchText(url.href)).toMatchObject({ status: 200 });
  });

  it('may go into a new key group, whose trust is handed over as text', async () => {
    const { quickInput, notifications } = workbench();
    const before = distributions();
    await create('RSA 2048', 'Spare key');
    await quickInput.choose('Upload to CloudFront…');
    await quickInput.choose('New Key Group…');
    await answer('Name of the Key Group', 'spare-group');
    const text = await dialog('Upload');
    expect(text).toContain('“spare-group” is created with it. No behavior trusts the group');
    await notifications.press('in the new key group “spare-group”', 'Copy the Change…');
    await quickInput.shows('By which behavior?');
    await workbench().screenshot('key-pair-trust');
    await quickInput.choose('Default behavior');
    await quickInput.choose('Terraform');
    await notifications.withText('Copied the change as Terraform').waitFor();
    const [first, second] = account.stack.store.KeyGroups.map(({ Id }) => Id);
    const change = await workbench().readClipboard();
    expect(change).toContain('trusted_key_groups');
    expect(change).toContain(first);
    expect(change).toContain(second);
    expect(distributions()).toBe(before);
  });

  it('get an ID that is typed, and give their public half to the clipboard and to a file', async () => {
    const { quickInput, notifications } = workbench();
    await create('ECDSA P-256', 'Typed key');
    await quickInput.choose('Copy Public Key');
    await notifications.withText('Copied the public key of “Typed key”').waitFor();
    const pem = await workbench().readClipboard();
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    await workbench().treeRow('Typed key').click();
    await quickInput.choose('Save Public Key…');
    await quickInput.shows('Save Public Key');
    await quickInput.accept();
    await notifications.withText('Saved the public key of “Typed key”').waitFor();
    const file = path.join(workbench().workspace, 'Typed-key.public.pem');
    expect(await readFile(file, 'utf8')).toBe(pem);
    await workbench().treeRow('Typed key').click();
    await quickInput.choose('Enter Key Pair ID…');
    await answer('Key pair ID', 'K2TYPED0000000');
    await notifications.withText('“Typed key” signs under K2TYPED0000000').waitFor();
    await expect.poll(() => rowText('Typed key')).toContain('K2TYPED0000000');
  });

  it('are rotated step by step, also after a restart, with no link that fails on the way', async () => {
    const { quickInput, notifications, page } = workbench();
    const [, made] = publicKeys();
    const oldId = made?.[0] ?? '';
    const settingsFile = path.join(workbench().workspace, '.vscode/settings.json');
    const mapping = { ...account.stack.mapping, keyPairId: oldId };
    const readMappings = async (): Promise<unknown> =>
      JSON.parse(await readFile(settingsFile, 'utf8'));
    await mkdir(path.dirname(settingsFile), { recursive: true });
    await writeFile(settingsFile, JSON.stringify({ 'cloudfrontSigner.distributions': [mapping] }));
    const before = await sign();

    account.stack.control.deploymentTime = 30_000;
    await workbench().contextMenu('Release key', 'Rotate Key…');
    await quickInput.shows('Rotate “Release key”: the New Key');
    await quickInput.choose('ECDSA P-256');
    await answer('Name of the Key', 'Next key');
    const adding = await dialog('Add New Key', 'key-rotation-add');
    expect(adding).toContain('In account 111122223333');
    expect(adding).toContain(`It is added to the key group “${GROUP}”`);
    await notifications.withText('Waiting until CloudFront has deployed').waitFor();
    await workbench().screenshot('key-rotation-wait');
    await notifications.press('Waiting until CloudFront has deployed', 'Cancel');
    await expect.poll(() => rowText('Release key')).toContain('being replaced');
    expect(await fetchText(before.href)).toMatchObject({ status: 200 });

    await workbench().restart();
    await workbench().openView();
    await workbench().isShown('Release key');
    await workbench().contextMenu('Release key', 'Rotate Key…');
    const newId = trustedIds().at(-1) ?? '';
    // It waits until the distribution is deployed.
    await page.locator('.monaco-dialog-box').waitFor({ timeout: 60_000 });
    const switching = await dialog('Change Settings', 'key-rotation-switch');
    expect(switching).toContain(`“Next key” (${newId}) instead of “Release key” (${oldId})`);
    expect(switching.split(`acme-media/ on ${account.stack.domain}`)).toHaveLength(2);
    await notifications.withText('New links are signed with “Next key”').waitFor();
    expect(await readMappings()).toEqual({
      'cloudfrontSigner.distributions': [{ ...mapping, keyPairId: newId }],
    });
    await expect.poll(() => rowText('Release key')).toContain('replaced');
    await workbench().screenshot('key-rotation-switched');

    await notifications.press('New links are signed with “Next key”', 'Remove Old Key…');
    const removing = await dialog('Remove Old Key', 'key-rotation-remove');
    expect(removing).toContain(`${oldId} is taken out of the key group “${GROUP}”`);
    expect(removing).toContain('Every link that it has signed stops working');
    expect(removing).toContain('the settings offer up to 30 days');
    await notifications.withText('The old key “Release key”').waitFor();
    await workbench().treeRow('Release key').waitFor({ state: 'hidden' });
    const after = await sign();
    expect(after.searchParams.get('Key-Pair-Id')).toBe(newId);
    expect(await fetchText(after.href)).toMatchObject({ status: 200 });
    expect(await fetchText(before.href)).toMatchObject({ status: 403 });
    expect(publicKeys().map(([id]) => id)).not.toContain(oldId);
  });
});
