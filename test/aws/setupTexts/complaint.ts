import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fieldsOf } from './jsonData.ts';

const run = promisify(execFile);

/** What a program says about a script that it reads from standard input; empty where it is content. */
export async function complaint(
  program: string,
  args: readonly string[],
  script: string,
): Promise<string> {
  const reading = run(program, [...args]);
  reading.child.stdin?.end(script);
  const said: unknown = await reading.catch((error: unknown) => error);
  const { stdout, stderr } = fieldsOf(said);
  return `${String(stdout)}${String(stderr)}`;
}
