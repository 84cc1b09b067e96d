import type * as vscode from 'vscode';
import type { SigningKey } from '../../core/cloudfront/signedUrl.ts';
import { signingKeyOf, type PrivateKeyText } from '../../core/keys/privateKey.ts';
import { fail, ok, type Result } from '../../core/outcome.ts';

/** A private key as it lies in SecretStorage, and in memory while it is read. */
export interface StoredKey extends PrivateKeyText {
  readonly keyPairId: string;
  /** What its owner calls it. */
  readonly name: string;
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
  remove(keyPairId: string): Promise<Result<void>>;
}

const PREFIX = 'privateKey/';

/** @param onChange tells that a key was added, changed or removed, here or in another window */
export function createKeyRing(secrets: vscode.SecretStorage, onChange: () => void): KeyRing {
  const ready = new Map<string, SigningKey>();
  let changes = 0;

  function forget(keyPairId: string): void {
    changes++;
    ready.delete(keyPairId);
  }

  const watch = secrets.onDidChange(({ key }) => {
    if (!key.startsWith(PREFIX)) return;
    forget(key.slice(PREFIX.length));
    onChange();
  });

  async function find(keyPairId: string): Promise<Result<StoredKey | undefined>> {
    const secret = await attempt(() => secrets.get(PREFIX + keyPairId));
    return secret.kind === 'ok' ? ok(parseStoredKey(keyPairId, secret.value)) : secret;
  }

  return {
    find,
    async list() {
      const names = await attempt(() => secrets.keys());
      if (names.kind !== 'ok') return names;
      const keys: StoredKey[] = [];
      for (const name of names.value) {
        if (!name.startsWith(PREFIX)) continue;
        const key = await find(name.slice(PREFIX.length));
        if (key.kind !== 'ok') return key;
        if (key.value !== undefined) keys.push(key.value);
      }
      return ok(keys.toSorted((a, b) => a.name.localeCompare(b.name)));
    },
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
    async put({ keyPairId, ...rest }) {
      forget(keyPairId);
      return attempt(() => secrets.store(PREFIX + keyPairId, JSON.stringify(rest)));
    },
    async remove(keyPairId) {
      forget(keyPairId);
      return attempt(() => secrets.delete(PREFIX + keyPairId));
    },
    dispose() {
      ready.clear();
      watch.dispose();
    },
  };
}

function parseStoredKey(keyPairId: string, secret: string | undefined): StoredKey | undefined {
  if (secret === undefined) return undefined;
  const raw = parseJson(secret);
  if (typeof raw !== 'object' || raw === null) return undefined;
  if (!('name' in raw) || !('kind' in raw) || !('pem' in raw) || !('publicKeyPem' in raw)) {
    return undefined;
  }
  const { name, kind, pem, publicKeyPem } = raw;
  if (kind !== 'RSA 2048' && kind !== 'ECDSA P-256') return undefined;
  if (typeof name !== 'string' || typeof pem !== 'string' || typeof publicKeyPem !== 'string') {
    return undefined;
  }
  return { keyPairId, name, kind, pem, publicKeyPem };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function attempt<T>(work: () => Thenable<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'It gave no reason';
    return fail({ code: 'secret-store-unavailable', detail });
  }
}
