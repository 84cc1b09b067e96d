import { describe, expect, it } from 'vitest';
import { isArchived } from '../../../../src/core/s3/objectStore.ts';

describe('an object is archived', () => {
  it.each(['GLACIER', 'DEEP_ARCHIVE'])('in %s, until it is restored', (storageClass) => {
    expect(isArchived(storageClass, false)).toBe(true);
    expect(isArchived(storageClass, true)).toBe(false);
  });

  it.each(['ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS'])(
    'in the tier %s of Intelligent-Tiering, until it is restored',
    (archiveStatus) => {
      expect(isArchived('INTELLIGENT_TIERING', false, archiveStatus)).toBe(true);
      expect(isArchived('INTELLIGENT_TIERING', true, archiveStatus)).toBe(false);
    },
  );
});

describe('an object is not archived', () => {
  it.each([
    'STANDARD',
    'STANDARD_IA',
    'ONEZONE_IA',
    'REDUCED_REDUNDANCY',
    'INTELLIGENT_TIERING',
    // Instant Retrieval: what is in it answers a GET at once.
    'GLACIER_IR',
    'EXPRESS_ONEZONE',
  ])('in %s', (storageClass) => {
    expect(isArchived(storageClass, false)).toBe(false);
  });
});
