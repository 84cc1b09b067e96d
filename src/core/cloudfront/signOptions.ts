import { parseExpiry, type Expiry } from '../expiry.ts';
import { parseKeyPairId } from '../keys/keyPairId.ts';
import type { LinkFormat } from '../linkFormats/linkFormat.ts';
import { linkFormats } from '../linkFormats/linkFormats.ts';
import type { Template } from '../linkFormats/template.ts';
import { fail, ok, type Failure, type Result } from '../outcome.ts';
import { parseDomain, type Endpoint } from './distribution.ts';
import { parseIpv4Range } from './policy.ts';
import { queryOf, type Query } from './queryParameters.ts';
import type { HashAlgorithm } from './signedUrl.ts';

/** A distribution by its ID, by a domain name that it answers to, or by all that its URLs are made of. */
export type NamedDistribution =
  | { readonly id: string }
  | { readonly domain: string; readonly protocol: 'https' | 'http' }
  | Endpoint;

/** The options of a scripted signing command, read; what was not given is left to the settings. */
export interface SignOptions {
  readonly expiry?: Expiry;
  readonly notBefore?: Expiry;
  readonly ipAddress?: string;
  readonly hashAlgorithm?: HashAlgorithm;
  readonly distribution?: NamedDistribution;
  readonly keyPairId?: string;
  readonly format?: LinkFormat;
  readonly query?: Query;
}

/** Options under a name of the user's own. */
export interface SignPreset {
  readonly name: string;
  /** As a script gives them. */
  readonly raw: object;
}

/** What of the user's own options may name. */
interface OwnNames {
  readonly templates: readonly Template[];
  readonly presets: readonly SignPreset[];
}

function refuse(option: string, detail: string): Failure {
  return fail({ code: 'option-invalid', option, detail });
}

/** A later number is in milliseconds: as seconds it is beyond the year 5138. */
const NO_SECONDS = 1e11;

function parseWhen(option: string, raw: unknown): Result<Expiry> {
  if (typeof raw === 'string') {
    const expiry = parseExpiry(raw);
    return expiry.kind === 'ok'
      ? expiry
      : refuse(option, `${JSON.stringify(raw.slice(0, 60))} is neither a duration nor a moment.`);
  }
  if (typeof raw !== 'number' || !Number.isInteger(raw) || raw < 0) {
    return refuse(option, 'Give a text such as 2026-12-24 18:00, or whole epoch seconds.');
  }
  return raw < NO_SECONDS
    ? ok({ kind: 'moment', epoch: raw })
    : refuse(option, 'It has to be in epoch seconds; this number is in milliseconds.');
}

function parseQuery(raw: unknown): Result<Query> {
  const isRead = typeof raw === 'object' && raw !== null && hasItsContentInProperties(raw);
  const query = isRead ? queryOf(raw) : undefined;
  return query === undefined
    ? refuse('query', 'Give an object whose values are texts.')
    : ok(query);
}

/** False for a `Map`, `URLSearchParams` and their like, which look empty though they are not. */
function hasItsContentInProperties(raw: object): boolean {
  return Object.prototype.toString.call(raw) === '[object Object]';
}

function parseFormat(raw: unknown, templates: readonly Template[]): Result<LinkFormat> {
  const formats = linkFormats(templates);
  const format = formats.find(({ name }) => name === raw);
  return format === undefined
    ? refuse('format', `Give one of these: ${formats.map(({ name }) => name).join(', ')}.`)
    : ok(format);
}

function parsePresetName(raw: unknown, { templates, presets }: OwnNames): Result<SignOptions> {
  const preset = presets.find(({ name }) => name === raw);
  if (preset !== undefined) return parseSignOptions(preset.raw, templates);
  return refuse(
    'preset',
    presets.length === 0
      ? 'There is none; the setting cloudfrontSigner.presets has them.'
      : `Give one of these: ${presets.map(({ name }) => name).join(', ')}.`,
  );
}

type Parsers = {
  readonly [option: string]: (raw: unknown, own: OwnNames) => Result<SignOptions>;
};

