import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  customParameters,
  keyFolder,
  type KeyPair,
  RSA_2048,
  withParameters,
} from './edgeSigning.ts';
import { STAGE_NOW, type Stage, startStage } from './edgeStage.ts';

const LATER = STAGE_NOW + 3600;

const folder = keyFolder();
let key: KeyPair;
let stage: Stage;

beforeAll(() => {
  key = folder.make('KRSA', RSA_2048);
});
afterAll(() => folder.remove());
beforeEach(async () => {
  stage = await startStage({ key });
  stage.distribution.DomainName = 'files.example.com';
});
afterEach(() => stage.close());

const URL = 'http://files.example.com/a/b.txt';

/** What the edge makes of a URL under a policy: `200`, or the code of its refusal. */
async function verdict(text: string, url = URL) {
  const { status, code } = await stage.send(withParameters(url, customParameters(text, { key })));
  return code ?? status;
}

interface Terms {
  readonly resource?: string | undefined;
  readonly from?: number;
  readonly until?: number;
  readonly ip?: string;
}

/** A policy with the terms given, for {@link URL} and until {@link LATER} unless they say else. */
function policy(terms: Terms): string {
  const { resource, from, until = LATER, ip } = { resource: URL, ...terms };
  return JSON.stringify({
    Statement: [
      {
        Resource: resource,
        Condition: {
          DateLessThan: { 'AWS:EpochTime': until },
          ...(from !== undefined && { DateGreaterThan: { 'AWS:EpochTime': from } }),
          ...(ip !== undefined && { IpAddress: { 'AWS:SourceIp': ip } }),
        },
      },
    ],
  });
}

