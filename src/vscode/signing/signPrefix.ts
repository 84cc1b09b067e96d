import * as vscode from 'vscode';
import { parsePrefixOptions, type PrefixForm } from '../../core/cloudfront/prefixOptions.ts';
import { prefixName, prefixStatement } from '../../core/cloudfront/prefixText.ts';
import { signOnce } from '../../core/cloudfront/signOnce.ts';
import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import { COOKIE_FORMATS } from '../../core/cookies/cookieFormats.ts';
import { momentText } from '../../core/expiry.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import { baseName } from '../../core/s3/baseName.ts';
import { parseS3Place, type S3Location, type S3Place } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { ask, askInDialog } from '../messages.ts';
import { showProblem } from '../problems.ts';
import { askPlace } from '../tree/navigation.ts';
import type { Call } from '../tree/targets.ts';
import type { SigningSource } from './copySignedUrl.ts';
import { countPrefix } from './countPrefix.ts';
import { grantOf } from './makeLinks.ts';
import { planPrefix, type PrefixPlan } from './planPrefix.ts';
import { settleEnd } from './settleEnd.ts';
import { baseLink, MAXIMUM_LINKS, writePrefix, type PrefixGrant } from './writePrefix.ts';

/** What is copied of a prefix. */
interface Wanted {
  readonly form: PrefixForm;
  /** What it is called once it is copied; undefined for the URLs of as many objects as there are. */
  readonly name?: string;
  /** The objects to write URLs of, where it is not all of them. */
  readonly locations?: readonly S3Location[];
}

interface WantedItem extends vscode.QuickPickItem {
  readonly wanted: Wanted | 'links-as';
}

/**
 * Copies what opens all below a prefix. A person is told before what that is, and chooses what to
 * copy; a script names both.
 *
 * Errors: `prefix-unnamed`, `location-invalid`; those of `parsePrefixOptions`, `planPrefix`,
 * `settleEnd` and `writePrefix`.
 */
export async function signPrefix(
  args: readonly unknown[],
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  const call = source.readCall(args);
  if (call.kind !== 'ok') return call;
  const place = await placeOf(call.value, args[0] === undefined);
  if (place.kind !== 'ok') return place;
  const { options } = call.value;
  return options === undefined
    ? signFolder(place.value, source)
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
): Promise<Outcome<string>> {
  const options = parsePrefixOptions(raw, source.settings.get('link.templates'));
  if (options.kind !== 'ok') return options;
  const prefix = await decide(place, options.value, true, source);
  if (prefix.kind !== 'ok') return prefix;
  const form = options.value.form ?? { kind: 'links', format: source.forms.standard() };
  const written = await writePrefix(prefix.value, form, () => source.session(false));
  if (written.kind !== 'ok') return written;
  const { text, problems } = written.value;
  const [problem] = problems;
  if (problem !== undefined) return fail(problem);
  const recorded = record(prefix.value, source);
  if (recorded.kind !== 'ok') return recorded;
  await vscode.env.clipboard.writeText(text);
  return ok(text);
}

/**
 * Copies what opens a folder, as for a person who has chosen it.
 *
 * @param playlist in it, which its other objects are wanted for
 */
