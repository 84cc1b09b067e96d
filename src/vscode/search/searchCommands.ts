import type { Session } from '../../core/credentials/session.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { parseS3Place, type S3Place } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { parseIndexOptions, parseNoOptions } from '../../core/search/searchOptions.ts';
import type { Commands } from '../commands.ts';
import { tell } from '../messages.ts';
import { askPlace } from '../tree/navigation.ts';
import type { Call } from '../tree/targets.ts';
import { buildIndex } from './buildIndex.ts';
import { folderSize } from './folderSize.ts';
import type { KeyIndexes } from './keyIndexes.ts';
import { searchObjects } from './searchObjects.ts';

/** What there is to look for objects in. */
export interface SearchSource {
  readonly indexes: KeyIndexes;
  session(mayAsk: boolean): Promise<Outcome<Session>>;
  readCall(args: readonly unknown[]): Result<Call>;
  /** In epoch seconds. */
  readonly now: () => number;
}

/**
 * The commands on all that a bucket or a part of it holds. A script gives the place and options, even
 * empty ones: `folderSize` gives `{ objects, bytes, archived }`, `buildIndex` how many keys it has, and
 * `deleteIndex` whether there was one.
 */
export function searchCommands(source: SearchSource): Commands {
  const at = async <T>(
    args: readonly unknown[],
    title: string,
    parse: (options: object) => Result<T>,
    act: (place: S3Place, options: T | undefined) => Promise<Outcome<unknown>>,
  ): Promise<Outcome<unknown>> => {
    const call = source.readCall(args);
    if (call.kind !== 'ok') return call;
    const { options: raw } = call.value;
    const options = raw === undefined ? ok(undefined) : parse(raw);
    if (options.kind !== 'ok') return options;
    const place = await placeOf(call.value, title);
    return place.kind === 'ok' ? act(place.value, options.value) : place;
  };
  return {
    searchObjects: (...args) =>
      at(args, 'Search Which Bucket?', parseNoOptions, (place) => searchObjects(place, source)),
    folderSize: (...args) =>
      at(args, 'Size of Which Bucket or Folder?', parseNoOptions, (place, options) =>
        folderSize(place, options !== undefined, source),
      ),
    buildIndex: (...args) =>
      at(args, 'Index Which Bucket?', parseIndexOptions, (place, options) =>
        buildIndex(place, options, source),
      ),
    deleteIndex: (...args) =>
      at(args, 'Delete the Index of Which Bucket?', parseNoOptions, async ({ bucket }, options) => {
        const before = await source.indexes.head(bucket);
        const deleted = await source.indexes.delete(bucket);
        if (deleted.kind !== 'ok') return deleted;
        const name = visibleText(bucket);
        if (options === undefined) {
          tell(before ? `The index of ${name} is deleted.` : `There was no index of ${name}.`);
        }
        return ok(before !== undefined);
      }),
  };
}

/**
 * The place that a call is about: of an object it is what the object lies in. Who gives no place is
 * asked for it, unless it is a script.
 *
 * Errors: `prefix-unnamed`, `location-invalid`.
 */
async function placeOf(
  { nodes, locations, options }: Call,
  title: string,
): Promise<Outcome<S3Place>> {
  const [node] = nodes ?? [];
  if (node?.kind === 'object') return ok({ bucket: node.bucket, prefix: node.parent.prefix });
  const [location] = locations ?? [];
  if (location !== undefined) return ok({ bucket: location.bucket, prefix: location.key });
  if (options !== undefined) return fail({ code: 'prefix-unnamed' });
  const text = await askPlace(title);
  return text === undefined ? cancelled : parseS3Place(text);
}
