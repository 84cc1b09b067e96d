import { describe, expect, it } from 'vitest';
import { takeListedObjects } from '../../src/aws/listedObjects.ts';

/** An object as S3 writes it, with all that it may say. */
const FILM =
  '<Contents><Key>video/a+film%2B1%20%E2%82%AC.mp4</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified>' +
  '<ETag>&quot;900150983cd24fb0d6963f7d28e17f72&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm>' +
  '<Size>12345678901</Size><Owner><ID>75aa57f0</ID><DisplayName>ada</DisplayName></Owner>' +
  '<StorageClass>STANDARD</StorageClass></Contents>';

/** An archived one, restored for a while. */
const RESTORED =
  '<Contents><Key>video/old.mp4</Key><LastModified>2020-01-02T03:04:05.000Z</LastModified><Size>1</Size>' +
  '<StorageClass>GLACIER</StorageClass><RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress>' +
  '<RestoreExpiryDate>2026-12-24T00:00:00.000Z</RestoreExpiryDate></RestoreStatus></Contents>';

const ARCHIVED =
  '<Contents><Key>video/older.mp4</Key><LastModified>2020-01-02T03:04:05.000Z</LastModified><Size>1</Size>' +
  '<StorageClass>GLACIER</StorageClass><RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress>' +
  '</RestoreStatus></Contents>';

const HEAD =
  '<?xml version="1.0"?><ListBucketResult><Name>films</Name><IsTruncated>true</IsTruncated>';
const TAIL = '<CommonPrefixes><Prefix>video/</Prefix></CommonPrefixes></ListBucketResult>';

function taken(xml: string) {
  return takeListedObjects(Buffer.from(xml));
}

describe('objects in an answer', () => {
  it('are taken out with all that is told of them', () => {
    const listed = taken(HEAD + FILM + RESTORED + ARCHIVED + TAIL);
    expect(listed?.objects).toEqual([
      {
        kind: 'object',
        key: 'video/a film+1 €.mp4',
        size: 12_345_678_901,
        modified: new Date('2026-01-02T03:04:05.000Z'),
        etag: '"900150983cd24fb0d6963f7d28e17f72"',
        storageClass: 'STANDARD',
        archived: false,
      },
      expect.objectContaining({
        key: 'video/old.mp4',
        etag: undefined,
        storageClass: 'GLACIER',
        archived: false,
      }),
      expect.objectContaining({ key: 'video/older.mp4', archived: true }),
    ]);
    expect(Buffer.from(listed?.rest ?? []).toString()).toBe(HEAD + TAIL);
  });

  it('may have references in their keys', () => {
    const xml = FILM.replace('video/', '&lt;&#x41;&#66;&amp;amp;&gt;');
    expect(taken(HEAD + xml + TAIL)?.objects[0]?.key).toBe('<AB&amp;>a film+1 €.mp4');
  });

  it.each([
    ['there are none', ''],
    ['one has no key', FILM.replace(/<Key>.*<\/Key>/, '')],
    ['one has no size', FILM.replace(/<Size>.*<\/Size>/, '')],
    ['keys are not encoded', FILM.replace('video', 'vidéo')],
    ['an element has attributes', FILM.replace('<Key>', '<Key a="b">')],
    ['they are not all together', `${FILM}<CommonPrefixes/>${RESTORED}`],
    ['there is white space between them', `${FILM}\n${RESTORED}`],
  ])('are left to the SDK where %s', (_why, contents) => {
    expect(taken(HEAD + contents + TAIL)).toBeUndefined();
  });

  it('are left to the SDK where the answer breaks off', () => {
    expect(taken((HEAD + FILM + RESTORED).slice(0, -20))).toBeUndefined();
  });
});
