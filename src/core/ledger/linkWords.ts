import { momentText } from '../expiry.ts';
import { baseName } from '../s3/baseName.ts';
import { s3Uri } from '../s3/location.ts';
import { visibleText } from '../s3/visibleText.ts';
import { countdown, type Countdown } from './countdown.ts';
import type { IssuedLink } from './issuedLink.ts';
import { isLiving } from './livingLinks.ts';

/** What a link opens: an object, all that begins like one URL, or many objects. */
export type IssuedKind = 'object' | 'prefix' | 'many';

export function kindOf({ grant, objects }: IssuedLink): IssuedKind {
  if (grant.resource !== undefined) return 'prefix';
  return objects === 1 ? 'object' : 'many';
}

/** What a row calls a link: its file, what all keys begin with, or how many there are. */
export function linkLabel(link: IssuedLink): string {
  const { key } = link.location;
  const labels: { readonly [K in IssuedKind]: string } = {
    object: baseName(key),
    prefix: `${key.slice(folderOf(key).length)}*`,
    many: `${link.objects.toLocaleString('en-US')} objects`,
  };
  return visibleText(labels[kindOf(link)]);
}

/** The folder that a link is about, or that its object is in: `bucket/path`. */
export function linkPlace(link: IssuedLink): string {
  const { bucket, key } = link.location;
  const folder = kindOf(link) === 'many' ? key : folderOf(key);
  return visibleText(`${bucket}/${folder}`.replace(/\/$/, ''));
}

/** What stands before the last name in a key, with its slash; the last name may be a folder’s. */
function folderOf(key: string): string {
  const path = key.replace(/\/$/, '');
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** When a link begins or ends or has ended, for who looks at it for a while. */
export function linkCountdown(link: IssuedLink, now: number): Countdown {
  const { expiresAt, notBefore } = link.grant;
  // It begins after that second.
  if (notBefore !== undefined && notBefore >= now) {
    const { text, changesAt } = countdown(notBefore + 1, now);
    return { text: `begins ${text}`, changesAt };
  }
  const { text, changesAt } = countdown(expiresAt, now);
  return { text: isLiving(link, now) ? text : `ended ${text}`, changesAt };
}

/** All that is kept of a link, line by line, as plain text: a key is data and may hold Markdown. */
export function linkDetails(link: IssuedLink, now: number): string {
  const { location, url, keyPairId, grant, issuedAt } = link;
  const { expiresAt, notBefore, ipAddress, resource, hashAlgorithm, query } = grant;
  const uri = visibleText(s3Uri(location));
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return [
    kindOf(link) === 'many' ? `${linkLabel(link)} in ${uri}` : uri,
    `Domain: ${new URL(url).host}`,
    ...(resource === undefined ? [] : [`Opens: ${visibleText(resource)}`]),
    `Issued: ${momentText(issuedAt)}`,
    ...(notBefore === undefined ? [] : [`Not before: ${momentText(notBefore)}`]),
    `${isLiving(link, now) ? 'Ends' : 'Ended'}: ${momentText(expiresAt)}`,
    ...(ipAddress === undefined ? [] : [`Only from: ${ipAddress}`]),
    ...(parameters.length === 0 ? [] : [`Query: ${visibleText(parameters.join(', '))}`]),
    `Key pair ID: ${keyPairId}, ${hashAlgorithm}`,
  ].join('\n');
}
