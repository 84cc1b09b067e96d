import * as vscode from 'vscode';
import { nameInCloudFront, type KeyGroupChoice } from '../../core/keys/keyChange.ts';
import { trusting, trustWords } from '../../core/keys/keyGroupTrust.ts';
import { problemWords } from '../../core/problem.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { counted } from '../../core/counted.ts';
import { sentenceOf } from '../../core/setup/words.ts';
import { seen, type KeyAccount } from './keyAccount.ts';

/**
 * Asks which key group a public key is to be added to.
 *
 * @param keyName what its owner calls the key
 * @param keyPairId what the account calls it, where it is there
 */
export async function pickKeyGroup(
  { keyGroups, distributions }: KeyAccount,
  keyName: string,
  keyPairId: string | undefined,
): Promise<KeyGroupChoice | undefined> {
  const known = seen(distributions);
  const trustedFirst = (seen(keyGroups) ?? [])
    .filter(({ publicKeyIds }) => keyPairId === undefined || !publicKeyIds.includes(keyPairId))
    .toSorted((a, b) => trusting(b.id, known ?? []).length - trusting(a.id, known ?? []).length);
  const items: readonly (vscode.QuickPickItem & { readonly choice: KeyGroupChoice })[] = [
    ...trustedFirst.map((keyGroup) => ({
      label: visibleText(keyGroup.name),
      iconPath: new vscode.ThemeIcon('group-by-ref-type'),
      description: counted(keyGroup.publicKeyIds.length, 'key'),
      detail: sentenceOf(trustWords(keyGroup.id, known)),
      choice: { kind: 'existing' as const, keyGroup },
    })),
    {
      label: 'New Key Group…',
      iconPath: new vscode.ThemeIcon('add'),
      detail: 'No behavior trusts it before you make that change, which you get as text',
      choice: { kind: 'new', name: '' },
    },
    {
      label: 'No Key Group Yet',
      iconPath: new vscode.ThemeIcon('circle-slash'),
      detail: 'Links signed with the key open nothing before it is in a trusted one',
      choice: { kind: 'none' },
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `Key Group for “${keyName}”`,
    placeHolder:
      keyGroups.kind === 'ok'
        ? 'Which key group is the public key added to?'
        : `${problemWords(keyGroups.problem).title}, so that none can be listed`,
    ignoreFocusOut: true,
  });
  if (picked?.choice.kind !== 'new') return picked?.choice;
  const name = await vscode.window.showInputBox({
    title: 'Name of the Key Group',
    prompt: 'What CloudFront calls it: letters, digits, hyphens and underscores',
    value: `${nameInCloudFront(keyName)}-group`,
    ignoreFocusOut: true,
    validateInput: (text) =>
      nameInCloudFront(text) === text ? undefined : 'Letters, digits, hyphens and underscores',
  });
  return name === undefined ? undefined : { kind: 'new', name };
}
