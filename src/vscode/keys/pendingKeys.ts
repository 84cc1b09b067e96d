import * as vscode from 'vscode';
import { publicKeysOf } from '../../core/cloudfront/keyMatch.ts';
import type { Session } from '../../core/credentials/session.ts';
import { ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import type { Log } from '../log.ts';
import { tell } from '../messages.ts';
import type { KeyRing, PendingKey, StoredKey } from './keyRing.ts';

/** How long the account is not asked again by itself, in milliseconds. */
const PAUSE = 10_000;

/** Looks out for the IDs of keys whose public half may have been uploaded elsewhere. */
export interface PendingKeys extends vscode.Disposable {
  /**
   * Looks into the account, where a key waits for its ID and a session opens without a question.
   *
   * @returns the keys that have got theirs
   */
  look(): Promise<Outcome<readonly StoredKey[]>>;
  /** Looks without anybody waiting for it, and not too often. */
  glance(): void;
}

export function createPendingKeys(
  keys: KeyRing,
  openSession: () => Promise<Outcome<Session>>,
  log: Log,
): PendingKeys {
  let looked = Number.NEGATIVE_INFINITY;

  async function look(): Promise<Outcome<readonly StoredKey[]>> {
    const before = await keys.listPending();
    if (before.kind !== 'ok') return before;
    if (before.value.length === 0) return ok([]);
    looked = performance.now();
    const session = await openSession();
    if (session.kind !== 'ok') return session;
    const { cloudFront } = session.value;
    cloudFront.forget();
    const listed = await cloudFront.listPublicKeys(new AbortController().signal);
    if (listed.kind !== 'ok') return listed;
    // While the account was asked, a key may have been deleted or have got another name.
    const pending = await keys.listPending();
    if (pending.kind !== 'ok') return pending;
    const found: StoredKey[] = [];
    for (const key of pending.value) {
      const [known] = publicKeysOf(key.publicKeyPem, listed.value);
      if (known === undefined) continue;
      const settled = await settle(key, known.id);
      if (settled.kind !== 'ok') return settled;
      if (settled.value !== undefined) found.push(settled.value);
    }
    return ok(found);
  }

  /** Gives a key its ID, where no key is kept under that; undefined where one is. */
  async function settle(
    key: PendingKey,
    keyPairId: string,
  ): Promise<Result<StoredKey | undefined>> {
    const kept = await keys.find(keyPairId);
    if (kept.kind !== 'ok') return kept;
    if (kept.value === undefined) return keys.settle(key, keyPairId);
    if (kept.value.publicKeyPem === key.publicKeyPem) {
      const removed = await keys.removePending(key.pendingId);
      return removed.kind === 'ok' ? ok(undefined) : removed;
    }
    const { title } = problemWords({
      code: 'key-pair-id-taken',
      keyPairId,
      name: kept.value.name,
    });
    log.warn(`“${key.name}” keeps waiting: ${title}`);
    return ok(undefined);
  }

  async function lookAndTell(): Promise<void> {
    const found = await look();
    if (found.kind === 'problem') {
      log.warn(`No key pair ID found: ${problemWords(found.problem).title}`);
    }
    if (found.kind !== 'ok') return;
    for (const { name, keyPairId } of found.value) {
      tell(`CloudFront knows “${name}” as ${keyPairId}.`);
    }
  }

  function glance(): void {
    if (performance.now() - looked > PAUSE) void lookAndTell();
  }

  // Whoever uploads a public half in the console comes back from a browser.
  const watch = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) glance();
  });
  return { look, glance, dispose: () => watch.dispose() };
}
