import {
  CopyObjectCommand,
  DeleteBucketOwnershipControlsCommand,
  GetBucketOwnershipControlsCommand,
  GetObjectAclCommand,
  type ObjectCannedACL,
  PutBucketAclCommand,
  PutObjectAclCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from './s3Clients.ts';
import {
  A_TXT,
  BOB,
  CLOUDFRONT,
  FILES,
  filesPolicy,
  type S3Stage,
  startS3Stage,
} from './s3Stage.ts';

let stage: S3Stage;
beforeEach(async () => {
  stage = await startS3Stage();
});
afterEach(() => stage.close());

/** Another account may put objects, and CloudFront read them. */
const UPLOADS = filesPolicy(
  { Principal: { AWS: BOB.account }, Action: 's3:PutObject' },
  { Principal: { Service: CLOUDFRONT.service } },
);

describe('Object Ownership', () => {
  it('is put, read and taken away', async () => {
    const read = () => stage.owner.send(new GetBucketOwnershipControlsCommand(FILES));
    for (const ownership of ['ObjectWriter', 'BucketOwnerPreferred'] as const) {
      await stage.own(ownership);
      expect((await read()).OwnershipControls?.Rules).toEqual([{ ObjectOwnership: ownership }]);
    }
    await stage.owner.send(new DeleteBucketOwnershipControlsCommand(FILES));
    expect(await refusal(read())).toEqual(['OwnershipControlsNotFoundError', 404]);
  });

  it.each<ObjectCannedACL>(['private', 'public-read', 'authenticated-read', 'bucket-owner-read'])(
    'has no ACL %s where the bucket’s owner owns everything',
    async (ACL) => {
      await stage.unblock();
      const refused = ['AccessControlListNotSupported', 400];
      expect(await refusal(stage.put('b.txt', { ACL }))).toEqual(refused);
      const set = stage.owner.send(new PutObjectAclCommand({ ...A_TXT, ACL }));
      expect(await refusal(set)).toEqual(refused);
      await stage.put('b.txt', { ACL: 'bucket-owner-full-control' });
      await stage.put('b.txt');
    },
  );

  it('forgets the ACLs that there were as long as it is enforced', async () => {
    await stage.unblock();
    await stage.own('ObjectWriter');
    await stage.owner.send(new PutObjectAclCommand({ ...A_TXT, ACL: 'public-read' }));
    expect(await stage.readers()).toContain('nobody');
    await stage.own('BucketOwnerEnforced');
    expect(await stage.readers()).toEqual(['ada']);
    await stage.own('ObjectWriter');
    expect(await stage.readers()).toContain('nobody');
  });

  it('is not enforced over a bucket whose ACL grants something', async () => {
    await stage.own('ObjectWriter');
    await stage.unblock();
    await stage.owner.send(new PutBucketAclCommand({ ...FILES, ACL: 'public-read' }));
    expect(await refusal(stage.own('BucketOwnerEnforced'))).toEqual([
      'InvalidBucketAclWithObjectOwnership',
      400,
    ]);
    await stage.owner.send(new PutBucketAclCommand({ ...FILES, ACL: 'private' }));
    await stage.own('BucketOwnerEnforced');
  });

  it.each([
    ['BucketOwnerEnforced', undefined, ['ada', 'cloudfront']],
    ['BucketOwnerEnforced', 'bucket-owner-full-control', ['ada', 'cloudfront']],
    ['BucketOwnerPreferred', undefined, ['bob']],
    ['BucketOwnerPreferred', 'bucket-owner-full-control', ['ada', 'cloudfront']],
    ['ObjectWriter', undefined, ['bob']],
    ['ObjectWriter', 'bucket-owner-read', ['ada', 'bob']],
    ['ObjectWriter', 'bucket-owner-full-control', ['ada', 'bob']],
    ['ObjectWriter', 'authenticated-read', ['ada', 'bob']],
    ['ObjectWriter', 'public-read', ['nobody', 'ada', 'bob', 'cloudfront', 'identity']],
  ] as const)(
    '%s, uploaded by another account with the ACL %s, lets in %j',
    async (ownership, acl, readers) => {
      await stage.unblock();
      await stage.own(ownership);
      await stage.putPolicy(UPLOADS);
      await stage.putAs(BOB, 'a.txt', acl && { ACL: acl });
      expect(await stage.readers()).toEqual(readers);
    },
  );

  it('is mended by enforcing it, or by copying an object onto itself', async () => {
    await stage.own('ObjectWriter');
    await stage.putPolicy(UPLOADS);
    await stage.putAs(BOB, 'a.txt', { ACL: 'bucket-owner-full-control' });
    await stage.own('BucketOwnerEnforced');
    expect(await stage.readers()).toEqual(['ada', 'cloudfront']);
    await stage.own('ObjectWriter');
    expect(await stage.readers()).toEqual(['ada', 'bob']);
    await stage.owner.send(
      new CopyObjectCommand({ ...A_TXT, CopySource: 'files/a.txt', StorageClass: 'STANDARD' }),
    );
    expect(await stage.readers()).toEqual(['ada', 'cloudfront']);
  });

  it('shows in the ACL of an object who owns it and whom it lets in', async () => {
    await stage.own('ObjectWriter');
    await stage.unblock();
    await stage.putPolicy(UPLOADS);
    const aclOf = async (client = stage.owner) => {
      const { Owner, Grants = [] } = await client.send(new GetObjectAclCommand(A_TXT));
      return Grants.map(({ Grantee, Permission }) => [
        Grantee?.URI?.split('/').at(-1) ?? (Grantee?.ID === Owner?.ID ? 'owner' : Grantee?.Type),
        Permission,
      ]);
    };
    expect(await aclOf()).toEqual([['owner', 'FULL_CONTROL']]);
    await stage.owner.send(new PutObjectAclCommand({ ...A_TXT, ACL: 'public-read' }));
    expect(await aclOf()).toEqual([
      ['owner', 'FULL_CONTROL'],
      ['AllUsers', 'READ'],
    ]);
    await stage.putAs(BOB, 'a.txt', { ACL: 'bucket-owner-full-control' });
    expect(await aclOf()).toEqual([
      ['owner', 'FULL_CONTROL'],
      ['CanonicalUser', 'FULL_CONTROL'],
    ]);
    await stage.putAs(BOB, 'a.txt');
    expect(await refusal(aclOf())).toEqual(['AccessDenied', 403]);
    expect(await aclOf(stage.clientOf(BOB))).toEqual([['owner', 'FULL_CONTROL']]);
  });

  it('leaves a denial in the bucket policy in force for objects of others', async () => {
    await stage.unblock();
    await stage.own('ObjectWriter');
    await stage.putPolicy(UPLOADS);
    await stage.putAs(BOB, 'a.txt', { ACL: 'public-read' });
    const deny = { Effect: 'Deny', Principal: { AWS: BOB.account } };
    await stage.putPolicy(filesPolicy(deny));
    expect(await stage.readers()).toEqual(['nobody', 'ada', 'cloudfront', 'identity']);
  });
});
