import * as vscode from 'vscode';
import type { AskMfaCode, Aws, Connection, Session } from '../core/credentials/session.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Log } from './log.ts';
import { problemLine } from './problems.ts';

/** The one session in use. */
export interface Sessions extends vscode.Disposable {
  /**
   * Opens the session on first use; who asks meanwhile shares it, and shares its failure.
   *
   * @param mayAsk whether the user may be asked for a code; where she may not and would have to be,
   * this is cancelled, and whoever may ask opens it
   */
  current(mayAsk?: boolean): Promise<Outcome<Session>>;
  /** The session, where it is open by now: what must not wait for one asks this way. */
  readonly open: Session | undefined;
  /** Forgets the session, so that the next use opens one anew. */
  reset(): void;
}

export function createSessions(
  loadAws: () => Promise<Aws>,
  connection: () => Connection,
  log: Log,
  onOpen: (session: Session | undefined) => void,
): Sessions {
  let opening:
    { readonly mayAsk: boolean; readonly outcome: Promise<Outcome<Session>> } | undefined;
  let open: Session | undefined;

  async function begin(mayAsk: boolean): Promise<Outcome<Session>> {
    const ask: AskMfaCode = mayAsk ? askMfaCode : async () => undefined;
    const outcome = await (await loadAws()).openSession(connection(), ask);
    if (outcome.kind === 'problem') log.warn(`No session: ${problemLine(outcome.problem)}`);
    return outcome;
  }

  function start(mayAsk: boolean): Promise<Outcome<Session>> {
    const mine = { mayAsk, outcome: begin(mayAsk) };
    opening = mine;
    const giveUp = (): void => {
      if (opening === mine) opening = undefined;
    };
    void mine.outcome.then((outcome) => {
      // Whoever gave no code and then wishes for something else is asked again.
      if (outcome.kind === 'cancelled' && mayAsk) giveUp();
      if (outcome.kind !== 'ok') return;
      // A session that was superseded while it opened serves nobody.
      if (opening !== mine) outcome.value.close();
      else {
        open = outcome.value;
        onOpen(open);
      }
    }, giveUp);
    return mine.outcome;
  }

  function reset(): void {
    opening = undefined;
    open?.close();
    open = undefined;
    onOpen(undefined);
  }

  return {
    async current(mayAsk = true) {
      const before = opening;
      if (before === undefined) return start(mayAsk);
      const outcome = await before.outcome;
      const isForMe = outcome.kind !== 'cancelled' || before.mayAsk || !mayAsk;
      if (isForMe) return outcome;
      return opening === before || opening === undefined ? start(mayAsk) : opening.outcome;
    },
    get open() {
      return open;
    },
    reset,
    dispose: reset,
  };
}

const askMfaCode: AskMfaCode = async (device) =>
  vscode.window.showInputBox({
    title: 'AWS MFA Code',
    prompt: `The code that ${device} shows now`,
    placeHolder: '123456',
    ignoreFocusOut: true,
    validateInput: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : 'Six digits'),
  });