/** Reads an option and names what it becomes. */
function into<K extends keyof SignOptions>(
  name: K,
  parsed: Result<Required<SignOptions>[K]>,
): Result<SignOptions> {
  return parsed.kind === 'ok' ? ok({ [name]: parsed.value }) : parsed;
}

const PARSERS: Parsers = {
  expiresIn: (raw) => {
    const expiry = typeof raw === 'string' ? parseExpiry(raw) : undefined;
    return expiry?.kind === 'ok' && expiry.value.kind === 'duration'
      ? into('expiry', expiry)
      : refuse('expiresIn', 'Give a duration such as 15m, 12h, 7d or 1d12h.');
  },
  expiresAt: (raw) => into('expiry', parseWhen('expiresAt', raw)),
  notBefore: (raw) => into('notBefore', parseWhen('notBefore', raw)),
  ipAddress: (raw) => {
    const range = typeof raw === 'string' ? parseIpv4Range(raw) : undefined;
    return range === undefined
      ? refuse('ipAddress', 'Give one IPv4 address or range, such as 192.0.2.0/24.')
      : into('ipAddress', ok(range));
  },
  hashAlgorithm: (raw) =>
    raw === 'SHA1' || raw === 'SHA256'
      ? into('hashAlgorithm', ok(raw))
      : refuse('hashAlgorithm', 'Give SHA1 or SHA256.'),
  distribution: (raw) => {
    if (typeof raw !== 'string') return refuse('distribution', 'Give a domain name or an ID.');
    const id = raw.trim();
    return into('distribution', /^E[A-Z0-9]{6,}$/.test(id) ? ok({ id }) : parseDomain(raw));
  },
  keyPairId: (raw) =>
    typeof raw === 'string'
      ? into('keyPairId', parseKeyPairId(raw))
      : refuse('keyPairId', 'Give the ID of the public key, such as K2JCJMDEHXQW5F.'),
  format: (raw, { templates }) => into('format', parseFormat(raw, templates)),
  query: (raw) => into('query', parseQuery(raw)),
  preset: parsePresetName,
};

/**
 * Reads the options of a scripted signing command. Every one that is given takes effect or is
 * refused, and so is a name that is none. Those of a preset stand for what is not given.
 *
 * @param templates formats of the user's own, which `format` may name too
 * @param presets what `preset` may name
 *
 * Errors: `option-invalid`, `domain-invalid`, `key-pair-id-invalid`.
 */
export function parseSignOptions(
  raw: object,
  templates: readonly Template[] = [],
  presets: readonly SignPreset[] = [],
): Result<SignOptions> {
  if ('expiresIn' in raw && 'expiresAt' in raw) {
    return refuse('expiresAt', 'Give expiresIn or expiresAt, not both.');
  }
  let options: SignOptions = {};
  for (const [name, value] of Object.entries(raw)) {
    if (!Object.hasOwn(PARSERS, name)) {
      return refuse(
        name,
        `There is no such option. There are: ${Object.keys(PARSERS).join(', ')}.`,
      );
    }
    const parsed = PARSERS[name]?.(value, { templates, presets });
    if (parsed === undefined) continue;
    if (parsed.kind !== 'ok') return parsed;
    options = name === 'preset' ? { ...parsed.value, ...options } : { ...options, ...parsed.value };
  }
  return ok(options);
}

/**
 * Reads the options of a command that only some of them mean something to; the others are refused.
 *
 * @param subject what has them, to begin a sentence: `A URL without a signature`
 *
 * Errors: those of {@link parseSignOptions}.
 */
export function parseSomeOptions(
  raw: object,
  names: readonly string[],
  subject: string,
  templates: readonly Template[] = [],
): Result<SignOptions> {
  const senseless = Object.keys(raw).find((name) => !names.includes(name));
  return senseless === undefined
    ? parseSignOptions(raw, templates)
    : refuse(senseless, `${subject} has these: ${names.join(', ')}.`);
}
