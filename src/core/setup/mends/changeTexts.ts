import type { Change } from '../change.ts';
import { json } from '../../notation/json.ts';
import { cdkText } from './cdkText.ts';
import { cliText } from './cliText.ts';
import { cloudFormationText } from './cloudFormationText.ts';
import { terraformText } from './terraformText.ts';

/** A change in one of the forms in which people make changes. */
export interface ChangeText {
  readonly form: 'json' | 'cli' | 'cloudformation' | 'terraform' | 'cdk';
  /** Without a line feed at its end. */
  readonly text: string;
}

/**
 * A change written out, ready to be copied: as the document that it is, as commands, and as what to
 * put into a template, in the forms that there are for it. Names and keys are data in each of them:
 * whatever they hold, they cannot become code.
 */
export function changeTexts(change: Change): readonly ChangeText[] {
  const texts: readonly (readonly [form: ChangeText['form'], text: string | undefined])[] = [
    ['json', 'policy' in change ? json(change.policy) : undefined],
    ['cli', cliText(change)],
    ['cloudformation', cloudFormationText(change)],
    ['terraform', terraformText(change)],
    ['cdk', cdkText(change)],
  ];
  return texts.flatMap(([form, text]) => (text === undefined ? [] : [{ form, text }]));
}
