import path from 'node:path';
import * as vscode from 'vscode';
import { momentText } from '../../../core/expiry.ts';
import type { LinkFormat } from '../../../core/linkFormats/linkFormat.ts';
import { cancelled, fail, ok, type Outcome } from '../../../core/outcome.ts';
import { problemWords, type Problem } from '../../../core/problem.ts';
import type { S3Location } from '../../../core/s3/location.ts';
import { counted } from '../../../core/counted.ts';
import { cancellable } from '../../cancellable.ts';
import { ask } from '../../messages.ts';
import { problemLine } from '../../problems.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { CLIPBOARD_LINKS, createLinkSink, type LinkSink } from './linkSink.ts';
import { openLinks, type OpenedLinks } from '../makeLinks.ts';
import type { ManyOptions } from './manyOptions.ts';
import type { ObjectBatches } from '../signEach.ts';

/** How many reasons are kept for objects that cannot be signed. */
const REASONS = 1000;

/** How often progress is told, in milliseconds. */
const TELLING = 250;

/** Objects to sign, and what is known of the wish. */
export interface ManyRequest {
  /** The objects, as they come; a signal that fires ends them. */
  objects(signal: AbortSignal): ObjectBatches;
  /** What they are called in a title: `all of films/2026/`. */
  readonly name: string;
  readonly options: Pick<ManyOptions, 'signing' | 'file'>;
  readonly isScripted: boolean;
}

/** What is told of links that are in a file. */
export interface LinksInFile {
  /** URI of the file. */
  readonly file: string;
  readonly links: number;
  /** How many objects could not be signed, and the first reasons. */
  readonly refused: number;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
}

/** The objects that could not be signed. */
interface Refusals {
  count: number;
  /** The first reasons. */
  readonly reasons: Problem[];
}

/**
 * Signs many objects and hands the links out as they are made: on the clipboard, or in a file, which
 * is there as a whole or, where it is given up, as it was before.
 *
 * @returns what is on the clipboard, or what is in the file
 *
 * Errors: those of `openLinks`, `signEach` and `LinkSink`; `links-too-many` where a script names no
 * file, and the first reason why an object cannot be signed where none of them can be, or where a
 * script would have them on the clipboard.
 */
export async function handOutMany(
  request: ManyRequest,
  source: SigningSource,
): Promise<Outcome<string | LinksInFile>> {
  const { options, isScripted, name } = request;
  const abort = new AbortController();
  const objects = startingPatiently(request.objects(abort.signal), abort);
  const wish = { options: options.signing, end: 'ask', isScripted } as const;
  try {
    const opened = await openLinks(objects, wish, titleOf(name), source);
    if (opened.kind !== 'ok') return opened;
    return await handOutOpened(opened.value, abort, request, source);
  } finally {
    // Whoever gives up a question leaves a listing behind that goes on ahead.
    abort.abort();
  }
}

/**
 * Hands out links that are ready to be made, as {@link handOutMany} does.
 *
 * @param abort ends the listing of their objects
 */
export async function handOutOpened(
  { grant, make }: OpenedLinks,
  abort: AbortController,
  { options, isScripted, name }: Omit<ManyRequest, 'objects'>,
  source: SigningSource,
): Promise<Outcome<string | LinksInFile>> {
  const title = titleOf(name);
  const format = options.signing.format ?? source.forms.standard();
  const target = isScripted ? ok(options.file) : await askTarget(title, name, format);
  if (target.kind !== 'ok') return target;

  const sink = createLinkSink(format, target.value, async () =>
    isScripted
      ? fail({ code: 'links-too-many', maximum: CLIPBOARD_LINKS })
      : askFileAfterAll(name, format),
  );
  const record = source.beginRecord();
  const refusals: Refusals = { count: 0, reasons: [] };
  const made = await cancellable(`Signing ${name}`, async (byUser, report) => {
    byUser.addEventListener('abort', () => abort.abort());
    const tell = reporter(report);
    for await (const some of make(abort.signal)) {
      if (some.kind !== 'ok') return some;
      const { signed, problems } = some.value;
      const [refusal] = problems;
      // What is on the clipboard has no room to say what it lacks.
      if (refusal !== undefined && isScripted && target.value === undefined) return fail(refusal);
      const added = await sink.add(signed);
      if (added.kind !== 'ok') return added;
      for (const link of signed) record.add(link);
      refusals.count += problems.length;
      refusals.reasons.push(...problems.slice(0, REASONS - refusals.reasons.length));
      tell(sink.links);
    }
    return sink.links > 0 ? ok(undefined) : fail(refusals.reasons[0] ?? NOTHING);
  });
  const kept = made.kind === 'ok' ? await sink.keep() : made;
  if (kept.kind !== 'ok') {
    abort.abort();
    await sink.drop();
    return kept;
  }

  record.keep();
  const end = momentText(grant.expiresAt);
  source.log.info(`Made ${sink.links} signed URL(s), ending ${end}`);
  for (const reason of refusals.reasons) source.log.warn(`Not signed: ${problemLine(reason)}`);
  if (!isScripted) void announce(sink, refusals, end);
  return ok(sink.file === undefined ? kept.value : summaryOf(sink, sink.file, refusals));
}

