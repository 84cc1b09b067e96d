import * as vscode from 'vscode';
import { cancelled, type Cancelled, type Failure } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';

/** Something that is offered, or only told. */
export interface TypedItem<T> extends vscode.QuickPickItem {
  /** Undefined for what cannot be chosen. */
  readonly choice: T | undefined;
}

/** A pick in which one can type as well. */
export interface TypedPick<T> {
  readonly title: string;
  readonly placeholder: string;
  /** What is offered for what is typed, without the spaces around it; Enter takes the first. */
  readonly itemsFor: (text: string) => readonly TypedItem<T>[];
  /** What is in the box at first. */
  readonly value?: string;
  /** Whether a step comes before it. */
  readonly hasBack?: boolean;
  /** What `itemsFor` waits for to give all that it has. */
  readonly loading?: Promise<unknown>;
}

/** What came of a pick. */
export type Picked<T> =
  | { readonly kind: 'picked'; readonly choice: T }
  | { readonly kind: 'back'; readonly typed: string }
  | Cancelled;

/**
 * Asks for one of several things, or for a text that is read with every letter. Enter does nothing
 * on what cannot be chosen.
 */
export async function typedPick<T>({
  title,
  placeholder,
  itemsFor,
  value = '',
  hasBack = false,
  loading,
}: TypedPick<T>): Promise<Picked<T>> {
  const pick = vscode.window.createQuickPick<TypedItem<T>>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  pick.buttons = hasBack ? [vscode.QuickInputButtons.Back] : [];
  pick.value = value;
  const offer = (): void => {
    pick.items = itemsFor(pick.value.trim());
  };
  offer();
  if (loading !== undefined) {
    pick.busy = true;
    void loading.finally(() => {
      pick.busy = false;
      offer();
    });
  }
  return new Promise<Picked<T>>((resolve) => {
    const end = (picked: Picked<T>): void => {
      resolve(picked);
      pick.hide();
    };
    pick.onDidChangeValue(offer);
    pick.onDidTriggerButton(() => end({ kind: 'back', typed: pick.value }));
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      // Enter that comes right after a letter meets what was offered before it.
      const isStale = active === undefined || !pick.items.includes(active);
      const choice = (isStale ? pick.items[0] : active)?.choice;
      if (choice !== undefined) end({ kind: 'picked', choice });
    });
    pick.onDidHide(() => {
      resolve(cancelled);
      pick.dispose();
    });
    pick.show();
  });
}

/** Says what is wrong with what was typed. */
export function faultItem(text: string, { problem }: Failure): TypedItem<never> {
  const { title, remedy } = problemWords(problem);
  // What was typed is in the label, or the pick would sort the item away.
  const label = title.includes(text) ? title : `${text}: ${title}`;
  return { label: `$(error) ${label}`, detail: remedy, alwaysShow: true, choice: undefined };
}
