import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelled, ok } from '../../../src/core/outcome.ts';
import { askForFirstKey } from '../../../src/vscode/keys/firstKey.ts';
import type { KeyRing, PendingKey } from '../../../src/vscode/keys/keyRing.ts';

interface Item {
  readonly label: string;
}

const { picks, answers, called, told, results } = vi.hoisted(() => ({
  /** The titles of the picks, with their labels. */
  picks: new Array<readonly [title: string, labels: readonly string[]]>(),
  /** What is picked, by a part of its label; nothing where they run out. */
  answers: new Array<string>(),
  called: new Array<readonly unknown[]>(),
  told: new Array<string>(),
  /** What commands give, by their names. */
  results: new Map<unknown, unknown>(),
}));

vi.mock('vscode', () => ({
  window: {
    showQuickPick: async (items: readonly Item[], { title }: { readonly title: string }) => {
      picks.push([title, items.map(({ label }) => label.replace(/^\S+ /, ''))]);
      const answer = answers.shift();
      return items.find(({ label }) => answer !== undefined && label.includes(answer));
    },
    showInformationMessage: async (message: string) => void told.push(message),
  },
  commands: {
    executeCommand: async (command: string, ...args: readonly unknown[]) => {
      called.push([command, ...args]);
      return results.get(command);
    },
  },
}));

const pendingKey: PendingKey = {
  name: 'Release key',
  kind: 'RSA 2048',
  pem: '',
  publicKeyPem: '',
  pendingId: 'pending',
};

function ask(pending: readonly PendingKey[] = []) {
  // @ts-expect-error Nothing else of the key ring is asked here.
  const keys: KeyRing = { listPending: async () => ok(pending) };
  // @ts-expect-error The account is looked into for a key that is imported.
  return askForFirstKey(keys, {});
}

beforeEach(() => {
  for (const list of [picks, answers, called, told]) list.length = 0;
  results.clear();
});

describe('where no key can sign yet', () => {
  it('a key is imported or a pair made, and Escape is silent', async () => {
    expect(await ask()).toEqual(cancelled);
    expect(picks).toEqual([
      ['No Private Key to Sign With', ['Import Private Key…', 'Create Key Pair…']],
    ]);
    expect([called, told]).toEqual([[], []]);
  });

  it('the import asks where the key is', async () => {
    answers.push('Import');
    expect(await ask()).toEqual(cancelled);
    expect(picks.map(([title]) => title)).toEqual([
      'No Private Key to Sign With',
      'Import Private Key',
    ]);
  });

  it('a pair that is made ends the signing, with a word on how it goes on', async () => {
    answers.push('Create');
    results.set('cloudfrontSigner.createKeyPair', { name: 'signing-key' });
    expect(await ask()).toEqual(cancelled);
    expect(called).toEqual([['cloudfrontSigner.createKeyPair']]);
    expect(told).toEqual([
      expect.stringContaining('Sign again once CloudFront trusts the new key'),
    ]);
  });

  it('nothing is said where none was made', async () => {
    answers.push('Create');
    expect(await ask()).toEqual(cancelled);
    expect(told).toEqual([]);
  });

  it('a key that waits for its ID is offered first', async () => {
    answers.push('Finish “Release key”');
    expect(await ask([pendingKey])).toEqual(cancelled);
    expect(picks[0]?.[1]).toEqual([
      'Finish “Release key”…',
      'Import Private Key…',
      'Create Key Pair…',
    ]);
    expect(called).toEqual([['cloudfrontSigner.manageKeys', { pendingId: 'pending' }]]);
  });
});
