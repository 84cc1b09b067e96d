import { execFile } from 'node:child_process';
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { startDemoStack, type DemoStack } from '../../dev/demo/demoStack.ts';
import { launchBrowser, type Browser } from '../../dev/vscodeHost/browser.ts';
import { signPolicy } from '../../src/aws/signPolicy.ts';
import { canonicalUrl } from '../../src/core/cloudfront/canonicalUrl.ts';
import type { Endpoint } from '../../src/core/cloudfront/distribution.ts';
import { openPrefix } from '../../src/core/cloudfront/prefix/prefixResource.ts';
import { signObject } from '../../src/core/cloudfront/signObject.ts';
import { signOnce } from '../../src/core/cloudfront/signOnce.ts';
import {
  signUrl,
  type HashAlgorithm,
  type SigningKey,
} from '../../src/core/cloudfront/signedUrl.ts';
import { COOKIE_FORMATS } from '../../src/core/cookies/cookieFormats.ts';
import { signCookies, type SignedCookies } from '../../src/core/cookies/signedCookies.ts';
import { valueOf } from '../unit/core/valueOf.ts';
import { runShell } from './linkFormats/runShell.ts';

const PREFIX = "video/it's 100% *new*?/";

/** What is under the prefix, with what a player finds in it. */
const FILES: Readonly<Record<string, string>> = {
  'master.m3u8': '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\n720p/index.m3u8\n',
  '720p/index.m3u8': '#EXTM3U\n#EXTINF:4,\nsegment%201.ts\n#EXTINF:4,\nsegment%202.ts\n',
  '720p/segment 1.ts': 'first',
  '720p/segment 2.ts': 'second',
  'manifest.mpd': '<MPD><Period><BaseURL>dash/</BaseURL><SegmentURL media="a.m4s"/></Period></MPD>',
  'dash/a.m4s': 'dash',
};
/** What is beside it, and would be opened if the prefix were a pattern or ended earlier. */
const BESIDE = ["video/it's 100% Xnew*?/a", "video/it's 100% *new*Y/a", 'video/b', 'README.md'];

let stack: DemoStack;
let folder: string;
let endpoint: Endpoint;
let keys: Readonly<Record<string, SigningKey>>;

beforeAll(async () => {
  await ensureDebianPackages(['curl', 'wget'], 'cookies are sent by the programs they are for');
  folder = await mkdtemp(path.join(tmpdir(), 'sign-prefix-'));
  stack = await startDemoStack(folder);
  endpoint = { protocol: 'http', domain: stack.domain, originPath: '' };
  for (const [name, text] of Object.entries(FILES)) {
    // A browser shows text, where it would save a playlist as a file.
    const headers = { 'content-type': 'text/plain' };
    stack.s3.putObject(DEMO_BUCKET, `${PREFIX}${name}`, text, { headers });
  }
  for (const key of BESIDE) stack.s3.putObject(DEMO_BUCKET, key, 'beside');
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = createPrivateKey(await readFile(stack.privateKeyFile));
  keys = {
    'RSA 2048': { keyPairId: stack.keyPairId, privateKey: rsa, publicKey: createPublicKey(rsa) },
    'ECDSA P-256': trusted('KECDSAP256000', ec.privateKey, ec.publicKey),
  };
});

afterAll(async () => {
  await stack?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A further key that the distribution trusts. */
function trusted(keyPairId: string, privateKey: KeyObject, publicKey: KeyObject): SigningKey {
  stack.store.PublicKeys.push({
    Id: keyPairId,
    CreatedTime: new Date().toISOString(),
    PublicKeyConfig: {
      CallerReference: keyPairId,
      Name: keyPairId,
      EncodedKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      Comment: '',
    },
  });
  stack.store.KeyGroups[0]?.KeyGroupConfig.Items.push(keyPairId);
  return { keyPairId, privateKey, publicKey };
}

async function get(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers });
  return { status: response.status, body: await response.text() };
}

/** The URL of a key, without a signature. */
function unsigned(key: string): string {
  return valueOf(canonicalUrl(endpoint, key));
}

/** A prefix, signed: what is made of it. */
interface Signed {
  /** The signed URL of an object below it. */
  readonly link: (key: string) => string;
  /** The base URL's query: what is appended to any URL below the prefix. */
  readonly query: string;
  readonly cookies: SignedCookies;
}

function signed(kind: string, hashAlgorithm: HashAlgorithm): Signed {
  const key = keys[kind];
  if (key === undefined) throw new Error(`There is no key ${kind}.`);
  const sign = signOnce(signPolicy);
  const { resource, url } = valueOf(openPrefix(endpoint, PREFIX));
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  const grant = { resource, expiresAt, hashAlgorithm, query: {} };
  return {
    link: (name) => valueOf(signObject(`${PREFIX}${name}`, { endpoint, key, grant }, sign)),
    query: valueOf(signUrl(grant, key, hashAlgorithm, sign, url)).slice(url.length),
    cookies: valueOf(signCookies(grant, url, key, hashAlgorithm, sign)),
  };
}

function written(format: string, cookies: SignedCookies): string {
  return COOKIE_FORMATS.find(({ name }) => name === format)?.write(cookies) ?? '';
}

const ways = ['RSA 2048', 'ECDSA P-256'].flatMap((kind) =>
  (['SHA1', 'SHA256'] as const).map((hash) => [kind, hash] as const),
);