export async function signFolder(
  place: S3Place,
  source: SigningSource,
  playlist?: S3Location,
): Promise<Outcome<string | undefined>> {
  const prefix = await decide(place, {}, false, source);
  if (prefix.kind !== 'ok') return prefix;
  const recorded = record(prefix.value, source);
  if (recorded.kind !== 'ok') return recorded;
  return copyOf(prefix.value, source, playlist);
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
  const count = isScripted ? undefined : countPrefix(plan.value.place, () => source.session(false));
  try {
    const title = `Signed URLs for ${visibleText(prefixName(plan.value.place))}`;
    const end = await settleEnd(options.expiry, isScripted, title, source);
    if (end.kind !== 'ok') return end;
    const grant = grantOf(options, end.value, source);
    if (grant.kind !== 'ok') return grant;
    if (count !== undefined) {
      const counted = await count.soFar();
      if (counted.kind !== 'ok') return counted;
      const { place, endpoint } = plan.value;
      const statement = prefixStatement(place, endpoint.domain, counted.value);
      if (!(await agreesTo(plan.value, statement, end.value))) return cancelled;
    }
    const { resource } = plan.value.opened;
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
  const answer = await askInDialog('info', `Sign ${prefixName(place)}?`, detail, sign);
  return answer === sign;
}

/** Notes that a prefix was opened: once, whatever is copied of it. */
function record(prefix: PrefixGrant, source: SigningSource): Outcome<void> {
  const link = baseLink(prefix);
  if (link.kind !== 'ok') return link;
  source.log.info(`Signed a prefix, ending ${momentText(prefix.grant.expiresAt)}`);
  source.recordLinks([link.value]);
  return ok(undefined);
}

async function copyOf(
  prefix: PrefixGrant,
  source: SigningSource,
  playlist: S3Location | undefined,
): Promise<Outcome<string | undefined>> {
  const wanted = await pickWanted(prefix.plan, source, playlist);
  if (wanted === undefined) return cancelled;
  const { form, locations } = wanted;
  const written = await writePrefix(prefix, form, () => source.session(), locations);
  if (written.kind !== 'ok') return written;
  const { text, links, problems } = written.value;
  await vscode.env.clipboard.writeText(text);
  const [problem] = problems;
  void announce(
    [
      `Copied ${wanted.name ?? `${links.length.toLocaleString('en-US')} signed URLs`}.`,
      ...(problem === undefined
        ? []
        : [`${problems.length} could not be signed: ${problemWords(problem).title}.`]),
    ].join(' '),
  );
  return ok(text);

  async function announce(what: string): Promise<void> {
    const { place } = prefix.plan;
    const isGood = links.length > 0 && (await source.verifyCopied(links));
    const end = momentText(prefix.grant.expiresAt);
    const more = 'Copy Something Else…';
    const opens = `It opens ${prefixName(place)} and ends ${end}.`;
    const clicked = await ask('info', `${what} ${opens}${isGood ? ' ✓\u00a0Verified.' : ''}`, more);
    if (clicked !== more) return;
    const again = await copyOf(prefix, source, playlist);
    if (again.kind === 'problem') showProblem(again.problem);
  }
}

async function pickWanted(
  { opened, endpoint }: PrefixPlan,
  { forms }: SigningSource,
  playlist: S3Location | undefined,
): Promise<Wanted | undefined> {
  const standard = forms.standard();
  const name = playlist && visibleText(baseName(playlist.key));
  const items: readonly WantedItem[] = [
    ...(playlist === undefined
      ? []
      : [
          {
            label: `$(play) URL of ${name}`,
            detail: 'For players that append its query to the URLs in it.',
            wanted: {
              form: { kind: 'links', format: standard },
              name: `the signed URL of ${name}`,
              locations: [playlist],
            },
          } as const,
        ]),
    {
      label: '$(link) URLs of the Objects',
      description: standard.label,
      detail: `Each with the same signature; up to ${MAXIMUM_LINKS.toLocaleString('en-US')}.`,
      wanted: { form: { kind: 'links', format: standard } },
    },
    { label: '$(link) URLs of the Objects As…', wanted: 'links-as' },
    {
      label: '$(globe) Base URL',
      description: `${opened.url}?Policy=…`,
      detail: 'Its query opens every URL that it is appended to.',
      wanted: { form: { kind: 'base-url' }, name: 'the base URL and its query' },
    },
    ...COOKIE_FORMATS.map((format): WantedItem => ({
      label: `$(browser) Signed Cookies: ${format.label}`,
      description: format.description,
      wanted: { form: { kind: 'cookies', format }, name: `signed cookies for ${endpoint.domain}` },
    })),
  ];
  const title = 'What Shall Be Copied?';
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: `All of it carries one signature, which ${opened.resource} is opened by`,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked?.wanted !== 'links-as') return picked?.wanted;
  const form = await forms.pick(title, MAXIMUM_LINKS);
  return form === undefined || form === 'qr-code'
    ? undefined
    : { form: { kind: 'links', format: form } };
}
