const WIDTH = 100;

/**
 * Text as lines of a comment, wrapped to 100 columns. A line that begins with a space, such as a
 * command, stays as it is.
 *
 * @param indent spaces before each line
 */
export function comment(marker: '#' | '//', text: string, indent = 0): string {
  const start = ' '.repeat(indent) + marker;
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [line] : wrapped(line, WIDTH - start.length - 1)))
    .map((line) => `${start} ${line}`.trimEnd())
    .join('\n');
}

function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
