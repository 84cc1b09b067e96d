import type { Bucket } from './bucket.ts';
import { compareKeys } from './keyOrder.ts';
import { readEncodingType, urlEncoded } from './listObjects.ts';
import { isDeleteMarker, type ObjectVersion, versionIdOf, versionsOf } from './objectVersions.ts';
import { readCount } from './parameters.ts';
import { S3Error } from './s3Error.ts';
import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import type { S3Request } from './s3Request.ts';

const MAX_KEYS = 1000;

/** One line of a listing. */
interface Line {
  readonly key: string;
  readonly version: ObjectVersion;
  readonly isLatest: boolean;
}

/**
 * Answers ListObjectVersions: keys in order, the versions of each the newest first.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export function listVersions(bucket: Bucket, { query }: S3Request): S3Answer {
  if (query.get('delimiter')) {
    throw new S3Error('NotImplemented', { message: 'Versions are listed without a delimiter.' });
  }
  const prefix = query.get('prefix') ?? '';
  const maxKeys = readCount(query, 'max-keys', MAX_KEYS);
  const encoded = readEncodingType(query.get('encoding-type'));
  const encode = (text: string): string => (encoded ? urlEncoded(text) : text);
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('version-id-marker') ?? '';
  const rest = linesAfter(linesOf(bucket, prefix), keyMarker, idMarker);
  const page = rest.slice(0, Math.min(maxKeys, MAX_KEYS));
  const last = page.length < rest.length ? page.at(-1) : undefined;
  const elementOf = ({ key, version, isLatest }: Line) => ({
    Key: encode(key),
    VersionId: versionIdOf(version),
    IsLatest: isLatest,
    LastModified: version.lastModified.toISOString(),
  });

  return xmlAnswer('ListVersionsResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: idMarker,
    ...(last && {
      NextKeyMarker: encode(last.key),
      NextVersionIdMarker: versionIdOf(last.version),
    }),
    MaxKeys: maxKeys,
    ...(encoded && { EncodingType: 'url' }),
    IsTruncated: last !== undefined,
    Version: page.flatMap((line) =>
      isDeleteMarker(line.version)
        ? []
        : [
            {
              ...elementOf(line),
              ETag: line.version.etag,
              Size: line.version.size,
              StorageClass: line.version.storageClass,
            },
          ],
    ),
    DeleteMarker: page.filter(({ version }) => isDeleteMarker(version)).map(elementOf),
  });
}

function linesOf(bucket: Bucket, prefix: string): readonly Line[] {
  const keys = new Set<string>();
  for (const { key } of bucket.objects.from(prefix)) {
    if (!key.startsWith(prefix)) break;
    keys.add(key);
  }
  for (const key of bucket.olderVersions.keys()) if (key.startsWith(prefix)) keys.add(key);
  return [...keys]
    .toSorted(compareKeys)
    .flatMap((key) =>
      versionsOf(bucket, key).map((version, index) => ({ key, version, isLatest: index === 0 })),
    );
}

/** What is behind a marker: a version, or all of a key where only that is given. */
function linesAfter(lines: readonly Line[], key: string, id: string): readonly Line[] {
  if (key === '') return lines;
  const marked = lines.findIndex((line) => line.key === key && versionIdOf(line.version) === id);
  return marked < 0
    ? lines.filter((line) => compareKeys(line.key, key) > 0)
    : lines.slice(marked + 1);
}
