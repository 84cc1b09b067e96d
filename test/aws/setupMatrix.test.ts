import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import type { Change } from '../../src/core/setup/change.ts';
import type { CheckResult, Verdict } from '../../src/core/setup/check.ts';
import { CHECKS } from '../../src/core/setup/checks.ts';
import { seenText } from '../../src/core/setup/report.ts';
import { summarize } from '../../src/core/setup/summary.ts';
import { alignedTable } from './alignedTable.ts';
import {
  type AccountSetup,
  BUCKET,
  newKey,
  type Seen,
  SIGNER,
  startAccountSetup,
  type Workshop,
} from './setup/accountSetup.ts';
import type { Fault } from './setup/fault.ts';
import { FAULTS, PAIRS } from './setup/faults.ts';
import { RIGHT_SETUPS } from './setup/rightSetups.ts';
import { encrypt, newKmsKey } from './setup/spoiling.ts';
import { makeCertificate } from './setup/tlsFront.ts';

/** What is noted of the plainest set-up that is right. */
const NOTED_OF_RIGHT = ['query-strings', 'missing-objects'];

/** The checks that try the link for real. */
const PROOFS = ['unsigned-refused', 'direct-refused', 'signed-served'];

/** What viewers and others get of a set-up that is right. */
const GREEN: Seen = { signed: 206, unsigned: 403, direct: 403 };

/** How often a report may have to be followed: what could not be checked at first comes then. */
const MOST_ROUNDS = 3;

let workshop: Workshop;
let setup: AccountSetup;
const table: Row[] = [];

/** A broken set-up, as the table has it. */
interface Row {
  readonly name: string;
  readonly before: Seen;
  readonly reported: readonly string[];
  readonly mends: readonly string[];
  readonly after: Seen;
}

beforeAll(async () => {
  await ensureDebianPackages(['awscli', 'jq', 'openssl'], 'mends are carried out as text to copy');
  const dir = await mkdtemp(path.join(tmpdir(), 'setup-matrix-'));
  workshop = { dir, certificate: await makeCertificate(dir), signer: newKey(), other: newKey() };
});
afterAll(async () => {
  await rm(workshop.dir, { recursive: true });
  if (table.length > 0) printTable();
});
beforeEach(async () => {
  setup = await startAccountSetup(workshop);
});
afterEach(() => setup.close());

describe('the right set-up', () => {
  it('is all green', async () => {
    const results = await setup.check();
    expect(idsOf(results, 'noted')).toEqual(NOTED_OF_RIGHT);
    expect(idsOf(results, 'holds')).toHaveLength(CHECKS.length - NOTED_OF_RIGHT.length);
    expect(summarize(results).text).toBe(
      'The set-up is right: links work, and nobody gets past them.',
    );
  });
});

describe('the set-up', () => {
  it.each(RIGHT_SETUPS.map((right) => [right.name, right] as const))(
    '%s is right',
    async (_name, { arrange, notes = [], mended = [] }) => {
      await arrange(setup);
      const results = await setup.check();
      expect(told(results, 'fails')).toEqual([]);
      expect(told(results, 'unknown')).toEqual([]);
      expect(notesOf(results)).toEqual(notes.toSorted());
      expect((await setup.look()).signed).toBe(206);

      await setup.apply(changesOf(results, mended));
      const after = await setup.check();
      expect(told(after, 'fails')).toEqual([]);
      expect(idsOf(after, 'holds')).toEqual(expect.arrayContaining([...mended]));
    },
  );

  it('lets links name their downloads when that is mended', async () => {
    await setup.apply(changesOf(await setup.check(), ['query-strings']));
    expect(idsOf(await setup.check(), 'holds')).toContain('query-strings');
  });
});

/** What keeps checks from being made for a profile that may only list and read objects. */
const MISSING: Readonly<Record<string, string>> = {
  'cloudfront:ListDistributions': `distribution domain certificate enabled deployed origin-path
    behavior viewer-protocol methods query-strings ipv6 firewall countries functions error-pages
    viewer-access key-group origin-endpoint access-control access-control-signs other-readers`,
  'cloudfront:ListPublicKeys': 'key-pair',
  'kms:DescribeKey': 'encryption',
  's3:GetBucketPublicAccessBlock': 'public-access-block',
  's3:GetBucketOwnershipControls': 'acls',
  's3:GetBucketAcl': 'object-owner',
  's3:GetBucketPolicy': `bucket-policy missing-objects public-policy foreign-distributions
    other-distributions`,
};

describe('a profile that may only list and read objects', () => {
  it('is told per check which permission it lacks, and still sees the link served', async () => {
    const { domain, distribution } = setup;
    encrypt(setup, newKmsKey(setup, distribution.ARN));
    const mapping = { bucket: BUCKET, prefix: '', domain, originPath: '', keyPairId: SIGNER };
    setup.computer.mapping = { ...mapping, protocol: 'http' };
    const results = await setup.check('reader');
    const missing = Object.entries(MISSING).flatMap(([permission, ids]) =>
      ids.split(/\s+/).map((id) => `${id}: Permission ${permission} is missing.`),
    );
    expect(told(results, 'unknown').toSorted()).toEqual(missing.toSorted());
    expect(told(results, 'fails')).toEqual([]);
    const holding = ['key', 'object-exists', 'object-archived', 'private-key', 'clock'];
    expect(idsOf(results, 'holds')).toEqual([...holding, ...PROOFS]);
  });
});

