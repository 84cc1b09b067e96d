import * as vscode from 'vscode';
import { errorText } from '../../../core/errorText.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../../core/outcome.ts';
import { locationOf, readKeyList, readNames, type ListedName } from '../../../core/s3/keyList.ts';
import { parseS3Place, type S3Location, type S3Place } from '../../../core/s3/location.ts';
import { problemWords, type Problem } from '../../../core/problem.ts';
import { ask } from '../../messages.ts';
import { takingTurns } from '../../takingTurns.ts';
import { askPlace } from '../../tree/navigation.ts';
import { isScripted as isScriptedCall } from '../../tree/targets.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { handOutMany, type LinksInFile } from './handOutMany.ts';
import { parseManyOptions } from './manyOptions.ts';

/** How many objects are handed on at a time. */
const BATCH = 1000;

/** The names of a list, from its beginning each time. */
type Names = () => Iterable<ListedName>;

/** What there is in a list. */
interface Overview {
  /** How many names stand for an object. */
  objects: number;
  /** Whether some are keys without a bucket. */
  hasKeys: boolean;
  /** How many name nothing, and the first of them. */
  wrong: number;
  firstWrong: Extract<ListedName, { kind: 'neither' }> | undefined;
}

/**
 * Signs a list of objects: what is selected in the editor in front, or all that is in it, else a file
 * that is chosen; for a script a text, a list of texts, or the URI of a file. Keys without a bucket
 * are those of the option `bucket`, which a person is asked for, and which may be a part of one.
 *
 * Errors: `list-line-invalid`, `nothing-to-sign`, `file-unreadable`; those of `parseManyOptions` and
 * `handOutMany`.
 */
export async function signList(
  args: readonly unknown[],
  source: SigningSource,
): Promise<Outcome<string | LinksInFile>> {
  const [given, raw] = args;
  const isScripted = isScriptedCall(args);
  const options = parseManyOptions(
    isScripted && typeof raw === 'object' && raw !== null ? raw : {},
    'bucket',
    source.settings,
  );
  if (options.kind !== 'ok') return options;
  const names = await namesOf(given, isScripted);
  if (names.kind !== 'ok') return names;
  const overview = await lookThrough(names.value());
  const wrong = await agreeTo(overview, isScripted);
  if (wrong.kind !== 'ok') return wrong;
  if (overview.objects === 0) return fail({ code: 'nothing-to-sign' });
  const place = overview.hasKeys ? await placeOf(options.value.own, isScripted) : ok(undefined);
  if (place.kind !== 'ok') return place;
  return handOutMany(
    {
      objects: () => objectsOf(names.value(), place.value),
      name: `a list of ${overview.objects.toLocaleString('en-US')}`,
      options: options.value,
      isScripted,
    },
    source,
  );
}

async function namesOf(given: unknown, isScripted: boolean): Promise<Outcome<Names>> {
  if (typeof given === 'string') return ok(() => readKeyList(given));
  if (Array.isArray(given)) return ok(() => readNames(given));
  if (given instanceof vscode.Uri) return namesIn(given);
  if (isScripted) return fail({ code: 'object-unnamed' });
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const { document, selection } = editor;
    const text = document.getText(selection.isEmpty ? undefined : selection);
    return ok(() => readKeyList(text));
  }
  const [file] =
    (await vscode.window.showOpenDialog({ title: 'List of Objects to Sign', openLabel: 'Sign' })) ??
    [];
  return file === undefined ? cancelled : namesIn(file);
}

async function namesIn(file: vscode.Uri): Promise<Result<Names>> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return ok(() => readKeyList(text));
  } catch (error) {
    return fail({ code: 'file-unreadable', file: file.path, detail: errorText(error) });
  }
}

async function lookThrough(names: Iterable<ListedName>): Promise<Overview> {
  const overview: Overview = { objects: 0, hasKeys: false, wrong: 0, firstWrong: undefined };
  const giveTurn = takingTurns();
  for (const name of names) {
    if (name.kind === 'neither') {
      overview.wrong++;
      overview.firstWrong ??= name;
    } else {
      overview.objects++;
      overview.hasKeys ||= name.kind === 'key';
    }
    await giveTurn();
  }
  return overview;
}

/** Lets a person decide on what names no object; nothing is left out of a script's list. */
async function agreeTo(
  { objects, wrong, firstWrong }: Overview,
  isScripted: boolean,
): Promise<Outcome<void>> {
  if (firstWrong === undefined) return ok(undefined);
  const { line, text } = firstWrong;
  const problem: Problem = { code: 'list-line-invalid', line, text: text.slice(0, 80), wrong };
  if (isScripted || objects === 0) return fail(problem);
  const { title, remedy } = problemWords(problem);
  const others = `Sign the Other ${objects.toLocaleString('en-US')}`;
  return (await ask('warning', `${title}. ${remedy}`, others)) === others
    ? ok(undefined)
    : cancelled;
}

async function placeOf(raw: unknown, isScripted: boolean): Promise<Outcome<S3Place>> {
  if (isScripted && typeof raw !== 'string') {
    const detail = 'The list has keys alone. Name the bucket that they are in.';
    return fail({ code: 'option-invalid', option: 'bucket', detail });
  }
  const text = typeof raw === 'string' ? raw : await askPlace('Bucket of the Keys');
  return text === undefined ? cancelled : parseS3Place(text);
}

async function* objectsOf(
  names: Iterable<ListedName>,
  place: S3Place | undefined,
): AsyncGenerator<Outcome<readonly S3Location[]>, void, undefined> {
  let batch: S3Location[] = [];
  for (const name of names) {
    const location = locationOf(name, place);
    if (location !== undefined) batch.push(location);
    if (batch.length < BATCH) continue;
    yield ok(batch);
    batch = [];
  }
  if (batch.length > 0) yield ok(batch);
}
