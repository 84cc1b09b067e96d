import { fail, ok, type Outcome } from '../../core/outcome.ts';
import { isSigned, withoutSignature } from '../../core/references/signature.ts';
import { optionsOf } from './editorCall.ts';
import { mayReplaceIn, replaceSpots } from './replaceSpots.ts';
import { spotText } from './spots.ts';

/**
 * Takes the signature off the CloudFront signed URLs that are selected in the editor, or at its
 * cursors. Where nothing is selected, no more is changed than what the cursor is on.
 *
 * @returns the URLs without a signature, in the order of the text
 *
 * Errors: those of `spotText` and `replaceSpots`; `text-unmatched`, `option-invalid`.
 */
export async function stripSignature(
  args: readonly unknown[],
): Promise<Outcome<readonly string[]>> {
  const [option] = Object.keys(optionsOf(args) ?? {});
  if (option !== undefined) {
    return fail({ code: 'option-invalid', option, detail: 'Taking a signature off has none.' });
  }
  const text = spotText();
  if (text.kind !== 'ok') return text;
  const may = mayReplaceIn(text.value);
  if (may.kind !== 'ok') return may;
  const stripped = text.value.spots
    .filter((spot) => isSigned(spot.text))
    .map((spot) => ({ spot, url: withoutSignature(spot.text) }));
  if (stripped.length === 0) return fail({ code: 'text-unmatched', sought: 'signature' });
  const replaced = await replaceSpots(text.value, stripped);
  return replaced.kind === 'ok' ? ok(stripped.map(({ url }) => url)) : replaced;
}
