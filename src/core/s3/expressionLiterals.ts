/**
 * Texts that are in whatever a regular expression matches, as far as they are plain to see: an
 * expression with alternatives or groups has none that is told here.
 *
 * @param source of an expression that is one
 */
export function expressionLiterals(source: string): readonly string[] {
  // Half a character matches half of others.
  if (/[|()\p{Surrogate}]/u.test(source)) return [];
  const literals: string[] = [];
  let literal: string[] = [];
  const end = (): void => {
    if (literal.length > 0) literals.push(literal.join(''));
    literal = [];
  };
  for (const [token] of source.matchAll(TOKEN)) {
    const escaped = token.length > 1 && token.startsWith('\\') ? token.slice(1) : undefined;
    if (/^[*?{]/.test(token)) {
      literal.pop();
      end();
    } else if (escaped === undefined ? SPECIAL.test(token) : CLASS.test(escaped)) {
      end();
    } else if (escaped !== undefined && /[0-9A-Za-z]/.test(escaped)) {
      // A character by its number, or its kind: what follows belongs to that.
      return [];
    } else {
      literal.push(escaped ?? token);
    }
  }
  end();
  return literals;
}

/** An escape, a class of characters, a number of times, or a character. */
const TOKEN = /\\.|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|./gsu;

/** What stands for something else than itself, and does not take back what is before it. */
const SPECIAL = /^[.^$+[]/;

/** Escapes that stand for one of several characters, or for none. */
const CLASS = /^[dDwWsSbBfnrtv]$/;
