import * as vscode from 'vscode';
import type { IssuedLink } from '../../core/ledger/issuedLink.ts';
import { fitsFilter } from '../../core/ledger/linkFilter.ts';
import {
  kindOf,
  linkCountdown,
  linkDetails,
  linkLabel,
  linkPlace,
  type IssuedKind,
} from '../../core/ledger/linkWords.ts';
import { inLedgerOrder, isLiving } from '../../core/ledger/livingLinks.ts';
import { endedUri } from '../rowUris.ts';
import type { Ledger } from './ledger.ts';

/** A timer takes no longer time than this, in seconds; a row that stands still longer does no harm. */
const LONGEST = 86_400;

/** The links that were issued here, the one that ends next first. */
export class LinkTree implements vscode.TreeDataProvider<IssuedLink>, vscode.Disposable {
  readonly #ledger: Ledger;
  readonly #now: () => number;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #watch: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #filter = '';

  constructor(ledger: Ledger, now: () => number) {
    this.#ledger = ledger;
    this.#now = now;
    this.#watch = ledger.onDidChange(() => this.#changed.fire());
  }

  get filter(): string {
    return this.#filter;
  }

  /** Shows only the links that fit a text; all of them where it is empty. */
  set filter(text: string) {
    this.#filter = text;
    this.#changed.fire();
  }

  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem(link: IssuedLink): vscode.TreeItem {
    return linkItem(link, this.#now());
  }

  async getChildren(parent?: IssuedLink): Promise<IssuedLink[]> {
    if (parent !== undefined) return [];
    const links = (await this.#ledger.list()).filter((link) => fitsFilter(link, this.#filter));
    const now = this.#now();
    this.#showAgain(links, now);
    return [...inLedgerOrder(links, now)];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watch.dispose();
    this.#changed.dispose();
  }

  /** Once a row has something else to say. A view that nobody sees asks for nothing, and rests. */
  #showAgain(links: readonly IssuedLink[], now: number): void {
    clearTimeout(this.#timer);
    if (links.length === 0) return;
    const changes = links.map((link) => linkCountdown(link, now).changesAt);
    const next = Math.min(LONGEST, changes.reduce((a, b) => Math.min(a, b)) - now);
    this.#timer = setTimeout(() => this.#changed.fire(), Math.max(1, next) * 1000);
  }
}

const ICONS: { readonly [K in IssuedKind]: string } = {
  object: 'link',
  prefix: 'folder-library',
  many: 'files',
};

/** The row of a link. */
export function linkItem(link: IssuedLink, now: number): vscode.TreeItem {
  const kind = kindOf(link);
  const living = isLiving(link, now);
  const label = linkLabel(link);
  const words = `${linkCountdown(link, now).text} · ${linkPlace(link)}`;
  const item = new vscode.TreeItem(label);
  item.id = link.id;
  item.description = words;
  item.tooltip = linkDetails(link, now);
  item.iconPath = new vscode.ThemeIcon(
    ICONS[kind],
    living ? undefined : new vscode.ThemeColor('descriptionForeground'),
  );
  if (!living) item.resourceUri = endedUri();
  item.contextValue = `link.${kind}.${living ? 'living' : 'ended'}`;
  item.accessibilityInformation = { label: `${label}, ${words}` };
  return item;
}
