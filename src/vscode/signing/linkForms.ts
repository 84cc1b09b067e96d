import * as vscode from 'vscode';
import type { Link } from '../../core/linkFormats/link.ts';
import type { LinkFormat } from '../../core/linkFormats/linkFormat.ts';
import { linkFormats } from '../../core/linkFormats/linkFormats.ts';
import { PLAIN_URL } from '../../core/linkFormats/plainUrl.ts';
import { ok, type Result } from '../../core/outcome.ts';
import type { Settings } from '../settings.ts';
import { showQrCode } from './showQrCode.ts';

/** Where the names of the forms are kept that were picked, the last one first. */
const RECENT = 'linkForms.recent';

/** How links are handed out: as a text on the clipboard, or as a code in an editor tab. */
export type LinkForm = LinkFormat | 'qr-code';

/** The forms there are, the user's own among them. */
export interface LinkForms {
  /** The format that the settings choose; the URL alone where they name one that there is not. */
  standard(): LinkFormat;
  /** Asks for a form, those that were picked last first; undefined where the user gives up. */
  pick(title: string, links: number): Promise<LinkForm | undefined>;
}

interface FormItem extends vscode.QuickPickItem {
  readonly name: string;
  readonly form: LinkForm;
}

const QR_CODE: FormItem = {
  name: 'qr-code',
  label: 'QR Code',
  description: 'In an editor tab; nothing leaves this computer',
  form: 'qr-code',
};

export function createLinkForms(settings: Settings, state: vscode.Memento): LinkForms {
  const formats = (): readonly LinkFormat[] => linkFormats(settings.get('link.templates'));

  function recentNames(): readonly unknown[] {
    const kept = state.get<unknown>(RECENT);
    return Array.isArray(kept) ? kept : [];
  }

  return {
    standard() {
      const name = settings.get('link.format');
      const known = formats();
      const format = known.find((one) => one.name === name);
      if (format !== undefined) return format;
      const names = known.map((one) => one.name).join(', ');
      settings.refuse('link.format', `one of ${names}, and not “${name}”`);
      return PLAIN_URL;
    },
    async pick(title, links) {
      const recent = recentNames();
      const rank = ({ name }: FormItem): number =>
        recent.includes(name) ? recent.indexOf(name) : recent.length;
      const texts = formats().map((format): FormItem => ({
        name: format.name,
        label: format.label,
        description: format.description,
        form: format,
      }));
      // A code holds one URL.
      const items = links === 1 ? [...texts, QR_CODE] : texts;
      const picked = await vscode.window.showQuickPick(
        items.toSorted((a, b) => rank(a) - rank(b)),
        { title, placeHolder: 'Copy as …', ignoreFocusOut: true, matchOnDescription: true },
      );
      if (picked === undefined) return undefined;
      const { name } = picked;
      await state.update(RECENT, [name, ...recent.filter((other) => other !== name)]);
      return picked.form;
    },
  };
}

/**
 * Hands links out in a form.
 *
 * @returns what is on the clipboard; undefined for a code, which is in an editor tab
 *
 * Errors: those of `LinkFormat.write` and `showQrCode`.
 */
export async function handOut(
  links: readonly Link[],
  form: LinkForm,
): Promise<Result<string | undefined>> {
  if (form === 'qr-code') {
    const [link] = links;
    const shown = link === undefined ? ok(undefined) : await showQrCode(link);
    return shown.kind === 'ok' ? ok(undefined) : shown;
  }
  const text = form.write(links);
  if (text.kind === 'ok') await vscode.env.clipboard.writeText(text.value);
  return text;
}
