/**
 * What is measured inside the extension host, and how it comes out: the host cannot be called from
 * outside, so an environment variable leads in and a file leads out.
 */

const MEASURING = 'BENCH_MEASURING';

/** What is to be measured. */
export interface Measuring {
  /** A JSON list of {@link Sample}, to which one is added. Absolute path. */
  readonly samplesFile: string;
  /** ID of the extension itself. */
  readonly ours: string;
  /** ID of the one to compare with. */
  readonly other: string;
  /** A file of ours that is imported last, and by no activation. Relative to our folder. */
  readonly deferredFile: string;
}

/** One start of an extension host. */
export interface Sample {
  /** Version of VS Code. */
  readonly vscode: string;
  /** Version of the host's Node. */
  readonly node: string;
  readonly ours: Activation;
  readonly other: Activation;
  readonly deferred: Loading;
}

/** One import. */
export interface Loading {
  /** Of the file with all that it imports, in milliseconds. */
  readonly importing: number;
  /** JavaScript files in the extension's folder that are loaded then, relative to it. */
  readonly loaded: readonly string[];
}

/** The import of an extension's entry, and what follows. */
export interface Activation extends Loading {
  /** From the call of `activate` to the end of what it returns, in milliseconds. */
  readonly activating: number;
}

/** The environment variable that tells the host what to measure. */
export function measuringEnvironment(measuring: Measuring): Readonly<Record<string, string>> {
  return { [MEASURING]: JSON.stringify(measuring) };
}

/** @throws Error where this does not run under the bench */
export function readMeasuring(): Measuring {
  const measuring: unknown = JSON.parse(process.env[MEASURING] ?? 'null');
  if (!isMeasuring(measuring)) throw new Error(`Run npm run bench:activation to set ${MEASURING}`);
  return measuring;
}

/** @throws Error where that is no list of samples */
export function parseSamples(json: string): readonly Sample[] {
  const samples: unknown = JSON.parse(json);
  if (!Array.isArray(samples) || !samples.every(isSample)) throw new Error(`No samples: ${json}`);
  return samples;
}

function isMeasuring(value: unknown): value is Measuring {
  return (
    isObject(value) &&
    [value['samplesFile'], value['ours'], value['other'], value['deferredFile']].every(isText)
  );
}

function isSample(value: unknown): value is Sample {
  return (
    isObject(value) &&
    [value['vscode'], value['node']].every(isText) &&
    [value['ours'], value['other']].every(isActivation) &&
    isLoading(value['deferred'])
  );
}

function isActivation(value: unknown): value is Activation {
  return isLoading(value) && 'activating' in value && typeof value.activating === 'number';
}

function isLoading(value: unknown): value is Loading {
  return (
    isObject(value) &&
    typeof value['importing'] === 'number' &&
    Array.isArray(value['loaded']) &&
    value['loaded'].every(isText)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
