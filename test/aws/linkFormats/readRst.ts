import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('readRst.py', import.meta.url));

/**
 * What Docutils makes of texts, each a document: its parts as `['text', text]` and
 * `['reference', text, address]` where it is one paragraph, else what it is instead.
 */
export async function readRst(sources: readonly string[]): Promise<readonly unknown[]> {
  // Debian's packages are those of its own Python, whichever else comes first in PATH.
  const python = spawn('/usr/bin/python3', [SCRIPT]);
  python.stdin.end(JSON.stringify(sources));
  const [answer, complaints] = await Promise.all([
    text(python.stdout),
    text(python.stderr),
    once(python, 'close'),
  ]);
  if (python.exitCode !== 0) throw new Error(complaints);
  const documents: unknown = JSON.parse(answer);
  if (!Array.isArray(documents)) throw new Error(`Not a list: ${answer.slice(0, 80)}`);
  return documents;
}
