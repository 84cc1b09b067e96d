import * as vscode from 'vscode';
import { cancelled, fail, ok, type Outcome, type Result } from '../../../core/outcome.ts';
import { problemWords } from '../../../core/problem.ts';
import { parseKeyFilter, type KeyFilter } from '../../../core/s3/keyFilter.ts';
import { listRecursively } from '../../../core/s3/lister/listRecursively.ts';
import { parseS3Place, s3Uri, type S3Location, type S3Place } from '../../../core/s3/location.ts';
import type { ObjectEntry, ObjectStore } from '../../../core/s3/objectStore.ts';
import { visibleText } from '../../../core/s3/visibleText.ts';
import { inTime, TOO_SLOW } from '../../inTime.ts';
import { messageText } from '../../messages.ts';
import { askPlace } from '../../tree/navigation.ts';
import type { Call } from '../../tree/targets.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { handOutMany, type LinksInFile } from './handOutMany.ts';
import { parseManyOptions, type ManyOptions } from './manyOptions.ts';

/** An object, or all below a place. */
type Target =
  | { readonly kind: 'object'; readonly location: S3Location }
  | { readonly kind: 'place'; readonly place: S3Place };

/**
 * Signs all objects below folders and buckets, those selected beside them too, in the order of the
 * tree. A person may give a filter; a script gives the option `filter`.
 *
 * Errors: `object-unnamed`, `location-invalid`; those of `parseManyOptions`, `parseKeyFilter`,
 * `listRecursively` and `handOutMany`.
 */
export async function signFolder(
  args: readonly unknown[],
  source: SigningSource,
): Promise<Outcome<string | LinksInFile>> {
  const call = source.readCall(args);
  if (call.kind !== 'ok') return call;
  const { options: raw } = call.value;
  const isScripted = raw !== undefined;
  const options = parseManyOptions(raw ?? {}, 'filter', source.settings);
  if (options.kind !== 'ok') return options;
  const targets = await targetsOf(call.value, isScripted);
  if (targets.kind !== 'ok') return targets;
  const name = nameOf(targets.value);
  const filter = isScripted ? readFilter(options.value) : await askFilter(name);
  if (filter.kind !== 'ok') return filter;
  const session = await source.session(!isScripted);
  if (session.kind !== 'ok') return session;
  const { store } = session.value;
  return handOutMany(
    {
      objects: (signal) => objectsOf(targets.value, filter.value, store, signal),
      name,
      options: options.value,
      isScripted,
    },
    source,
  );
}

async function targetsOf(
  { nodes, locations }: Call,
  isScripted: boolean,
): Promise<Outcome<readonly Target[]>> {
  const targets =
    nodes === undefined
      ? (locations ?? []).map(({ bucket, key }) => placeAt(bucket, key))
      : nodes.map((node): Target =>
          node.kind === 'folder'
            ? placeAt(node.bucket, node.prefix)
            : { kind: 'object', location: { bucket: node.bucket, key: node.entry.key } },
        );
  if (targets.length > 0) return ok(targets.filter((target) => !isBelow(target, targets)));
  if (isScripted) return fail({ code: 'object-unnamed' });
  const text = await askPlace('Folder to Sign');
  if (text === undefined) return cancelled;
  const place = parseS3Place(text);
  return place.kind === 'ok' ? ok([{ kind: 'place', place: place.value }]) : place;
}

function placeAt(bucket: string, prefix: string): Target {
  return { kind: 'place', place: { bucket, prefix } };
}

/** Whether a target is part of another one, or named before: each object is signed once. */
function isBelow(target: Target, targets: readonly Target[]): boolean {
  const { bucket, key } = locationOf(target);
  return targets.some(
    (other) =>
      other !== target &&
      other.kind === 'place' &&
      other.place.bucket === bucket &&
      key.startsWith(other.place.prefix) &&
      (locationOf(other).key !== key || targets.indexOf(other) < targets.indexOf(target)),
  );
}

function locationOf(target: Target): S3Location {
  if (target.kind === 'object') return target.location;
  return { bucket: target.place.bucket, key: target.place.prefix };
}

/** `all of films/2026/`, `all of 3 folders and objects` */
function nameOf(targets: readonly Target[]): string {
  const [first, another] = targets;
  if (first === undefined || another !== undefined) {
    return `all of ${targets.length} folders and objects`;
  }
  return `all of ${visibleText(s3Uri(locationOf(first)))}`;
}

function readFilter({ own }: ManyOptions): Result<KeyFilter | undefined> {
  if (own === undefined) return ok(undefined);
  if (typeof own === 'string') return parseKeyFilter(own);
  return fail({ code: 'option-invalid', option: 'filter', detail: 'Give a text.' });
}

async function askFilter(name: string): Promise<Outcome<KeyFilter | undefined>> {
  const text = await vscode.window.showInputBox({
    title: `Sign ${name}`,
    prompt: 'Which of the objects? Words, a pattern with * and ?, or a /regular expression/.',
    placeHolder: 'Empty for all of them',
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const filter = parseKeyFilter(typed);
      return filter.kind === 'ok' ? undefined : messageText(problemWords(filter.problem).remedy);
    },
  });
  if (text === undefined) return cancelled;
  return text.trim() === '' ? ok(undefined) : parseKeyFilter(text);
}

async function* objectsOf(
  targets: readonly Target[],
  filter: KeyFilter | undefined,
  store: ObjectStore,
  signal: AbortSignal,
): AsyncGenerator<Outcome<readonly S3Location[]>, void, undefined> {
  for (const target of targets) {
    if (target.kind === 'object') {
      yield ok([target.location]);
      continue;
    }
    const { bucket } = target.place;
    for await (const page of listRecursively(target.place, store, signal)) {
      if (page.kind !== 'ok') {
        yield page;
        return;
      }
      const fitting = inTime(() =>
        page.value.filter((entry) => !isMarker(entry) && filter?.fits(entry.key) !== false),
      );
      if (fitting === undefined) {
        yield fail({ code: 'option-invalid', option: 'filter', detail: TOO_SLOW });
        return;
      }
      if (fitting.value.length > 0) yield ok(fitting.value.map(({ key }) => ({ bucket, key })));
    }
  }
}

/** Whether an object is only there so that a folder is: there is nothing to download. */
function isMarker({ key, size }: ObjectEntry): boolean {
  return size === 0 && key.endsWith('/');
}
