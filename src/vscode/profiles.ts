import * as vscode from 'vscode';
import type { Profile } from '../core/credentials/profile.ts';
import type { Aws, Connection } from '../core/credentials/session.ts';
import { cancelled, ok } from '../core/outcome.ts';
import type { Commands } from './commands.ts';
import type { Settings } from './settings.ts';

const CHOICE = 'profile';

/** Which profile is used, and the command that chooses it. */
export interface Profiles {
  /** What the settings and the choice come to now. */
  connection(): Connection;
  readonly commands: Commands;
}

/**
 * The choice is kept for the workspace, and is where a new workspace begins. A profile in the
 * settings takes its place, and is what choosing another one then changes.
 */
export function createProfiles(
  settings: Pick<Settings, 'get' | 'set'>,
  { workspaceState, globalState }: Pick<vscode.ExtensionContext, 'workspaceState' | 'globalState'>,
  loadAws: () => Promise<Pick<Aws, 'listProfiles'>>,
  onChange: () => void,
): Profiles {
  function chosen(): string | undefined {
    const kept = workspaceState.get<unknown>(CHOICE) ?? globalState.get<unknown>(CHOICE);
    return typeof kept === 'string' && kept !== '' ? kept : undefined;
  }

  function current(): string | undefined {
    return settings.get('aws.profile') ?? chosen();
  }

  async function choose(name: string | undefined): Promise<void> {
    // Empty is the choice of none: undefined would bring back the choice of other workspaces.
    await workspaceState.update(CHOICE, name ?? '');
    await globalState.update(CHOICE, name ?? '');
    const inSettings = settings.get('aws.profile');
    // Settings that change tell so by themselves; told twice, a code would be asked for twice.
    if (inSettings === undefined || inSettings === name) onChange();
    else await settings.set('aws.profile', name);
  }

  return {
    connection: () => ({
      profile: current(),
      region: settings.get('aws.region'),
      endpoint: settings.get('s3.endpoint'),
      forcePathStyle: settings.get('s3.forcePathStyle'),
    }),
    commands: {
      async selectProfile() {
        const profiles = await (await loadAws()).listProfiles();
        if (profiles.kind !== 'ok') return profiles;
        const now = current();
        const picked = await vscode.window.showQuickPick(
          [...profiles.value.map((profile) => profileItem(profile, now)), chainItem(now)],
          {
            title: 'AWS Profile',
            placeHolder: 'Whose buckets to show',
            matchOnDescription: true,
          },
        );
        if (picked === undefined) return cancelled;
        await choose(picked.profile);
        return ok(picked.profile);
      },
    },
  };
}

interface ProfileItem extends vscode.QuickPickItem {
  readonly profile: string | undefined;
}

function profileItem({ name, kind, region }: Profile, current: string | undefined): ProfileItem {
  const words = [kind, region, name === current ? 'current' : undefined];
  return {
    label: name,
    description: words.filter((word) => word !== undefined).join(' · '),
    iconPath: new vscode.ThemeIcon(name === current ? 'check' : 'account'),
    profile: name,
  };
}

function chainItem(current: string | undefined): ProfileItem {
  return {
    label: 'Default credential chain',
    description: `environment, default profile, instance role${current === undefined ? ' · current' : ''}`,
    iconPath: new vscode.ThemeIcon(current === undefined ? 'check' : 'link'),
    profile: undefined,
  };
}
