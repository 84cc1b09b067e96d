import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { signPolicy } from '../../src/aws/signPolicy.ts';
import { type Grant, signObject } from '../../src/core/cloudfront/signObject.ts';
import type { SigningKey } from '../../src/core/cloudfront/signedUrl.ts';
import { AWS_CLI } from '../../src/core/linkFormats/awsCli.ts';
import { downloadName } from '../../src/core/linkFormats/downloadName.ts';
import type { Link } from '../../src/core/linkFormats/link.ts';
import type { LinkFormat } from '../../src/core/linkFormats/linkFormat.ts';
import { CURL, WGET } from '../../src/core/linkFormats/posixShell.ts';
import { POWERSHELL } from '../../src/core/linkFormats/powerShell.ts';
import { RST } from '../../src/core/linkFormats/restructuredText.ts';
import { parseTemplate, templateFormat } from '../../src/core/linkFormats/template.ts';
import { baseName } from '../../src/core/s3/baseName.ts';
import { visibleText } from '../../src/core/s3/visibleText.ts';
import { unsignedLink } from '../unit/core/linkFormats/someLink.ts';
import { readPowerShell } from '../unit/core/linkFormats/readPowerShell.ts';
import { valueOf } from '../unit/core/valueOf.ts';
import { type KeyPair, keyFolder, P_256, RSA_2048 } from './edgeSigning.ts';
import { STAGE_NOW, type Stage, startStage } from './edgeStage.ts';
import { hostileKeys } from './linkFormats/hostileKeys.ts';
import { readRst } from './linkFormats/readRst.ts';
import { argumentsIn, runShell } from './linkFormats/runShell.ts';

const COUNT = 2100;
const TIMEOUT_MS = 300_000;

const keys = hostileKeys(COUNT);
const totals: Record<string, Record<string, number>> = {};

const pairs = keyFolder();
const pair = pairs.make('KECDSAP256', P_256);
const signer = signerOf(pair);
let stage: Stage;
let folder: string;

beforeAll(async () => {
  await ensureDebianPackages(
    ['curl', 'wget', 'bash', 'zsh', 'awscli', 'python3-docutils'],
    'links are tried in the programs that they are copied for',
  );
  folder = await mkdtemp(path.join(tmpdir(), 'link-formats-'));
  stage = await startStage({ key: pair });
  stage.distribution.DistributionConfig.Aliases.Items.push('127.0.0.1');
});

afterAll(async () => {
  console.table(totals);
  await stage?.close();
  pairs.remove();
  await rm(folder, { recursive: true, force: true });
});

function signerOf({ id, privateKeyFile }: KeyPair): SigningKey {
  const privateKey = createPrivateKey(readFileSync(privateKeyFile));
  return { keyPairId: id, privateKey, publicKey: createPublicKey(privateKey) };
}

/** A link to an object of the edge. */
function signedLink(key: string, given: Partial<Grant> = {}, by = signer): Link {
  const grant: Grant = { expiresAt: STAGE_NOW + 3600, hashAlgorithm: 'SHA1', query: {}, ...given };
  const url = signObject(
    key,
    {
      endpoint: { protocol: 'http', domain: `127.0.0.1:${stage.edge.port}`, originPath: '' },
      key: by,
      grant,
    },
    signPolicy,
  );
  return {
    location: { bucket: 'files', key },
    url: valueOf(url),
    signed: { keyPairId: by.keyPairId, grant },
  };
}

/** The lines of all links, written at once, as they are copied. */
function linesOf(format: LinkFormat, links: readonly Link[]): readonly string[] {
  return valueOf(format.write(links)).split('\n');
}

/** What the edge was asked since it had answered so many, in one word where it served it. */
function askedSince(before: number): readonly string[] {
  return stage.edge.requests
    .slice(before)
    .map(({ method, path: asked, status }) => `${method} ${asked} ${status}`);
}

/** One request for each link, as it is, that is served. */
function oneRequestEach(links: readonly Link[]): readonly string[] {
  return links.map(({ url }) => `GET ${new URL(url).pathname} 200`);
}

/** Where two lists differ: ten places say enough. */
function differences(seen: readonly unknown[], wanted: readonly unknown[]): readonly unknown[] {
  return Array.from({ length: Math.max(seen.length, wanted.length) }, (_, index) => index)
    .filter((index) => JSON.stringify(seen[index]) !== JSON.stringify(wanted[index]))
    .slice(0, 10)
    .map((index) => ({ key: keys[index], seen: seen[index], wanted: wanted[index] }));
}

/** A template as a format. */
function templateOf(text: string): LinkFormat {
  const template = parseTemplate('Mine', text);
  if (typeof template === 'string') throw new Error(template);
  return templateFormat(template);
}

