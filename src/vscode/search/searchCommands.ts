import type { Session } from '../../core/credentials/session.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { parseS3Place, type S3Place } from '../../core/s3/location.ts';
import type { Commands } from '../commands.ts';
import { askPlace } from '../tree/navigation.ts';
import type { Call } from '../tree/targets.ts';
import type { KeyIndexes } from './keyIndexes.ts';

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
 * empty ones: `folderSize` gives `{ objects, bytes, archived }`, `buildIndex` how many keys it has.
 */
export function searchCommands(source: SearchSource): Commands {
  const at = async (
    args: readonly unknown[],
    title: string,
    act: (place: S3Place, isScripted: boolean) => Promise<Outcome<unknown>>,
  ): Promise<Outcome<unknown>> => {
    const call = source.readCall(args);
    if (call.kind !== 'ok') return call;
    const isScripted = call.value.options !== undefined;
    const place = await placeOf(call.value, title);
    return place.kind === 'ok' ? act(place.value, isScripted) : place;
  };
  return {
    searchObjects: (...args) =>
      at(args, 'Search Which Bucket?', async (place) => {
        const { searchObjects } = await import('./searchObjects.ts');
        return searchObjects(place, source);
      }),
    folderSize: (...args) =>
      at(args, 'Size of Which Bucket or Folder?', async (place, isScripted) => {
        const { folderSize } = await import('./folderSize.ts');
        return folderSize(place, isScripted, source);
      }),
    buildIndex: (...args) =>
      at(args, 'Index Which Bucket?', async (place, isScripted) => {
        const { buildIndex } = await import('./buildIndex.ts');
        return buildIndex(place, isScripted, source);
      }),
    deleteIndex: (...args) =>
      at(args, 'Delete the Index of Which Bucket?', async ({ bucket }) => {
        await source.indexes.delete(bucket);
        return ok(undefined);
      }),
  };
}

/** The place that a call is about: of an object it is what the object lies in. */
async function placeOf({ nodes, locations }: Call, title: string): Promise<Outcome<S3Place>> {
  const [node] = nodes ?? [];
  if (node?.kind === 'object') return ok({ bucket: node.bucket, prefix: node.parent.prefix });
  const [location] = locations ?? [];
  if (location !== undefined) return ok({ bucket: location.bucket, prefix: location.key });
  const text = await askPlace(title);
  return text === undefined ? cancelled : parseS3Place(text);
}
