import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSettings } from '../../../src/vscode/settings.ts';
import { offerToRemember } from '../../../src/vscode/signing/rememberDistribution.ts';
import { silentLog } from './silentLog.ts';

interface Item {
  readonly label: string;
  readonly detail?: string;
}

const { GLOBAL, WORKSPACE, places, offered, answer } = vi.hoisted(() => ({
  GLOBAL: 1,
  WORKSPACE: 2,
  /** What is set in the user's settings and in those of the workspace. */
  places: new Map<unknown, readonly unknown[]>(),
  offered: new Array<Item>(),
  /** What is picked, by a part of its label. */
  answer: { label: '' },
}));

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: GLOBAL, Workspace: WORKSPACE, WorkspaceFolder: 3 },
  window: {
    showQuickPick: async (items: readonly Item[]) => {
      offered.splice(0, offered.length, ...items);
      return items.find(({ label }) => label.includes(answer.label));
    },
  },
  workspace: {
    workspaceFolders: [{}],
    getConfiguration: () => ({
      get: () => places.get(WORKSPACE) ?? places.get(GLOBAL) ?? [],
      inspect: () => ({ globalValue: places.get(GLOBAL), workspaceValue: places.get(WORKSPACE) }),
      update: async (_name: string, value: readonly unknown[], target: number) => {
        places.set(target, value);
      },
    }),
  },
}));

const endpoint = { protocol: 'https', domain: 'cdn.example.com', originPath: '' } as const;
const mapping = { bucket: 'films', domain: 'cdn.example.com' };

function offer(label: string): Promise<boolean> {
  answer.label = label;
  return offerToRemember('films', endpoint, undefined, createSettings(silentLog));
}

function details(): readonly (readonly [label: string, detail: string | undefined])[] {
  return offered.map(({ label, detail }) => [label.replace(/^\S+ /, ''), detail]);
}

beforeEach(() => places.clear());

describe('a distribution that is remembered', () => {
  it('goes to the user’s settings, which are in effect', async () => {
    expect(await offer('User')).toBe(true);
    expect(places.get(GLOBAL)).toEqual([mapping]);
    expect(details()).toEqual([
      ['Remember in the User Settings', undefined],
      ['Remember in the Workspace Settings', undefined],
      ['Only This Time', undefined],
    ]);
  });

  it('is offered first where it has an effect, and said to have none elsewhere', async () => {
    const ours = { bucket: 'music', domain: 'music.example.com' };
    places.set(WORKSPACE, [ours]);
    expect(await offer('Workspace')).toBe(true);
    expect(places.get(WORKSPACE)).toEqual([ours, mapping]);
    expect(details()).toEqual([
      ['Remember in the Workspace Settings', undefined],
      [
        'Remember in the User Settings',
        'For other workspaces: this one has a list of distributions of its own',
      ],
      ['Only This Time', undefined],
    ]);
  });
});
