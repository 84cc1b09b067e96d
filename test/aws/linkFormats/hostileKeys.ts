import * as fc from 'fast-check';
import { isReachable } from '../../unit/core/cloudfront/anyKey.ts';
import { hostileKey } from '../../unit/core/linkFormats/someLink.ts';

/** The file that a command leaves where it got out of a key. */
const CANARY = 'canary';

/** Commands, in every way that a shell would come upon them. */
const COMMANDS: readonly string[] = [
  `$(touch ${CANARY})`,
  `\`touch ${CANARY}\``,
  `; touch ${CANARY};`,
  `& touch ${CANARY} &`,
  `&& touch ${CANARY}`,
  `|| touch ${CANARY}`,
  `| tee ${CANARY}`,
  `\ntouch ${CANARY}\n`,
  `\r\ntouch ${CANARY}\r\n`,
  `> ${CANARY}`,
  `>${CANARY}`,
  `<(touch ${CANARY})`,
  `\${x:=$(touch ${CANARY})}`,
  `%0atouch ${CANARY}%0a`,
  `--output ${CANARY}`,
  `-o${CANARY}`,
  `--config ${CANARY}`,
  `$PATH`,
  `%PATH%`,
  `#1`,
  `日本 \u{1f600}`,
];

/** What could end the quotes that a command is in, and begin them again. */
const QUOTES: readonly string[] = [
  '',
  "'",
  '"',
  "''",
  "'\"'",
  '\\',
  "\\'",
  "'\\''",
  "$'",
  '\u2019',
  '\n',
  '\0',
  "'\n",
];

/** Different keys that a URL can carry, and the same ones every time. */
export function hostileKeys(count: number): readonly string[] {
  const made = COMMANDS.flatMap((command) =>
    QUOTES.flatMap((quote) => [
      `${quote}${command}${quote}`,
      `-a${quote} ${command} ${quote}z`,
      `dir${quote}/${command}/${quote}b.txt`,
    ]),
  );
  const more = fc.sample(hostileKey, { numRuns: 2 * count, seed: 4 });
  return [...new Set([...made, ...more])].filter(isReachable).slice(0, count);
}
