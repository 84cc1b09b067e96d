import type { KeyFilter } from '../s3/keyFilter.ts';

/**
 * What keys are looked for by where nothing has been found: its letters in their order, with others
 * between them, whatever their size.
 */
export function fuzzyFilter(text: string): KeyFilter {
  const wanted = lettersOf(text);
  return {
    ignoresCase: true,
    literals: [],
    isLiteral: false,
    fits: (key) => gapsIn(key, wanted) !== undefined,
  };
}

/**
 * How far a key is from what is looked for: the fewer, the nearer; undefined where it does not fit.
 * Letters apart cost more than letters in a row, and those of the last name are nearer than those of
 * what is before it.
 */
export function fuzzyDistance(key: string, text: string): number | undefined {
  const wanted = lettersOf(text);
  const name = key.slice(key.lastIndexOf('/', key.length - 2) + 1);
  const inName = gapsIn(name, wanted);
  if (inName !== undefined) return inName;
  const inKey = gapsIn(key, wanted);
  // However many there are in the name, there is nothing before it to count.
  return inKey === undefined ? undefined : inKey + key.length;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, '');
}

/** How often letters in their order are interrupted, each found as late as it can be. */
function gapsIn(key: string, wanted: string): number | undefined {
  const small = key.toLowerCase();
  let at = small.length;
  let gaps = 0;
  for (let index = wanted.length - 1; index >= 0; index--) {
    // `lastIndexOf` takes what is before the start for the start.
    const found = at === 0 ? -1 : small.lastIndexOf(wanted.charAt(index), at - 1);
    if (found < 0) return undefined;
    if (index < wanted.length - 1 && found !== at - 1) gaps++;
    at = found;
  }
  return gaps;
}
