import type { Frame } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { addDemoDistribution } from '../../dev/edge/demoDistribution.ts';
import { importKey, startAccount, type Account } from './harness/account.ts';
import { eventually } from './harness/eventually.ts';
import { useWorkbench } from './harness/workbench.ts';

const RIGHT = 'The set-up is right';
const POLICY_CHECK = 'The bucket policy lets the distribution read';
const CLOSED_TO_ALL = { Version: '2012-10-17', Statement: [] };

let account: Account;
const workbench = useWorkbench(async () => {
  account = await startAccount();
  return account.options;
});

beforeAll(async () => {
  await workbench().openView();
  await importKey(workbench(), account.stack);
  await workbench().palette('Notifications: Clear All Notifications');
  await workbench().expand(DEMO_BUCKET);
});

afterEach(async () => {
  await workbench().palette('Notifications: Clear All Notifications');
});

function focusedText(frame: Frame): Promise<string> {
  return frame.evaluate('document.activeElement.textContent').then(String);
}

describe('Check Set-Up', () => {
  it('of an object says in a sentence that all is right; the report is there for who wants it', async () => {
    await workbench().contextMenu('README.md', 'Check Set-Up');
    const toast = workbench().notifications.withText(RIGHT);
    await toast.waitFor();
    expect(await workbench().notifications.buttons(RIGHT)).toEqual(['Open Report', 'Check Again']);
    await workbench().notifications.press(RIGHT, 'Open Report');
    const report = await workbench().frameWith('h1', `s3://${DEMO_BUCKET}/README.md`);
    const text = await report.locator('body').innerText();
    expect(text).toContain(account.stack.distributionId);
    expect(text).toContain(account.stack.keyPairId);
    expect(text).not.toContain('What to mend');
    expect(text).not.toMatch(/Signature=|PRIVATE KEY/);
    await workbench().screenshot('setup-right');
  });

  it('names the cause where one thing is wrong, in the document that is open', async () => {
    account.stack.s3.putBucketPolicy(DEMO_BUCKET, CLOSED_TO_ALL);
    await workbench().page.getByRole('button', { name: 'Check Again' }).click();
    const toast = 'README.md: 1 check fails';
    await workbench().notifications.withText(toast).waitFor();
    expect(await workbench().notifications.buttons(toast)).toEqual(['Copy Mend…', 'Check Again']);
    const report = await workbench().frameWith('h3', POLICY_CHECK);
    expect(await report.locator('h1').count()).toBe(1);
    expect(await workbench().page.getByRole('tab', { name: 'README.md set-up.md' }).count()).toBe(
      1,
    );
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().screenshot('setup-fails');
  });

  it('gives a report that a keyboard walks', async () => {
    const report = await workbench().frameWith('h3', POLICY_CHECK);
    const { keyboard } = workbench().page;
    await report.locator('h1').click();
    const stops: string[] = [];
    for (let stop = 0; stop < 5; stop++) {
      await keyboard.press('Tab');
      stops.push(await focusedText(report));
    }
    expect(stops).toEqual(['JSON', 'AWS CLI', 'CloudFormation', 'Terraform', 'CDK (TypeScript)']);
    const code = report.locator('details', { hasText: 'CDK (TypeScript)' }).locator('pre').first();
    expect(await code.isVisible()).toBe(false);
    await keyboard.press('Enter');
    await code.waitFor();
    expect(await code.innerText()).toContain(account.stack.distributionId);
    await workbench().screenshot('setup-folded-out');
    await keyboard.press('Enter');

    const topics: string[] = [];
    await eventually('the last topic', async () => {
      await keyboard.press('Tab');
      topics.push(await focusedText(report));
      return topics.at(-1)?.startsWith('The proof') === true ? true : undefined;
    });
    expect(topics.filter((topic) => topic.startsWith('The '))).toEqual([
      expect.stringMatching(/^The object: \d ✔ holds$/),
      expect.stringMatching(/^The distribution: /),
      expect.stringMatching(/^The signature: \d ✔ holds$/),
      expect.stringMatching(/^The way to S3: 1 ✘ fails, /),
      expect.stringMatching(/^The bucket: /),
      expect.stringMatching(/^The proof: /),
    ]);
    await workbench().screenshot('setup-topics');
  });

  it('shows the source of the report to who wants that, to read', async () => {
    await workbench().palette('Markdown: Reopen as source file');
    const editor = workbench().page.locator('.editor-instance .view-lines').first();
    await expect.poll(() => editor.innerText()).toContain('<summary>');
    await workbench().page.keyboard.type('x');
    await workbench().page.getByText('Cannot edit in read-only editor').first().waitFor();
  });

  it('hands over the mend, and once it is applied finds nothing wrong', async () => {
    const { quickInput } = workbench();
    await workbench().palette('CloudFront: Copy Mend…');
    await quickInput.shows('Which check is to be mended?');
    await workbench().screenshot('setup-mends');
    await quickInput.choose(POLICY_CHECK);
    await quickInput.shows('Copy the mend as');
    expect(await quickInput.labels()).toEqual([
      'JSON',
      'AWS CLI',
      'CloudFormation',
      'Terraform',
      'CDK (TypeScript)',
    ]);
    await workbench().screenshot('setup-forms');
    await quickInput.choose('JSON');
    await workbench().page.getByText('Copied the mend').waitFor();
    const policy: unknown = JSON.parse(await workbench().readClipboard());
    if (typeof policy !== 'object' || policy === null) throw new Error('It is no policy.');
    account.stack.s3.putBucketPolicy(DEMO_BUCKET, policy);

    await workbench().palette('CloudFront: Check Again');
    await workbench().notifications.withText(RIGHT).waitFor();
    await workbench().notifications.press(RIGHT, 'Open Report');
    const report = await workbench().frameWith('h1', `s3://${DEMO_BUCKET}/README.md`);
    await expect.poll(() => report.locator('body').innerText()).not.toContain('What to mend');
  });

  it('of a bucket tries an object that is in it', async () => {
    // A click opens and shuts it, and selects it.
    await workbench().treeRow(DEMO_BUCKET).click();
    await workbench().expand(DEMO_BUCKET);
    await workbench().palette('CloudFront: Check Set-Up');
    await workbench().notifications.withText(`${DEMO_BUCKET}: ${RIGHT}`).waitFor();
    await workbench().notifications.press(RIGHT, 'Open Report');
    const tab = workbench().page.getByRole('tab', { name: `${DEMO_BUCKET} set-up.md` });
    await expect.poll(() => tab.count()).toBe(1);
    const report = await workbench().frameWith('h1', `s3://${DEMO_BUCKET}/`);
    expect(await report.locator('h1').innerText()).toContain('README.md');
  });

  it('of a part of a bucket is named after the part', async () => {
    await workbench().contextMenu('press', 'Check Set-Up');
    const named = workbench().notifications.withText(`press: ${RIGHT}`);
    await expect.poll(() => named.count(), { timeout: 15_000 }).toBe(1);
  });

  it('of a bucket without a distribution says that first, and offers to set one up', async () => {
    await workbench().contextMenu('acme-backups', 'Check Set-Up');
    await workbench().notifications.withText('acme-backups: 1 check fails').waitFor();
    const report = await workbench().frameWith('h3', 'A distribution has the bucket as an origin');
    expect(await report.locator('h1').innerText()).toContain('s3://acme-backups/');
    expect(await report.locator('body').innerText()).toContain(
      'In VS Code: Export Set-Up as Template…',
    );
    await workbench().screenshot('setup-without-distribution');
    const { quickInput } = workbench();
    await workbench().notifications.press('acme-backups: 1 check fails', 'Copy Mend…');
    await quickInput.shows('Mend it by');
    await quickInput.choose('Export Set-Up as Template…');
    // It knows the bucket already.
    await quickInput.shows('The region of the bucket');
    await quickInput.cancel();
    await quickInput.isClosed();
  });

  it('asks which of several distributions is meant, and nobody who presses Escape', async () => {
    const { quickInput, notifications } = workbench();
    const [first, second] = ['a', 'b'].map((name) => {
      const distribution = addDemoDistribution(account.stack.store, {
        bucket: 'acme-website',
        region: 'us-east-1',
        publicKey: { id: `KOTHER${name.toUpperCase()}0000000`, pem: 'unused' },
        aliases: [],
      });
      distribution.DomainName = `d-${name}.cloudfront.net`;
      return distribution.Id;
    });
    await workbench().contextMenu('acme-website', 'Check Set-Up');
    await quickInput.shows('Check Which Distribution?');
    expect(await quickInput.labels()).toEqual(['d-a.cloudfront.net', 'd-b.cloudfront.net']);
    await quickInput.cancel();
    await quickInput.isClosed();
    expect(await notifications.texts()).toEqual([]);

    await workbench().contextMenu('acme-website', 'Check Set-Up');
    await quickInput.shows('Check Which Distribution?');
    await quickInput.choose('d-b.cloudfront.net');
    await notifications.withText('acme-website: ').waitFor();
    const report = await workbench().frameWith('h1', 's3://acme-website/index.html');
    const text = await report.locator('body').innerText();
    expect(text).toContain(`through distribution ${second}`);
    expect(text).not.toContain(`through distribution ${first}`);
  });

  it('is silent when it is cancelled', async () => {
    const goOn = account.stack.s3.injectFault({
      kind: 'hang',
      when: ({ action }) => action === 's3:GetBucketPolicy',
    });
    await workbench().contextMenu('README.md', 'Check Set-Up');
    await workbench().notifications.press('Checking the set-up of README.md', 'Cancel');
    await expect.poll(() => workbench().notifications.texts()).toEqual([]);
    goOn();
    // By the end of another one the first would have had its say.
    await workbench().contextMenu('README.md', 'Check Set-Up');
    await workbench().notifications.withText(RIGHT).waitFor();
    await expect
      .poll(() => workbench().notifications.texts())
      .toEqual([expect.stringContaining(RIGHT)]);
  });

  it('is offered where a link is refused, and looks at that very link', async () => {
    const { quickInput } = workbench();
    account.stack.s3.putObject('acme-backups', 'db.tar', 'rows');
    await workbench().expand('acme-backups');
    await workbench().contextMenu('acme-backups', 'Refresh');
    await workbench().inlineAction('db.tar', 'Quick Copy CloudFront Signed URL');
    await quickInput.shows('Distribution for “acme-backups”');
    await quickInput.type(`http://${account.stack.domain}`);
    await quickInput.accept();
    await quickInput.shows('to a signed URL of this key');
    await workbench().screenshot('setup-offered');
    await quickInput.choose('Check Set-Up');
    await workbench().notifications.withText('db.tar: ').waitFor();
    const report = await workbench().frameWith('h1', 's3://acme-backups/db.tar');
    const text = await report.locator('body').innerText();
    expect(text).toContain(`Links are made for ${account.stack.domain}`);
  });
});

