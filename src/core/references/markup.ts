import type { Span } from './referencesIn.ts';

/** What VS Code calls languages in which `&` is written `&amp;`. */
const LANGUAGES: readonly string[] = ['html', 'handlebars', 'svelte', 'vue', 'xml', 'xsl'];

/** Parts of such a text in which every character is itself, by what opens and what closes them. */
const VERBATIM: readonly (readonly [opens: RegExp, closes: RegExp])[] = [
  [/^<script/i, /<\/script/gi],
  [/^<style/i, /<\/style/gi],
  [/^<!\[CDATA\[/, /\]\]>/g],
];

const ESCAPED = /&(?:amp|#38|#x26);/gi;

/** Whether `&` is written `&amp;` at places of a text, by its language as VS Code calls it. */
export function escapesAmpersands(languageId: string, text: string): (at: number) => boolean {
  if (!LANGUAGES.includes(languageId)) return () => false;
  const verbatim = verbatimParts(text);
  return (at) => !verbatim.some(({ start, end }) => start <= at && at < end);
}

/** Whether an ampersand is written as HTML and XML do, wherever that is. */
export function hasEscapedAmpersand(text: string): boolean {
  return text.search(ESCAPED) >= 0;
}

export function escapeAmpersands(text: string): string {
  return text.replaceAll('&', '&amp;');
}

export function unescapeAmpersands(text: string): string {
  return text.replaceAll(ESCAPED, '&');
}

function verbatimParts(text: string): readonly Span[] {
  const parts: Span[] = [];
  const opening = /<(?:script|style)\b|<!\[CDATA\[/gi;
  for (let opened = opening.exec(text); opened !== null; opened = opening.exec(text)) {
    const [tag] = opened;
    const closing = VERBATIM.find(([opens]) => opens.test(tag))?.[1];
    if (closing === undefined) continue;
    closing.lastIndex = opening.lastIndex;
    const end = closing.exec(text)?.index ?? text.length;
    parts.push({ start: opened.index, end });
    opening.lastIndex = end;
  }
  return parts;
}
