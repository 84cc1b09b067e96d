import type { Result } from '../../outcome.ts';
import { problemWords } from '../../problem.ts';
import type { ObjectCount } from '../../s3/countObjects.ts';
import type { S3Place } from '../../s3/location.ts';
import { sizeText } from '../../s3/sizeText.ts';
import { visibleText } from '../../s3/visibleText.ts';
import { counted } from '../../counted.ts';

/** What a prefix opens of its bucket, in words: `everything under “video/”`. */
export function prefixName({ bucket, prefix }: S3Place): string {
  if (prefix === '') return `everything in bucket “${bucket}”`;
  const shown = visibleText(prefix);
  return prefix.endsWith('/')
    ? `everything under “${shown}”`
    : `everything that begins with “${shown}”`;
}

/**
 * What a policy for a prefix opens, in words and numbers, before it is signed.
 *
 * @param count a problem where it could not be counted
 */
export function prefixStatement(
  place: S3Place,
  domain: string,
  count: Result<ObjectCount>,
): string {
  const what = `Opens ${prefixName(place)} at ${domain}`;
  const later = 'and whatever is put there later';
  return count.kind === 'ok'
    ? `${what}: ${countText(count.value)}, ${later}.`
    : `${what}, ${later}. What is there now could not be counted: ${problemWords(count.problem).title}.`;
}

/** `1,204 objects, 3.2 GB now`, or `at least 20,000 objects, 3.2 GB so far`. */
export function countText({ objects, bytes, isWhole }: ObjectCount): string {
  if (objects === 0) return isWhole ? 'nothing now' : 'what is there now, which is not counted yet';
  const size = `${counted(objects, 'object')}, ${sizeText(bytes)}`;
  return isWhole ? `${size} now` : `at least ${size} so far`;
}
