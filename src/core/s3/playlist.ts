import type { S3Location } from './location.ts';

/**
 * The one object of some that lists others, which a player fetches one by one and which a link of its
 * own does not open: a playlist of HLS (https://www.rfc-editor.org/rfc/rfc8216#section-4) or a
 * presentation of DASH (ISO/IEC 23009-1).
 */
export function playlistIn(locations: readonly S3Location[]): S3Location | undefined {
  const [only, another] = locations;
  return another === undefined && only !== undefined && /\.(?:m3u8|mpd)$/i.test(only.key)
    ? only
    : undefined;
}

/** What all keys begin with that are in the folder of an object; empty at the top of the bucket. */
export function folderPrefix(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}
