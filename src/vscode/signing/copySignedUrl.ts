import * as vscode from 'vscode';
import { parseSignOptions } from '../../core/cloudfront/signOptions.ts';
import type { Session } from '../../core/credentials/session.ts';
import { momentText } from '../../core/expiry.ts';
import { linkName, type Link } from '../../core/linkFormats/link.ts';
import type { LinkFormat } from '../../core/linkFormats/linkFormat.ts';
import { PLAIN_URL } from '../../core/linkFormats/plainUrl.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { playlistIn } from '../../core/s3/playlist.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { Commands } from '../commands.ts';
import type { VerifyCopied } from '../inspect/verifyCopied.ts';
import { ask } from '../messages.ts';
import { showProblem } from '../problems.ts';
import type { Call } from '../tree/targets.ts';
import { handOut, type LinkForm, type LinkForms } from './linkForms.ts';
import { makeLinks, type LinkMaker, type LinkRequest } from './makeLinks.ts';
import { objectsOf } from './objectsOf.ts';
import { titleOf } from './settleEnd.ts';

/** What the signing commands need. */
export interface SigningSource extends LinkMaker {
  readonly forms: LinkForms;
  readCall(args: readonly unknown[]): Result<Call>;
  readonly verifyCopied: VerifyCopied;
  session(mayAsk?: boolean): Promise<Outcome<Session>>;
}

/** What of a link a person is asked for, where options do not say it. */
interface Wishes {
  readonly end: LinkRequest['end'];
  readonly form: 'ask' | 'default';
}

/** The commands from an object to its signed URL on the clipboard. */
export function signingCommands(source: SigningSource): Commands {
  return {
    copySignedUrl: (...args) => copySignedUrl(args, { end: 'ask', form: 'default' }, source),
    copySignedUrlAs: (...args) => copySignedUrl(args, { end: 'ask', form: 'ask' }, source),
    quickCopySignedUrl: (...args) =>
      copySignedUrl(args, { end: 'default', form: 'default' }, source),
  };
}

/** Copies the signed URL of an object as for a person who has chosen its end, in epoch seconds. */
export function copySignedUrlUntil(
  location: S3Location,
  end: number,
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  return copySignedUrl([location], { end, form: 'default' }, source);
}

async function copySignedUrl(
  args: readonly unknown[],
  wishes: Wishes,
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  const call = source.readCall(args);
  if (call.kind !== 'ok') return call;
  const isScripted = call.value.options !== undefined;
  const templates = source.settings.get('link.templates');
  const options = parseSignOptions(call.value.options ?? {}, templates);
  if (options.kind !== 'ok') return options;
  const locations = await objectsOf(call.value, 'Object to Sign');
  if (locations.kind !== 'ok') return locations;
  const playlist = isScripted || wishes.end !== 'ask' ? undefined : playlistIn(locations.value);
  if (playlist !== undefined) {
    const { askForSegments, signWithSegments } = await import('./signPlaylist.ts');
    const wanted = await askForSegments(playlist);
    if (wanted === undefined) return cancelled;
    if (wanted === 'folder') return signWithSegments(playlist, source);
  }
  const title = titleOf('Signed URL', locations.value);
  const form =
    wishes.form === 'ask' && !isScripted
      ? await askForm(title, locations.value.length, source)
      : ok(options.value.format ?? source.forms.standard());
  if (form.kind !== 'ok') return form;

  const links = await makeLinks(
    { locations: locations.value, options: options.value, end: wishes.end, isScripted },
    source,
  );
  return links.kind === 'ok' ? copyLinks(links.value, form.value, isScripted, source) : links;
}

/** Hands links out in a form, and tells a person what she has. Errors: those of `handOut`. */
export async function copyLinks(
  links: readonly Link[],
  form: LinkForm,
  isScripted: boolean,
  source: SigningSource,
): Promise<Result<string | undefined>> {
  const handedOut = await handOut(links, form);
  if (handedOut.kind === 'ok' && !isScripted && form !== 'qr-code') {
    void announce(links, form, source);
  }
  return handedOut;
}

async function askForm(
  title: string,
  links: number,
  { forms }: SigningSource,
): Promise<Outcome<LinkForm>> {
  const form = await forms.pick(title, links);
  return form === undefined ? cancelled : ok(form);
}

/** Says what is on the clipboard, and offers what people do next. */
async function announce(
  signed: readonly Link[],
  format: LinkFormat,
  source: SigningSource,
): Promise<void> {
  const { forms, verifyCopied } = source;
  const [only] = signed;
  if (only?.signed === undefined) return;
  const end = momentText(only.signed.grant.expiresAt);
  const works = (await verifyCopied(signed)) ? ' ✓\u00a0Verified.' : '';
  const open = 'Open';
  const copyAs = 'Copy As…';
  const playlist = playlistIn(signed.map(({ location }) => location));
  const signFolder = 'Sign Its Folder…';
  const isOne = signed.length === 1;
  const as = format === PLAIN_URL ? '' : ` as ${format.label}`;
  const message = isOne
    ? `Copied the signed URL of ${linkName(only)}${as}. It ends ${end}.${works}`
    : `Copied ${signed.length} signed URLs${as}. They end ${end}.${works}`;
  const buttons = [
    ...(isOne ? [open] : []),
    copyAs,
    ...(playlist === undefined ? [] : [signFolder]),
  ];
  const clicked = await ask('info', message, ...buttons);
  if (clicked === open) {
    // As text: a Uri would decode and encode the URL again, and the signature would not cover it.
    await vscode.commands.executeCommand('vscode.open', only.url);
  } else if (clicked === copyAs) {
    const locations = signed.map(({ location }) => location);
    const form = await forms.pick(titleOf('Signed URL', locations), signed.length);
    if (form !== undefined) await copyAgain(signed, form);
  } else if (clicked === signFolder && playlist !== undefined) {
    const { signWithSegments } = await import('./signPlaylist.ts');
    const copied = await signWithSegments(playlist, source);
    if (copied.kind === 'problem') showProblem(copied.problem);
  }
}

/** Hands the same links out once more. */
async function copyAgain(signed: readonly Link[], form: LinkForm): Promise<void> {
  const handedOut = await handOut(signed, form);
  if (handedOut.kind !== 'ok') showProblem(handedOut.problem);
  else if (form !== 'qr-code') {
    vscode.window.setStatusBarMessage(`$(check) Copied as ${visibleText(form.label)}`, 3000);
  }
}
