import type { ExtensionContext } from 'vscode';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../../src/core/outcome.ts';
import { readSetting, SETTINGS } from '../../../src/core/settings.ts';
import { createProfiles } from '../../../src/vscode/profiles.ts';

const showQuickPick = vi.hoisted(() =>
  vi.fn<(items: readonly { readonly label: string }[]) => Promise<unknown>>(),
);
vi.mock('vscode', () => ({
  ThemeIcon: vi.fn<() => void>(),
  window: { showQuickPick },
}));

/** The profile in the settings; undefined where none is set there. */
let set: string | undefined;
/** With which profile everything began anew. */
let begun: (string | undefined)[];

function memento(): ExtensionContext['globalState'] {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key),
    update: async (key, value) => void kept.set(key, value),
    setKeysForSync: () => undefined,
  };
}

async function select(label: string): Promise<void> {
  showQuickPick.mockImplementation(async (items) => items.find((item) => item.label === label));
  const beginAnew = (): void => void begun.push(profiles.connection().profile);
  const profiles = createProfiles(
    {
      get: (name) =>
        readSetting(name, name === 'aws.profile' ? (set ?? '') : SETTINGS[name].fallback).value,
      set: async (_name, raw) => {
        if (raw === set) return;
        set = typeof raw === 'string' ? raw : undefined;
        // As whoever listens to the settings does.
        beginAnew();
      },
    },
    { workspaceState: memento(), globalState: memento() },
    async () => ({
      listProfiles: async () =>
        ok(['work', 'home'].map((name) => ({ name, kind: 'keys' as const, region: undefined }))),
    }),
    beginAnew,
  );
  await profiles.commands['selectProfile']?.();
}

beforeEach(() => {
  set = undefined;
  begun = [];
});

describe('a profile that is chosen', () => {
  it.each([
    ['where none is in the settings', undefined],
    ['where another one is', 'work'],
    ['where it is itself, which has everything begin anew too', 'home'],
  ])('is begun with once, %s', async (_where, before) => {
    set = before;
    await select('home');
    expect(begun).toEqual(['home']);
    expect(set).toBe(before === undefined ? undefined : 'home');
  });
});
