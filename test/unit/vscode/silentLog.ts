import type { Log } from '../../../src/vscode/log.ts';

/** A log for what is tested by other things than what it logs. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  show: () => undefined,
};
