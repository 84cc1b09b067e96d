import { CopyObjectCommand, GetObjectCommand, RestoreObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from './s3Clients.ts';
import { A_TXT, ADA, FILES, type S3Stage, startS3Stage } from './s3Stage.ts';

let stage: S3Stage;
beforeEach(async () => {
  stage = await startS3Stage();
});
afterEach(() => stage.close());

describe('a copy', () => {
  it('takes content and metadata along, or metadata of its own', async () => {
    const key = 'été (1)+.txt';
    await stage.put(key, { ContentType: 'text/plain', Metadata: { by: 'ada' } });
    const CopySource = `files/${encodeURIComponent(key)}`;
    await stage.owner.send(new CopyObjectCommand({ ...FILES, Key: 'same', CopySource }));
    await stage.owner.send(
      new CopyObjectCommand({
        ...FILES,
        Key: 'new',
        CopySource,
        MetadataDirective: 'REPLACE',
        ContentType: 'text/html',
      }),
    );
    for (const [Key, type, metadata] of [
      ['same', 'text/plain', { by: 'ada' }],
      ['new', 'text/html', {}],
    ] as const) {
      const { Body, ContentType, Metadata } = await stage.owner.send(
        new GetObjectCommand({ ...FILES, Key }),
      );
      expect([await Body?.transformToString(), ContentType, Metadata]).toEqual([
        'uploaded',
        type,
        metadata,
      ]);
    }
  });

  it('needs the right to read what it copies, and that to be there', async () => {
    const copy = (CopySource: string, client = stage.owner) =>
      client.send(new CopyObjectCommand({ ...FILES, Key: 'b.txt', CopySource }));
    expect(await refusal(copy('files/nothing'))).toEqual(['NoSuchKey', 404]);
    expect(await refusal(copy('nowhere/a.txt'))).toEqual(['NoSuchBucket', 404]);
    stage.s3.addIdentity({ ...ADA, denials: [{ action: 's3:GetObject' }] });
    expect(await refusal(copy('files/a.txt'))).toEqual(['AccessDenied', 403]);
    stage.s3.addIdentity(ADA);
    stage.s3.putObject('files', 'cold', 'x', { storageClass: 'GLACIER' });
    expect(await refusal(copy('files/cold'))).toEqual(['InvalidObjectState', 403]);
  });
});

describe('a restore', () => {
  it('has an archived object read again, and no other', async () => {
    stage.s3.putObject('files', 'cold', 'frozen', { storageClass: 'DEEP_ARCHIVE' });
    const cold = { ...FILES, Key: 'cold' };
    const restore = (input: object) =>
      stage.owner.send(
        new RestoreObjectCommand({ ...cold, RestoreRequest: { Days: 2 }, ...input }),
      );
    expect(await refusal(restore(A_TXT))).toEqual(['InvalidObjectState', 403]);
    const get = () => stage.owner.send(new GetObjectCommand(cold));
    expect(await refusal(get())).toEqual(['InvalidObjectState', 403]);
    await restore({});
    const { Body, Restore } = await get();
    expect(await Body?.transformToString()).toBe('frozen');
    expect(Restore).toContain('ongoing-request="false"');
  });
});
