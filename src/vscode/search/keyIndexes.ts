import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { errorText } from '../../core/errorText.ts';
import { fail, ok, type Result } from '../../core/outcome.ts';
import {
  indexBytes,
  readIndex,
  readIndexHead,
  type IndexHead,
} from '../../core/search/indexFile.ts';
import type { KeyTable } from '../../core/search/keyTable.ts';

/** Enough for what an index says of itself. */
const HEAD_BYTES = 4096;

/** What an index is called while it is being written. */
const UNFINISHED = /\.keys\.[0-9a-f-]+$/;

/** When one that was never finished is given up, in milliseconds. */
const HOUR = 3_600_000;

/** An index of a bucket's keys, as it was read. */
export interface KeyIndex {
  readonly head: IndexHead;
  readonly table: KeyTable;
}

/** The indexes that are kept on this computer: names, sizes and dates of objects, and nothing else. */
export interface KeyIndexes {
  /** What the index of a bucket says of itself, without reading it whole; undefined where there is none. */
  head(bucket: string): Promise<IndexHead | undefined>;
  /** Undefined where there is none, or where it cannot be read. */
  read(bucket: string): Promise<KeyIndex | undefined>;
  /**
   * Puts an index in the place of the one there was, at once, or leaves that one as it is.
   *
   * Errors: `file-unwritable`.
   *
   * @param builtAt in epoch seconds
   */
  write(bucket: string, builtAt: number, table: KeyTable): Promise<Result<void>>;
  /** Errors: `file-unwritable`. */
  delete(bucket: string): Promise<Result<void>>;
}

/**
 * @param folder that they are kept in; it need not be there
 * @param account tells whose buckets these are, since their names are not the world's on every endpoint
 */
export function createKeyIndexes(folder: string, account: () => string): KeyIndexes {
  const fileOf = (bucket: string): string => {
    const name = createHash('sha256').update(`${account()}\n${bucket}`).digest('hex').slice(0, 32);
    return join(folder, `${name}.keys`);
  };

  async function attempt(work: () => Promise<void>): Promise<Result<void>> {
    try {
      return ok(await work());
    } catch (error) {
      return fail({ code: 'file-unwritable', file: folder, detail: errorText(error) });
    }
  }

  return {
    async head(bucket) {
      const start = await readStart(fileOf(bucket));
      return start && readIndexHead(start);
    },
    async read(bucket) {
      const bytes = await readFile(fileOf(bucket)).catch(() => undefined);
      return bytes && readIndex(bytes);
    },
    write: (bucket, builtAt, table) =>
      attempt(async () => {
        await mkdir(folder, { recursive: true });
        await removeUnfinished(folder);
        const path = fileOf(bucket);
        // A window that reads meanwhile has the old one whole.
        const unfinished = `${path}.${randomUUID()}`;
        try {
          const file = await open(unfinished, 'wx', 0o600);
          try {
            for (const piece of indexBytes({ bucket, builtAt }, table)) {
              await file.writeFile(piece);
              await setImmediate();
            }
          } finally {
            await file.close();
          }
          await rename(unfinished, path);
        } catch (error) {
          await rm(unfinished, { force: true });
          throw error;
        }
      }),
    delete: (bucket) => attempt(() => rm(fileOf(bucket), { force: true })),
  };
}

/** Removes what windows have left that ended while they wrote. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!UNFINISHED.test(name)) continue;
    const path = join(folder, name);
    // Another window may have finished it just now.
    const file = await stat(path).catch(() => undefined);
    if (file !== undefined && Date.now() - file.mtimeMs > HOUR) await rm(path, { force: true });
  }
}

async function readStart(path: string): Promise<Buffer | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