describe.each(ways)('a prefix signed by %s with %s', (kind, hash) => {
  let prefix: Signed;

  beforeAll(() => {
    prefix = signed(kind, hash);
  });

  it('opens each object by a URL of its own, all with one signature', async () => {
    const urls = Object.keys(FILES).map(prefix.link);
    const queries = new Set(urls.map((url) => url.slice(url.indexOf('?'))));
    expect([...queries]).toEqual([prefix.query]);
    for (const [index, body] of Object.values(FILES).entries()) {
      expect(await get(urls[index] ?? '')).toEqual({ status: 200, body });
    }
  });

  it('opens what is put there later, with a query of its own', async () => {
    stack.s3.putObject(DEMO_BUCKET, `${PREFIX}later`, 'late');
    const later = `${unsigned(`${PREFIX}later`)}${prefix.query}`;
    expect(await get(later)).toEqual({ status: 200, body: 'late' });
    expect(await get(`${later}&player=1`)).toEqual({ status: 200, body: 'late' });
  });

  it('opens nothing beside it, by URLs or by cookies', async () => {
    const cookie = prefix.cookies.cookies.map((pair) => pair.join('=')).join('; ');
    for (const beside of BESIDE) {
      expect((await get(`${unsigned(beside)}${prefix.query}`)).status).toBe(403);
      expect((await get(unsigned(beside), { cookie })).status).toBe(403);
    }
    expect((await get(unsigned(`${PREFIX}master.m3u8`), { cookie })).status).toBe(200);
  });

  it('plays: what an HLS playlist lists is opened by the query of the playlist', async () => {
    const played: string[] = [];
    const play = async (playlist: string): Promise<void> => {
      const { status, body } = await get(`${playlist}${prefix.query}`);
      expect(status).toBe(200);
      if (!body.startsWith('#EXTM3U')) {
        played.push(body);
        return;
      }
      const listed = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      for (const uri of listed) await play(new URL(uri, playlist).href);
    };
    await play(unsigned(`${PREFIX}master.m3u8`));
    expect(played).toEqual(['first', 'second']);
  });

  it('is sent by curl, with the arguments and with the jar, and by wget', async () => {
    const inside = unsigned(`${PREFIX}720p/segment 1.ts`);
    const beside = unsigned('video/b');
    const place = await mkdtemp(path.join(folder, 'curl-'));
    await writeFile(path.join(place, 'jar'), written('cookie-jar', prefix.cookies));
    const status = `-s -o body -w '%{http_code} '`;
    for (const cookie of [written('curl-cookies', prefix.cookies), '-b jar']) {
      const script = `curl ${status} ${cookie} '${inside}'; cat body; curl ${status} ${cookie} '${beside}'`;
      expect(await runShell('/bin/sh', place, script)).toBe('200 first403 ');
    }
    const wget = `wget -q --load-cookies jar -O -`;
    expect(await runShell('/bin/sh', place, `${wget} '${inside}'`)).toBe('first');
    expect(await runShell('/bin/sh', place, `${wget} '${beside}' || echo refused`)).toBe(
      'refused\n',
    );
  });

  it('is a jar that Python’s cookie jar reads, too', async () => {
    const jar = path.join(folder, `jar-${kind}-${hash}`);
    await writeFile(jar, written('cookie-jar', prefix.cookies));
    const program = [
      'import sys, http.cookiejar, urllib.request',
      'jar = http.cookiejar.MozillaCookieJar(sys.argv[1]); jar.load()',
      'opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))',
      'print(opener.open(sys.argv[2]).read().decode(), end="")',
    ].join('\n');
    const { stdout } = await promisify(execFile)('python3', [
      '-c',
      program,
      jar,
      unsigned(`${PREFIX}master.m3u8`),
    ]);
    expect(stdout).toBe(FILES['master.m3u8']);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  let cookies: SignedCookies;

  beforeAll(async () => {
    browser = await launchBrowser();
    ({ cookies } = signed('ECDSA P-256', 'SHA256'));
  });
  afterAll(() => browser?.close());

  /** What is served to a new page, below the prefix and beside it. */
  async function statuses(): Promise<readonly (number | undefined)[]> {
    const page = await browser.context.newPage();
    const found: (number | undefined)[] = [];
    for (const key of [`${PREFIX}manifest.mpd`, `${PREFIX}dash/a.m4s`, 'video/b', 'README.md']) {
      found.push((await page.goto(unsigned(key)))?.status());
    }
    return found;
  }

  it('cookies are kept out of the head of an answer', async () => {
    await browser.context.clearCookies();
    expect(await statuses()).toEqual([403, 403, 403, 403]);
    const headers = { 'set-cookie': written('set-cookie', cookies).replaceAll('Set-Cookie: ', '') };
    const signIn = `http://${stack.domain}/sign-in`;
    await browser.context.route(signIn, (route) => route.fulfill({ body: 'in', headers }));
    await (await browser.context.newPage()).goto(signIn);
    expect(await statuses()).toEqual([200, 200, 403, 403]);
  });

  it('they are set by the script, in the console of a page of the host', async () => {
    await browser.context.clearCookies();
    const page = await browser.context.newPage();
    // Whatever is refused is a page of the host, too.
    expect((await page.goto(unsigned('README.md')))?.status()).toBe(403);
    await page.evaluate(written('console', cookies));
    expect(await statuses()).toEqual([200, 200, 403, 403]);
  });
});