function titleOf(name: string): string {
  return `Signed URLs for ${name}`;
}

const NOTHING: Problem = { code: 'nothing-to-sign' };

/** Waits for what comes first under a notification that can end it. */
async function* startingPatiently(
  objects: ObjectBatches,
  abort: AbortController,
): AsyncGenerator<Outcome<readonly S3Location[]>, void, undefined> {
  const batches = objects[Symbol.asyncIterator]();
  const first = await cancellable('Listing objects', async (byUser) => {
    byUser.addEventListener('abort', () => abort.abort());
    return batches.next();
  });
  if (first.done) return;
  yield first.value;
  yield* { [Symbol.asyncIterator]: () => batches };
}

function reporter(report: (message: string) => void): (links: number) => void {
  const begun = performance.now();
  let told = begun;
  return (links) => {
    const now = performance.now();
    if (now - told < TELLING) return;
    told = now;
    const rate = Math.round((links * 1000) / (now - begun));
    report(`${links.toLocaleString('en-US')} signed, ${rate.toLocaleString('en-US')} a second`);
  };
}

async function askTarget(
  title: string,
  name: string,
  format: LinkFormat,
): Promise<Outcome<vscode.Uri | undefined>> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: '$(clippy) Copy',
        detail: `To the clipboard, up to ${CLIPBOARD_LINKS.toLocaleString('en-US')} links`,
        isFile: false,
      },
      { label: '$(save) Save to File…', detail: 'As many as there are', isFile: true },
    ],
    { title, placeHolder: 'Where shall the links go?', ignoreFocusOut: true },
  );
  if (picked === undefined) return cancelled;
  return picked.isFile ? askFile(name, format) : ok(undefined);
}

async function askFileAfterAll(name: string, format: LinkFormat): Promise<Outcome<vscode.Uri>> {
  const save = 'Save to File…';
  const message = `There are more than ${CLIPBOARD_LINKS.toLocaleString('en-US')} objects: too many links for the clipboard.`;
  return (await ask('warning', message, save)) === save ? askFile(name, format) : cancelled;
}

async function askFile(name: string, format: LinkFormat): Promise<Outcome<vscode.Uri>> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `signed-urls.${format.fileEnding}`;
  const uri = await vscode.window.showSaveDialog({
    title: titleOf(name),
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, file) }),
    saveLabel: 'Save Signed URLs',
  });
  return uri === undefined ? cancelled : ok(uri);
}

/** Says what there is now, and how many objects it lacks. */
async function announce(
  { file, links }: LinkSink,
  { count, reasons }: Refusals,
  end: string,
): Promise<void> {
  const many = counted(links, 'signed URL');
  const done =
    file === undefined
      ? `Copied ${many}.`
      : `Wrote ${many} into ${path.posix.basename(file.path)}.`;
  const [first] = reasons;
  const lack =
    first === undefined
      ? ''
      : ` ${count.toLocaleString('en-US')} could not be signed: ${problemWords(first).title}.`;
  const open = 'Open File';
  const why = 'Show Reasons';
  const buttons = [...(file === undefined ? [] : [open]), ...(first === undefined ? [] : [why])];
  const kind = first === undefined ? 'info' : 'warning';
  const clicked = await ask(
    kind,
    `${done} ${links === 1 ? 'It ends' : 'They end'} ${end}.${lack}`,
    ...buttons,
  );
  if (clicked === open) await vscode.commands.executeCommand('vscode.open', file);
  if (clicked === why) await showReasons({ count, reasons });
}

async function showReasons({ count, reasons }: Refusals): Promise<void> {
  const more = count - reasons.length;
  const content = [
    ...reasons.map(problemLine),
    ...(more > 0 ? [`… and ${more.toLocaleString('en-US')} more`] : []),
  ].join('\n');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}

function summaryOf(
  { links }: LinkSink,
  file: vscode.Uri,
  { count, reasons }: Refusals,
): LinksInFile {
  return {
    file: file.toString(),
    links,
    refused: count,
    reasons: reasons.slice(0, 10).map((problem) => ({
      code: problem.code,
      message: problemWords(problem).title,
    })),
  };
}
