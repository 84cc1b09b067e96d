/**
 * How what is measured inside the extension host is told to it, and comes out: the host cannot be
 * called from outside, so an environment variable leads in and a file leads out.
 */

const MEASURING = 'BENCH_MEASURING';

/** The environment variable that tells the host what to measure. */
export function measuringEnvironment(measuring: object): Readonly<Record<string, string>> {
  return { [MEASURING]: JSON.stringify(measuring) };
}

/** @throws Error where this does not run under the bench that means this measuring */
export function readMeasuring<T>(isMeasuring: (value: unknown) => value is T): T {
  const measuring: unknown = JSON.parse(process.env[MEASURING] ?? 'null');
  if (!isMeasuring(measuring)) throw new Error(`Run the bench, which sets ${MEASURING}`);
  return measuring;
}

/** @throws Error where that is no list of samples */
export function parseSamples<T>(
  json: string,
  isSample: (value: unknown) => value is T,
): readonly T[] {
  const samples: unknown = JSON.parse(json);
  if (!Array.isArray(samples) || !samples.every(isSample)) throw new Error(`No samples: ${json}`);
  return samples;
}
