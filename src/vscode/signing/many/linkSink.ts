import * as vscode from 'vscode';
import type { Link } from '../../../core/linkFormats/link.ts';
import type { LinkFormat } from '../../../core/linkFormats/linkFormat.ts';
import { createLinkWriter } from '../../../core/linkFormats/linkWriter.ts';
import { ok, type Outcome, type Result } from '../../../core/outcome.ts';
import { beginLinkFile, type LinkFile } from './linkFile.ts';

/** How many links the clipboard gets at most: more of them are pasted nowhere with pleasure. */
export const CLIPBOARD_LINKS = 10_000;

/** Where links go as they are made. */
export interface LinkSink {
  /** How many have gone there. */
  readonly links: number;
  /** Undefined for the clipboard. */
  readonly file: vscode.Uri | undefined;
  /** Errors: those of `LinkFormat.writeOne`, and `file-unwritable`. */
  add(links: readonly Link[]): Promise<Outcome<void>>;
  /** Hands out what was added. Gives what is on the clipboard. Errors: `file-unwritable`. */
  keep(): Promise<Result<string>>;
  /** Leaves the clipboard, and a file that was there, as they were. */
  drop(): Promise<void>;
}

/**
 * @param target the file; undefined for the clipboard
 * @param onFull says which file takes what is too much for the clipboard
 */
export function createLinkSink(
  format: LinkFormat,
  target: vscode.Uri | undefined,
  onFull: () => Promise<Outcome<vscode.Uri>>,
): LinkSink {
  const writer = createLinkWriter(format);
  let links = 0;
  /** What is not in the file. */
  let text = '';
  let file: LinkFile | undefined;

  async function begin(uri: vscode.Uri): Promise<Result<void>> {
    const begun = await beginLinkFile(uri);
    if (begun.kind !== 'ok') return begun;
    file = begun.value;
    return ok(undefined);
  }

  async function put(piece: string): Promise<Result<void>> {
    text += piece;
    if (file === undefined) return ok(undefined);
    const written = await file.write(text);
    text = '';
    return written;
  }

  async function makeRoom(more: number): Promise<Outcome<void>> {
    if (file !== undefined) return ok(undefined);
    if (target !== undefined) return begin(target);
    if (links + more <= CLIPBOARD_LINKS) return ok(undefined);
    const other = await onFull();
    return other.kind === 'ok' ? begin(other.value) : other;
  }

  return {
    get links() {
      return links;
    },
    get file() {
      return file?.uri;
    },
    async add(more) {
      const room = await makeRoom(more.length);
      if (room.kind !== 'ok') return room;
      const piece = writer.write(more);
      if (piece.kind !== 'ok') return piece;
      links += more.length;
      return put(piece.value);
    },
    async keep() {
      if (file === undefined) {
        const whole = text + writer.end();
        await vscode.env.clipboard.writeText(whole);
        return ok(whole);
      }
      // A file of lines ends with the end of one.
      const { after, between } = format.frame;
      const ended = await put(writer.end() + (after === '' ? between : '\n'));
      const kept = ended.kind === 'ok' ? await file.keep() : ended;
      return kept.kind === 'ok' ? ok('') : kept;
    },
    async drop() {
      await file?.drop();
    },
  };
}
