import type { SecretStorage } from 'vscode';

/** A store of secrets, in which nobody else changes any. */
export function secretsInMemory(): SecretStorage {
  const secrets = new Map<string, string>();
  return {
    keys: async () => [...secrets.keys()],
    get: async (name) => secrets.get(name),
    store: async (name, value) => void secrets.set(name, value),
    delete: async (name) => void secrets.delete(name),
    onDidChange: () => ({ dispose: () => undefined }),
  };
}
