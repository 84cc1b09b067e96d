import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alignedTable } from './alignedTable.ts';
import { KEY, type Row, type Way, WAYS, waysOf } from './signingTable/row.ts';
import { ROWS } from './signingTable/rows.ts';
import { contentOf, startTableStage, type TableStage } from './signingTable/tableStage.ts';

/** What came of a row in one way of signing. */
interface Outcome {
  readonly way: Way;
  /** The edge's answer with the right bytes, its code, or that of the refusal to sign. */
  readonly came: string;
  /** The status of the edge's answer; undefined where there was no link to ask with. */
  readonly status: number | undefined;
}

const SERVED = 'served';
const outcomes = new Map<Row, readonly Outcome[]>();
let stage: TableStage;

beforeAll(async () => {
  const keys = ROWS.flatMap(({ option: { objectKey = KEY }, trial }) =>
    'object' in trial && trial.object !== undefined ? [objectKey, trial.object] : [objectKey],
  );
  stage = await startTableStage(new Set(keys));
});
afterAll(async () => {
  printTable();
  await stage.close();
});

/** What has to come of a row, whichever way it is signed. */
function due({ trial }: Row): string {
  return 'refused' in trial ? trial.refused : trial.answer;
}

async function tryRow(row: Row, way: Way): Promise<Outcome> {
  const { option, trial } = row;
  const signed = stage.sign(option, way);
  if (signed.kind !== 'ok') return { way, came: signed.problem.code, status: undefined };
  if ('refused' in trial) return { way, came: 'signed', status: undefined };
  expect(signed.value.url.includes('Policy=')).toBe(way.policy === 'custom');
  const { status, refusal, text, headers } = await stage.ask(signed.value, trial);
  if (status !== 200) return { way, came: refusal ?? `S3 says ${text}`, status };
  const { object = option.objectKey ?? KEY, answerHeaders = {} } = trial;
  const isRight = text === contentOf(object);
  expect(headers).toMatchObject(answerHeaders);
  return { way, came: isRight ? SERVED : 'other bytes', status };
}

describe('options x policies x hashes x keys', () => {
  it.each(ROWS.map((row) => [row.option.option, nameOf(row), row] as const))(
    '%s: %s',
    async (_option, _name, row) => {
      const came: Outcome[] = [];
      for (const way of waysOf(row)) came.push(await tryRow(row, way));
      outcomes.set(row, came);
      expect(came.length).toBeGreaterThan(0);
      expect(came.filter((outcome) => outcome.came !== due(row))).toEqual([]);
    },
  );

  it('are 500 real requests at least', () => {
    const asked = [...outcomes.values()].flat().filter(({ status }) => status !== undefined);
    expect(asked.length).toBeGreaterThanOrEqual(500);
    expect(stage.requested()).toBe(asked.length);
  });
});

function nameOf(row: Row): string {
  return 'refused' in row.trial ? 'refused to sign' : `${row.trial.asked}: ${row.trial.answer}`;
}

/** Prints each option, how the link was asked for, and the answer to every way of signing. */
function printTable(): void {
  const lines = ROWS.map((row, index) => {
    const { option, trial } = row;
    const came = outcomes.get(row) ?? [];
    const isSame = ROWS[index - 1]?.option.option === option.option;
    return [
      isSame ? '' : option.option,
      'refused' in trial ? '' : trial.asked,
      'refused' in trial ? `not signed: ${trial.refused}` : trial.answer,
      ...WAYS.map((way) => cell(came.find((outcome) => outcome.way === way))),
    ];
  });
  const all = [...outcomes.values()].flat().map(({ came }) => came);
  const counts = [...new Set(all)].map(
    (came) => `${all.filter((one) => one === came).length} ${came}`,
  );
  const table = alignedTable([
    ['', '', '', ...WAYS.map(({ policy }) => policy)],
    ['', '', '', ...WAYS.map(({ hash }) => hash)],
    ['option', 'asked for', 'answer', ...WAYS.map(({ key }) => key)],
    ...lines,
  ]);
  console.log(
    `${table}\n${all.length} rows in ${lines.length} lines, ${stage.requested()} requested: ${counts.join(', ')}`,
  );
}

function cell(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '·';
  return outcome.status === undefined ? 'none' : String(outcome.status);
}
