import * as vscode from 'vscode';
import { parseSomeOptions } from '../../core/cloudfront/signOptions.ts';
import { momentText } from '../../core/expiry.ts';
import { ok, type Outcome } from '../../core/outcome.ts';
import type { SigningSource } from '../signing/copySignedUrl.ts';
import { optionsOf } from './editorCall.ts';
import { mayReplaceIn, replaceSpots } from './replaceSpots.ts';
import { signSpots } from './signSpots.ts';
import { spotText } from './spots.ts';

/** What a link in a text has: all options but `format`, for it stays a URL. */
const OPTIONS: readonly string[] = [
  'expiresIn',
  'expiresAt',
  'notBefore',
  'ipAddress',
  'hashAlgorithm',
  'distribution',
  'keyPairId',
  'query',
];

/**
 * Puts signed URLs in the place of the S3 URIs and the URLs of distributions that are selected, or
 * at the cursors.
 *
 * @returns the URLs, in the order of the text
 *
 * Errors: those of `spotText`, `signSpots`, `replaceSpots` and `parseSignOptions`.
 */
export async function replaceWithSignedUrl(
  args: readonly unknown[],
  source: SigningSource,
): Promise<Outcome<readonly string[]>> {
  const given = optionsOf(args);
  const isScripted = given !== undefined;
  const options = parseSomeOptions(given ?? {}, OPTIONS, 'A link in a text');
  if (options.kind !== 'ok') return options;
  const text = spotText();
  if (text.kind !== 'ok') return text;
  const may = mayReplaceIn(text.value);
  if (may.kind !== 'ok') return may;
  const signed = await signSpots(text.value.spots, options.value, isScripted, source);
  if (signed.kind !== 'ok') return signed;
  const links = signed.value.map(({ link }) => link);
  const replaced = await replaceSpots(
    text.value,
    signed.value.map(({ spot, link: { url } }) => ({ spot, url })),
  );
  if (replaced.kind !== 'ok') return replaced;
  const end = links[0]?.signed?.grant.expiresAt;
  if (!isScripted && end !== undefined) {
    vscode.window.setStatusBarMessage(`$(check) Signed until ${momentText(end)}`, 5000);
    void source.verifyCopied(links);
  }
  return ok(links.map(({ url }) => url));
}
