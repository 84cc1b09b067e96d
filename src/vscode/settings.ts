import * as vscode from 'vscode';
import { isJsonObject } from '../core/json.ts';
import { readSetting, wrongValue, type SettingName, type SettingValues } from '../core/settings.ts';
import type { Log } from './log.ts';
import { ask } from './messages.ts';

const SECTION = 'cloudfrontSigner';

/** The settings, read anew each time, so that no change is missed. */
export interface Settings {
  /** The value in effect, for the file or folder at hand where the setting may differ there. */
  get<N extends SettingName>(name: N): SettingValues[N];
  /**
   * Warns, once, of a value that can be read and means nothing, as `get` does of one that cannot.
   *
   * @param expects what a right value is, to end the sentence "has to be …"
   */
  refuse(name: SettingName, expects: string): void;
  /** The raw items of a list in each place where it is set, in effect or not. */
  lists(name: SettingName): readonly SettingList[];
  /**
   * Writes a raw value where the setting is in effect now, unless a place is given; where it is set
   * nowhere, to the user's settings.
   */
  set(name: SettingName, raw: unknown, target?: vscode.ConfigurationTarget): Promise<void>;
  /**
   * Adds to a list of the place that is given, else of the one that is in effect. The first item of a
   * workspace brings the user's along, because its list replaces theirs.
   */
  add(name: SettingName, item: unknown, target?: vscode.ConfigurationTarget): Promise<void>;
  /** Puts something under a name into an object of the user's, in the place of what is there. */
  put(name: SettingName, key: string, content: unknown): Promise<void>;
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

  function complain(name: SettingName, complaint: string): void {
    if (complained.has(complaint)) return;
    complained.add(complaint);
    log.warn(complaint);
    void warn(name, complaint);
  }

  return {
    get(name) {
      const { value, complaint } = readSetting(name, configuration().get<unknown>(name));
      if (complaint !== undefined) complain(name, complaint);
      return value;
    },
    refuse: (name, expects) => complain(name, wrongValue(name, expects)),
    lists: listsOf,
    set: write,
    async add(name, item, target = targetInEffect(name) ?? vscode.ConfigurationTarget.Global) {
      const own = listsOf(name).find((list) => list.target === target);
      const isUsers = target === vscode.ConfigurationTarget.Global;
      const before = own?.items ?? (isUsers ? [] : rawList(name));
      await write(name, [...before, item], target);
    },
    async put(name, key, content) {
      const own = configuration().inspect<unknown>(name)?.globalValue;
      const before = isJsonObject(own) ? own : {};
      await write(name, { ...before, [key]: content }, vscode.ConfigurationTarget.Global);
    },
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
