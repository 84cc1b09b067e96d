import type { Reporter, SerializedError, TestModule } from 'vitest/node';

import { writeCount } from './testCount.ts';

/**
 * Leaves what a vitest run came to for `test/run.ts`. vitest's own JSON says neither why a test was
 * skipped nor which file could not be loaded.
 */
// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its default export
export default class CountReporter implements Reporter {
  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
  ): Promise<void> {
    let passed = 0;
    const failed = unhandled.map((error) => `unhandled: ${error.message}`);
    const skipped: { name: string; reason: string }[] = [];
    for (const module of modules) {
      if (module.errors().length > 0) {
        failed.push(module.relativeModuleId);
      }
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) {
          failed.push(`${module.relativeModuleId} > ${suite.fullName}`);
        }
      }
      for (const test of module.children.allTests()) {
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'skipped')
          skipped.push({ name, reason: result.note ?? 'no reason given' });
        else failed.push(name);
      }
    }
    await writeCount({ passed, failed, skipped });
  }
}
