import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A shell of Debian by its path. */
export type Shell = '/bin/sh' | '/bin/bash' | '/bin/zsh';

/**
 * Runs a script in a folder, with that folder as home and nothing else of the environment.
 *
 * @returns what it prints
 * @throws Error with what it complains of, where it ends with another code than 0
 */
export async function runShell(shell: Shell, folder: string, script: string): Promise<string> {
  const file = path.join(folder, 'script');
  await writeFile(file, script);
  const { stdout } = await run(shell, [file], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C.UTF-8' },
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout;
}

/**
 * What a shell hands to a program for each of some commands of it, with no program run: a function
 * takes its place.
 */
export async function argumentsIn(
  shell: Shell,
  folder: string,
  program: string,
  commands: readonly string[],
): Promise<readonly (readonly string[])[]> {
  // No argument of theirs is empty, so that an empty one ends each list.
  const printed = `${program}() { printf '%s\\0' "$@" ''; }`;
  const output = await runShell(shell, folder, `${printed}\n${commands.join('\n')}\n`);
  return output
    .split('\0\0')
    .slice(0, -1)
    .map((call) => call.split('\0'));
}
