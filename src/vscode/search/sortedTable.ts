import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import type { KeyRow } from '../../core/search/keySegment.ts';
import { KeyTable } from '../../core/search/keyTable.ts';
import { createRowSorter } from '../../core/search/rowSorter.ts';
import { takingTurns } from '../takingTurns.ts';

/**
 * A table in S3's order, of rows that come in any: a listing is sooner over where its order is left to
 * it, and an inventory has none.
 *
 * Errors: the first that comes.
 */
export async function sortedTable(
  pages: AsyncIterable<Outcome<readonly KeyRow[]>>,
  signal: AbortSignal,
  onCount: (count: number) => void,
): Promise<Outcome<KeyTable>> {
  const sorter = createRowSorter();
  for await (const rows of pages) {
    if (rows.kind !== 'ok') return rows;
    sorter.add(rows.value);
    onCount(sorter.count);
  }
  const table = new KeyTable();
  const giveTurn = takingTurns();
  for (const _ of sorter.steps(table)) {
    await giveTurn();
    if (signal.aborted) return cancelled;
  }
  return ok(table);
}
