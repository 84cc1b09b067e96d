import * as vscode from 'vscode';
import { fail, type Outcome } from '../../core/outcome.ts';
import type { LinkSource } from '../inspect/linkCommands.ts';
import { problemLine } from '../problems.ts';
import type { Log } from '../log.ts';
import type { LinkMaker } from '../signing/makeLinks.ts';
import type { ListSource } from './listObjects.ts';
import type { Tool } from './tool.ts';

/** What the tools work with. */
export type ToolSource = ListSource & LinkMaker & Pick<LinkSource, 'keys' | 'now'>;

/**
 * Registers the tools that the manifest describes. Each is loaded when it is first used.
 *
 * @param load what they work with
 */
export function registerTools(load: () => Promise<ToolSource>, log: Log): vscode.Disposable {
  function register(
    name: string,
    create: (source: ToolSource) => Promise<Tool>,
  ): vscode.Disposable {
    let loading: Promise<Tool> | undefined;
    const loaded = (): Promise<Tool> => (loading ??= load().then(create));
    return vscode.lm.registerTool<unknown>(`cloudfrontSigner_${name}`, {
      prepareInvocation: async ({ input }) => (await loaded()).prepare(input),
      async invoke({ input }, token) {
        const outcome = await (await loaded()).run(input, signalOf(token));
        if (outcome.kind === 'problem') log.warn(`${name}: ${problemLine(outcome.problem)}`);
        const text = new vscode.LanguageModelTextPart(answerOf(outcome));
        return new vscode.LanguageModelToolResult([text]);
      },
    });
  }

  return vscode.Disposable.from(
    register('listObjects', async (source) =>
      trusted((await import('./listObjects.ts')).createListObjects(source)),
    ),
    register('signUrl', async (source) =>
      trusted((await import('./signUrl.ts')).createSignUrl(source)),
    ),
    register('inspectUrl', async (source) =>
      (await import('./inspectUrl.ts')).createInspectUrl(source),
    ),
  );
}

/** A tool that acts with the user's credentials or keys: what is in an untrusted workspace leads no model to it. */
function trusted(tool: Tool): Tool {
  return {
    prepare: async (input) => (vscode.workspace.isTrusted ? tool.prepare(input) : {}),
    run: async (input, signal) =>
      vscode.workspace.isTrusted ? tool.run(input, signal) : fail({ code: 'workspace-untrusted' }),
  };
}

function answerOf(outcome: Outcome<string>): string {
  if (outcome.kind === 'ok') return outcome.value;
  return outcome.kind === 'problem'
    ? problemLine(outcome.problem)
    : 'Not done: it was cancelled, or AWS wants a code of the user first. She gives it in the CloudFront view; call again then.';
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
