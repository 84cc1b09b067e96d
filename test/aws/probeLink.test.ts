import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeLink } from '../../src/aws/probeLink.ts';

/** What the server answers, by path. */
const ANSWERS: Readonly<
  Record<string, readonly [status: number, headers: Record<string, string>, body: string]>
> = {
  '/hit': [
    206,
    {
      'content-type': 'video/mp4',
      'content-range': 'bytes 0-0/73400320',
      age: '12',
      'x-cache': 'Hit from cloudfront',
      'x-amz-cf-id': 'a==',
    },
    'x',
  ],
  '/whole': [200, { 'content-length': '3' }, 'abc'],
  '/empty': [416, { 'content-range': 'bytes */0' }, ''],
  '/redirect': [301, { location: 'https://other.example/', via: '1.1 a (CloudFront)' }, ''],
  '/page': [
    403,
    { 'content-type': 'text/html; charset=iso-8859-1' },
    '<HTML><HEAD><TITLE>ERROR</TITLE></HEAD>\n<BODY><H1>403 ERROR</H1>\nRequest blocked.\n</BODY>',
  ],
  '/website': [
    404,
    {
      'x-amz-error-code': 'NoSuchKey',
      'x-amz-error-message': 'No such key',
      'content-type': 'text/html',
    },
    '<h1>404</h1>',
  ],
  '/long': [403, { 'content-type': 'text/html' }, '<p>no</p>'.repeat(1_000_000)],
};

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const [status = 500, headers = {}, body = ''] = ANSWERS[request.url ?? ''] ?? [];
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const probe = (path: string) => probeLink(`${base}${path}`, new AbortController().signal);

describe('what is told of an answer', () => {
  it.each([
    [
      '/hit',
      {
        status: 206,
        contentType: 'video/mp4',
        size: 73_400_320,
        age: 12,
        cache: 'Hit from cloudfront',
        fromCloudFront: true,
      },
    ],
    ['/whole', { status: 200, size: 3, age: undefined, fromCloudFront: false }],
    ['/empty', { status: 416, size: 0 }],
    [
      '/redirect',
      { status: 301, location: 'https://other.example/', fromCloudFront: true, page: undefined },
    ],
    ['/page', { status: 403, page: 'ERROR 403 ERROR Request blocked.', code: undefined }],
    [
      '/website',
      {
        status: 404,
        code: 'NoSuchKey',
        message: 'No such key',
        fromOrigin: true,
        fromWebsite: true,
      },
    ],
  ])('%s: %j', async (path, told) => {
    expect(await probe(path)).toMatchObject({ kind: 'answer', ...told });
  });

  it('is no more of a page than says why', async () => {
    const answer = await probe('/long');
    expect(answer.kind === 'answer' ? answer.page?.length : undefined).toBe(600);
  });

  it('is why there is none', async () => {
    const given = AbortSignal.timeout(0);
    expect(await probeLink(`${base}/hit`, given)).toMatchObject({ kind: 'unreachable' });
    expect(await probeLink('http://127.0.0.1:1/', new AbortController().signal)).toEqual({
      kind: 'unreachable',
      detail: expect.stringMatching(/ECONNREFUSED|bad port/),
    });
  });
});