describe('the walkthrough', () => {
  const steps: readonly (readonly [id: string, title: string, button: string, pictured: string])[] =
    [
      ['profile', 'Choose your AWS profile', 'Select Profile', 'AWS Profile'],
      ['setup', 'Put CloudFront in front', 'Export Set-Up', 'Private bucket'],
      ['key', 'Bring the key that signs', 'Create Key Pair', 'Key pair'],
      ['link', 'Copy your first link', 'Show Buckets', '7 days'],
      ['check', 'See that nothing is in its way', 'Check Set-Up', '1 check fails'],
    ];

  beforeAll(async () => {
    await workbench().palette('View: Close All Editor Groups');
    await workbench().palette('CloudFront: Open Walkthrough');
    // Its pictures want room.
    await workbench().page.keyboard.press('Control+b');
    await workbench().view().waitFor({ state: 'hidden' });
  });

  it.each(steps)('pictures step %s: %s', async (id, title, button, pictured) => {
    const { page } = workbench();
    await page.getByRole('button', { name: title }).first().click();
    await page.getByRole('button', { name: button, exact: true }).waitFor();
    const drawn = await workbench().frameWith('svg', pictured);
    expect(await drawn.locator('svg').isVisible()).toBe(true);
    await workbench().screenshot(`setup-walkthrough-${id}`);
  });
});
