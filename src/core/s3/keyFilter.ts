import { errorText } from '../errorText.ts';
import { fail, ok, type Result } from '../outcome.ts';
import { fitsWildcards } from '../wildcards.ts';
import { expressionLiterals } from './expressionLiterals.ts';

/** What keys are looked for by. */
export interface KeyFilter {
  readonly fits: (key: string) => boolean;
  /** Whether capitals do not matter. */
  readonly ignoresCase: boolean;
  /** Texts that every key that fits has in it; in small letters where capitals do not matter. */
  readonly literals: readonly string[];
  /** Whether a key fits that has all of them. */
  readonly isLiteral: boolean;
}

/** `/pattern/flags`, in which flags that only matter between matches are of no use. */
const REGULAR_EXPRESSION = /^\/(.+)\/([imsu]*)$/s;

/**
 * Reads what keys are looked for by: `/a regular expression/`, a pattern with the wildcards `*` and
 * `?`, or words that are all in the key. Capitals matter where there are any. A pattern fits the whole
 * key, or what follows one of its slashes.
 *
 * Errors: `option-invalid` where a regular expression is none.
 */
export function parseKeyFilter(text: string): Result<KeyFilter> {
  const expression = REGULAR_EXPRESSION.exec(text.trim());
  if (expression !== null) return byExpression(expression[1] ?? '', expression[2] ?? '');
  const ignoresCase = text === text.toLowerCase();
  const cased = (key: string): string => (ignoresCase ? key.toLowerCase() : key);
  if (/[*?]/.test(text)) {
    const pattern = text.trim();
    const literals = pattern.split(/[*?]+/).filter((literal) => literal !== '');
    return ok({
      ignoresCase,
      literals,
      isLiteral: false,
      fits: (key) => fitsSomewhere(pattern, cased(key)),
    });
  }
  const literals = text.split(/\s+/).filter((word) => word !== '');
  return ok({
    ignoresCase,
    literals,
    isLiteral: true,
    fits: (key) => {
      const haystack = cased(key);
      return literals.every((word) => haystack.includes(word));
    },
  });
}

function fitsSomewhere(pattern: string, key: string): boolean {
  return fitsWildcards(pattern, key) || fitsWildcards(`*/${pattern}`, key);
}

function byExpression(source: string, flags: string): Result<KeyFilter> {
  try {
    const expression = new RegExp(source, flags);
    return ok({
      ignoresCase: false,
      literals: flags.includes('i') ? [] : expressionLiterals(source),
      isLiteral: false,
      fits: (key) => expression.test(key),
    });
  } catch (error) {
    return fail({ code: 'option-invalid', option: 'filter', detail: errorText(error) });
  }
}