describe('the set-up in which', () => {
  it.each(Object.entries(FAULTS).map(([, fault]) => [fault.name, fault] as const))(
    '%s',
    async (name, fault: Fault) => {
      expect(await breakAndMend(name, [fault], fault.fails, [])).toEqual(GREEN);
    },
  );

  it.each(
    PAIRS.map(
      (pair) => [`${FAULTS[pair.first].name}, and ${FAULTS[pair.second].name}`, pair] as const,
    ),
  )('%s', async (name, { first, second, fails, afterwards }) => {
    const faults = [FAULTS[first], FAULTS[second]];
    expect(await breakAndMend(name, faults, fails, afterwards)).toEqual(GREEN);
  });
});

/**
 * Breaks a set-up, has it reported, and follows the report until it is green.
 *
 * @param fails the checks that fail, the true cause first
 * @param afterwards those that fail once what came first is mended
 * @returns what viewers and others get in the end
 */
async function breakAndMend(
  name: string,
  faults: readonly Fault[],
  fails: readonly string[],
  afterwards: readonly string[],
): Promise<Seen> {
  for (const fault of faults) await fault.spoil(setup, workshop);
  const first = await setup.check();
  const before = await setup.look();
  expect(idsOf(first, 'fails')).toEqual(fails);
  expect(summarize(first).cause?.check.id).toBe(fails[0]);
  expect(told(first, 'unknown')).toEqual([]);
  const notes = new Set(faults.flatMap((fault) => fault.notes ?? []));
  expect(notesOf(first).filter((id) => !notes.has(id))).toEqual([]);
  expect(idsOf(first, 'skipped')).toEqual(expect.arrayContaining([...afterwards]));

  let results = first;
  const mends: string[] = [];
  const reported: string[] = [];
  for (let round = 0; round < MOST_ROUNDS && idsOf(results, 'fails').length > 0; round++) {
    const failing = idsOf(results, 'fails');
    reported.push(...failing);
    const changes = changesOf(results, failing);
    await setup.apply(changes);
    const byHand = faults.filter((fault) => failing.includes(fault.fails[0] ?? '') && fault.byHand);
    for (const fault of byHand) await fault.byHand?.(setup, workshop);
    mends.push(...changes.map(({ kind }) => kind), ...byHand.map(() => 'by hand'));
    results = await setup.check();
  }
  const after = await setup.look();
  table.push({ name, before, reported, mends, after });
  expect(told(results, 'fails')).toEqual([]);
  expect(told(results, 'unknown')).toEqual([]);
  expect(reported).toEqual([...fails, ...afterwards]);
  expect(idsOf(results, 'holds')).toEqual(expect.arrayContaining(PROOFS));
  return after;
}

function idsOf(results: readonly CheckResult[], kind: Verdict['kind']): string[] {
  return results.filter(({ verdict }) => verdict.kind === kind).map(({ check }) => check.id);
}

/** The checks with a verdict, and what they say: for a difference that explains itself. */
function told(results: readonly CheckResult[], kind: Verdict['kind']): string[] {
  return results
    .filter(({ verdict }) => verdict.kind === kind)
    .map(({ check, verdict }) => `${check.id}: ${seenText(verdict)}`);
}

function notesOf(results: readonly CheckResult[]): string[] {
  return idsOf(results, 'noted')
    .filter((id) => !NOTED_OF_RIGHT.includes(id))
    .toSorted();
}

/** The changes that mend some checks, each once and in the order of the report. */
function changesOf(results: readonly CheckResult[], ids: readonly string[]): readonly Change[] {
  const changes = results
    .filter(({ check }) => ids.includes(check.id))
    .flatMap(({ verdict }) => ('mend' in verdict ? (verdict.mend?.changes ?? []) : []));
  const texts = changes.map((change) => JSON.stringify(change));
  return changes.filter((change, index) => texts.indexOf(JSON.stringify(change)) === index);
}

/** Prints what was broken, what the report named first, how it was mended, and what came of it. */
function printTable(): void {
  const rows = table.map(({ name, before, reported: [cause = '', ...others], mends, after }) => [
    name,
    statuses(before),
    cause,
    others.join(' '),
    mends.join(' '),
    statuses(after),
  ]);
  const head = [
    `set-up in which… (${rows.length})`,
    'sgn uns dir',
    'cause',
    'and',
    'mended by',
    'sgn uns dir',
  ];
  console.log(alignedTable([head, ...rows]));
}

function statuses({ signed, unsigned, direct }: Seen): string {
  return [signed, unsigned, direct].map((status) => String(status || '–').padStart(3)).join(' ');
}
