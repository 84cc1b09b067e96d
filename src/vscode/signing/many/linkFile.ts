import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { errorText } from '../../../core/errorText.ts';
import { fail, ok, type Failure, type Result } from '../../../core/outcome.ts';

/** A file that is written piece by piece, and is there as a whole or not at all. */
export interface LinkFile {
  readonly uri: vscode.Uri;
  /** Errors: `file-unwritable`. */
  write(text: string): Promise<Result<void>>;
  /** Puts what was written in the place of the file. Errors: `file-unwritable`. */
  keep(): Promise<Result<void>>;
  /** Leaves what was there before, unless this one is kept already. */
  drop(): Promise<void>;
}

/** Begins a file. Errors: `file-unwritable`. */
export async function beginLinkFile(uri: vscode.Uri): Promise<Result<LinkFile>> {
  if (uri.scheme !== 'file') return ok(gathered(uri));
  try {
    return ok(await besideTheOld(uri));
  } catch (error) {
    return unwritable(uri, error);
  }
}

async function besideTheOld(uri: vscode.Uri): Promise<LinkFile> {
  // A link stays one: what it leads to is replaced.
  const target = await realpath(uri.fsPath).catch(() => uri.fsPath);
  const before = await stat(target).catch(() => undefined);
  const name = `.${path.basename(target)}.${randomBytes(6).toString('hex')}.part`;
  const part = path.join(path.dirname(target), name);
  const file = await open(part, 'wx', before?.mode);
  let isKept = false;

  async function attempt(work: () => Promise<unknown>): Promise<Result<void>> {
    try {
      await work();
      return ok(undefined);
    } catch (error) {
      return unwritable(uri, error);
    }
  }

  return {
    uri,
    write: (text) => attempt(() => file.appendFile(text)),
    keep: () =>
      attempt(async () => {
        await file.sync();
        await file.close();
        await rename(part, target);
        isKept = true;
      }),
    async drop() {
      if (isKept) return;
      await file.close();
      await rm(part, { force: true });
    },
  };
}

/** Other file systems take a file as a whole. */
function gathered(uri: vscode.Uri): LinkFile {
  const pieces: Buffer[] = [];
  return {
    uri,
    async write(text) {
      pieces.push(Buffer.from(text));
      return ok(undefined);
    },
    async keep() {
      try {
        await vscode.workspace.fs.writeFile(uri, Buffer.concat(pieces));
        return ok(undefined);
      } catch (error) {
        return unwritable(uri, error);
      }
    },
    async drop() {},
  };
}

function unwritable({ path: file }: vscode.Uri, error: unknown): Failure {
  return fail({
    code: 'file-unwritable',
    file: path.posix.basename(file),
    detail: errorText(error),
  });
}