describe(`${COUNT} hostile keys`, () => {
  let links: readonly Link[];

  beforeAll(() => {
    links = keys.map((key) => signedLink(key));
  });

  it('are as many different ones', () => {
    expect(new Set(keys).size).toBe(COUNT);
    const marks = ["'", '"', '`', '$(', '\n', '|', ';', '%', '\u2019', '日'];
    expect(marks.filter((mark) => !keys.some((key) => key.includes(mark)))).toEqual([]);
    expect(keys.some((key) => key.startsWith('-'))).toBe(true);
  });

  it.each([CURL, WGET])(
    '$name: sh runs each line as one request for that very URL, and nothing else',
    async (format) => {
      const before = stage.edge.requests.length;
      const lines = linesOf(format, links);
      expect(lines.length).toBe(COUNT);
      const runs = path.join(folder, format.name);
      await mkdir(runs);
      // Each in a folder of its own, so that whatever it leaves is seen.
      const script = lines.map(
        (line, index) => `mkdir ${index}; cd ${index}\n${line}\ncd "${runs}"`,
      );
      expect(await runShell('/bin/sh', runs, script.join('\n'))).toBe('');

      const asked = askedSince(before);
      totals[format.name] = { links: links.length, requests: asked.length };
      expect(differences(asked, oneRequestEach(links))).toEqual([]);
      const left = await Promise.all(lines.map((_, index) => filesIn(path.join(runs, `${index}`))));
      const downloaded = keys.map((key) => [{ name: downloadName(key), text: 'content' }]);
      expect(differences(left, downloaded)).toEqual([]);
      // The script is one more.
      expect((await readdir(runs)).length).toBe(COUNT + 1);
    },
    TIMEOUT_MS,
  );

  it(
    'powershell: each line is one command by PowerShell’s rules, and its URL is served',
    async () => {
      const before = stage.edge.requests.length;
      const commands = linesOf(POWERSHELL, links).map(readPowerShell);
      const wanted = links.map(({ location, url }) =>
        ['Invoke-WebRequest', '-UseBasicParsing', '-Uri', url, '-OutFile'].concat(
          downloadName(location.key).replace(/[[\]`]/g, '_'),
        ),
      );
      expect(differences(commands, wanted)).toEqual([]);
      for (const [, , , url = ''] of commands) await stage.send(url);
      const asked = askedSince(before);
      totals['powershell'] = { links: links.length, requests: asked.length };
      expect(differences(asked, oneRequestEach(links))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  describe.each(['/bin/sh', '/bin/bash', '/bin/zsh'] as const)('are to %s', (shell) => {
    it('a name and the URL, in what downloads them', async () => {
      const downloaded = links.map(({ location, url }) => [downloadName(location.key), url]);
      const curl = await argumentsIn(shell, folder, 'curl', linesOf(CURL, links));
      const ofCurl = downloaded.map((words) => ['--fail', '--output', ...words]);
      expect(differences(curl, ofCurl)).toEqual([]);
      const wget = await argumentsIn(shell, folder, 'wget', linesOf(WGET, links));
      expect(
        differences(
          wget,
          downloaded.map((words) => ['-O', ...words]),
        ),
      ).toEqual([]);
    });

    it('the URL to sign, in a command of the AWS CLI', async () => {
      const aws = await argumentsIn(shell, folder, 'aws', linesOf(AWS_CLI, links));
      const wanted = links.map(({ url }) => {
        const { origin, pathname } = new URL(url);
        return ['cloudfront', 'sign', '--url', origin + pathname, '--key-pair-id', signer.keyPairId]
          .concat(['--private-key', 'file://private_key.pem'])
          .concat(['--date-less-than', '2023-11-14T23:13:20Z']);
      });
      expect(differences(aws, wanted)).toEqual([]);
    });

    it('themselves, where a template quotes them', async () => {
      const text = valueOf(templateOf('say a ${key|sh} ${url|sh}').write(links));
      const said = await argumentsIn(shell, folder, 'say', [text]);
      // No argument can hold a NUL.
      const wanted = links.map(({ location, url }) => [
        'a',
        location.key.replaceAll('\0', '␀'),
        url,
      ]);
      expect(differences(said, wanted)).toEqual([]);
    });
  });

  it(
    'are read by Docutils as one hyperlink each, and as text where a template shows them',
    async () => {
      const written = [...links, ...keys.map((key) => unsignedLink(key))];
      const read = await readRst(linesOf(RST, written));
      const hyperlinks = written.map(({ location, url }) => [
        ['reference', visibleText(baseName(location.key)), url],
      ]);
      expect(differences(read, hyperlinks)).toEqual([]);
      const shown = await readRst(linesOf(templateOf('${key|rst}'), links));
      const texts = keys.map((key) => [['text', visibleText(key)]]);
      expect(differences(shown, texts)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

/** All that is in a folder. */
async function filesIn(place: string): Promise<readonly unknown[]> {
  const names = await readdir(place);
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(path.join(place, name), 'utf8') })),
  );
}

describe('the AWS CLI', () => {
  it.each([
    ['a canned policy', {}],
    ['a query', { query: { 'response-content-disposition': 'attachment; filename="a b"' } }],
    ['a beginning', { notBefore: STAGE_NOW - 60 }],
    ['an address', { ipAddress: '127.0.0.0/8' }],
  ])('makes an equal link with %s', async (_what, grant) => {
    const rsa = pairs.make('KRSA2048', RSA_2048);
    const place = path.join(folder, 'awscli');
    await mkdir(place, { recursive: true });
    await copyFile(rsa.privateKeyFile, path.join(place, 'private_key.pem'));
    const link = signedLink("it's $(touch canary) 100%\n日.txt", grant, signerOf(rsa));
    expect(await runShell('/bin/sh', place, valueOf(AWS_CLI.write([link])))).toBe(link.url);
  });
});
