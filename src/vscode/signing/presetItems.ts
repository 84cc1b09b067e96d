import * as vscode from 'vscode';
import { optionsSummary } from '../../core/cloudfront/optionsSummary.ts';
import { parseSignOptions, type SignOptions } from '../../core/cloudfront/signOptions.ts';
import { expiresAt } from '../../core/expiry.ts';
import { problemWords } from '../../core/problem.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { EndSource } from './settleEnd.ts';
import type { TypedItem } from './typedPick.ts';

/** A preset that was picked. */
export interface PickedPreset {
  readonly preset: SignOptions;
}

/** The user's presets below a line; nothing where there are none. Those that cannot be used say why. */
export function presetItems({ settings, now }: EndSource): readonly TypedItem<PickedPreset>[] {
  const presets = settings.get('presets');
  if (presets.length === 0) return [];
  const templates = settings.get('link.templates');
  const maximum = settings.get('expiry.maximum');
  const items = presets.map(({ name, raw }): TypedItem<PickedPreset> => {
    const label = `$(bookmark) ${visibleText(name)}`;
    const options = parseSignOptions(raw, templates);
    const { expiry } = options.kind === 'ok' ? options.value : {};
    const end = expiry && expiresAt(expiry, now(), maximum);
    const fault = [options, end].find((result) => result?.kind === 'problem');
    if (options.kind === 'ok' && fault === undefined) {
      const description = optionsSummary(options.value);
      return { label, description, choice: { preset: options.value } };
    }
    const words = fault?.kind === 'problem' ? problemWords(fault.problem) : undefined;
    const detail = words?.remedy ?? '';
    return { label, description: words?.title ?? '', detail, choice: undefined };
  });
  const line = { label: 'Presets', kind: vscode.QuickPickItemKind.Separator, choice: undefined };
  return [line, ...items];
}
