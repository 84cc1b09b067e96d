import * as vscode from 'vscode';
import type { Session } from '../../core/credentials/session.ts';
import { localText } from '../../core/expiry.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import { sizeText } from '../../core/s3/sizeText.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { findInventory } from '../../core/search/findInventory.ts';
import {
  parseInventoryManifest,
  type InventoryManifest,
} from '../../core/search/inventoryManifest.ts';
import { invalidInventory, type IndexOptions } from '../../core/search/searchOptions.ts';
import { cancellable } from '../cancellable.ts';

/** How long an inventory is looked for that nobody has asked for, in milliseconds. */
const PATIENCE = 3_000;

/**
 * The inventory that the index of a bucket is to be made from; undefined where the bucket is to be
 * listed. A person is asked where there is one to choose; where none can be seen, nothing is said.
 *
 * Errors: `option-invalid`, and those of the manifest that a script names.
 *
 * @param options undefined where a person asks
 */
export async function chooseInventory(
  bucket: string,
  options: IndexOptions | undefined,
  session: Session,
): Promise<Outcome<InventoryManifest | undefined>> {
  if (options === undefined) return askFor(bucket, session);
  const { inventory } = options;
  if (inventory === undefined) return ok(undefined);
  const reader = await session.inventoryReader();
  const text = await cancellable('Reading the manifest of the S3 Inventory', (signal) =>
    reader.readText(inventory, signal),
  );
  if (text.kind !== 'ok') return text;
  const manifest = parseInventoryManifest(text.value, inventory);
  return manifest.kind === 'ok' && manifest.value.bucket !== bucket
    ? invalidInventory(`It lists the bucket ${manifest.value.bucket}.`)
    : manifest;
}

async function askFor(
  bucket: string,
  session: Session,
): Promise<Outcome<InventoryManifest | undefined>> {
  const reader = await session.inventoryReader();
  const found = await findInventory(bucket, reader, session.store, AbortSignal.timeout(PATIENCE));
  if (found.kind !== 'ok' || found.value === undefined) return ok(undefined);
  const { createdAt, files } = found.value;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const chosen = await vscode.window.showQuickPick(
    [
      { label: 'List the Bucket', description: 'as it is now', manifest: undefined },
      {
        label: `Read the S3 Inventory of ${localText(createdAt)}`,
        description: `${sizeText(size)} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`,
        manifest: found.value,
      },
    ],
    { title: `Search Index of ${visibleText(bucket)}`, ignoreFocusOut: true },
  );
  return chosen === undefined ? cancelled : ok(chosen.manifest);
}
