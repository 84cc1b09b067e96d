import {
  durationText,
  expiresAt,
  momentText,
  parseExpiry,
  type Expiry,
} from '../../core/expiry.ts';
import type { Result } from '../../core/outcome.ts';
import type { ExpiryPreset } from '../../core/settings.ts';
import { faultItem, typedPick, type Picked, type TypedItem, type TypedPick } from './typedPick.ts';

/** What the pick offers, and what bounds it. */
export interface ExpiryChoices {
  readonly standard: ExpiryPreset;
  readonly presets: readonly ExpiryPreset[];
  /** The longest life allowed, in seconds. */
  readonly maximum: number | undefined;
}

/** An end that was picked. */
export interface PickedEnd {
  readonly expiry: Expiry;
  /** In epoch seconds. */
  readonly end: number;
}

/** Where the pick stands among others, and what it offers beside ends. */
export interface ExpiryPickOptions<T> extends Pick<TypedPick<unknown>, 'value' | 'hasBack'> {
  readonly others?: readonly TypedItem<T>[];
}

/**
 * Asks when the link shall end. The default comes first, so that Enter is enough; what is typed is
 * read with every letter, and Enter does nothing while it is wrong.
 *
 * @param now the clock, in epoch seconds
 */
export async function pickExpiry<T = never>(
  { standard, presets, maximum }: ExpiryChoices,
  title: string,
  now: () => number,
  { others = [], ...place }: ExpiryPickOptions<T> = {},
): Promise<Picked<PickedEnd | T>> {
  const item = ({ text, expiry }: ExpiryPreset, words: string): TypedItem<PickedEnd> =>
    expiryItem(text, words, expiry, expiresAt(expiry, now(), maximum));
  const offered = (): TypedItem<PickedEnd>[] => [
    item(standard, [lengthOf(standard), 'default'].filter((word) => word !== '').join(' · ')),
    // A preset over the maximum would be an offer that is refused.
    ...presets
      .filter(({ text }) => text !== standard.text)
      .map((preset) => item(preset, lengthOf(preset)))
      .filter(({ choice }) => choice !== undefined),
  ];

  function typed(text: string): TypedItem<PickedEnd | T>[] {
    const expiry = parseExpiry(text);
    const read =
      expiry.kind === 'ok'
        ? item({ text, expiry: expiry.value }, lengthOf({ text, expiry: expiry.value }))
        : faultItem(text, expiry);
    const alike = [
      ...offered().filter(({ label }) => label !== text && label.startsWith(text)),
      ...others.filter(({ label, choice }) => choice !== undefined && label.includes(text)),
    ];
    return read.choice === undefined && alike.length > 0 ? alike : [read, ...alike];
  }

  return typedPick<PickedEnd | T>({
    title,
    placeholder: 'When shall the link end? 15m, 12h, 7d, 1d12h, 2026-12-24 18:00 …',
    itemsFor: (text) => (text === '' ? [...offered(), ...others] : typed(text)),
    ...place,
  });
}

/** How long a preset lasts, where its own text does not say it in full. */
function lengthOf({ text, expiry }: ExpiryPreset): string {
  const words = expiry.kind === 'duration' ? durationText(expiry.seconds) : '';
  return words === text ? '' : words;
}

function expiryItem(
  text: string,
  words: string,
  expiry: Expiry,
  end: Result<number>,
): TypedItem<PickedEnd> {
  if (end.kind !== 'ok') return faultItem(text, end);
  const detail = `ends ${momentText(end.value)}`;
  const choice = { expiry, end: end.value };
  return { label: text, description: words, detail, alwaysShow: true, choice };
}
