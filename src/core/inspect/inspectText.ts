import type { OwnKey } from '../cloudfront/keyMatch.ts';
import { isJsonObject, parseJson } from '../json.ts';
import { fail, ok, type Result } from '../outcome.ts';
import { findCookies } from './cookies.ts';
import { copiedUrl } from './copiedUrl.ts';
import { inspectCloudFront, isPolicy } from './inspectCloudFront.ts';
import type { Inspection } from './inspection.ts';
import { inWords, type Mistake } from './mistakes.ts';
import { inspectPresigned } from './presigned.ts';
import { readBase64 } from './readBase64.ts';
import {
  CLOUDFRONT_PARAMETERS,
  concealed,
  isCloudFronts,
  paramsOf,
  signingOf,
  urlWithout,
  type CloudFrontParameter,
  type UrlParameter,
} from './urlParts.ts';

/** The longest text that is looked at, in UTF-16 code units: nothing that CloudFront takes is longer. */
const LONGEST = 65_536;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const MAXIMUM_URL_BYTES = 8192;

/**
 * Takes a text apart that somebody was given: a signed URL or signed cookies of CloudFront, a policy,
 * or a presigned URL of S3, with what copying has done to it. Nobody is asked for anything.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-choosing-signed-urls-cookies.html
 *
 * @param keys that are kept here, to tell whether one of them has signed it
 * @param now in epoch seconds
 *
 * Errors: `link-unreadable`.
 */
export function inspectText(
  text: string,
  keys: readonly OwnKey[],
  now: number,
): Result<Inspection> {
  const given = text.slice(0, LONGEST).trim();
  const policyText = policyIn(given);
  if (policyText !== undefined) {
    const policy = { kind: 'policy', parameters: new Map(), url: undefined } as const;
    return ok(inspectCloudFront({ ...policy, policyText, mistakes: [] }, keys, now));
  }
  const copied = copiedUrl(given);
  const isSigned = copied !== undefined && signingOf(paramsOf(copied.url)) !== undefined;
  // What a URL is signed with counts, and cookies beside it do not.
  const cookies = isSigned ? undefined : findCookies(given);
  if (cookies !== undefined) {
    const { parameters, scope: cookieScope, mistakes } = cookies;
    const found = { kind: 'signed-cookies', parameters, cookieScope, mistakes } as const;
    return ok(inspectCloudFront({ ...found, url: undefined }, keys, now));
  }
  return copied === undefined
    ? fail({ code: 'link-unreadable' })
    : ok(inspectUrl(copied.url, copied.mistakes, keys, now));
}

/** The text of a policy that stands for itself: JSON, or base64 of it in any alphabet. */
function policyIn(text: string): string | undefined {
  const json = parseJson(text);
  if (isJsonObject(json)) return 'Statement' in json ? text : undefined;
  const decoded = /^[\w+/=~%-]+$/.test(text) ? readBase64(text, isPolicy) : undefined;
  return decoded && isPolicy(decoded.bytes) ? decoded.bytes.toString('utf8') : undefined;
}

function inspectUrl(
  url: string,
  copying: readonly Mistake[],
  keys: readonly OwnKey[],
  now: number,
): Inspection {
  const parameters = paramsOf(url);
  const presigned = inspectPresigned(url, copying, now);
  if (presigned !== undefined) return presigned;
  const mistakes = [...copying, ...nameMistakes(parameters), ...lengthMistakes(url)];
  if (signingOf(parameters) === undefined) {
    return { kind: 'unsigned-url', url: concealed(url), mistakes: inWords(mistakes) };
  }
  const own = new Map<CloudFrontParameter, string>();
  for (const { name, value } of parameters) {
    if (isCloudFronts(name) && !own.has(name)) own.set(name, value);
  }
  return inspectCloudFront(
    { kind: 'signed-url', parameters: own, url: urlWithout(url, isCloudFronts), mistakes },
    keys,
    now,
  );
}

function lengthMistakes(url: string): readonly Mistake[] {
  const bytes = Buffer.byteLength(url);
  return bytes > MAXIMUM_URL_BYTES ? [{ code: 'url-too-long', bytes }] : [];
}

/** What is called as CloudFront's own parameters are: twice, or nearly so. */
function nameMistakes(parameters: readonly UrlParameter[]): readonly Mistake[] {
  const names = parameters.map(({ name }) => name);
  const twice = CLOUDFRONT_PARAMETERS.filter(
    (own) => names.indexOf(own) !== names.lastIndexOf(own),
  );
  const nearly = names.flatMap((name): Mistake[] => {
    const meant = CLOUDFRONT_PARAMETERS.find(
      (own) => own !== name && letters(own) === letters(name),
    );
    return meant === undefined
      ? []
      : [{ code: 'parameter-spelling', name: name.slice(0, 40), meant }];
  });
  return [...twice.map((name): Mistake => ({ code: 'parameter-duplicate', name })), ...nearly];
}

function letters(name: string): string {
  return name
    .slice(0, 40)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
}
