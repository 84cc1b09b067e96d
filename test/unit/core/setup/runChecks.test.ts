import { describe, expect, it } from 'vitest';
import type { Check, Verdict } from '../../../../src/core/setup/check.ts';
import { CHECKS } from '../../../../src/core/setup/checks.ts';
import { runChecks } from '../../../../src/core/setup/runChecks.ts';
import { summarize } from '../../../../src/core/setup/summary.ts';
import { lacking, someFacts } from './someFacts.ts';

const HOLDS: Verdict = { kind: 'holds', seen: 'It does.' };
const FAILS: Verdict = {
  kind: 'fails',
  seen: 'It does not.',
  mend: { advice: 'Mend it.', changes: [] },
};

function check(id: string, verdict: Verdict, ...after: readonly string[]): Check {
  const judge = () => verdict;
  return { id, topic: 'The object', title: `Title of ${id}`, why: 'Because.', after, judge };
}

function kindsOf(...checks: readonly Check[]) {
  return runChecks(someFacts(), checks).map(({ verdict }) => verdict.kind);
}

describe('a check that depends on others', () => {
  it('is made where they hold, are noted or could not be made', () => {
    const noted: Verdict = { kind: 'noted', seen: 'Well.' };
    expect(
      kindsOf(
        check('a', HOLDS),
        check('b', noted),
        check('c', unknown('s3:GetObject')),
        check('d', FAILS, 'a', 'b', 'c'),
      ),
    ).toEqual(['holds', 'noted', 'unknown', 'fails']);
  });

  it('is skipped where one fails, and says which', () => {
    const results = runChecks(someFacts(), [check('a', FAILS), check('b', FAILS, 'a')]);
    expect(results[1]?.verdict).toEqual({
      kind: 'skipped',
      reason: 'First this has to hold: “Title of a”.',
    });
  });

  it('is skipped where one that it depends on is, for the reason at the bottom of it', () => {
    const results = runChecks(someFacts(), [
      check('a', FAILS),
      check('b', HOLDS, 'a'),
      check('c', HOLDS, 'b'),
      check('d', HOLDS),
    ]);
    expect(results.map(({ verdict }) => verdict.kind)).toEqual([
      'fails',
      'skipped',
      'skipped',
      'holds',
    ]);
    expect(results[2]?.verdict).toEqual(results[1]?.verdict);
  });

  it('is made where one had nothing to be about', () => {
    const skipped: Verdict = { kind: 'skipped', reason: 'There is no object.' };
    expect(kindsOf(check('a', skipped), check('b', HOLDS, 'a'))).toEqual(['skipped', 'holds']);
  });
});

describe('the checks', () => {
  it('have an ID of their own each', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(CHECKS.map((one, index) => [one.id, one, index] as const))(
    '%s stands behind what it depends on',
    (_id, { after }, index) => {
      const before = CHECKS.slice(0, index).map(({ id }) => id);
      expect(before).toEqual(expect.arrayContaining([...after]));
    },
  );

  it('are grouped by their topics', () => {
    const topics = CHECKS.map(({ topic }) => topic);
    const changes = topics.filter((topic, index) => topic !== topics[index - 1]);
    expect(new Set(changes).size).toBe(changes.length);
  });

  it.each(CHECKS.map((one) => [one.id, one] as const))('%s says what and why', (_id, one) => {
    expect(one.title).toMatch(/^[A-Z].*[^.]$/);
    expect(one.why).toMatch(/^[A-Z].*\.$/);
  });

  it('hold, all but one note, for what is right', () => {
    const others = runChecks(someFacts())
      .filter(({ verdict }) => verdict.kind !== 'holds')
      .map(({ check: { id }, verdict }) => [id, verdict.kind]);
    expect(others).toEqual([['missing-objects', 'noted']]);
  });
});

function summaryOf(...checks: readonly Check[]) {
  return summarize(runChecks(someFacts(), checks));
}

function unknown(permission: string): Verdict {
  return { kind: 'unknown', problem: lacking(permission).problem };
}

describe('the summary', () => {
  it('counts, and names the first failure as the cause', () => {
    const summary = summaryOf(
      check('a', HOLDS),
      check('b', FAILS),
      check('c', FAILS),
      check('d', HOLDS, 'b'),
    );
    expect(summary).toMatchObject({
      counts: { holds: 1, fails: 2, noted: 0, unknown: 0, skipped: 1 },
      cause: { check: { id: 'b' } },
      text: '2 checks fail of 4. Begin with the first: It does not.',
    });
  });

  it('says of one failure what it is', () => {
    expect(summaryOf(check('a', FAILS), check('b', HOLDS)).text).toBe(
      '1 check fails of 2. It does not.',
    );
  });

  it('does not call right what could not be checked, and names each permission once', () => {
    const summary = summaryOf(
      check('a', HOLDS),
      check('b', unknown('s3:GetBucketPolicy')),
      check('c', unknown('s3:GetBucketPolicy')),
      check('d', unknown('kms:GetKeyPolicy')),
    );
    expect(summary.missingPermissions).toEqual(['s3:GetBucketPolicy', 'kms:GetKeyPolicy']);
    expect(summary.text).toBe(
      'Nothing that could be checked is wrong. 3 checks could not be made: the profile lacks s3:GetBucketPolicy and kms:GetKeyPolicy.',
    );
  });

  it('tells what fails beside what could not be checked', () => {
    const network: Verdict = { kind: 'unknown', problem: { code: 'throttled' } };
    expect(summaryOf(check('a', FAILS), check('b', network)).text).toBe(
      '1 check fails of 2. It does not. 1 check could not be made.',
    );
  });
});
