import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSettings } from '../../../src/vscode/settings.ts';
import { silentLog } from './silentLog.ts';

const { GLOBAL, WORKSPACE, places } = vi.hoisted(() => ({
  GLOBAL: 1,
  WORKSPACE: 2,
  /** What is set in the user's settings and in those of the workspace. */
  places: new Map<unknown, unknown>(),
}));

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: GLOBAL, Workspace: WORKSPACE, WorkspaceFolder: 3 },
  window: {},
  workspace: {
    getConfiguration: () => ({
      get: () => places.get(WORKSPACE) ?? places.get(GLOBAL) ?? [],
      inspect: () => ({ globalValue: places.get(GLOBAL), workspaceValue: places.get(WORKSPACE) }),
      update: async (_name: string, value: unknown, target: number) => {
        places.set(target, value);
      },
    }),
  },
}));

const settings = createSettings(silentLog);

beforeEach(() => places.clear());

describe('an item that is added to a list', () => {
  it('comes beside what the user has set, though the workspace has a list of its own', async () => {
    places.set(GLOBAL, ['mine']).set(WORKSPACE, ['ours']);
    await settings.add('buckets', 'new', GLOBAL);
    expect(places.get(GLOBAL)).toEqual(['mine', 'new']);
    expect(places.get(WORKSPACE)).toEqual(['ours']);
  });

  it('takes nothing of the workspace along into the user’s settings', async () => {
    places.set(WORKSPACE, ['ours']);
    await settings.add('buckets', 'new', GLOBAL);
    expect(places.get(GLOBAL)).toEqual(['new']);
  });

  it('brings what was in effect along where it is the first of a workspace', async () => {
    places.set(GLOBAL, ['mine']);
    await settings.add('buckets', 'new', WORKSPACE);
    expect(places.get(WORKSPACE)).toEqual(['mine', 'new']);
    expect(places.get(GLOBAL)).toEqual(['mine']);
  });

  it('goes where the list is in effect, if no place is given', async () => {
    places.set(GLOBAL, ['mine']).set(WORKSPACE, ['ours']);
    await settings.add('buckets', 'new');
    expect(places.get(WORKSPACE)).toEqual(['ours', 'new']);
    places.clear();
    await settings.add('buckets', 'new');
    expect(places.get(GLOBAL)).toEqual(['new']);
  });
});

describe('what is put under a name', () => {
  it('comes beside what the user has, right or wrong, in the place of what has the name', async () => {
    places.set(GLOBAL, { mine: { expiresIn: '1h' }, wrong: 7 }).set(WORKSPACE, { ours: {} });
    await settings.put('presets', 'new', { expiresIn: '7d' });
    await settings.put('presets', 'mine', {});
    expect(places.get(GLOBAL)).toEqual({ mine: {}, wrong: 7, new: { expiresIn: '7d' } });
    expect(places.get(WORKSPACE)).toEqual({ ours: {} });
  });

  it('is the first where there is nothing, or nothing that could be kept', async () => {
    for (const before of [undefined, 'x', ['x']]) {
      places.set(GLOBAL, before);
      await settings.put('presets', 'new', {});
      expect(places.get(GLOBAL)).toEqual({ new: {} });
    }
  });
});
