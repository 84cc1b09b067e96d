import * as vscode from 'vscode';
import { optionsSummary } from '../../core/cloudfront/optionsSummary.ts';
import {
  parseSignOptions,
  type SignOptions,
  type SignPreset,
} from '../../core/cloudfront/signOptions.ts';
import { expiresAt } from '../../core/expiry.ts';
import type { Result } from '../../core/outcome.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { EndSource } from './settleEnd.ts';
import { faultItem, type TypedItem } from './typedPick.ts';

/** A preset that was picked. */
export interface PickedPreset {
  readonly preset: SignOptions;
}

/** The user's presets below a line; nothing where there are none. Those that cannot be used say why. */
export function presetItems(source: EndSource): readonly TypedItem<PickedPreset>[] {
  const presets = source.settings.get('presets');
  if (presets.length === 0) return [];
  const line = { label: 'Presets', kind: vscode.QuickPickItemKind.Separator, choice: undefined };
  return [line, ...presets.map((preset) => presetItem(preset, source))];
}

function presetItem(preset: SignPreset, source: EndSource): TypedItem<PickedPreset> {
  const name = visibleText(preset.name);
  const options = optionsOf(preset, source);
  if (options.kind !== 'ok') return faultItem(name, options);
  const description = optionsSummary(options.value);
  return { label: `$(bookmark) ${name}`, description, choice: { preset: options.value } };
}

/** Errors: `option-invalid` for a format that there is not; those of `expiresAt`. */
function optionsOf({ raw }: SignPreset, { settings, now }: EndSource): Result<SignOptions> {
  const options = parseSignOptions(raw, settings.get('link.templates'));
  if (options.kind !== 'ok' || options.value.expiry === undefined) return options;
  const end = expiresAt(options.value.expiry, now(), settings.get('expiry.maximum'));
  return end.kind === 'ok' ? options : end;
}
