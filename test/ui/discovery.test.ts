import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDemoDistribution, bucketPolicyFor } from '../../dev/edge/demoDistribution.ts';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const COPY = 'Quick Copy CloudFront Signed URL';

describe('what is in front of a bucket', () => {
  let account: Account;
  /** Another name at which the edge answers. */
  let twin: string;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { s3, store, edge } = account.stack;
    twin = `localhost:${edge.port}`;
    const [keyGroup] = store.KeyGroups;
    for (const [name, enabled] of [
      ['a', true],
      ['b', true],
      ['off', false],
    ] as const) {
      const distribution = addDemoDistribution(store, {
        bucket: 'acme-website',
        region: 'us-east-1',
        publicKey: { id: `KOTHER${name.toUpperCase()}0000000`, pem: 'unused' },
        aliases: name === 'a' ? [twin] : [],
      });
      const { DistributionConfig: config } = distribution;
      config.Enabled = enabled;
      config.Comment = `Website ${name}`;
      config.DefaultCacheBehavior.TrustedKeyGroups.Items = [keyGroup?.Id ?? ''];
      distribution.DomainName = `d-${name}.cloudfront.net`;
      if (name === 'a') {
        s3.putBucketPolicy('acme-website', bucketPolicyFor(distribution.ARN, 'acme-website'));
      }
    }
    return account.options;
  });

  async function copied(): Promise<string> {
    await workbench().notifications.withText('Copied the signed URL').first().waitFor();
    await workbench().palette('Notifications: Clear All Notifications');
    return workbench().readClipboard();
  }

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media');
    await workbench().isShown('README.md');
  });

  it('shows beside it, once it is known', async () => {
    const { domain } = account.stack;
    await expect.poll(() => workbench().treeRow('acme-media').innerText()).toContain(domain);
    const website = workbench().treeRow('acme-website');
    await expect.poll(() => website.innerText()).toContain(`${twin} +2`);
    expect(await workbench().treeRow('acme-backups').innerText()).not.toContain('cloudfront');
    await workbench().screenshot('discovery-tree');
  });

  it('is taken without a question where it is one', async () => {
    await workbench().inlineAction('README.md', COPY);
    const url = await copied();
    expect(new URL(url).host).toBe(account.stack.domain);
    expect(await fetchText(url)).toMatchObject({ status: 200 });
  });

  it('is picked where it is several, the usable ones first, and remembered', async () => {
    const { quickInput } = workbench();
    await workbench().expand('acme-website');
    await workbench().inlineAction('index.html', COPY);
    await quickInput.shows('Which one shall the links go through?');
    expect(await quickInput.labels()).toEqual([
      twin,
      'd-a.cloudfront.net',
      'd-b.cloudfront.net',
      'd-off.cloudfront.net',
      'Another Domain Name…',
    ]);
    expect((await quickInput.items())[3]).toMatch(/disabled: serves nothing.*Website off/);
    await workbench().screenshot('discovery-pick');
    await quickInput.choose(twin);
    await quickInput.shows('Remember this distribution');
    await quickInput.choose('Remember in the Workspace Settings');
    expect(await fetchText(await copied())).toMatchObject({ status: 200 });
    const saved = await readFile(path.join(workbench().workspace, '.vscode/settings.json'), 'utf8');
    const { keyPairId } = account.stack;
    expect(JSON.parse(saved)).toEqual({
      'cloudfrontSigner.distributions': [
        { bucket: 'acme-website', domain: twin, keyPairId, protocol: 'http' },
      ],
    });
    await workbench().inlineAction('index.html', COPY);
    expect(new URL(await copied()).host).toBe(twin);
  });

  it('gives the URL without a signature, too', async () => {
    await workbench().contextMenu('README.md', 'Copy URL without Signature');
    await expect
      .poll(() => workbench().readClipboard())
      .toBe(`http://${account.stack.domain}/README.md`);
  });

  it('can be opened in the console, where there is something', async () => {
    const [open, openFront] = ['Open in AWS Console', 'Open Distribution in AWS Console'];
    expect(await workbench().contextMenuItems('acme-media')).toEqual(
      expect.arrayContaining([open, openFront]),
    );
    const items = await workbench().contextMenuItems('acme-backups');
    expect(items).toContain(open);
    expect(items).not.toContain(openFront);
  });

  it('was asked for once, and is asked for again by Refresh', async () => {
    const { control, store, s3 } = account.stack;
    const asked = (): number =>
      control.requests.filter(({ action }) => action === 'cloudfront:ListDistributions').length;
    expect(asked()).toBe(1);
    const [media] = store.Distributions;
    media?.DistributionConfig.Aliases.Items.unshift('media.example.com');
    const listed = s3.requests.length;
    await workbench().palette('CloudFront: Refresh');
    await expect
      .poll(() => workbench().treeRow('acme-media').innerText())
      .toContain('media.example.com');
    expect(asked()).toBe(2);
    expect(s3.requests.length).toBeGreaterThan(listed);
  });
});

describe('a CloudFront that does not answer', () => {
  /** Takes every request and answers none. */
  let silent: Server;
  let account: Account;
  const workbench = useWorkbench(async () => {
    silent = createServer();
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    account = await startAccount();
    const { AWS_CONFIG_FILE } = account.stack.awsFiles;
    const config = await readFile(AWS_CONFIG_FILE, 'utf8');
    const mute = config.replaceAll(account.stack.control.endpoint, `http://127.0.0.1:${port}`);
    await writeFile(AWS_CONFIG_FILE, mute);
    return account.options;
  });

  afterAll(() => {
    silent.close();
    silent.closeAllConnections();
  });

  it('is waited for only as long as the user likes', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().openView();
    await workbench().expand('acme-media');
    await workbench().inlineAction('README.md', COPY);
    await notifications.withText('Looking into the account').waitFor();
    await workbench().screenshot('discovery-waiting');
    await notifications.press('Looking into the account', 'Cancel');
    await quickInput.shows('Distribution for “acme-media”');
    expect(await quickInput.text()).toContain('The account was not asked');
    await quickInput.cancel();
    await quickInput.isClosed();
  });

  it('is given up after a while, and the user told why she is asked', async () => {
    const { quickInput } = workbench();
    await workbench().inlineAction('README.md', COPY);
    await quickInput.shows('CloudFront cannot be reached');
    expect(await quickInput.text()).toContain('Distribution for “acme-media”');
    await quickInput.cancel();
    await quickInput.isClosed();
  });
});
