import * as vscode from 'vscode';
import type { AskAddress } from '../../core/cloudfront/ownAddress.ts';
import { parseSignOptions, type SignOptions } from '../../core/cloudfront/signOptions.ts';
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
import type { OptionMemory } from './options/optionMemory.ts';
import { pickExpiry } from './pickExpiry.ts';
import { presetItems } from './presetItems.ts';
import { expiryChoices, titleOf } from './settleEnd.ts';

/** What the signing commands need. */
export interface SigningSource extends LinkMaker {
  readonly forms: LinkForms;
  readCall(args: readonly unknown[]): Result<Call>;
  readonly verifyCopied: VerifyCopied;
  session(mayAsk?: boolean): Promise<Outcome<Session>>;
  readonly askAddress: AskAddress;
  readonly optionMemory: OptionMemory;
}

/** What of a link a person is asked for, where options do not say it. */
interface Wishes {
  readonly options?: 'ask';
  readonly end: 'ask' | 'default' | number;
  readonly form: 'ask' | 'default' | LinkForm;
}

/** The commands from an object to its signed URL on the clipboard. */
export function signingCommands(source: SigningSource): Commands {
  return {
    copySignedUrl: (...args) => copySignedUrl(args, { end: 'ask', form: 'default' }, source),
    copySignedUrlAs: (...args) => copySignedUrl(args, { end: 'ask', form: 'ask' }, source),
    copySignedUrlWithOptions: (...args) =>
      copySignedUrl(args, { options: 'ask', end: 'default', form: 'default' }, source),
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
  const { settings, optionMemory } = source;
  const options = parseSignOptions(
    call.value.options ?? {},
    settings.get('link.templates'),
    settings.get('presets'),
  );
  if (options.kind !== 'ok') return options;
  const locations = await objectsOf(call.value, 'Object to Sign', source);
  if (locations.kind !== 'ok') return locations;
  const playlist = isScripted || wishes.end !== 'ask' ? undefined : playlistIn(locations.value);
  if (playlist !== undefined) {
    const { askForSegments, signWithSegments } = await import('./prefix/signPlaylist.ts');
    const wanted = await askForSegments(playlist);
    if (wanted === undefined) return cancelled;
    if (wanted === 'folder') return signWithSegments(playlist, source);
  }
  const request = { locations: locations.value, options: options.value, isScripted };
  if (wishes.options !== 'ask' || isScripted) return copyObjects(request, wishes, source);

  const { askOptions } = await import('./options/askOptions.ts');
  const asked = await askOptions(locations.value, source);
  if (asked.kind !== 'ok') return asked;
  const copied = await copyObjects({ ...request, options: asked.value }, wishes, source);
  if (copied.kind === 'ok') await optionMemory.keep(locations.value, asked.value);
  return copied;
}

/** Signs objects and copies their URLs. */
async function copyObjects(
  { locations, options, isScripted }: Omit<LinkRequest, 'end'>,
  { end, form: wish }: Wishes,
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  const title = titleOf('Signed URL', locations);
  const isLeftOpen = wish === 'default' || isScripted;
  const form = isLeftOpen
    ? (options.format ?? source.forms.standard())
    : wish === 'ask'
      ? await source.forms.pick(title, locations.length)
      : wish;
  if (form === undefined) return cancelled;

  const chosen: { preset?: SignOptions } = {};
  const askEnd = async (): Promise<Outcome<number>> => {
    const isFirst = Object.keys(options).length === 0;
    const others = isFirst ? presetItems(source) : [];
    const picked = await pickExpiry(expiryChoices(source.settings), title, source.now, { others });
    if (picked.kind !== 'picked') return cancelled;
    if ('end' in picked.choice) return ok(picked.choice.end);
    chosen.preset = picked.choice.preset;
    return cancelled;
  };
  const isAsked = end === 'ask' && !isScripted && options.expiry === undefined;
  const links = await makeLinks(
    { locations, options, end: isAsked ? askEnd : end, isScripted },
    source,
  );
  if (chosen.preset !== undefined) {
    // It may name another distribution, another key and another format.
    const request = { locations, options: chosen.preset, isScripted };
    return copyObjects(request, { end, form: wish === 'ask' ? form : wish }, source);
  }
  return links.kind === 'ok' ? copyLinks(links.value, form, isScripted, source) : links;
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
  const isOpened = only.signed.grant.resource !== undefined;
  const playlist = isOpened ? undefined : playlistIn(signed.map(({ location }) => location));
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
    const { signWithSegments } = await import('./prefix/signPlaylist.ts');
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
