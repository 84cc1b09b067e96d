import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../../core/errorText.ts';
import { parseJson } from '../../core/json.ts';
import {
  issuedLinkJson,
  parseIssuedLink,
  type IssuedLink,
  type NewlyIssued,
} from '../../core/ledger/issuedLink.ts';
import { fail, ok, type Result } from '../../core/outcome.ts';
import type { Log } from '../log.ts';

/** How many files are read at once. */
const AT_ONCE = 32;

/** When a file that was never finished is given up, in milliseconds. */
const HOUR = 3_600_000;

/**
 * The names of files: `<act>.jsonl` has what one act has issued, a link a line, and `<act>.tmp` what
 * is still being written. `<act>.<line>.forgotten` takes a line out, `<act>.<line>.told` says that its
 * end was told. An act is its time and chance, a link's ID an act and a line.
 */
const NAME = /^((\d+)-[0-9a-f]+)(?:\.(\d+))?\.(jsonl|tmp|forgotten|told)$/;

/**
 * What was issued, in files that are never changed: several windows write at once, and none takes
 * anything from another.
 */
export interface LinkFiles {
  /** Keeps what one act has issued. Errors: `file-unwritable`. */
  add(issued: readonly NewlyIssued[]): Promise<Result<void>>;
  /**
   * All links that shall still be kept. Files of which that is none are deleted; one that cannot be
   * read is passed over.
   */
  read(isKept: (link: IssuedLink) => boolean): Promise<readonly IssuedLink[]>;
  /** Takes links out, by ID. Errors: `file-unwritable`. */
  forget(ids: readonly string[]): Promise<Result<void>>;
  /** Whether it falls to this window, of all there are, to tell of a link's end. */
  claimTelling(id: string): Promise<boolean>;
}

/** What lies in the folder that belongs to one act. */
interface ActFiles {
  readonly time: number;
  /** The names of all of them. */
  readonly names: string[];
  readonly forgotten: Set<string>;
  isWritten: boolean;
}

/** @param folder its path; it is made with the first file */
export function createLinkFiles(folder: string, log: Log): LinkFiles {
  /** Files that were read, by act: they never change. */
  const known = new Map<string, readonly IssuedLink[]>();

  const inFolder = (name: string): string => path.join(folder, name);

  async function listActs(): Promise<ReadonlyMap<string, ActFiles>> {
    const acts = new Map<string, ActFiles>();
    // Before the first link there is no folder.
    for (const name of await readdir(folder).catch(() => [])) {
      const [, act, time, line, kind] = NAME.exec(name) ?? [];
      if (act === undefined) continue;
      const files = acts.get(act) ?? {
        time: Number(time),
        names: [],
        forgotten: new Set(),
        isWritten: false,
      };
      files.names.push(name);
      if (kind === 'jsonl') files.isWritten = true;
      if (kind === 'forgotten') files.forgotten.add(`${act}.${line}`);
      acts.set(act, files);
    }
    return acts;
  }

  async function linksOf(act: string): Promise<readonly IssuedLink[]> {
    const before = known.get(act);
    if (before !== undefined) return before;
    const name = `${act}.jsonl`;
    const text = await readFile(inFolder(name), 'utf8').catch((error: unknown) => {
      // Another window may have deleted it just now.
      if (codeOf(error) !== 'ENOENT') log.warn(`Issued links in ${name}: ${errorText(error)}`);
      return undefined;
    });
    if (text === undefined) return [];
    const lines = text.split('\n').filter((line) => line !== '');
    const links = lines
      .map((line, index) => parseIssuedLink(`${act}.${index}`, parseJson(line)))
      .filter((link) => link !== undefined);
    if (links.length < lines.length) {
      log.warn(`Issued links in ${name}: ${lines.length - links.length} line(s) cannot be read`);
    }
    known.set(act, links);
    return links;
  }

  async function remove({ names }: ActFiles): Promise<void> {
    // What was issued goes first: marks that are left over say nothing by themselves.
    const inOrder = names.toSorted((a, b) => Number(isMark(a)) - Number(isMark(b)));
    for (const name of inOrder) await rm(inFolder(name), { force: true });
  }

  async function mark(id: string, kind: 'forgotten' | 'told', flag: 'w' | 'wx'): Promise<void> {
    await (await open(inFolder(`${id}.${kind}`), flag)).close();
  }

  async function attempt(work: () => Promise<void>): Promise<Result<void>> {
    try {
      return ok(await work());
    } catch (error) {
      return fail({ code: 'file-unwritable', file: folder, detail: errorText(error) });
    }
  }

  return {
    add: (issued) =>
      attempt(async () => {
        const act = `${Date.now()}-${randomBytes(6).toString('hex')}`;
        const unfinished = inFolder(`${act}.tmp`);
        await mkdir(folder, { recursive: true });
        const lines = issued.map((link) => `${issuedLinkJson(link)}\n`);
        await writeFile(unfinished, lines.join(''), { flag: 'wx', mode: 0o600 });
        await rename(unfinished, inFolder(`${act}.jsonl`));
      }),
    async read(isKept) {
      const acts = [...(await listActs())];
      const kept: IssuedLink[] = [];
      for (let at = 0; at < acts.length; at += AT_ONCE) {
        const some = acts.slice(at, at + AT_ONCE).map(async ([act, files]) => {
          if (!files.isWritten) {
            if (Date.now() - files.time > HOUR) await remove(files).catch(() => {});
            return [];
          }
          const all = await linksOf(act);
          const left = all.filter((link) => !files.forgotten.has(link.id) && isKept(link));
          if (all.length > 0 && left.length === 0) await remove(files).catch(() => {});
          return left;
        });
        kept.push(...(await Promise.all(some)).flat());
      }
      return kept;
    },
    forget: (ids) =>
      attempt(async () => {
        const going = new Set(ids);
        const acts = new Set(ids.map((id) => id.slice(0, id.lastIndexOf('.'))));
        for (const [act, files] of await listActs()) {
          if (!files.isWritten || !acts.has(act)) continue;
          const links = await linksOf(act);
          const chosen = links.filter(({ id }) => going.has(id));
          if (chosen.length === 0) continue;
          const isLeft = links.some(({ id }) => !going.has(id) && !files.forgotten.has(id));
          if (!isLeft) await remove(files);
          else for (const { id } of chosen) await mark(id, 'forgotten', 'w');
        }
      }),
    claimTelling: (id) =>
      mark(id, 'told', 'wx').then(
        () => true,
        () => false,
      ),
  };
}

function isMark(name: string): boolean {
  return !name.endsWith('.jsonl');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
