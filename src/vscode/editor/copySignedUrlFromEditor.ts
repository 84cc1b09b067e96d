import { parseSignOptions } from '../../core/cloudfront/signOptions.ts';
import type { Outcome } from '../../core/outcome.ts';
import { copyLinks, type SigningSource } from '../signing/copySignedUrl.ts';
import { optionsOf } from './editorCall.ts';
import { signSpots } from './signSpots.ts';
import { spotText } from './spots.ts';

/**
 * Copies signed URLs of the S3 URIs and the URLs of distributions that are selected in the editor, or
 * at its cursors.
 *
 * Errors: those of `spotText`, `signSpots`, `copyLinks` and `parseSignOptions`.
 */
export async function copySignedUrlFromEditor(
  args: readonly unknown[],
  source: SigningSource,
): Promise<Outcome<string | undefined>> {
  const given = optionsOf(args);
  const isScripted = given !== undefined;
  const options = parseSignOptions(given ?? {}, source.settings.get('link.templates'));
  if (options.kind !== 'ok') return options;
  const text = spotText();
  if (text.kind !== 'ok') return text;
  const signed = await signSpots(text.value.spots, options.value, isScripted, source);
  if (signed.kind !== 'ok') return signed;
  const links = signed.value.map(({ link }) => link);
  const form = options.value.format ?? source.forms.standard();
  return copyLinks(links, form, isScripted, source);
}
