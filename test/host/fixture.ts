/**
 * What the runner tells the suite: it crosses into the extension host as environment variables.
 * `hostEnvironment` writes them outside, the readers read them inside.
 */

const RESULT_FILE = 'HOST_TEST_RESULT_FILE';
const TEST_FILES = 'HOST_TEST_FILES';
const SCRATCH_DIR = 'HOST_TEST_SCRATCH_DIR';
const DATA_DIR = 'HOST_TEST_DATA_DIR';
const ACCOUNT = 'HOST_TEST_ACCOUNT';

/** How one test of the suite ended. */
export interface TestOutcome {
  /** Suites and test, joined by `>`. */
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** In milliseconds. */
  readonly duration: number;
  /** Stack or message of a failed one. */
  readonly error?: string;
}

/** The AWS account on loopback that the settings and the AWS files lead to. */
export interface HostAccount {
  /** Host and port at which the distribution answers, over plain HTTP. */
  readonly domain: string;
  /** ID of the one key that the distribution trusts. */
  readonly keyPairId: string;
  /** PEM file of its private half. Absolute path. */
  readonly privateKeyFile: string;
  readonly distributionId: string;
  /** A profile that may list the objects of a bucket and read them, and nothing else. */
  readonly readerProfile: string;
}

/** What the runner has made ready. Absolute paths. */
export interface HostFixture {
  /** The suite leaves a JSON list of {@link TestOutcome} here. */
  readonly resultFile: string;
  /** Bundled test files, in the order in which they run. */
  readonly testFiles: readonly string[];
  /** A folder that tests may write to; it is removed after the run. */
  readonly scratchDir: string;
  /** All of VS Code's own state: settings, logs, storage. */
  readonly dataDir: string;
  readonly account: HostAccount;
}

/** The environment variables that hand a fixture to the suite. */
export function hostEnvironment(fixture: HostFixture): Readonly<Record<string, string>> {
  return {
    [RESULT_FILE]: fixture.resultFile,
    [TEST_FILES]: JSON.stringify(fixture.testFiles),
    [SCRATCH_DIR]: fixture.scratchDir,
    [DATA_DIR]: fixture.dataDir,
    [ACCOUNT]: JSON.stringify(fixture.account),
  };
}

/** @throws Error where this does not run under the runner */
export function readFixture(): HostFixture {
  const testFiles: unknown = JSON.parse(variable(TEST_FILES));
  if (!Array.isArray(testFiles) || !testFiles.every((file) => typeof file === 'string')) {
    throw new Error(`${TEST_FILES} is no list of paths`);
  }
  const account: unknown = JSON.parse(variable(ACCOUNT));
  if (!isAccount(account)) throw new Error(`${ACCOUNT} is no account`);
  return {
    resultFile: variable(RESULT_FILE),
    testFiles,
    scratchDir: variable(SCRATCH_DIR),
    dataDir: variable(DATA_DIR),
    account,
  };
}

function isAccount(value: unknown): value is HostAccount {
  return (
    typeof value === 'object' &&
    value !== null &&
    'domain' in value &&
    typeof value.domain === 'string' &&
    'keyPairId' in value &&
    typeof value.keyPairId === 'string' &&
    'privateKeyFile' in value &&
    typeof value.privateKeyFile === 'string' &&
    'distributionId' in value &&
    typeof value.distributionId === 'string' &&
    'readerProfile' in value &&
    typeof value.readerProfile === 'string'
  );
}

/** @returns what the suite left behind, or `undefined` where that is no list of outcomes */
export function parseOutcomes(json: string): readonly TestOutcome[] | undefined {
  const outcomes: unknown = JSON.parse(json);
  return Array.isArray(outcomes) && outcomes.every(isOutcome) ? outcomes : undefined;
}

function isOutcome(value: unknown): value is TestOutcome {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'state' in value &&
    (value.state === 'passed' || value.state === 'failed' || value.state === 'skipped') &&
    'duration' in value &&
    typeof value.duration === 'number'
  );
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: run the suite with npm run test:host`);
  }
  return value;
}
