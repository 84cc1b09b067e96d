import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a layer of tests came to. */
export interface TestCount {
  readonly passed: number;
  /** One line for each test, or file that could not be run, that failed. */
  readonly failed: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Names the file that a layer leaves its count in, as JSON; unset where nobody asks. */
export const COUNT_FILE = 'TEST_COUNT_FILE';

/** Leaves a count where `TEST_COUNT_FILE` says, if it says so. */
export async function writeCount(count: TestCount): Promise<void> {
  const file = process.env[COUNT_FILE];
  if (file !== undefined) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(count));
  }
}

/** @returns the count in a file, or `undefined` where there is none or it cannot be read */
export async function readCount(file: string): Promise<TestCount | undefined> {
  try {
    const count: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isCount(count) ? count : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is TestCount {
  return (
    typeof value === 'object' &&
    value !== null &&
    'passed' in value &&
    typeof value.passed === 'number' &&
    'failed' in value &&
    Array.isArray(value.failed) &&
    'skipped' in value &&
    Array.isArray(value.skipped)
  );
}
