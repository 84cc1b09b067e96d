import * as vscode from 'vscode';
import { isJsonObject } from '../../core/json.ts';
import { ok, type Result } from '../../core/outcome.ts';
import type { exportSetup, SetupForm } from '../../core/setup/export/exportSetup.ts';
import { parseSetupOptions } from '../../core/setup/export/setupOptions.ts';
import type { Commands } from '../commands.ts';
import { isTreeNode } from '../tree/nodes.ts';
import type { Call } from '../tree/targets.ts';
import { askForSetup, type SetupAsker } from './askForSetup.ts';

/** What writing a set-up out needs. */
export interface SetupExporter extends SetupAsker {
  readonly readCall: (args: readonly unknown[]) => Result<Call>;
  /** Loads what writes the texts, which is much. */
  readonly loadExportSetup: () => Promise<typeof exportSetup>;
}

/** Whether a script exports a set-up: then the options come first, there being no object to name. */
export function isScriptedExport([first]: readonly unknown[]): boolean {
  return isJsonObject(first) && !isTreeNode(first) && !('key' in first);
}

/** What VS Code calls the languages of the forms. */
const LANGUAGES: Readonly<Record<SetupForm, string>> = {
  cloudformation: 'yaml',
  terraform: 'terraform',
  cdk: 'typescript',
  cli: 'shellscript',
};

/**
 * The command that writes out a whole set-up for a bucket. Its text opens in an editor; a script gives
 * `{ bucket, form, … }` and gets the text alone.
 */
export function exportSetupCommands(exporter: SetupExporter): Commands {
  const { readCall, loadExportSetup, regionOf } = exporter;
  return {
    async exportSetup(...args) {
      const [options] = args;
      if (isScriptedExport(args) && isJsonObject(options)) {
        const { bucket } = options;
        const region = regionOf(typeof bucket === 'string' ? bucket : '');
        const parsed = parseSetupOptions(options, region);
        if (parsed.kind !== 'ok') return parsed;
        const { names, form } = parsed.value;
        return ok((await loadExportSetup())(names)[form]);
      }
      const call = readCall(args);
      if (call.kind !== 'ok') return call;
      const asked = await askForSetup(call.value.locations?.[0]?.bucket, exporter);
      if (asked.kind !== 'ok') return asked;
      const { names, form } = asked.value;
      return ok(await open((await loadExportSetup())(names)[form], form));
    },
  };
}

async function open(content: string, form: SetupForm): Promise<string> {
  const known = await vscode.languages.getLanguages();
  const language = known.includes(LANGUAGES[form]) ? LANGUAGES[form] : 'plaintext';
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return content;
}
