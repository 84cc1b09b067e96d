import path from 'node:path';
import * as vscode from 'vscode';
import { parseSignOptions, type SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { fail, ok, type Failure, type Result } from '../../../core/outcome.ts';
import type { Settings } from '../../settings.ts';

/** The options of a script that signs many, read. */
export interface ManyOptions {
  readonly signing: SignOptions;
  /** Where the links go; undefined for the clipboard. */
  readonly file: vscode.Uri | undefined;
  /** The option that is this command's own, as it was given. */
  readonly own: unknown;
}

/**
 * Reads the options of a script that signs many: those of an object, the file that they go into, and
 * one that a command has of its own.
 *
 * Errors: those of `parseSignOptions`; `option-invalid` for a file that is not named in full.
 */
export function parseManyOptions(
  raw: object,
  own: string,
  settings: Settings,
): Result<ManyOptions> {
  const { file: named, [own]: ownRaw, ...others }: Readonly<Record<string, unknown>> = { ...raw };
  const file = named === undefined ? ok(undefined) : fileNamed(named);
  if (file.kind !== 'ok') return file;
  const signing = parseSignOptions(others, settings.get('link.templates'), settings.get('presets'));
  return signing.kind === 'ok'
    ? ok({ signing: signing.value, file: file.value, own: ownRaw })
    : signing;
}

function fileNamed(raw: unknown): Result<vscode.Uri> {
  if (raw instanceof vscode.Uri) return ok(raw);
  if (typeof raw !== 'string') return refuse();
  if (path.isAbsolute(raw)) return ok(vscode.Uri.file(raw));
  return /^[a-z][a-z0-9+.-]+:\//i.test(raw) ? ok(vscode.Uri.parse(raw)) : refuse();
}

function refuse(): Failure {
  return fail({
    code: 'option-invalid',
    option: 'file',
    detail: 'Give an absolute path, or the URI of a file.',
  });
}
