import * as vscode from 'vscode';
import { parsePrefixForm, type PrefixForm } from '../../../core/cloudfront/prefix/prefixForm.ts';
import { prefixName, prefixStatement } from '../../../core/cloudfront/prefix/prefixText.ts';
import { signObject } from '../../../core/cloudfront/signObject.ts';
import { signOnce } from '../../../core/cloudfront/signOnce.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { COOKIE_FORMATS } from '../../../core/cookies/cookieFormats.ts';
import { momentText } from '../../../core/expiry.ts';
import type { Link } from '../../../core/linkFormats/link.ts';
import { cancelled, fail, ok, type Outcome } from '../../../core/outcome.ts';
import { baseName } from '../../../core/s3/baseName.ts';
import { parseS3Place, type S3Location, type S3Place } from '../../../core/s3/location.ts';
import { visibleText } from '../../../core/s3/visibleText.ts';
import { ask, askInDialog } from '../../messages.ts';
import { showProblem } from '../../problems.ts';
import { askPlace } from '../../tree/navigation.ts';
import type { Call } from '../../tree/targets.ts';
import { copyLinks, type SigningSource } from '../copySignedUrl.ts';
import { countPrefix } from './countPrefix.ts';
import type { LinksInFile } from '../many/handOutMany.ts';
import {
  baseLink,
  copyText,
  handOutLinks,
  note,
  unnoted,
  type PrefixGrant,
} from './handOutPrefix.ts';
import { grantOf } from '../makeLinks.ts';
import { parseManyOptions } from '../many/manyOptions.ts';
import { planPrefix, type PrefixPlan } from './planPrefix.ts';
import { settleEnd } from '../settleEnd.ts';

/** What a person may want of a prefix. */
type Wanted = PrefixForm | { readonly kind: 'links-as' } | { readonly kind: 'playlist' };

interface WantedItem extends vscode.QuickPickItem {
  readonly wanted: Wanted;
}

/**
 * Hands out what opens all below a prefix. A person is told before what that is, and chooses what to
 * copy; a script names both.
 *
 * Errors: `prefix-unnamed`, `location-invalid`; those of `parseManyOptions`, `parsePrefixForm`,
 * `planPrefix`, `settleEnd`, `grantOf`, `handOutLinks` and `copyText`.
 */
export async function signPrefix(
  args: readonly unknown[],
  source: SigningSource,
): Promise<Outcome<string | LinksInFile | undefined>> {
  const call = source.readCall(args);
  if (call.kind !== 'ok') return call;
  const place = await placeOf(call.value, args[0] === undefined);
  if (place.kind !== 'ok') return place;
  const { options } = call.value;
  return options === undefined
    ? signPlace(place.value, source)
    : signUnasked(place.value, options, source);
}

async function placeOf(
  { nodes, locations, options }: Call,
  isUnnamed: boolean,
): Promise<Outcome<S3Place>> {
  const [node, another] = nodes ?? [];
  if (node?.kind === 'folder' && another === undefined) {
    return ok({ bucket: node.bucket, prefix: node.prefix });
  }
  if (isUnnamed && options === undefined) {
    const text = await askPlace('Prefix to Sign');
    return text === undefined ? cancelled : parseS3Place(text);
  }
  const [location, further] = locations ?? [];
  return nodes === undefined && location !== undefined && further === undefined
    ? ok({ bucket: location.bucket, prefix: location.key })
    : fail({ code: 'prefix-unnamed' });
}

async function signUnasked(
  place: S3Place,
  raw: object,
  source: SigningSource,
): Promise<Outcome<string | LinksInFile>> {
  const options = parseManyOptions(raw, 'format', source.settings);
  if (options.kind !== 'ok') return options;
  const { signing, file, own } = options.value;
  const parsed = parsePrefixForm(own, signing, source.settings.get('link.templates'));
  if (parsed.kind !== 'ok') return parsed;
  const form = parsed.value ?? { kind: 'links', format: source.forms.standard() };
  if (form.kind !== 'links' && file !== undefined) {
    return fail({ code: 'option-invalid', option: 'file', detail: 'It takes URLs of objects.' });
  }
  const prefix = await decide(place, signing, true, source);
  if (prefix.kind !== 'ok') return prefix;
  return form.kind === 'links'
    ? handOutLinks(prefix.value, form.format, file, true, source)
    : copyText(prefix.value, form, source);
}

/**
 * Hands out what opens a place, as for a person who has chosen it.
 *
 * @param playlist in it, which its other objects are wanted for
 *
 * Errors: those of {@link signPrefix}.
 */
export async function signPlace(
  place: S3Place,
  source: SigningSource,
  playlist?: S3Location,
): Promise<Outcome<string | LinksInFile | undefined>> {
  const prefix = await decide(place, {}, false, source);
  return prefix.kind === 'ok' ? handOutWanted(prefix.value, playlist, source) : prefix;
}

/**
 * The link that a prefix was opened by, signed again by options that leave nothing open. It is not
 * noted as another one.
 *
 * Errors: those of `planPrefix`, `settleEnd` and `baseLink`.
 */
export async function signPrefixAgain(
  place: S3Place,
  options: SignOptions,
  source: SigningSource,
): Promise<Outcome<Link>> {
  const prefix = await decide(place, options, true, source);
  return prefix.kind === 'ok' ? baseLink(prefix.value) : prefix;
}

