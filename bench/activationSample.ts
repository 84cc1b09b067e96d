import { isJsonObject } from '../src/core/json.ts';

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

export function isMeasuring(value: unknown): value is Measuring {
  return (
    isJsonObject(value) &&
    [value['samplesFile'], value['ours'], value['other'], value['deferredFile']].every(isText)
  );
}

export function isSample(value: unknown): value is Sample {
  return (
    isJsonObject(value) &&
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
    isJsonObject(value) &&
    typeof value['importing'] === 'number' &&
    Array.isArray(value['loaded']) &&
    value['loaded'].every(isText)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
