/** What PowerShell takes for an apostrophe. */
const APOSTROPHES = "'\u2018\u2019\u201a\u201b";

/** What ends a word, or means something in one that is not in quotes. */
const MEANINGFUL = /[\s'"`$@#&;|<>(){},\u2018-\u201e]/;

/**
 * Reads a line of PowerShell as the words of one command, by the rules that are documented for
 * argument mode: bare words, verbatim strings, and strings in parentheses that single characters are
 * added to.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 *
 * @throws Error where there is anything else in it, or a second command
 */
export function readPowerShell(line: string): readonly string[] {
  const words: string[] = [];
  let at = 0;

  function isApostrophe(index: number): boolean {
    return index < line.length && APOSTROPHES.includes(line.charAt(index));
  }

  function fail(): never {
    throw new Error(`Not a word at ${at}: ${line.slice(at, at + 40)}`);
  }

  /** From its first apostrophe to behind its last. */
  function verbatim(): string {
    let text = '';
    at += 1;
    for (;;) {
      if (at >= line.length) throw new Error(`A string without an end: ${line}`);
      if (isApostrophe(at)) {
        if (!isApostrophe(at + 1)) break;
        // Of two, the second one counts.
        at += 1;
      }
      text += line.charAt(at);
      at += 1;
    }
    at += 1;
    return text;
  }

  /** `('a'+[char]0x0a+'b')`, from its parenthesis to behind the other one. */
  function sum(): string {
    at += 1;
    let text = isApostrophe(at) ? verbatim() : fail();
    while (line.charAt(at) === '+') {
      at += 1;
      const number = /^\[char\]0x([0-9a-f]{1,4})(?=[+)])/.exec(line.slice(at));
      if (number === null) text += isApostrophe(at) ? verbatim() : fail();
      else {
        text += String.fromCharCode(Number.parseInt(number[1] ?? '', 16));
        at += number[0].length;
      }
    }
    if (line.charAt(at) !== ')') fail();
    at += 1;
    return text;
  }

  function bare(): string {
    const start = at;
    while (at < line.length && !MEANINGFUL.test(line.charAt(at))) at += 1;
    return at === start ? fail() : line.slice(start, at);
  }

  for (;;) {
    if (isApostrophe(at)) words.push(verbatim());
    else words.push(line.charAt(at) === '(' ? sum() : bare());
    if (at === line.length) return words;
    if (line.charAt(at) !== ' ') fail();
    at += 1;
  }
}
