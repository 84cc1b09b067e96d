import * as vscode from 'vscode';
import { momentText } from '../../core/expiry.ts';
import type { IssuedLink } from '../../core/ledger/issuedLink.ts';
import { kindOf, type IssuedKind } from '../../core/ledger/linkWords.ts';
import { lastLiving } from '../../core/ledger/livingLinks.ts';
import { s3Uri, type S3Location } from '../../core/s3/location.ts';
import { placeUri, readRowUri } from '../rowUris.ts';
import type { Ledger } from './ledger.ts';

/** A timer takes no longer time than this, in milliseconds. */
const LONGEST = 86_400_000;

const WHAT: { readonly [K in IssuedKind]: string } = {
  object: 'A link opens it',
  prefix: 'A link opens all that begins so',
  many: 'Links open objects in it',
};

/** Marks rows of objects of which a living link was issued, and dims those of links that have ended. */
export interface LinkMarks extends vscode.Disposable {
  /** What is said of an object, or of a prefix, that has a mark. */
  noteOf(location: S3Location): Promise<string | undefined>;
}

export function createLinkMarks(ledger: Ledger, now: () => number): LinkMarks {
  const changed = new vscode.EventEmitter<vscode.Uri[]>();
  let known: Promise<ReadonlyMap<string, IssuedLink>> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<ReadonlyMap<string, IssuedLink>> {
    const living = lastLiving(await ledger.list(), now());
    clearTimeout(timer);
    if (living.size > 0) {
      const ends = [...living.values()].map(({ grant }) => grant.expiresAt);
      const next = (ends.reduce((a, b) => Math.min(a, b)) - now()) * 1000;
      timer = setTimeout(() => void lookAgain(), Math.min(LONGEST, Math.max(1000, next)));
    }
    return living;
  }

  /** Rows whose mark stays are left alone, because a mark that is asked for anew is gone meanwhile. */
  async function lookAgain(): Promise<void> {
    if (known === undefined) return;
    const before = await known;
    known = look();
    const after = await known;
    const places = new Map([...before, ...after].map(([uri, { location }]) => [uri, location]));
    const differing = [...places].filter(([uri]) => before.get(uri)?.id !== after.get(uri)?.id);
    changed.fire(differing.map(([, location]) => placeUri(location)));
  }

  async function noteOf(location: S3Location): Promise<string | undefined> {
    known ??= look();
    const link = (await known).get(s3Uri(location));
    return link && `${WHAT[kindOf(link)]} until ${momentText(link.grant.expiresAt)}`;
  }

  const registration = vscode.window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changed.event,
    async provideFileDecoration(uri) {
      const row = readRowUri(uri);
      if (row === undefined) return undefined;
      if (row === 'ended') return { color: new vscode.ThemeColor('descriptionForeground') };
      const tooltip = await noteOf(row);
      return tooltip === undefined ? undefined : { badge: '●', tooltip };
    },
  });
  const watch = ledger.onDidChange(() => void lookAgain());

  return {
    noteOf,
    dispose() {
      clearTimeout(timer);
      for (const each of [registration, watch, changed]) each.dispose();
    },
  };
}
