import * as vscode from 'vscode';
import type { Action } from '../../core/problem.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import { FORM_NAMES } from '../../core/setup/mends/formNames.ts';
import type { PlainCheck, PlainMend, PlainReport } from '../../core/setup/plainReport.ts';

/** What cures a check: a text to copy, or a command of VS Code. */
export type Cure =
  { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'action' } & Action);

interface MendedCheck extends PlainCheck {
  readonly mend: PlainMend;
}

/** The checks of a report that there is something to copy or to click for. */
export function mendable({ checks }: PlainReport): readonly MendedCheck[] {
  return checks.flatMap((check) =>
    check.mend && (check.mend.changes.length > 0 || check.mend.action)
      ? [{ ...check, mend: check.mend }]
      : [],
  );
}

/** Asks which check is to be mended, where there are several, and by what. */
export async function pickMend(report: PlainReport): Promise<Cure | undefined> {
  const checks = mendable(report);
  const [only, another] = checks;
  const check = only !== undefined && another === undefined ? only : await pickCheck(checks);
  return check && pickCure(check);
}

async function pickCheck(checks: readonly MendedCheck[]): Promise<MendedCheck | undefined> {
  const ofVerdict = (verdict: PlainCheck['verdict'], label: string, icon: string) => {
    const items = checks
      .filter((check) => check.verdict === verdict)
      .map((check) => ({
        label: check.title,
        iconPath: new vscode.ThemeIcon(icon),
        detail: visibleText(check.mend.advice),
        check,
      }));
    return items.length === 0
      ? []
      : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  };
  const picked = await vscode.window.showQuickPick<
    vscode.QuickPickItem & { readonly check?: MendedCheck }
  >([...ofVerdict('fails', 'fails', 'error'), ...ofVerdict('noted', 'worth knowing', 'info')], {
    title: 'Copy Mend',
    placeHolder: 'Which check is to be mended?',
    matchOnDetail: true,
  });
  return picked?.check;
}

async function pickCure({ title, mend }: MendedCheck): Promise<Cure | undefined> {
  const { changes, action } = mend;
  const isOne = changes.length === 1;
  const items = changes.flatMap(({ subject, texts }) => [
    ...(isOne ? [] : [{ label: subject, kind: vscode.QuickPickItemKind.Separator }]),
    ...texts.map(({ form, text }) => ({
      label: FORM_NAMES[form],
      iconPath: new vscode.ThemeIcon('copy'),
      cure: { kind: 'text' as const, text },
    })),
  ]);
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly cure?: Cure }>(
    [
      ...(action === undefined
        ? []
        : [
            {
              label: action.title,
              iconPath: new vscode.ThemeIcon('lightbulb'),
              cure: { kind: 'action' as const, ...action },
            },
          ]),
      ...items,
    ],
    { title, placeHolder: action === undefined ? 'Copy the mend as' : 'Mend it by' },
  );
  return picked?.cure;
}
