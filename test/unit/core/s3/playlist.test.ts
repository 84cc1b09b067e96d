import { describe, expect, it } from 'vitest';
import { folderPrefix, playlistIn } from '../../../../src/core/s3/playlist.ts';

function located(...keys: readonly string[]) {
  return keys.map((key) => ({ bucket: 'films', key }));
}

describe('a playlist', () => {
  it.each(['a/master.m3u8', 'MASTER.M3U8', 'a/b/manifest.mpd'])('is %s by itself', (key) => {
    expect(playlistIn(located(key))).toEqual({ bucket: 'films', key });
  });

  it('is nothing else, and none of several', () => {
    expect(playlistIn(located('a/m3u8'))).toBeUndefined();
    expect(playlistIn(located('a.mpd/b.ts'))).toBeUndefined();
    expect(playlistIn(located('a.m3u8', 'b.m3u8'))).toBeUndefined();
    expect(playlistIn([])).toBeUndefined();
  });

  it.each([
    ['a/b/c.m3u8', 'a/b/'],
    ['c.m3u8', ''],
    ['/c.m3u8', '/'],
  ])('%s is in %j', (key, folder) => {
    expect(folderPrefix(key)).toBe(folder);
  });
});
