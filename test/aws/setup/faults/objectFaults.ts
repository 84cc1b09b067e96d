import { BUCKET, KEY } from '../accountSetup.ts';
import type { Faults } from '../fault.ts';
import { own, uploadAsBob } from '../spoiling.ts';

/** What is wrong with the object, or with what is asked for. */
export const objectFaults = {
  objectMissing: {
    name: 'the object is missing',
    spoil: ({ s3 }) => s3.deleteObject(BUCKET, KEY),
    fails: ['object-exists'],
    byHand: ({ s3 }) => s3.putObject(BUCKET, KEY, 'the report'),
  },
  oddKey: {
    name: 'no URL can carry the key',
    spoil: ({ s3, computer }) => {
      computer.key = 'private/../report.pdf';
      s3.putObject(BUCKET, computer.key, 'the report');
    },
    fails: ['key'],
    byHand: ({ computer }) => void (computer.key = KEY),
  },
  archived: {
    name: 'the object is archived',
    spoil: ({ s3 }) => s3.putObject(BUCKET, KEY, 'the report', { storageClass: 'GLACIER' }),
    fails: ['object-archived'],
  },
  foreignObject: {
    name: 'another account owns the object',
    spoil: async (setup) => {
      await own(setup, 'ObjectWriter');
      await uploadAsBob(setup);
    },
    fails: ['object-owner', 'acls'],
  },
  foreignObjectPreferred: {
    name: 'another account owns the object, though ownership is preferred',
    spoil: async (setup) => {
      await own(setup, 'BucketOwnerPreferred');
      await uploadAsBob(setup);
    },
    fails: ['object-owner'],
    notes: ['acls'],
  },
} satisfies Faults;
