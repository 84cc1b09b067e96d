import {
  normalizeOriginPath,
  parseDomain,
  type DistributionMapping,
} from './cloudfront/distribution.ts';
import type { HashAlgorithm } from './cloudfront/signedUrl.ts';
import type { SignPreset } from './cloudfront/signOptions.ts';
import { parseSignPreset } from './cloudfront/signPresets.ts';
import { parseDuration, parseExpiry, type Expiry } from './expiry.ts';
import { isJsonObject } from './json.ts';
import { parseKeyPairId } from './keys/keyPairId.ts';
import { linkFormats } from './linkFormats/linkFormats.ts';
import { parseTemplate, type Template } from './linkFormats/template.ts';
import { parseS3Location, parseS3Place, type S3Place } from './s3/location.ts';
import { visibleText } from './s3/visibleText.ts';

/** What a raw value means; a complaint says which part of it was left out, and why. */
interface Parsed<T> {
  readonly value: T;
  readonly complaint?: string;
}

/** One setting below `cloudfrontSigner.`: what stands in for it, and how it is read. */
interface Setting<T> {
  /** The default in its raw form, the same as in the manifest. */
  readonly fallback: unknown;
  parse(raw: unknown): Parsed<T> | undefined;
  /** What a right value is, to end the sentence "has to be …". */
  readonly expects: string;
}

function optionalText(expects: string): Setting<string | undefined> {
  return {
    fallback: '',
    expects,
    parse: (raw) => (typeof raw === 'string' ? { value: raw.trim() || undefined } : undefined),
  };
}

function flag(fallback: boolean): Setting<boolean> {
  return {
    fallback,
    expects: 'true or false',
    parse: (raw) => (typeof raw === 'boolean' ? { value: raw } : undefined),
  };
}

function wholeNumber(fallback: number, minimum: number, maximum: number): Setting<number> {
  return {
    fallback,
    expects: `a whole number from ${minimum} to ${maximum}`,
    parse: (raw) =>
      typeof raw === 'number' && Number.isInteger(raw) && raw >= minimum && raw <= maximum
        ? { value: raw }
        : undefined,
  };
}

/** In seconds. */
function optionalDuration(example: string): Setting<number | undefined> {
  return {
    fallback: '',
    expects: `empty or a duration such as ${example}`,
    parse: (raw) => {
      if (typeof raw !== 'string') return undefined;
      if (raw.trim() === '') return { value: undefined };
      const value = parseDuration(raw);
      return value === undefined ? undefined : { value };
    },
  };
}

/** A list whose good items count though others are wrong. */
function list<T>(
  fallback: readonly unknown[],
  expects: string,
  parseItem: (raw: unknown) => T | undefined,
): Setting<readonly T[]> {
  return {
    fallback,
    expects,
    parse: (raw) => {
      if (!Array.isArray(raw)) return undefined;
      const value: T[] = [];
      const wrong: number[] = [];
      for (const [index, item] of raw.entries()) {
        const parsed = parseItem(item);
        if (parsed === undefined) wrong.push(index + 1);
        else value.push(parsed);
      }
      return wrong.length === 0
        ? { value }
        : { value, complaint: `item ${wrong.join(', ')} has to be ${expects}` };
    },
  };
}

/** An expiry with the words it was given in, which label it in a pick. */
export interface ExpiryPreset {
  readonly text: string;
  readonly expiry: Expiry;
}

function parsePreset(raw: unknown): ExpiryPreset | undefined {
  if (typeof raw !== 'string') return undefined;
  const expiry = parseExpiry(raw);
  return expiry.kind === 'ok' ? { text: raw.trim(), expiry: expiry.value } : undefined;
}

