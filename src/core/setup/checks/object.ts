import { canonicalUrl } from '../../cloudfront/canonicalUrl.ts';
import { problemWords } from '../../problem.ts';
import type { Check } from '../check.ts';
import { fails, holds, NO_OBJECT, ofSeen, unknown } from '../verdicts.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const key: Check = {
  id: 'key',
  topic: 'The object',
  title: 'A URL can carry the key',
  why: 'Browsers and download tools rewrite some paths before they send them, and then ask for another object.',
  after: [],
  judge({ key: name }) {
    if (name === undefined) return NO_OBJECT;
    const url = canonicalUrl({ protocol: 'https', domain: 'example.com', originPath: '' }, name);
    if (url.kind === 'ok') return holds(`Its path is ${new URL(url.value).pathname}.`);
    const { title, remedy } = problemWords(url.problem);
    return fails(`${title}.`, { advice: remedy, changes: [] });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const objectExists: Check = {
  id: 'object-exists',
  topic: 'The object',
  title: 'The object exists',
  why: 'A link to what is not there answers 403, or 404 where CloudFront may list the bucket.',
  after: [],
  judge({ bucket, key: name, object, objectOwner }) {
    if (name === undefined) return object.kind === 'ok' ? NO_OBJECT : unknown(object.problem);
    const isListed = objectOwner.kind === 'ok' ? objectOwner.value !== undefined : undefined;
    if (object.kind === 'problem' && isListed === undefined) return unknown(object.problem);
    if (object.kind === 'problem' && isListed) {
      return holds(`“${name}” is listed, though this profile may not look at it.`);
    }
    if (object.kind === 'ok' && object.value !== undefined) {
      return holds(`“${name}” is in bucket “${bucket}”.`);
    }
    return fails(`“${name}” is not in bucket “${bucket}”.`, {
      advice: 'Upload the object, or correct the key: capitals and small letters differ.',
      changes: [],
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
export const objectOwner: Check = {
  id: 'object-owner',
  topic: 'The object',
  title: 'The owner of the bucket owns the object',
  why: 'A bucket policy does not cover objects that another account owns: S3 refuses CloudFront whatever the policy says.',
  after: ['object-exists'],
  judge({ bucket, key: name, ownership, objectOwner: owner }) {
    if (ownership.kind === 'ok' && ownership.value === 'BucketOwnerEnforced') {
      return holds('ACLs are off, so that the owner of the bucket owns every object.');
    }
    return ofSeen(owner, (ids) => {
      if (ids === undefined) return NO_OBJECT;
      if (ids.objectOwnerId === ids.bucketOwnerId) return holds('The owner of both is the same.');
      return fails(
        `“${name ?? ''}” belongs to another account, with the canonical ID ${shortId(ids.objectOwnerId)}. The bucket belongs to ${shortId(ids.bucketOwnerId)}.`,
        {
          advice:
            'Switch ACLs off. The owner of the bucket then owns every object, those that are there included.',
          changes: [{ kind: 'ownership', bucket }],
        },
      );
    });
  },
};

function shortId(canonicalId: string): string {
  return canonicalId.length <= 12 ? canonicalId : `${canonicalId.slice(0, 8)}…`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html */
export const objectArchived: Check = {
  id: 'object-archived',
  topic: 'The object',
  title: 'The object is not archived',
  why: 'S3 answers 403 (InvalidObjectState) for an archived object until a copy of it is restored.',
  after: ['object-exists', 'object-owner'],
  judge({ bucket, key: name, object }) {
    return ofSeen(object, (details) => {
      if (name === undefined || details === undefined) return NO_OBJECT;
      const { storageClass, archived } = details;
      if (!archived) return holds(`Its storage class is ${storageClass}.`);
      return fails(`“${name}” is archived (${storageClass}), and no copy of it is restored.`, {
        advice:
          'Restore a copy. That takes minutes to hours, and the link works as long as the copy is there.',
        changes: [{ kind: 'restore-object', bucket, key: name }],
      });
    });
  },
};
