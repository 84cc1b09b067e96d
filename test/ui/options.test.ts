import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { bucketPolicyFor } from '../../dev/edge/demoDistribution.ts';
import { s3Client } from '../aws/s3Clients.ts';
import { makeCertificate } from '../aws/setup/tlsFront.ts';
import { fetchText, importKey, startAccount, type Account } from './harness/account.ts';
import { eventually } from './harness/eventually.ts';
import { useWorkbench } from './harness/workbench.ts';

const COMMAND = 'Copy CloudFront Signed URL with Options…';
const HUB = 'Enter copies. Choose an option to change it.';

describe('the options of a link in the workbench', () => {
  let account: Account;
  let addressService: AddressService;
  const workbench = useWorkbench(async () => {
    account = await startAccount();
    addressService = await startAddressService();
    const { stack, options } = account;
    forwardOverrides(stack, 'reports/*');
    return {
      ...options,
      // VS Code trusts the system's authorities alone, and no other that Node is told of.
      env: { ...options.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      settings: {
        ...stack.settings,
        // Its view would have rows of the same names.
        'cloudfrontSigner.ledger.enabled': false,
        'cloudfrontSigner.link.addressService': addressService.url,
        'cloudfrontSigner.presets': {
          'customer-30d': { expiresIn: '30d', hashAlgorithm: 'SHA256', format: 'markdown' },
          Wrong: { expiresIn: 'soon' },
        },
      },
    };
  });

  afterAll(() => addressService.close());
  beforeAll(async () => {
    await workbench().openView();
    await importKey(workbench(), account.stack);
    await workbench().palette('Notifications: Clear All Notifications');
    await workbench().expand('acme-media', 'press');
    await workbench().expand('acme-media', 'reports', '2026');
  });

  async function openHub(object: string): Promise<void> {
    await workbench().contextMenu(object, COMMAND);
    await workbench().quickInput.shows(HUB);
  }

  /** What an item of the box says beside its label. */
  async function saysOf(label: string): Promise<string> {
    const row = workbench().quickInput.row(label);
    await row.waitFor();
    const text = await row.locator('.quick-input-list-rows').innerText();
    return text.replace(label, '').replaceAll(/\s+/g, ' ').trim();
  }

  async function accepted(typed: string, option: string): Promise<void> {
    const { quickInput } = workbench();
    await quickInput.choose(option);
    await quickInput.shows(`: ${option}`);
    await quickInput.type(typed);
    await quickInput.row(typed).waitFor();
    await quickInput.accept();
    await quickInput.shows(HUB);
  }

  async function startAfresh(): Promise<void> {
    if ((await saysOf('Copy')) === '1d') return;
    await workbench().quickInput.choose('Start Afresh');
    await eventually('the defaults', async () =>
      (await saysOf('Copy')) === '1d' ? true : undefined,
    );
  }

  async function copied(message: string): Promise<string> {
    await workbench().notifications.withText(message).first().waitFor();
    const text = await workbench().readClipboard();
    await workbench().palette('Notifications: Clear All Notifications');
    return text;
  }

  it('stand in one list with what each is now', async () => {
    const { quickInput } = workbench();
    await openHub('chart.svg');
    expect((await quickInput.labels()).map((label) => label.trim())).toEqual([
      'Copy',
      'Ends',
      'Begins',
      'Viewer’s Address',
      'Download Name',
      'Content Type',
      'Version',
      'Query Parameters',
      'Distribution',
      'Private Key',
      'Hash',
      'Format',
      'customer-30d',
      'Save as Preset…',
    ]);
    expect(await saysOf('Copy')).toBe('1d');
    expect(await saysOf('Ends')).toBe('1d (default)');
    expect(await saysOf('Download Name')).toBe('as S3 has it');
    await workbench().screenshot('options-list');
    // A preset that is wrong is named, and the others are there.
    await workbench().notifications.withText('the preset “Wrong” cannot be used').waitFor();
    await workbench().palette('Notifications: Clear All Notifications');
  });

  it('keep what was typed where one goes back, and what was chosen where one gives up', async () => {
    const { quickInput, notifications } = workbench();
    await workbench().writeClipboard('untouched');
    await openHub('chart.svg');
    await quickInput.choose('Ends');
    await quickInput.shows('Signed URL for chart.svg: Ends');
    await quickInput.type('3d4h');
    await quickInput.back();
    await quickInput.shows(HUB);
    expect(await saysOf('Ends')).toBe('1d (default)');
    await quickInput.choose('Ends');
    await quickInput.shows('When shall the link end?');
    expect(await quickInput.value()).toBe('3d4h');
    await workbench().screenshot('options-end');
    await quickInput.accept();
    await quickInput.shows(HUB);
    expect(await saysOf('Ends')).toBe('3d4h');

    await quickInput.choose('Hash');
    await quickInput.shows('Sign over which hash?');
    await quickInput.cancel();
    await quickInput.isClosed();
    expect(await notifications.texts()).toEqual([]);
    expect(await workbench().readClipboard()).toBe('untouched');
    await openHub('chart.svg');
    expect(await saysOf('Ends')).toBe('3d4h');
    await quickInput.cancel();
  });

  it('give a download its name, and an answer its type, through CloudFront', async () => {
    const { quickInput } = workbench();
    await openHub('chart.svg');
    await quickInput.choose('Download Name');
    await quickInput.shows('Save it under which name?');
    await quickInput.type('a/b');
    await quickInput.row('a/b').waitFor();
    await quickInput.accept();
    expect(await saysOf('a/b')).toBe('A name has no slashes: browsers choose the folder.');
    await quickInput.type('Übersicht "Q3".svg');
    await quickInput.row('Übersicht "Q3".svg').waitFor();
    await workbench().screenshot('options-name');
    await quickInput.accept();
    await quickInput.shows(HUB);
    await accepted('text/plain; charset=utf-8', 'Content Type');
    await quickInput.choose('Hash');
    await quickInput.shows('Sign over which hash?');
    await quickInput.choose('SHA-256');
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe(
      '3d4h · SHA-256 · as Übersicht "Q3".svg · text/plain; charset=utf-8',
    );
    await workbench().screenshot('options-chosen');
    await quickInput.accept();
    const url = await copied('Copied the signed URL of chart.svg. It ends');
    expect(url).toContain('Hash-Algorithm=SHA256');
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="_bersicht _Q3_.svg"; filename*=UTF-8''%C3%9Cbersicht%20%22Q3%22.svg`,
    );
  });

  it('come with the last ones of the bucket, but for those of the one object', async () => {
    const { quickInput } = workbench();
    await openHub('Q3 figures.csv');
    expect(await saysOf('Copy')).toBe('3d4h · SHA-256');
    await startAfresh();
    await quickInput.cancel();
  });

  it('warn of IPv6 where links are bound to an address, and bind them', async () => {
    const { quickInput } = workbench();
    await openHub('Q3 figures.csv');
    await quickInput.choose('Viewer’s Address');
    await quickInput.shows('From which IPv4 address or range?');
    await quickInput.row('Viewers who come by IPv6 are refused').waitFor();
    await quickInput.type('2001:db8::1');
    await quickInput.row('2001:db8::1 is no IPv4 address or range').waitFor();
    await quickInput.type('198.51.100.7/24');
    expect(await saysOf('198.51.100.7/24')).toBe('198.51.100.0/24 · 256 addresses');
    await workbench().screenshot('options-address');
    await quickInput.accept();
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe('1d · from 198.51.100.0/24');
    await quickInput.accept();
    const url = await copied('Copied the signed URL of Q3 figures.csv. It ends');
    expect((await fetchText(url)).status).toBe(403);
  });

  it('take the address that a service of one’s own tells, and only an address', async () => {
    const { quickInput, notifications } = workbench();
    const choose = async (): Promise<void> => {
      await quickInput.choose('Viewer’s Address');
      await quickInput.shows('From which IPv4 address or range?');
      await quickInput.choose('My Address');
      await quickInput.shows(HUB);
    };
    addressService.answer = 'a teapot';
    await openHub('README.md');
    await startAfresh();
    await choose();
    await notifications.withText('did not tell your address').waitFor();
    expect(await saysOf('Copy')).toBe('1d');
    await quickInput.cancel();
    await workbench().palette('Notifications: Clear All Notifications');
    addressService.answer = '127.0.0.1\n';
    await openHub('README.md');
    await choose();
    expect(await saysOf('Copy')).toBe('1d · from 127.0.0.1');
    await quickInput.accept();
    const url = await copied('Copied the signed URL of README.md. It ends');
    expect(url).toContain('Policy=');
    expect((await fetchText(url)).status).toBe(200);
    expect(addressService.asked).toBe(2);
  });

  it('do not lead into what CloudFront would read as a wildcard', async () => {
    const { quickInput } = workbench();
    await openHub('chart.svg');
    expect(await saysOf('Copy')).toBe('1d · from 127.0.0.1');
    await quickInput.choose('Download Name');
    await quickInput.shows('Not together with an address or a beginning');
    await workbench().screenshot('options-excluded');
    await quickInput.choose('Take Address and Beginning Out');
    await quickInput.shows('Save it under which name?');
    await quickInput.row('chart.svg').waitFor();
    await quickInput.accept();
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe('1d · as chart.svg');
    await quickInput.choose('Begins');
    await quickInput.shows('Not together with a download name or other query parameters');
    await quickInput.back();
    await quickInput.shows(HUB);
    await startAfresh();
    await quickInput.cancel();
  });

  it('say where the behavior keeps a download name from S3, and what mends that', async () => {
    const { quickInput } = workbench();
    await openHub('logo.svg');
    await startAfresh();
    await quickInput.choose('Download Name');
    await quickInput.shows('Save it under which name?');
    const refusal = 'The default behavior keeps response-content-disposition from S3';
    expect(await saysOf(refusal)).toBe('Downloads keep the name that S3 has.');
    await workbench().screenshot('options-kept');
    await quickInput.choose('Check Set-Up');
    await workbench()
      .notifications.withText(/^logo\.svg: /)
      .waitFor();
    await workbench().palette('Notifications: Clear All Notifications');
  });

  it('have names of one’s own, which are offered beside the ends', async () => {
    const { quickInput } = workbench();
    await workbench().contextMenu('chart.svg', 'Copy CloudFront Signed URL…');
    await quickInput.shows('When shall the link end?');
    expect(await saysOf('customer-30d')).toBe('30d · SHA-256 · Markdown');
    await workbench().screenshot('options-presets');
    await quickInput.choose('customer-30d');
    const link = await copied('Copied the signed URL of chart.svg as Markdown. It ends');
    expect(link).toMatch(/^\[chart\.svg\]\(http:\S+Hash-Algorithm=SHA256\)$/);
  });

  it('are saved as a preset, which the list then has', async () => {
    const { quickInput } = workbench();
    await openHub('chart.svg');
    await accepted('2h', 'Ends');
    await quickInput.choose('Save as Preset…');
    await quickInput.shows('Save as Preset');
    await quickInput.type('quick look');
    await quickInput.accept();
    await quickInput.shows(HUB);
    await quickInput.choose('customer-30d');
    await eventually('the preset', async () =>
      (await saysOf('Ends')) === '30d' ? true : undefined,
    );
    expect(await saysOf('quick look')).toMatch(/^2h/);
    await quickInput.choose('quick look');
    await eventually('the new preset', async () =>
      (await saysOf('Ends')) === '2h' ? true : undefined,
    );
    await workbench().screenshot('options-saved');
    await quickInput.cancel();
  });

  it('name distribution, key and format out of those that there are', async () => {
    const { quickInput } = workbench();
    const { domain, keyPairId } = account.stack;
    await openHub('Q3 figures.csv');
    await startAfresh();
    await quickInput.choose('Distribution');
    await quickInput.shows('Through which distribution?');
    await quickInput.choose(domain);
    await quickInput.shows(HUB);
    await quickInput.choose('Private Key');
    await quickInput.shows('Sign with which key?');
    expect(await saysOf('Demo key')).toBe(`${keyPairId} · RSA 2048`);
    await quickInput.choose('Demo key');
    await quickInput.shows(HUB);
    await quickInput.choose('Format');
    await quickInput.shows('Copy as …');
    await quickInput.choose('HTML');
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe(`1d · through http://${domain} · by ${keyPairId} · HTML`);
    await quickInput.accept();
    const html = await copied('Copied the signed URL of Q3 figures.csv as HTML. It ends');
    const [, url = ''] = /^<a href="(http:\S+)">/.exec(html) ?? [];
    expect((await fetchText(url.replaceAll('&amp;', '&'))).status).toBe(200);
  });

  it('bring a beginning, and parameters that are signed with the URL', async () => {
    const { quickInput } = workbench();
    await openHub('README.md');
    await startAfresh();
    await quickInput.choose('Begins');
    await quickInput.shows('When shall the link begin to work?');
    await quickInput.type('3d');
    await quickInput.row('3d: The link would end before it begins').waitFor();
    await quickInput.type('2h');
    await quickInput.row('2h').waitFor();
    await quickInput.accept();
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe('1d · not before 2h');
    await quickInput.choose('Query Parameters');
    await quickInput.choose('Take Address and Beginning Out');
    await quickInput.shows('Which query parameters?');
    await quickInput.type('Policy=x');
    await quickInput.row('Policy=x: The query parameter “Policy” is reserved').waitFor();
    await quickInput.type('lang=en&size=a b');
    await quickInput.row('lang=en&size=a b').waitFor();
    await quickInput.accept();
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe('1d · lang=en · size=a b');
    await quickInput.accept();
    const url = await copied('Copied the signed URL of README.md. It ends');
    expect(url).toMatch(/README\.md\?lang=en&size=a%20b&Expires=/);
    expect((await fetchText(url)).status).toBe(200);
  });

  it('have a link open the version that is chosen', async () => {
    const { quickInput } = workbench();
    await keepVersions(account.stack);
    account.stack.s3.putObject(DEMO_BUCKET, 'reports/2026/chart.svg', 'the newer chart');
    await openHub('chart.svg');
    await startAfresh();
    await quickInput.choose('Version');
    await quickInput.shows('Which version?');
    await quickInput.row('null').waitFor();
    await workbench().screenshot('options-version');
    await quickInput.choose('null');
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe('1d · version null');
    await quickInput.accept();
    const url = await copied('Copied the signed URL of chart.svg. It ends');
    expect((await fetchText(url)).body).toMatch(/^<svg/);
  });

  it('take the ID of a version that S3 does not list', async () => {
    const { quickInput } = workbench();
    const endFault = account.stack.s3.injectFault({
      kind: 'access-denied',
      when: ({ action }) => action === 's3:ListBucketVersions',
    });
    await openHub('chart.svg');
    await startAfresh();
    await quickInput.choose('Version');
    await quickInput.shows('Which version?');
    await quickInput.row('S3 does not list the versions').waitFor();
    endFault();
    await quickInput.type('3HL4kqtJlcpXroDTDmJ');
    await quickInput.row('3HL4kqtJlcpXroDTDmJ').waitFor();
    await quickInput.accept();
    await quickInput.shows(HUB);
    expect(await saysOf('Copy')).toBe('1d · version 3HL4kqtJlcpXroDTDmJ');
    await quickInput.cancel();
    await openHub('logo.svg');
    await quickInput.choose('Version');
    const kept = 'The default behavior keeps versionId from S3';
    expect(await saysOf(kept)).toMatch(/^Links open the latest version\. Forward it/);
    await quickInput.cancel();
  });

  it('are those of several objects at once, but for a name', async () => {
    const { quickInput } = workbench();
    await workbench().treeRow('chart.svg').click();
    await workbench()
      .treeRow('Q3 figures.csv')
      .click({ modifiers: ['Control'] });
    await workbench().contextMenu('chart.svg', COMMAND);
    await quickInput.shows('Signed URLs for 2 objects');
    await startAfresh();
    await quickInput.choose('Download Name');
    await quickInput.shows('What shall become of the objects?');
    expect(await saysOf('A name of its own is for one object')).toBe(
      'The links are for 2 objects.',
    );
    await quickInput.choose('Downloaded, Each under Its Own Name');
    await quickInput.shows(HUB);
    await quickInput.accept();
    const urls = (await copied('Copied 2 signed URLs')).split('\n');
    const answers = await Promise.all(urls.map((url) => fetch(url)));
    expect(answers.map(({ headers }) => headers.get('content-disposition'))).toEqual([
      'attachment',
      'attachment',
    ]);
  });
});

/** Has the bucket keep versions from now on, and CloudFront read them. */
async function keepVersions({ s3, store, developer, distributionId }: Account['stack']) {
  const { endpoint, region } = s3;
  const { accessKeyId, secretAccessKey } = developer;
  await s3Client({ endpoint, region, accessKeyId, secretAccessKey }).send(
    new PutBucketVersioningCommand({
      Bucket: DEMO_BUCKET,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  const arn = store.Distributions.find(({ Id }) => Id === distributionId)?.ARN ?? '';
  const { Version, Statement } = bucketPolicyFor(arn, DEMO_BUCKET);
  const Action = ['s3:GetObject', 's3:GetObjectVersion'];
  s3.putBucketPolicy(DEMO_BUCKET, {
    Version,
    Statement: Statement.map((statement) => ({ ...statement, Action })),
  });
}

/** A service that tells addresses, with a certificate of its own. */
interface AddressService {
  readonly url: string;
  answer: string;
  asked: number;
  close(): Promise<void>;
}

async function startAddressService(): Promise<AddressService> {
  const dir = await mkdtemp(path.join(tmpdir(), 'address-service-'));
  const server: Server = createServer(await makeCertificate(dir), (_request, response) => {
    service.asked += 1;
    response.writeHead(200, { 'content-type': 'text/plain' }).end(service.answer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const service: AddressService = {
    url: `https://127.0.0.1:${port}/`,
    answer: '',
    asked: 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return service;
}

/** Has a part of the demo's distribution forward what sets headers of the answer, and IPv6 come in. */
function forwardOverrides({ store, distributionId }: Account['stack'], PathPattern: string): void {
  store.CachePolicies.push({
    Id: 'overrides',
    CachePolicyConfig: {
      Name: 'overrides',
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: {
          QueryStringBehavior: 'whitelist',
          QueryStrings: {
            Items: ['response-content-disposition', 'response-content-type', 'versionId'],
          },
        },
      },
    },
  });
  const config = store.Distributions.find(({ Id }) => Id === distributionId)?.DistributionConfig;
  if (config === undefined) throw new Error('The demo has no distribution.');
  config.IsIPV6Enabled = true;
  config.CacheBehaviors.Items.push({
    ...structuredClone(config.DefaultCacheBehavior),
    PathPattern,
    CachePolicyId: 'overrides',
  });
}