/** Settles who opens it until when, and has a person agree to what that opens. */
async function decide(
  asked: S3Place,
  options: SignOptions,
  isScripted: boolean,
  source: SigningSource,
): Promise<Outcome<PrefixGrant>> {
  const signPolicy = signOnce(await source.loadSignPolicy());
  const plan = await planPrefix(asked, options, isScripted, { ...source, signPolicy });
  if (plan.kind !== 'ok') return plan;
  const { place, opened, endpoint } = plan.value;
  const count = isScripted ? undefined : countPrefix(place, () => source.session(false));
  try {
    const title = `Sign ${visibleText(prefixName(place))}`;
    const end = await settleEnd(options.expiry, isScripted, title, source);
    if (end.kind !== 'ok') return end;
    const grant = grantOf(options, end.value, source);
    if (grant.kind !== 'ok') return grant;
    const counted = await count?.soFar();
    if (counted !== undefined) {
      if (counted.kind !== 'ok') return counted;
      const statement = prefixStatement(place, endpoint.domain, counted.value);
      if (!(await agreesTo(plan.value, statement, end.value))) return cancelled;
    }
    const { resource } = opened;
    return ok({ plan: plan.value, grant: { ...grant.value, resource }, signPolicy });
  } finally {
    count?.stop();
  }
}

async function agreesTo(
  { place, notes }: PrefixPlan,
  statement: string,
  end: number,
): Promise<boolean> {
  const sign = 'Sign';
  const detail = [statement, `It ends ${momentText(end)}.`, ...notes].map(visibleText).join('\n\n');
  return (await askInDialog('info', `Sign ${prefixName(place)}?`, detail, sign)) === sign;
}

async function handOutWanted(
  prefix: PrefixGrant,
  playlist: S3Location | undefined,
  source: SigningSource,
): Promise<Outcome<string | LinksInFile | undefined>> {
  const { plan, grant, signPolicy } = prefix;
  const wanted = await pickWanted(plan, playlist, source);
  if (wanted === undefined) return cancelled;
  if (wanted.kind === 'links') {
    return handOutLinks(prefix, wanted.format, undefined, false, source);
  }
  if (wanted.kind === 'links-as') {
    const form = await source.forms.pick(`URLs of ${prefixName(plan.place)}`, Infinity);
    if (form === undefined || form === 'qr-code') return cancelled;
    return handOutLinks(prefix, form, undefined, false, source);
  }
  if (wanted.kind === 'playlist') {
    if (playlist === undefined) return cancelled;
    const url = signObject(playlist.key, { ...plan, grant }, signPolicy);
    if (url.kind !== 'ok') return url;
    const signed = { keyPairId: plan.key.keyPairId, grant };
    const links = [{ location: playlist, url: url.value, signed }];
    const noted = note(prefix, source);
    if (noted.kind !== 'ok') return noted;
    return copyLinks(links, source.forms.standard(), false, source);
  }
  const text = await copyText(prefix, wanted, source);
  if (text.kind === 'ok') void announce(prefix, wanted, playlist, source);
  return text;
}

async function announce(
  prefix: PrefixGrant,
  copied: Exclude<PrefixForm, { readonly kind: 'links' }>,
  playlist: S3Location | undefined,
  source: SigningSource,
): Promise<void> {
  const { plan, grant } = prefix;
  const more = 'Copy Something Else…';
  const what =
    copied.kind === 'base-url'
      ? 'the base URL and its query'
      : `signed cookies for ${plan.endpoint.domain}`;
  const message = `Copied ${what}, for ${prefixName(plan.place)}. It ends ${momentText(grant.expiresAt)}.`;
  if ((await ask('info', message, more)) !== more) return;
  const again = await handOutWanted(prefix, playlist, unnoted(source));
  if (again.kind === 'problem') showProblem(again.problem);
}

async function pickWanted(
  { opened, place }: PrefixPlan,
  playlist: S3Location | undefined,
  { forms }: SigningSource,
): Promise<Wanted | undefined> {
  const format = forms.standard();
  const ofPlaylist: readonly WantedItem[] =
    playlist === undefined
      ? []
      : [
          {
            label: `$(play) URL of ${visibleText(baseName(playlist.key))}`,
            detail: 'For players that append its query to the URLs in it.',
            wanted: { kind: 'playlist' },
          },
        ];
  const ofCookies = COOKIE_FORMATS.map((cookies): WantedItem => ({
    label: `$(browser) Signed Cookies: ${cookies.label}`,
    description: cookies.description,
    wanted: { kind: 'cookies', format: cookies },
  }));
  const items: readonly WantedItem[] = [
    ...ofPlaylist,
    {
      label: '$(link) URLs of the Objects',
      description: format.label,
      wanted: { kind: 'links', format },
    },
    { label: '$(link) URLs of the Objects As…', wanted: { kind: 'links-as' } },
    {
      label: '$(globe) Base URL and Query',
      description: `${opened.url}?Policy=…`,
      detail: 'The query opens every URL that it is appended to.',
      wanted: { kind: 'base-url' },
    },
    ...ofCookies,
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `Sign ${visibleText(prefixName(place))}`,
    placeHolder: 'What shall be copied? All of it carries the same signature.',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.wanted;
}
