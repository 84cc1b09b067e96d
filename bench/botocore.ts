import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { ensureDebianPackages } from '../dev/debian.ts';
import type { Peer, PeerKey } from './peer.ts';

/**
 * botocore in a process that stays, as a Python program uses it.
 *
 * @throws Error that says what is missing
 */
export async function startBotocore({ keyPairId, pem, expiresAt }: PeerKey): Promise<Peer> {
  await ensureDebianPackages(
    ['python3-botocore', 'python3-cryptography'],
    'botocore is what we are compared with',
  );
  // Debian's packages are those of its own Python, whichever else comes first in PATH.
  const python = spawn('/usr/bin/python3', [path.join(import.meta.dirname, 'botocoreSigner.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // Where it ended early it has said why, and no answer comes.
  python.stdin.on('error', () => undefined);
  const lines = createInterface(python.stdout)[Symbol.asyncIterator]();
  const say = (value: unknown): void => void python.stdin.write(`${JSON.stringify(value)}\n`);
  say({ keyPairId, pem, expires: expiresAt });
  return {
    name: 'botocore, one process',
    batch: 20,
    async sign(urls) {
      say(urls);
      const line = await lines.next();
      const answer: unknown = line.done ? undefined : JSON.parse(line.value);
      if (!isAnswer(answer)) throw new Error('botocore gave no answer');
      return { took: answer.seconds * 1e6, signed: answer.signed };
    },
    async close() {
      python.stdin.end();
    },
  };
}

/** A line of `botocoreSigner.py`. */
interface Answer {
  readonly seconds: number;
  readonly signed: readonly string[];
}

function isAnswer(value: unknown): value is Answer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'seconds' in value &&
    typeof value.seconds === 'number' &&
    'signed' in value &&
    Array.isArray(value.signed) &&
    value.signed.every((url) => typeof url === 'string')
  );
}
