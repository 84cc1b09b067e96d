import * as vscode from 'vscode';
import { momentText } from '../../core/expiry.ts';
import type { IssuedLink } from '../../core/ledger/issuedLink.ts';
import { kindOf, type IssuedKind } from '../../core/ledger/linkWords.ts';
import { lastLiving } from '../../core/ledger/livingLinks.ts';
import { s3Uri } from '../../core/s3/location.ts';
import { readRowUri } from '../rowUris.ts';
import type { Ledger } from './ledger.ts';

/** A timer takes no longer time than this, in milliseconds. */
const LONGEST = 86_400_000;

/** Marks objects of which a living link was issued, and dims links that have ended. */
export function createLinkDecorations(ledger: Ledger, now: () => number): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let known: Promise<ReadonlyMap<string, IssuedLink>> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function forget(): void {
    known = undefined;
    changed.fire(undefined);
  }

  async function look(): Promise<ReadonlyMap<string, IssuedLink>> {
    const living = lastLiving(await ledger.list(), now());
    clearTimeout(timer);
    if (living.size > 0) {
      const ends = [...living.values()].map(({ grant }) => grant.expiresAt);
      const next = (ends.reduce((a, b) => Math.min(a, b)) - now()) * 1000;
      timer = setTimeout(forget, Math.min(LONGEST, Math.max(1000, next)));
    }
    return living;
  }

  const registration = vscode.window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changed.event,
    async provideFileDecoration(uri) {
      const row = readRowUri(uri);
      if (row === undefined) return undefined;
      if (row === 'ended') return { color: new vscode.ThemeColor('disabledForeground') };
      known ??= look();
      const link = (await known).get(s3Uri(row));
      return link && decorationOf(link);
    },
  });
  const watch = ledger.onDidChange(forget);

  return vscode.Disposable.from(registration, watch, changed, {
    dispose: () => clearTimeout(timer),
  });
}

const WHAT: { readonly [K in IssuedKind]: string } = {
  object: 'A link opens it',
  prefix: 'A link opens all that begins so',
  many: 'Links open objects in it',
};

function decorationOf(link: IssuedLink): vscode.FileDecoration {
  const until = momentText(link.grant.expiresAt);
  return { badge: '●', tooltip: `${WHAT[kindOf(link)]} until ${until}` };
}
