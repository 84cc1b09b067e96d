import { localText, shortDuration, type Expiry } from '../expiry.ts';
import { visibleText } from '../s3/visibleText.ts';
import { DISPOSITION_PARAMETER, fileNameIn } from './contentDisposition.ts';
import { TYPE_PARAMETER } from './mediaType.ts';
import type { HashAlgorithm } from './signedUrl.ts';
import type { SignOptions } from './signOptions.ts';
import { nameOf } from './writtenOptions.ts';

/** The query parameter by which S3 is told which version of an object is meant. */
export const VERSION_PARAMETER = 'versionId';

/**
 * Options in one line, such as `7d · from 198.51.100.7 · SHA-256 · as report.pdf`. What is left to
 * the settings is not told; empty where all is.
 */
export function optionsSummary(options: SignOptions): string {
  const { expiry, notBefore, ipAddress, hashAlgorithm, query = {} } = options;
  const { distribution, keyPairId, format } = options;
  const words = [
    expiry && endText(expiry),
    notBefore && `not before ${whenText(notBefore)}`,
    ipAddress !== undefined && `from ${addressText(ipAddress)}`,
    hashAlgorithm && hashText(hashAlgorithm),
    ...Object.entries(query).map(([name, value]) => parameterText(name, value)),
    distribution && `through ${nameOf(distribution)}`,
    keyPairId !== undefined && `by ${keyPairId}`,
    format && format.label,
  ];
  return visibleText(words.filter((word) => typeof word === 'string').join(' · '));
}

/** When a link ends: `7d`, or `until Thu, 24 Dec 2026, 18:00 CET`. */
export function endText(expiry: Expiry): string {
  return expiry.kind === 'duration' ? whenText(expiry) : `until ${whenText(expiry)}`;
}

/** A length or a moment, in a few words. */
export function whenText(when: Expiry): string {
  return when.kind === 'duration' ? shortDuration(when.seconds) : localText(when.epoch);
}

/** One address without its length: `198.51.100.7`, `198.51.100.0/24`. */
export function addressText(range: string): string {
  return range.replace(/\/32$/, '');
}

/** A hash as people write it. */
export function hashText(hash: HashAlgorithm): string {
  return hash.replace('SHA', 'SHA-');
}

function parameterText(name: string, value: string): string {
  if (name === DISPOSITION_PARAMETER) return dispositionText(value);
  if (name === TYPE_PARAMETER) return value;
  if (name === VERSION_PARAMETER) return `version ${shortened(value)}`;
  return shortened(`${name}=${value}`);
}

/** What becomes of a download, in a few words: `as report.pdf`. */
export function dispositionText(header: string): string {
  const name = fileNameIn(header);
  return name === undefined ? shortened(header) : `as ${name}`;
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
