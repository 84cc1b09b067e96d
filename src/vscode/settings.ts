import * as vscode from 'vscode';
import { readSetting, type SettingName, type SettingValues } from '../core/settings.ts';
import type { Log } from './log.ts';
import { ask } from './messages.ts';

const SECTION = 'cloudfrontSigner';

/** The settings, read anew each time, so that no change is missed. */
export interface Settings {
  /** The value in effect, for the file or folder at hand where the setting may differ there. */
  get<N extends SettingName>(name: N): SettingValues[N];
  /** Whether the user or the workspace has set it. */
  isSet(name: SettingName): boolean;
  /** The raw items of a list in each place where it is set, in effect or not. */
  lists(name: SettingName): readonly SettingList[];
  /**
   * Writes a raw value where the setting is in effect now, unless a place is given; where it is set
   * nowhere, to the user's settings.
   */
  set(name: SettingName, raw: unknown, target?: vscode.ConfigurationTarget): Promise<void>;
  /**
   * Adds to a list. The first item in a place brings the items along that were in effect, because a
   * list of the workspace replaces the user's.
   */
  add(name: SettingName, item: unknown, target?: vscode.ConfigurationTarget): Promise<void>;
  /** Takes the items out of a list that `isMeant` picks, wherever it is in effect. */
  remove(name: SettingName, isMeant: (item: unknown) => boolean): Promise<void>;
}

/** A list in one of the places where it is set. */
export interface SettingList {
  readonly target: vscode.ConfigurationTarget;
  readonly items: readonly unknown[];
}

function configuration(): vscode.WorkspaceConfiguration {
  const resource =
    vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.workspace.getConfiguration(SECTION, resource);
}

function listsOf(name: SettingName): readonly SettingList[] {
  const found = configuration().inspect<unknown>(name);
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const places = [
    { target: Global, raw: found?.globalValue },
    { target: Workspace, raw: found?.workspaceValue },
    // The settings of a folder that is open by itself are those of the workspace.
    ...(vscode.workspace.workspaceFile === undefined
      ? []
      : [{ target: WorkspaceFolder, raw: found?.workspaceFolderValue }]),
  ];
  return places.flatMap(({ target, raw }) => (Array.isArray(raw) ? [{ target, items: raw }] : []));
}

function targetInEffect(name: SettingName): vscode.ConfigurationTarget | undefined {
  const found = configuration().inspect<unknown>(name);
  if (found?.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  if (found?.workspaceValue !== undefined) return vscode.ConfigurationTarget.Workspace;
  return found?.globalValue === undefined ? undefined : vscode.ConfigurationTarget.Global;
}

function rawList(name: SettingName): unknown[] {
  const raw: unknown = configuration().get<unknown>(name);
  return Array.isArray(raw) ? [...raw] : [];
}

async function write(
  name: SettingName,
  raw: unknown,
  target = targetInEffect(name) ?? vscode.ConfigurationTarget.Global,
): Promise<void> {
  await configuration().update(name, raw, target);
}

export function createSettings(log: Log): Settings {
  const complained = new Set<string>();

  return {
    get(name) {
      const { value, complaint } = readSetting(name, configuration().get<unknown>(name));
      if (complaint !== undefined && !complained.has(complaint)) {
        complained.add(complaint);
        log.warn(complaint);
        void warn(name, complaint);
      }
      return value;
    },
    isSet: (name) => targetInEffect(name) !== undefined,
    lists: listsOf,
    set: write,
    add: (name, item, target) => write(name, [...rawList(name), item], target),
    remove: (name, isMeant) =>
      write(
        name,
        rawList(name).filter((item) => !isMeant(item)),
      ),
  };
}

async function warn(name: SettingName, complaint: string): Promise<void> {
  const open = 'Open Setting';
  if ((await ask('warning', complaint, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.${name}`);
  }
}
