import type * as vscode from 'vscode';
import type { SigningKey } from '../../core/cloudfront/signedUrl.ts';
import { errorText } from '../../core/errorText.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../core/json.ts';
import { KEY_KINDS, signingKeyOf, type PrivateKeyText } from '../../core/keys/privateKey.ts';
import type { Succession } from '../../core/keys/rotation.ts';
import { fail, ok, type Result } from '../../core/outcome.ts';

/** A private key as it lies in SecretStorage, and in memory while it is read. */
interface NamedKey extends PrivateKeyText {
  /** What its owner calls it. */
  readonly name: string;
}

/** A private key that can sign. */
export interface StoredKey extends NamedKey {
  readonly keyPairId: string;
  /** Where it is being replaced. */
  readonly succession?: Succession;
}

/** A private key that was made here, and that CloudFront has not given an ID yet. */
export interface PendingKey extends NamedKey {
  /** What it is kept under meanwhile. */
  readonly pendingId: string;
}

/** The private keys, in SecretStorage alone. Every method fails with `secret-store-unavailable`. */
export interface KeyRing extends vscode.Disposable {
  /** By name. */
  list(): Promise<Result<readonly StoredKey[]>>;
  /** Undefined where there is no key with this ID. */
  find(keyPairId: string): Promise<Result<StoredKey | undefined>>;
  /** The key ready to sign; parsed once and kept in memory. Errors: `private-key-missing`. */
  signingKey(keyPairId: string): Promise<Result<SigningKey>>;
  /** Keeps a key, in the place of the one that has its ID. */
  put(key: StoredKey): Promise<Result<void>>;
  /**
   * Changes what is said of a key, and not the key itself: another window may have put another one in
   * its place since it was read. Errors: `private-key-missing`.
   */
  amend(
    keyPairId: string,
    said: Partial<Pick<StoredKey, 'name' | 'succession'>>,
  ): Promise<Result<void>>;
  remove(keyPairId: string): Promise<Result<void>>;
  /** The keys without an ID, by name. */
  listPending(): Promise<Result<readonly PendingKey[]>>;
  putPending(key: PendingKey): Promise<Result<void>>;
  removePending(pendingId: string): Promise<Result<void>>;
  /** Has a key sign under the ID that CloudFront has given it. */
  settle(key: PendingKey, keyPairId: string): Promise<Result<StoredKey>>;
}

const PREFIX = 'privateKey/';
const PENDING_PREFIX = 'pendingKey/';

/** @param onChange tells that a key was added, changed or removed, here or in another window */
export function createKeyRing(secrets: vscode.SecretStorage, onChange: () => void): KeyRing {
  const ready = new Map<string, SigningKey>();
  let changes = 0;

  function forget(keyPairId: string): void {
    changes++;
    ready.delete(keyPairId);
  }

  const watch = secrets.onDidChange(({ key }) => {
    if (key.startsWith(PREFIX)) forget(key.slice(PREFIX.length));
    else if (!key.startsWith(PENDING_PREFIX)) return;
    onChange();
  });

  async function read<K extends NamedKey>(
    prefix: string,
    id: string,
    parse: (id: string, raw: JsonObject) => K | undefined,
  ): Promise<Result<K | undefined>> {
    const secret = await attempt(() => secrets.get(prefix + id));
    if (secret.kind !== 'ok') return secret;
    const raw = parseJson(secret.value ?? '');
    return ok(isJsonObject(raw) ? parse(id, raw) : undefined);
  }

  async function readAll<K extends NamedKey>(
    prefix: string,
    parse: (id: string, raw: JsonObject) => K | undefined,
  ): Promise<Result<readonly K[]>> {
    const names = await attempt(() => secrets.keys());
    if (names.kind !== 'ok') return names;
    const keys: K[] = [];
    for (const name of names.value) {
      if (!name.startsWith(prefix)) continue;
      const key = await read(prefix, name.slice(prefix.length), parse);
      if (key.kind !== 'ok') return key;
      if (key.value !== undefined) keys.push(key.value);
    }
    return ok(keys.toSorted((a, b) => a.name.localeCompare(b.name)));
  }

  const find = (keyPairId: string): Promise<Result<StoredKey | undefined>> =>
    read(PREFIX, keyPairId, parseStoredKey);

  async function put({ keyPairId, ...rest }: StoredKey): Promise<Result<void>> {
    forget(keyPairId);
    return attempt(() => secrets.store(PREFIX + keyPairId, JSON.stringify(rest)));
  }

  const removePending = (pendingId: string): Promise<Result<void>> =>
    attempt(() => secrets.delete(PENDING_PREFIX + pendingId));

  return {
    find,
    list: () => readAll(PREFIX, parseStoredKey),
    async signingKey(keyPairId) {
      const kept = ready.get(keyPairId);
      if (kept) return ok(kept);
      const before = changes;
      const stored = await find(keyPairId);
      if (stored.kind !== 'ok') return stored;
      if (stored.value === undefined) return fail({ code: 'private-key-missing', keyPairId });
      const key = signingKeyOf(keyPairId, stored.value.pem);
      // What was read before a change must not outlive it.
      if (key.kind === 'ok' && changes === before) ready.set(keyPairId, key.value);
      return key;
    },
    put,
    async amend(keyPairId, said) {
      const kept = await find(keyPairId);
      if (kept.kind !== 'ok') return kept;
      if (kept.value === undefined) return fail({ code: 'private-key-missing', keyPairId });
      return put({ ...kept.value, ...said });
    },
    async remove(keyPairId) {
      forget(keyPairId);
      return attempt(() => secrets.delete(PREFIX + keyPairId));
    },
    listPending: () => readAll(PENDING_PREFIX, parsePendingKey),
    async putPending({ pendingId, ...rest }) {
      return attempt(() => secrets.store(PENDING_PREFIX + pendingId, JSON.stringify(rest)));
    },
    removePending,
    async settle({ pendingId, ...rest }, keyPairId) {
      const key = { ...rest, keyPairId };
      const kept = await put(key);
      if (kept.kind !== 'ok') return kept;
      const removed = await removePending(pendingId);
      return removed.kind === 'ok' ? ok(key) : removed;
    },
    dispose() {
      ready.clear();
      watch.dispose();
    },
  };
}

function parseStoredKey(keyPairId: string, raw: JsonObject): StoredKey | undefined {
  const key = parseNamedKey(raw);
  const succession = parseSuccession(raw['succession']);
  return key && { ...key, keyPairId, ...(succession && { succession }) };
}

function parsePendingKey(pendingId: string, raw: JsonObject): PendingKey | undefined {
  const key = parseNamedKey(raw);
  return key && { ...key, pendingId };
}

function parseNamedKey({ name, kind, pem, publicKeyPem }: JsonObject): NamedKey | undefined {
  const known = KEY_KINDS.find((one) => one === kind);
  if (known === undefined) return undefined;
  if (typeof name !== 'string' || typeof pem !== 'string' || typeof publicKeyPem !== 'string') {
    return undefined;
  }
  return { name, kind: known, pem, publicKeyPem };
}

function parseSuccession(raw: unknown): Succession | undefined {
  if (!isJsonObject(raw)) return undefined;
  const { publicKeyPem, accountId, since } = raw;
  if (typeof publicKeyPem !== 'string' || typeof accountId !== 'string') return undefined;
  return { publicKeyPem, accountId, ...(typeof since === 'number' && { since }) };
}

async function attempt<T>(work: () => Thenable<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return fail({ code: 'secret-store-unavailable', detail: errorText(error) });
  }
}
