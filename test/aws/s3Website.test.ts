import {
  DeleteBucketWebsiteCommand,
  GetBucketWebsiteCommand,
  PutBucketWebsiteCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendTo } from './edgeStage.ts';
import { refusal } from './s3Clients.ts';
import { FILES, filesPolicy, type S3Stage, startS3Stage } from './s3Stage.ts';

let stage: S3Stage;
beforeEach(async () => {
  stage = await startS3Stage();
});
afterEach(() => stage.close());

const HOST = 'files.s3-website-us-east-1.amazonaws.com';
const get = (path: string, host = HOST, method = 'GET') =>
  sendTo(Number(new URL(stage.s3.endpoint).port), `http://${host}${path}`, { method });

function configure(settings: object = {}) {
  const IndexDocument = { Suffix: 'index.html' };
  return stage.owner.send(
    new PutBucketWebsiteCommand({
      ...FILES,
      WebsiteConfiguration: { IndexDocument, ...settings },
    }),
  );
}

async function openToAll() {
  await stage.unblock();
  await stage.putPolicy(filesPolicy({}));
}

describe('a website endpoint', () => {
  it('is put, read and taken away', async () => {
    await configure({ ErrorDocument: { Key: 'error.html' } });
    const read = () => stage.owner.send(new GetBucketWebsiteCommand(FILES));
    expect(await read()).toMatchObject({
      IndexDocument: { Suffix: 'index.html' },
      ErrorDocument: { Key: 'error.html' },
    });
    await stage.owner.send(new DeleteBucketWebsiteCommand(FILES));
    expect(await refusal(read())).toEqual(['NoSuchWebsiteConfiguration', 404]);
  });

  it('serves what everybody may read, in both forms of its name', async () => {
    await configure();
    await openToAll();
    stage.s3.putObject('files', 'docs/index.html', '<p>docs', {
      headers: { 'content-type': 'text/html' },
    });
    for (const host of [HOST, 'files.s3-website.eu-central-1.amazonaws.com']) {
      expect((await get('/a.txt', host)).text).toBe('content');
      expect((await get('/docs/', host)).text).toBe('<p>docs');
    }
    expect((await get('/a.txt?response-content-type=text/html')).status).toBe(200);
    expect((await get('/a.txt', HOST, 'POST')).status).toBe(405);
  });

  it('says in HTML what is wrong', async () => {
    const expected = async (path: string, status: number, code: string, host = HOST) => {
      const answer = await get(path, host);
      expect([answer.status, answer.headers['x-amz-error-code']]).toEqual([status, code]);
      expect(answer.headers['content-type']).toMatch(/^text\/html/);
      expect(answer.text).toContain(`<li>Code: ${code}</li>`);
    };
    await expected('/a.txt', 404, 'NoSuchWebsiteConfiguration');
    await expected('/a.txt', 404, 'NoSuchBucket', HOST.replace('files', 'nobodys'));
    await configure();
    await expected('/a.txt', 403, 'AccessDenied');
    await openToAll();
    await expected('/nothing', 403, 'AccessDenied');
    const list = { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::files' };
    await stage.putPolicy(filesPolicy({}, list));
    await expected('/nothing', 404, 'NoSuchKey');
  });

  it('may say it with a page of its own', async () => {
    await configure({ ErrorDocument: { Key: 'error.html' } });
    await openToAll();
    stage.s3.putObject('files', 'error.html', 'Sorry.');
    const answer = await get('/nothing');
    expect([answer.status, answer.text]).toEqual([403, 'Sorry.']);
  });

  it('knows nobody by a signature', async () => {
    await configure();
    const answer = await sendTo(Number(new URL(stage.s3.endpoint).port), `http://${HOST}/a.txt`, {
      headers: { authorization: 'AWS4-HMAC-SHA256 nonsense' },
    });
    expect(answer.status).toBe(403);
  });
});
