/** Text with each of its lines, but empty ones, two spaces further in for each level. */
export function indented(text: string, levels = 1): string {
  return text.replaceAll(/^(?=.)/gm, '  '.repeat(levels));
}
