import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAddress } from '../../src/aws/askAddress.ts';
import { cancelled, ok } from '../../src/core/outcome.ts';

/** What the service answers, by path; those that are missing are never answered. */
const ANSWERS: Readonly<
  Record<string, readonly [status: number, headers: Record<string, string>, body: string]>
> = {
  '/plain': [200, {}, '198.51.100.7'],
  '/line': [200, { 'content-type': 'text/plain' }, ' 198.51.100.7\r\n'],
  '/ipv6': [200, {}, '2001:db8::1\n'],
  '/range': [200, {}, '0.0.0.0/0'],
  '/page': [200, { 'content-type': 'text/html' }, '<p>198.51.100.7</p>'],
  '/two': [200, {}, '198.51.100.7, 198.51.100.8'],
  '/empty': [200, {}, ''],
  '/error': [503, {}, '198.51.100.7'],
  '/elsewhere': [302, { location: '/plain' }, ''],
  '/endless': [200, {}, '1'.repeat(50_000_000)],
};

let server: Server;
let host: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = ANSWERS[request.url ?? ''];
    if (answer !== undefined) response.writeHead(answer[0], answer[1]).end(answer[2]);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (path: string, signal = new AbortController().signal) =>
  askAddress(`http://${host}${path}`, signal);

describe('a service that tells one’s address', () => {
  it.each(['/plain', '/line'])('is believed where it answers with one: %s', async (path) => {
    expect(await ask(path)).toEqual(ok('198.51.100.7/32'));
  });

  it.each([
    ['/ipv6', /IPv6, and a link can be bound to IPv4/],
    ['/range', /no IPv4 address/],
    ['/page', /no IPv4 address/],
    ['/two', /no IPv4 address/],
    ['/empty', /no IPv4 address/],
    ['/error', /answered 503/],
    ['/elsewhere', /redirect/],
    ['/endless', /longer than an address/],
  ])('is not, where it answers otherwise: %s', async (path, detail) => {
    expect(await ask(path)).toMatchObject({
      problem: { code: 'address-unknown', service: host, detail: expect.stringMatching(detail) },
    });
  });

  it('is waited for no longer than the user likes', async () => {
    expect(await ask('/never', AbortSignal.timeout(50))).toEqual(cancelled);
  });

  it('may not be there at all', async () => {
    expect(await askAddress('http://127.0.0.1:1/', new AbortController().signal)).toMatchObject({
      problem: { code: 'address-unknown', service: '127.0.0.1:1' },
    });
  });
});
