import * as vscode from 'vscode';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { verificationReport, verificationSummary } from '../../core/verify/verificationText.ts';
import { verifyLink, type Verification } from '../../core/verify/verifyLink.ts';
import { cancellable } from '../cancellable.ts';
import { ask } from '../messages.ts';
import { isScripted } from '../tree/targets.ts';
import { givenLink } from './givenLink.ts';
import type { LinkSource } from './linkCommands.ts';
import { verifySources } from './verifySources.ts';

/** What is told to a script. */
type ToldVerification = Verification & { readonly summary: string };

/**
 * Finds out whether a link works, first by what it says, then, where that is wished, by asking for
 * its first byte.
 *
 * Errors: `link-unreadable`, `option-invalid`, `secret-store-unavailable`, and of a script's call
 * `link-unnamed`.
 */
export async function verifyUrl(
  args: readonly unknown[],
  source: LinkSource,
): Promise<Outcome<ToldVerification>> {
  const [argument, options] = args;
  const scripted = isScripted(args);
  const request = scripted ? requestOf(options) : ok(true);
  if (request.kind !== 'ok') return request;
  const text = await givenLink(argument, 'Verify Signed URL', scripted);
  if (text.kind !== 'ok') return text;
  const stored = await source.keys.list();
  if (stored.kind !== 'ok') return stored;
  const sources = verifySources(stored.value, source);
  const verify = (isAsked: boolean, signal: AbortSignal): Promise<Outcome<Verification>> =>
    verifyLink(text.value, isAsked, sources, signal);

  const { signal } = new AbortController();
  const offline = await verify(scripted && request.value, signal);
  if (offline.kind !== 'ok' || scripted) return told(offline, source);
  const online = await askWhereWished(offline.value, verify, source);
  if (online.kind !== 'ok') return online;
  void announce(online.value, source);
  return told(online, source);
}

function requestOf(options: unknown): Result<boolean> {
  for (const [name, value] of Object.entries(options ?? {})) {
    if (name !== 'request') {
      return fail({ code: 'option-invalid', option: name, detail: 'There is one: request.' });
    }
    if (typeof value !== 'boolean') {
      return fail({ code: 'option-invalid', option: name, detail: 'Give true or false.' });
    }
    return ok(value);
  }
  return ok(true);
}

function told(verified: Outcome<Verification>, { now }: LinkSource): Outcome<ToldVerification> {
  if (verified.kind !== 'ok') return verified;
  return ok({ summary: verificationSummary(verified.value, now()), ...verified.value });
}

/** Sends the request as well, where the user wishes it; she is asked once, and the setting keeps it. */
async function askWhereWished(
  offline: Verification,
  verify: (isAsked: boolean, signal: AbortSignal) => Promise<Outcome<Verification>>,
  { settings }: LinkSource,
): Promise<Outcome<Verification>> {
  const { url } = offline.inspection;
  if (url === undefined || !URL.canParse(url)) return ok(offline);
  const { host } = new URL(url);
  if (!(await mayAsk(host, settings))) return ok(offline);
  const online = await cancellable(`Asking ${host} for the first byte…`, (signal) =>
    verify(true, signal),
  );
  return online.kind === 'ok' ? online : cancelled;
}

async function mayAsk(host: string, settings: LinkSource['settings']): Promise<boolean> {
  const wish = settings.get('link.verifyOnline');
  if (wish !== 'ask') return wish === 'always';
  const yes = 'Ask the Host';
  const no = 'Only Look at It';
  const answer = await ask(
    'info',
    `Ask ${host} for the first byte of the link? That shows whether it works. It is sent there and nowhere else.`,
    yes,
    no,
  );
  if (answer === undefined) return false;
  await settings.set('link.verifyOnline', answer === yes ? 'always' : 'never');
  return answer === yes;
}

/** Says in a sentence what came of it, with what people do next. */
async function announce(verification: Verification, { documents, now }: LinkSource): Promise<void> {
  const details = 'Show Details';
  const check = 'Check Set-Up';
  const { verdict, location, inspection } = verification;
  const fails = verdict === 'fails';
  const clicked = await ask(
    fails ? 'warning' : 'info',
    `${verdict === 'works' ? '✓ ' : ''}${verificationSummary(verification, now())}`,
    ...(fails && location !== undefined ? [check] : []),
    details,
  );
  if (clicked === details) {
    await documents.show(inspection, verificationReport(verification, now()));
  } else if (clicked === check) {
    await vscode.commands.executeCommand('cloudfrontSigner.checkSetup', location);
  }
}
