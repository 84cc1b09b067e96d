import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('reference.py', import.meta.url));

/** What is told of a signed URL, which is all that is told. */
export interface Question {
  readonly key: string;
  /** In epoch seconds. */
  readonly expires: number;
  readonly url: string;
}

/** What Python, botocore and OpenSSL make of it. */
export interface Judgement {
  /** The URL that is to be signed, encoded by Python. */
  readonly url: string;
  /** Whether OpenSSL accepts the signature for that URL. */
  readonly verified: boolean;
  /** The signed URL that botocore makes, which knows RSA with SHA-1 alone. */
  readonly botocore: string | null;
}

/**
 * Asks `reference.py`, in one process of Debian's Python.
 *
 * @param origin such as `http://host`
 * @param keys private keys in PEM by their key pair IDs
 */
export async function judge(
  origin: string,
  keys: Readonly<Record<string, string>>,
  questions: readonly Question[],
): Promise<Judgement[]> {
  // Debian's packages are those of its own Python, whichever else comes first in PATH.
  const python = spawn('/usr/bin/python3', [SCRIPT]);
  const lines = [{ origin, keys }, ...questions].map((line) => `${JSON.stringify(line)}\n`);
  python.stdin.end(lines.join(''));
  const [answers, complaints] = await Promise.all([
    text(python.stdout),
    text(python.stderr),
    once(python, 'close'),
  ]);
  if (python.exitCode !== 0) throw new Error(complaints);
  return answers.trimEnd().split('\n').map(readJudgement);
}

function readJudgement(line: string): Judgement {
  const answer: unknown = JSON.parse(line);
  if (!isJudgement(answer)) throw new Error(`No judgement: ${line}`);
  return answer;
}

function isJudgement(value: unknown): value is Judgement {
  return (
    typeof value === 'object' &&
    value !== null &&
    'url' in value &&
    typeof value.url === 'string' &&
    'verified' in value &&
    typeof value.verified === 'boolean' &&
    'botocore' in value &&
    (value.botocore === null || typeof value.botocore === 'string')
  );
}
