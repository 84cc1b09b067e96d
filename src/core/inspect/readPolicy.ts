import { parseIpv4Range } from '../cloudfront/policy.ts';
import { isJsonObject, parseJson, type JsonObject } from '../json.ts';
import type { Mistake } from './mistakes.ts';
import { readMoment, type Moment } from './readMoment.ts';

/** What a custom policy says, as far as it can be read. */
export interface ReadPolicy {
  /** Undefined where it names none, and opens all that trusts the key. */
  readonly resource: string | undefined;
  /** In epoch seconds. */
  readonly expiresAt: number | undefined;
  /** In epoch seconds. */
  readonly notBefore: number | undefined;
  /** As it is written. */
  readonly ipAddress: string | undefined;
  readonly mistakes: readonly Mistake[];
}

const STATEMENT_NAMES = ['Resource', 'Condition'];
const CONDITION_NAMES = ['DateLessThan', 'DateGreaterThan', 'IpAddress'];

/** CloudFront's own parameters in a URL. */
const OWN_PARAMETER = /[?&](?:Expires|Policy|Signature|Key-Pair-Id|Hash-Algorithm)=/;

/**
 * Reads the text of a custom policy. What is not as AWS asks for is told as a mistake, and the rest
 * is read all the same.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export function readPolicy(text: string): ReadPolicy {
  const policy = parseJson(text);
  const given = isJsonObject(policy) ? policy['Statement'] : undefined;
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given];
  const [statement] = statements;
  if (!isJsonObject(policy) || (given !== undefined && !statements.every(isJsonObject))) {
    return unreadable({ code: 'policy-unreadable' });
  }
  if (given === undefined || !isJsonObject(statement)) {
    return unreadable({ code: 'statement-count', count: 0 });
  }
  const condition = isJsonObject(statement['Condition']) ? statement['Condition'] : {};
  const end = momentIn(condition, 'DateLessThan');
  const begin = momentIn(condition, 'DateGreaterThan');
  const address = addressIn(condition);
  const resource = statement['Resource'];
  const extra = [
    ...namesBeyond(policy, ['Statement']),
    ...namesBeyond(statement, STATEMENT_NAMES),
    ...namesBeyond(condition, CONDITION_NAMES),
  ];
  return {
    resource: typeof resource === 'string' ? resource : undefined,
    expiresAt: end?.epoch,
    notBefore: begin?.epoch,
    ipAddress: address.text,
    mistakes: [
      ...(hasWhiteSpace(text) ? [{ code: 'policy-white-space' } as const] : []),
      ...(Array.isArray(given) ? [] : [{ code: 'statement-object' } as const]),
      ...(statements.length > 1
        ? [{ code: 'statement-count', count: statements.length } as const]
        : []),
      ...(extra.length > 0 ? [{ code: 'policy-extra', names: extra } as const] : []),
      ...resourceMistakes(resource),
      ...(end === undefined ? [{ code: 'end-missing' } as const] : end.mistakes),
      ...(begin?.mistakes ?? []),
      ...(endsBeforeIt(begin, end) ? [{ code: 'begins-after-end' } as const] : []),
      ...address.mistakes,
    ],
  };
}

function endsBeforeIt(begin: Moment | undefined, end: Moment | undefined): boolean {
  return begin?.epoch !== undefined && end?.epoch !== undefined && begin.epoch >= end.epoch;
}

function unreadable(mistake: Mistake): ReadPolicy {
  return {
    resource: undefined,
    expiresAt: undefined,
    notBefore: undefined,
    ipAddress: undefined,
    mistakes: [mistake],
  };
}

/** The recipe of AWS's guide leaves a line feed behind the last brace, which does no harm. */
function hasWhiteSpace(text: string): boolean {
  return /\s/.test(text.replace(/\}\n$/, '}').replaceAll(/"(?:[^"\\]|\\.)*"/g, ''));
}

function namesBeyond(object: JsonObject, known: readonly string[]): readonly string[] {
  return Object.keys(object)
    .filter((name) => !known.includes(name))
    .map((name) => `“${name.slice(0, 40)}”`);
}

function resourceMistakes(resource: unknown): readonly Mistake[] {
  if (resource === undefined) return [{ code: 'resource-missing' }];
  if (typeof resource !== 'string') return [{ code: 'resource-odd', resource: typeof resource }];
  if (/^(?:(?:https?|http\*|\*):\/\/)?\*+$/.test(resource))
    return [{ code: 'resource-everything' }];
  if (!/^(?:(?:https?|http\*|\*):\/\/|\*)/.test(resource)) {
    return [{ code: 'resource-odd', resource: resource.slice(0, 200) }];
  }
  return OWN_PARAMETER.test(resource) ? [{ code: 'resource-parameters' }] : [];
}

function momentIn(condition: JsonObject, name: string): Moment | undefined {
  const given = condition[name];
  if (given === undefined) return undefined;
  const value = isJsonObject(given) ? given['AWS:EpochTime'] : given;
  const moment = readMoment(name, typeof value === 'number' ? String(value) : undefined);
  if (typeof value !== 'string') return moment;
  // Tells when it was meant to be, though it counts for nothing in quotes.
  return { ...readMoment(name, value), mistakes: [{ code: 'moment-odd', name }] };
}

function addressIn(condition: JsonObject): {
  readonly text: string | undefined;
  readonly mistakes: readonly Mistake[];
} {
  const given = condition['IpAddress'];
  if (given === undefined) return { text: undefined, mistakes: [] };
  const value = isJsonObject(given) ? given['AWS:SourceIp'] : given;
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const shown = text.slice(0, 100);
  const isRange = typeof value === 'string' && value.includes('/') && parseIpv4Range(value);
  return { text: shown, mistakes: isRange ? [] : [{ code: 'address-odd', text: shown }] };
}
