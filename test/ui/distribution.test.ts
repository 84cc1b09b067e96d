import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { READER_PROFILE } from '../../dev/demo/demoStack.ts';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const COPY = 'Quick Copy CloudFront Signed URL';

describe('the first signing where the profile may not look for the distribution', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const settings = {
      ...account.options.settings,
      'cloudfrontSigner.aws.profile': READER_PROFILE,
      'cloudfrontSigner.buckets': ['acme-media'],
    };
    return { ...account.options, settings };
  });

  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack, account.stack.keyPairId);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media');
    await workbench().isShown('README.md');
  });

  it('is silent when Escape is pressed at any prompt', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().writeClipboard('untouched');
    await workbench().inlineAction('README.md', COPY);
    await quickInput.shows('Distribution for “acme-media”');
    await quickInput.cancel();
    await quickInput.isClosed();

    await workbench().inlineAction('README.md', COPY);
    await quickInput.shows('Distribution for “acme-media”');
    await quickInput.type(`http://${account.stack.domain}`);
    await quickInput.accept();
    await quickInput.shows('Remember this distribution');
    await quickInput.cancel();
    await quickInput.isClosed();
    // The progress of the check stays for a moment after it is over.
    await expect.poll(() => notifications.texts(), { timeout: 10_000 }).toEqual([]);
    expect(await workbench().readClipboard()).toBe('untouched');
  });

  it('checks what is given, and tells why it would not work', async () => {
    const { quickInput } = workbench();
    await workbench().inlineAction('README.md', COPY);
    await quickInput.shows('Distribution for “acme-media”');
    await quickInput.shows('This profile lacks cloudfront:ListDistributions');
    await workbench().screenshot('distribution-unseen');
    await quickInput.type('example.com/path');
    await quickInput.shows('domain name');
    await quickInput.type(new URL(account.stack.s3.endpoint).origin);
    await quickInput.accept();
    await quickInput.shows('to a signed URL of this key');
    expect((await quickInput.items())[0]).toContain(
      'is S3, which knows nothing of CloudFront’s signatures',
    );
    await workbench().screenshot('distribution-refused');
    await quickInput.choose('Try Again');
    await quickInput.shows('Distribution for “acme-media”');
    await quickInput.type(`http://${account.stack.domain}/`);
    await quickInput.accept();
    await quickInput.shows('Remember this distribution');
    await workbench().screenshot('distribution-save');
    await quickInput.choose('Remember in the Workspace Settings');
    await workbench().notifications.withText('Copied the signed URL of README.md').waitFor();
    expect(await fetchText(await workbench().readClipboard())).toMatchObject({ status: 200 });
    const saved = await readFile(path.join(workbench().workspace, '.vscode/settings.json'), 'utf8');
    expect(JSON.parse(saved)).toEqual({
      'cloudfrontSigner.distributions': [
        {
          bucket: 'acme-media',
          domain: account.stack.domain,
          keyPairId: account.stack.keyPairId,
          protocol: 'http',
        },
      ],
    });
  });

  it('asks no more', async () => {
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().inlineAction('README.md', COPY);
    await workbench().notifications.withText('Copied the signed URL of README.md').waitFor();
    expect(await fetchText(await workbench().readClipboard())).toMatchObject({ status: 200 });
  });
});