describe('the resource of a custom policy', () => {
  it.each([
    ['http://files.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    // `*` is any characters, slashes too, within its section.
    ['http://files.example.com/*.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com/a/b*.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com/*b.t*', 'http://files.example.com/b.t'],
    ['http://*.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['*://files.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com/a?x=*', 'http://files.example.com/a?x=1&y=2'],
    // `?` is one character.
    ['http://files.example.com/a/?.txt', 'http://files.example.com/a/b.txt'],
    ['http://file?.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com/a?x=?', 'http://files.example.com/a?x=1'],
    // A query, with and without the backslash.
    ['http://files.example.com/a?x=1&y=2', 'http://files.example.com/a?x=1&y=2'],
    [String.raw`http://files.example.com/a\?x=1`, 'http://files.example.com/a?x=1'],
    // A path's trailing `*` implies one in the query.
    ['http://files.example.com/a*', 'http://files.example.com/a/b?x=1'],
    [String.raw`http://files.example.com/a*\?*`, 'http://files.example.com/a/b?x=1'],
    [String.raw`http://files.example.com/a*\?*`, 'http://files.example.com/a'],
    // The guide's own example.
    [
      'http://files.example.com/*game_download.zip*',
      'http://files.example.com/example_game_download.zip?license=yes',
    ],
    // A domain's trailing `*` implies one in path and query.
    ['http://files.example*', 'http://files.example.com/a/b?x=1'],
    // Without a protocol the domain begins with `*`, and any protocol will do.
    ['*.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['*files.example.com', 'http://files.example.com/'],
    ['*', 'http://files.example.com/a/b?x=1'],
    [undefined, 'http://files.example.com/a/b?x=1'],
  ])('%s covers %s', async (resource, url) => {
    expect(await verdict(policy({ resource }), url)).toBe(200);
  });

  it.each([
    ['http://files.example.com/a/b.txt', 'http://files.example.com/a/c.txt'],
    ['http://files.example.com/a/b.txt', 'http://files.example.com/a/b.txt?x=1'],
    ['http://files.example.com/a?x=1', 'http://files.example.com/a'],
    ['http://files.example.com/a?x=1', 'http://files.example.com/a?x=1&y=2'],
    ['http://files.example.com/A/b.txt', 'http://files.example.com/a/b.txt'],
    ['https://files.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['http://other.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com/a/?.txt', 'http://files.example.com/a/bc.txt'],
    ['http://files.example.com/a/?.txt', 'http://files.example.com/a/.txt'],
    // A wildcard stays inside its section.
    ['http://*b.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com*b.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com/hello*world', 'http://files.example.com/hello?world'],
    ['http://files.example.com/a*b', 'http://files.example.com/a?x=b'],
    ['http*/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['http://files.example.com', 'http://files.example.com/a'],
    ['*files.example.com', 'http://files.example.com/a'],
    // It begins with a protocol, or an asterisk in the domain.
    ['files.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['http*://files.example.com/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['/a/b.txt', 'http://files.example.com/a/b.txt'],
    ['', 'http://files.example.com/a/b.txt'],
    // It is compared with the wire, not with what the wire means.
    ['http://files.example.com/a b', 'http://files.example.com/a%20b'],
    ['http://files.example.com/ü', 'http://files.example.com/%C3%BC'],
  ])('%s does not cover %s', async (resource, url) => {
    expect(await verdict(policy({ resource }), url)).toBe('AccessDenied');
  });

  it('is not worn down by a hostile pattern', async () => {
    const resource = `http://files.example.com/${'*a'.repeat(1000)}`;
    const url = `http://files.example.com/${'a'.repeat(3000)}`;
    const started = performance.now();
    expect(await verdict(policy({ resource }), `${url}b`)).toBe('AccessDenied');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('names the alternate domain name that is asked for, not the other name', async () => {
    stage.distribution.DistributionConfig.Aliases.Items.push('cdn.example.org');
    const alias = 'http://cdn.example.org/a/b.txt';
    expect(await verdict(policy({ resource: alias }), alias)).toBe(200);
    expect(await verdict(policy({ resource: alias }), URL)).toBe('AccessDenied');
    expect(await verdict(policy({ resource: URL }), alias)).toBe('AccessDenied');
  });

  it('counts CloudFront’s own parameters out', async () => {
    expect(await verdict(policy({}), `${URL}?Expires=1`)).toBe(200);
    expect(await verdict(policy({ resource: `${URL}?x=1` }), `${URL}?Expires=1&x=1`)).toBe(200);
    expect(stage.hits.map(({ target }) => target)).toEqual(['/files/a/b.txt', '/files/a/b.txt']);
  });
});

describe('the dates of a custom policy', () => {
  it('end with a second, not after it', async () => {
    stage.circumstances.now = LATER - 1;
    expect(await verdict(policy({}))).toBe(200);
    stage.circumstances.now = LATER;
    expect(await verdict(policy({}))).toBe('AccessDenied');
  });

  it('begin after a second, not with it', async () => {
    expect(await verdict(policy({ from: STAGE_NOW + 1 }))).toBe('AccessDenied');
    expect(await verdict(policy({ from: STAGE_NOW }))).toBe('AccessDenied');
    expect(await verdict(policy({ from: STAGE_NOW - 1 }))).toBe(200);
  });
});

describe('the IP address of a custom policy', () => {
  it.each([
    ['192.0.2.7/32', '192.0.2.7', 200],
    ['192.0.2.7/32', '192.0.2.8', 'AccessDenied'],
    ['192.0.2.0/24', '192.0.2.255', 200],
    ['192.0.2.0/24', '192.0.3.0', 'AccessDenied'],
    ['192.0.2.77/24', '192.0.2.1', 200],
    ['192.0.2.128/25', '192.0.2.127', 'AccessDenied'],
    ['240.0.0.0/4', '255.255.255.255', 200],
    ['0.0.0.0/0', '203.0.113.9', 200],
    // What a socket that takes both kinds says of an IPv4 viewer.
    ['192.0.2.0/24', '::ffff:192.0.2.9', 200],
    // IPv6 viewers are in no range.
    ['0.0.0.0/0', '2001:db8::1', 'AccessDenied'],
    ['0.0.0.0/0', '::1', 'AccessDenied'],
    // One IPv4 CIDR, nothing else.
    ['192.0.2.7', '192.0.2.7', 'MalformedPolicy'],
    ['192.0.2.0/33', '192.0.2.7', 'MalformedPolicy'],
    ['192.0.2.256/32', '192.0.2.7', 'MalformedPolicy'],
    ['192.0.2/24', '192.0.2.7', 'MalformedPolicy'],
    ['2001:db8::/32', '2001:db8::1', 'MalformedPolicy'],
    ['192.0.2.0/24,198.51.100.0/24', '192.0.2.7', 'MalformedPolicy'],
  ])('%s with a viewer at %s: %s', async (ip, clientAddress, expected) => {
    stage.circumstances.clientAddress = clientAddress;
    expect(await verdict(policy({ ip }))).toBe(expected);
  });
});

describe('the form of a custom policy', () => {
  const time = `{"AWS:EpochTime":${LATER}}`;
  const condition = `{"DateLessThan":${time}}`;
  const statement = `{"Resource":"${URL}","Condition":${condition}}`;
  const given = (text: string) => `{"Statement":[{"Resource":"${URL}","Condition":${text}}]}`;

  it.each([
    ['the guide’s form', `{"Statement":[${statement}]}`],
    ['a newline behind the closing brace', `{"Statement":[${statement}]}\n`],
    ['the condition first', `{"Statement":[{"Condition":${condition},"Resource":"${URL}"}]}`],
    [
      'the dates the other way round',
      given(
        `{"DateGreaterThan":{"AWS:EpochTime":1},"IpAddress":{"AWS:SourceIp":"0.0.0.0/0"},"DateLessThan":${time}}`,
      ),
    ],
    ['escapes in strings', `{"Statement":[${statement.replaceAll('/', String.raw`\/`)}]}`],
  ])('may be %s', async (_, text) => {
    expect(await verdict(text)).toBe(200);
  });

  it.each([
    ['no JSON', '{"Statement":['],
    ['no object', '[]'],
    ['null', 'null'],
    ['no statement', '{}'],
    ['an empty statement list', '{"Statement":[]}'],
    ['a statement that is no list', `{"Statement":${statement}}`],
    ['two statements', `{"Statement":[${statement},${statement}]}`],
    ['a space', `{"Statement": [${statement}]}`],
    ['a tab', `{"Statement":[\t${statement}]}`],
    ['two newlines behind it', `{"Statement":[${statement}]}\n\n`],
    ['a carriage return behind it', `{"Statement":[${statement}]}\r\n`],
    ['a byte order mark', `\uFEFF{"Statement":[${statement}]}`],
    ['another name beside Statement', `{"Version":"2012-10-17","Statement":[${statement}]}`],
    [
      'another name in the statement',
      `{"Statement":[{"Effect":"Allow","Resource":"${URL}","Condition":${condition}}]}`,
    ],
    ['another condition', given(`{"DateLessThan":${time},"DateEquals":${time}}`)],
    ['names in other case', given(`{"dateLessThan":${time}}`)],
    ['another name beside the time', given('{"DateLessThan":{"AWS:EpochTime":1,"x":2}}')],
    ['no condition', `{"Statement":[{"Resource":"${URL}"}]}`],
    ['no DateLessThan', given('{"DateGreaterThan":{"AWS:EpochTime":1}}')],
    ['a quoted time', given(`{"DateLessThan":{"AWS:EpochTime":"${LATER}"}}`)],
    ['milliseconds', given(`{"DateLessThan":{"AWS:EpochTime":${LATER}000}}`)],
    ['a broken time', given(`{"DateLessThan":{"AWS:EpochTime":${LATER}.5}}`)],
    ['a negative time', given('{"DateLessThan":{"AWS:EpochTime":-1}}')],
    [
      'milliseconds in DateGreaterThan',
      given(`{"DateLessThan":${time},"DateGreaterThan":{"AWS:EpochTime":1700000000000}}`),
    ],
    [
      'an address list',
      given(`{"DateLessThan":${time},"IpAddress":{"AWS:SourceIp":["0.0.0.0/0"]}}`),
    ],
    ['a list of resources', `{"Statement":[{"Resource":["${URL}"],"Condition":${condition}}]}`],
  ])('is malformed with %s', async (_, text) => {
    expect(await verdict(text)).toBe('MalformedPolicy');
  });

  it('is UTF-8', async () => {
    const parameters = customParameters(`{"Statement":[${statement}]}`, { key });
    const latin1 = Buffer.from(`{"Statement":[${statement.replace('b.txt', 'ü')}]}`, 'latin1');
    const Policy = latin1.toString('base64').replaceAll('+', '-').replaceAll('=', '_');
    const { code } = await stage.send(
      withParameters(URL, { ...parameters, Policy: Policy.replaceAll('/', '~') }),
    );
    expect(code).toBe('MalformedPolicy');
  });

  it('matters before the signature does', async () => {
    const { Policy } = customParameters('{}', { key });
    const parameters = customParameters(`{"Statement":[${statement}]}`, { key });
    expect((await stage.send(withParameters(URL, { ...parameters, Policy }))).code).toBe(
      'MalformedPolicy',
    );
  });
});
