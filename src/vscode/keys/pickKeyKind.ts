import * as vscode from 'vscode';
import type { HashAlgorithm } from '../../core/cloudfront/signedUrl.ts';
import { typicalUrlLength } from '../../core/keys/newKeyPair.ts';
import { KEY_KINDS, type KeyKind } from '../../core/keys/privateKey.ts';

const MEANINGS: { readonly [K in KeyKind]: string } = {
  'RSA 2048': 'Known to every tool that signs for CloudFront',
  'ECDSA P-256': 'As safe, and the shorter links; newer, so that older tools cannot sign with it',
};

/**
 * Asks which kind of key to make, saying what each means for links.
 *
 * @param first the kind that is offered first
 * @param hashAlgorithm what links are signed over
 */
export async function pickKeyKind(
  title: string,
  first: KeyKind,
  hashAlgorithm: HashAlgorithm,
): Promise<KeyKind | undefined> {
  const hash = hashAlgorithm === 'SHA1' ? 'SHA-1' : 'SHA-256';
  const picked = await vscode.window.showQuickPick(
    KEY_KINDS.toSorted((a, b) => Number(b === first) - Number(a === first)).map((kind) => ({
      label: kind,
      description: `links of about ${typicalUrlLength(kind, hashAlgorithm)} characters`,
      detail: MEANINGS[kind],
      keyKind: kind,
    })),
    {
      title,
      placeHolder: `Which kind of key? CloudFront takes both, over ${hash} as the settings say`,
      ignoreFocusOut: true,
    },
  );
  return picked?.keyKind;
}
