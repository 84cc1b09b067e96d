import { momentText } from '../expiry.ts';
import { baseName } from '../s3/baseName.ts';
import { s3Uri } from '../s3/location.ts';
import { visibleText } from '../s3/visibleText.ts';
import { countdown, type Countdown } from './countdown.ts';
import type { IssuedLink } from './issuedLink.ts';
import { isLiving } from './livingLinks.ts';

/** What a row calls a link: its file, or how many there are. */
export function linkLabel({ location, objects }: IssuedLink): string {
  return objects === 1 ? visibleText(baseName(location.key)) : `${objects} objects`;
}

/** The folder that the object of a link is in, or all of many: `bucket/path`. */
export function linkFolder({ location: { bucket, key } }: IssuedLink): string {
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return visibleText(`${bucket}/${folder}`.replace(/\/$/, ''));
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
  const { location, url, keyPairId, grant, issuedAt, objects } = link;
  const { expiresAt, notBefore, ipAddress, resource, hashAlgorithm, query } = grant;
  const uri = visibleText(s3Uri(location));
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return [
    objects === 1 ? uri : `${objects} objects in ${uri}`,
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