function parseMapping(raw: unknown): DistributionMapping | undefined {
  if (!isJsonObject(raw)) return undefined;
  const { bucket, domain, prefix = '', originPath = '', keyPairId, protocol } = raw;
  if (typeof bucket !== 'string' || typeof domain !== 'string') return undefined;
  if (typeof prefix !== 'string' || typeof originPath !== 'string') return undefined;
  if (protocol !== undefined && protocol !== 'https' && protocol !== 'http') return undefined;
  const named = parseS3Location(bucket);
  if (named.kind !== 'ok' || named.value.key !== '') return undefined;
  const host = parseDomain(domain, protocol);
  if (host.kind !== 'ok') return undefined;
  const id =
    typeof keyPairId === 'string' && keyPairId !== '' ? parseKeyPairId(keyPairId) : undefined;
  if (keyPairId !== undefined && typeof keyPairId !== 'string') return undefined;
  if (id !== undefined && id.kind !== 'ok') return undefined;
  return {
    bucket: named.value.bucket,
    prefix,
    domain: host.value.domain,
    protocol: host.value.protocol,
    originPath: normalizeOriginPath(originPath),
    keyPairId: id?.value,
  };
}

function parsePlace(raw: unknown): S3Place | undefined {
  if (typeof raw !== 'string') return undefined;
  const place = parseS3Place(raw);
  return place.kind === 'ok' ? place.value : undefined;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/**
 * What is kept by names of the user's own; what is right counts though others are wrong.
 *
 * @param what is kept: `template`
 * @param parse gives what is kept, or what is wrong with it, to follow its name
 */
function byName<T extends object>(
  what: string,
  expects: string,
  parse: (name: string, raw: unknown) => T | string,
): Setting<readonly T[]> {
  return {
    fallback: {},
    expects,
    parse: (raw) => {
      if (!isJsonObject(raw)) return undefined;
      const value: T[] = [];
      const wrong: string[] = [];
      for (const [name, content] of Object.entries(raw)) {
        const parsed = parse(name.trim(), content);
        if (typeof parsed === 'string') wrong.push(`the ${what} “${visibleText(name)}” ${parsed}`);
        else value.push(parsed);
      }
      return wrong.length === 0 ? { value } : { value, complaint: wrong.join('; ') };
    },
  };
}

/** The template, or what is wrong with it. */
function templateOf(name: string, text: unknown): Template | string {
  if (name === '') return 'has no name';
  if (linkFormats([]).some((format) => format.name === name)) return 'has the name of a format';
  return typeof text === 'string' ? parseTemplate(name, text) : 'is no text';
}

const DEFAULT_PRESETS = ['15m', '1h', '12h', '1d', '7d', '30d'];

/** Every setting of the extension by its name below `cloudfrontSigner.`, and what it is once read. */
export interface SettingValues {
  'aws.profile': string | undefined;
  'aws.region': string | undefined;
  's3.endpoint': string | undefined;
  's3.forcePathStyle': boolean;
  buckets: readonly S3Place[];
  'listing.pageSize': number;
  distributions: readonly DistributionMapping[];
  'expiry.default': ExpiryPreset;
  'expiry.presets': readonly ExpiryPreset[];
  /** In seconds. */
  'expiry.maximum': number | undefined;
  /** The name of a format or of a template, which may be one that there is not. */
  'link.format': string;
  'link.templates': readonly Template[];
  'link.hashAlgorithm': HashAlgorithm;
  /** Whether a link that is verified is sent to its host. */
  'link.verifyOnline': 'ask' | 'always' | 'never';
  'link.verifyAfterSigning': boolean;
  /** The URL of a service that tells who asks from which address. */
  'link.addressService': string | undefined;
  presets: readonly SignPreset[];
  'editor.hover': boolean;
  'ledger.enabled': boolean;
  /** How long a link is kept after its end, in days. */
  'ledger.keepDays': number;
  /** How long before its end a link is told of, in seconds. */
  'ledger.notifyBefore': number | undefined;
  'editor.documentLinks': boolean;
  'editor.codeActions': boolean;
}

export type SettingName = keyof SettingValues;

export const SETTINGS: { readonly [N in SettingName]: Setting<SettingValues[N]> } = {
  'aws.profile': optionalText('the name of a profile'),
  'aws.region': optionalText('the name of a region, such as eu-west-1'),
  's3.endpoint': {
    fallback: '',
    expects: 'the address of an S3 endpoint, such as https://s3.example.com',
    parse: (raw) => {
      if (typeof raw !== 'string') return undefined;
      const value = raw.trim();
      return value === '' ? { value: undefined } : isWebAddress(value) ? { value } : undefined;
    },
  },
  's3.forcePathStyle': flag(false),
  buckets: list([], 'bucket, bucket/prefix, s3://bucket/prefix or an ARN', parsePlace),
  'listing.pageSize': wholeNumber(300, 1, 1000),
  distributions: list(
    [],
    'an object with bucket and domain, and if wished prefix, originPath, keyPairId and protocol',
    parseMapping,
  ),
  'expiry.default': {
    fallback: '1d',
    expects: 'an expiry such as 12h, 7d or 2026-12-24 18:00',
    parse: (raw) => {
      const value = parsePreset(raw);
      return value && { value };
    },
  },
  'expiry.presets': list(DEFAULT_PRESETS, 'an expiry such as 12h or 7d', parsePreset),
  'expiry.maximum': optionalDuration('30d'),
  'link.format': {
    fallback: 'url',
    expects: 'the name of a format or of a template',
    parse: (raw) =>
      typeof raw === 'string' && raw.trim() !== '' ? { value: raw.trim() } : undefined,
  },
  'link.templates': byName('template', 'an object of texts by their names', templateOf),
  'link.hashAlgorithm': {
    fallback: 'SHA1',
    expects: 'SHA1 or SHA256',
    parse: (raw) => (raw === 'SHA1' || raw === 'SHA256' ? { value: raw } : undefined),
  },
  'link.verifyOnline': {
    fallback: 'ask',
    expects: 'ask, always or never',
    parse: (raw) =>
      raw === 'ask' || raw === 'always' || raw === 'never' ? { value: raw } : undefined,
  },
  'link.verifyAfterSigning': flag(false),
  'link.addressService': {
    fallback: '',
    expects:
      'empty or an https:// address that answers with yours, such as https://checkip.amazonaws.com',
    parse: (raw) => {
      if (typeof raw !== 'string') return undefined;
      const value = raw.trim();
      if (value === '') return { value: undefined };
      return isWebAddress(value) && /^https:/i.test(value) ? { value } : undefined;
    },
  },
  presets: byName('preset', 'an object of options by the names of presets', parseSignPreset),
  'editor.hover': flag(true),
  'ledger.enabled': flag(true),
  'ledger.keepDays': wholeNumber(7, 0, 3650),
  'ledger.notifyBefore': optionalDuration('1d'),
  'editor.documentLinks': flag(true),
  'editor.codeActions': flag(true),
};

/** Says that a value is wrong, in a sentence that names the setting. */
export function wrongValue(name: SettingName, expects: string): string {
  return `Setting cloudfrontSigner.${name} has to be ${expects}; the default is used.`;
}

/**
 * Reads a raw value against the schema. A wrong value falls back to the default, a wrong item of a
 * list is left out, and either way the complaint is a sentence that names the setting.
 */
export function readSetting<N extends SettingName>(
  name: N,
  raw: unknown,
): { readonly value: SettingValues[N]; readonly complaint: string | undefined } {
  const setting: Setting<SettingValues[N]> = SETTINGS[name];
  const parsed = setting.parse(raw);
  const complaint =
    parsed === undefined
      ? wrongValue(name, setting.expects)
      : parsed.complaint &&
        `Setting cloudfrontSigner.${name}: ${parsed.complaint}; it is left out.`;
  const used = parsed ?? setting.parse(setting.fallback);
  if (used === undefined) throw new Error(`The default of cloudfrontSigner.${name} is not valid.`);
  return { value: used.value, complaint };
}
