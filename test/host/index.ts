import { writeFile } from 'node:fs/promises';

import Mocha from 'mocha';

import { readFixture, type TestOutcome } from './fixture.ts';

/** Entry of the suite: VS Code calls it inside the extension host. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const { resultFile, testFiles } = readFixture();
  const outcomes: TestOutcome[] = [];
  try {
    const mocha = new Mocha({ timeout: 30_000, forbidOnly: true });
    for (const file of testFiles) mocha.addFile(file);
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('pass', (test) => outcomes.push(outcomeOf(test, 'passed')));
      // Failed hooks come here too.
      runner.on('fail', (test, error: unknown) => {
        outcomes.push({ ...outcomeOf(test, 'failed'), error: wordsOf(error) });
      });
      runner.on('pending', (test) => outcomes.push(outcomeOf(test, 'skipped')));
    });
  } catch (error) {
    outcomes.push({ name: 'the suite', state: 'failed', duration: 0, error: wordsOf(error) });
  }
  await writeFile(resultFile, JSON.stringify(outcomes));
  const failed = outcomes.filter(({ state }) => state === 'failed').length;
  if (failed > 0) {
    throw new Error(`${String(failed)} failed`);
  }
}

function outcomeOf(test: Mocha.Runnable, state: TestOutcome['state']): TestOutcome {
  return { name: test.titlePath().join(' > '), state, duration: test.duration ?? 0 };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
