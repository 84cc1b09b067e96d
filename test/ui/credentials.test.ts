import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount, type Account } from './harness/account.ts';
import { useWorkbench } from './harness/workbench.ts';

const SSO_CONFIG = `[profile work]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = eu-west-1

[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.awsapps.com/start
sso_registration_scopes = sso:account:access
`;

describe('an SSO session that has expired', () => {
  let account: Account;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    const { settings } = account.options;
    return {
      settings: { ...settings, 'cloudfrontSigner.aws.profile': 'work' },
      aws: { config: SSO_CONFIG },
    };
  });

  beforeAll(() => workbench().openView());

  it('is a row that says which profile and offers the cure', async () => {
    const { page } = workbench();
    await workbench().isShown('Session expired: profile “work”');
    const labels = await workbench().treeLabels();
    expect(labels).toContain('Open Terminal: aws sso login --profile work');
    expect(labels).toContain('Select Profile…');
    expect(labels).toContain('Retry');
    await workbench().screenshot('credentials-expired');
    await workbench().treeRow('Open Terminal: aws sso login --profile work').click();
    await expect
      .poll(() =>
        page.locator('.terminal-wrapper.active .xterm-accessibility, .xterm-screen').count(),
      )
      .toBeGreaterThan(0);
    await page.waitForTimeout(2000);
    await workbench().screenshot('credentials-terminal');
  });

  it('is over as soon as the config files say so, without a reload', async () => {
    const { awsFiles } = account.stack;
    const config = await readFile(awsFiles.AWS_CONFIG_FILE, 'utf8');
    const credentials = await readFile(awsFiles.AWS_SHARED_CREDENTIALS_FILE, 'utf8');
    const { awsDir } = workbench();
    await writeFile(path.join(awsDir, 'config'), config.replace('demo', 'work'));
    await writeFile(path.join(awsDir, 'credentials'), credentials.replace('demo', 'work'));
    await workbench().isShown('acme-media');
    await expect.poll(() => workbench().view().innerText()).toContain('work · eu-central-1');
  });
});
