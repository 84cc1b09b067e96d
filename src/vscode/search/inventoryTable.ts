import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import type { InventoryManifest } from '../../core/search/inventoryManifest.ts';
import type { InventoryReader } from '../../core/search/inventoryReader.ts';
import { KeyTable } from '../../core/search/keyTable.ts';
import { readInventory } from '../../core/search/readInventory.ts';
import { createRowSorter } from '../../core/search/rowSorter.ts';
import { takingTurns } from '../takingTurns.ts';

/**
 * The objects of an inventory as a table.
 *
 * Errors: those of `readInventory`.
 */
export async function inventoryTable(
  manifest: InventoryManifest,
  reader: InventoryReader,
  signal: AbortSignal,
  onCount: (count: number) => void,
): Promise<Outcome<KeyTable>> {
  const sorter = createRowSorter();
  for await (const rows of readInventory(manifest, reader, signal)) {
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
