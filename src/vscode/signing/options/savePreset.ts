import * as vscode from 'vscode';
import { optionsSummary, VERSION_PARAMETER } from '../../../core/cloudfront/optionsSummary.ts';
import { withParameter } from '../../../core/cloudfront/queryParameters.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { writtenOptions } from '../../../core/cloudfront/writtenOptions.ts';
import { visibleText } from '../../../core/s3/visibleText.ts';
import { messageText } from '../../messages.ts';
import type { Settings } from '../../settings.ts';

/** Writes options into the user's settings, under a name that is asked for; what is of one object is left out. */
export async function savePreset(draft: SignOptions, settings: Settings): Promise<void> {
  const options = withParameter(draft, VERSION_PARAMETER, undefined);
  const summary = optionsSummary(options);
  const text = await vscode.window.showInputBox({
    title: 'Save as Preset',
    prompt: messageText(summary === '' ? 'Nothing is chosen: all is as in the settings' : summary),
    placeHolder: 'customer-30d',
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const isTaken = settings.get('presets').some(({ name }) => name === typed.trim());
      return isTaken
        ? {
            message: 'There is one of this name. It will be replaced.',
            severity: vscode.InputBoxValidationSeverity.Warning,
          }
        : undefined;
    },
  });
  const name = text?.trim() ?? '';
  if (name === '') return;
  await settings.put('presets', name, writtenOptions(options));
  vscode.window.setStatusBarMessage(`$(check) Saved as preset “${visibleText(name)}”`, 3000);
}
