import * as vscode from 'vscode';
import { parseSomeOptions, type SignOptions } from '../../core/cloudfront/signOptions.ts';
import { localText } from '../../core/expiry.ts';
import type { IssuedLink } from '../../core/ledger/issuedLink.ts';
import { kindOf } from '../../core/ledger/linkWords.ts';
import { inLedgerOrder, isLiving } from '../../core/ledger/livingLinks.ts';
import { optionsOfRenewal, optionsToSameEnd } from '../../core/ledger/signAgain.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { s3Uri } from '../../core/s3/location.ts';
import { visibleText } from '../../core/s3/visibleText.ts';
import type { Command, Commands } from '../commands.ts';
import type { LinkSource } from '../inspect/linkCommands.ts';
import { askInDialog } from '../messages.ts';
import { copyLinks, type SigningSource } from '../signing/copySignedUrl.ts';
import { makeLinks } from '../signing/makeLinks.ts';
import { signPrefixAgain } from '../signing/prefix/signPrefix.ts';
import { isScripted } from '../tree/targets.ts';
import type { Ledger } from './ledger.ts';
import type { LinkTree } from './linkTree.ts';

/** What the commands on issued links need. */
export interface LedgerCommandSource {
  readonly ledger: Ledger;
  readonly tree: LinkTree;
  readonly view: vscode.TreeView<IssuedLink>;
  readonly signing: SigningSource;
  readonly links: LinkSource;
}

/** Whether a script calls a command on the whole list: then its options come first. */
export function isScriptedForAll([options]: readonly unknown[]): boolean {
  return typeof options === 'object' && options !== null;
}

/** The commands on links in the list. A script names them by ID, as `listLinks` gives them. */
export function issuedLinkCommands(source: LedgerCommandSource): Commands {
  const { ledger, view, signing } = source;
  const { now } = signing;

  /** Errors: `issued-link-unknown`. */
  async function chosen([first, second]: readonly unknown[]): Promise<
    Result<readonly IssuedLink[]>
  > {
    const given: unknown = Array.isArray(second) && second.length > 0 ? second : first;
    const rows: readonly unknown[] = given === undefined ? view.selection : [given].flat();
    const listed = await ledger.list();
    const links = rows
      .map((row) => listed.find(({ id }) => id === idOf(row)))
      .filter((link) => link !== undefined);
    return links.length === 0 || links.length < rows.length
      ? fail({ code: 'issued-link-unknown' })
      : ok(links);
  }

  /** Errors: those of `makeLinks` and `signPrefixAgain`; `issued-links-many`. */
  async function signOne(
    link: IssuedLink,
    options: SignOptions,
    isUnasked: boolean,
  ): Promise<Outcome<readonly Link[]>> {
    const { location, objects } = link;
    const kind = kindOf(link);
    if (kind === 'many') return fail({ code: 'issued-links-many', location, objects });
    if (kind === 'prefix') {
      const place = { bucket: location.bucket, prefix: location.key };
      const signed = await signPrefixAgain(place, options, signing);
      return signed.kind === 'ok' ? ok([signed.value]) : signed;
    }
    // Whoever signs again says what of it is new.
    const maker = { ...signing, recordLinks: () => {} };
    return makeLinks(
      { locations: [location], options, end: 'default', isScripted: isUnasked },
      maker,
    );
  }

  async function signAgain(
    links: readonly IssuedLink[],
    optionsFor: (link: IssuedLink) => SignOptions,
    isUnasked: boolean,
  ): Promise<Outcome<readonly Link[]>> {
    const signed: Link[] = [];
    for (const link of links) {
      const made = await signOne(link, optionsFor(link), isUnasked);
      if (made.kind !== 'ok') return made;
      signed.push(...made.value);
    }
    return ok(signed);
  }

  /** Signs to the same end, which is nothing new to keep. Errors: those of it; `issued-link-ended`. */
  async function signToSameEnd(
    links: readonly IssuedLink[],
    isUnasked: boolean,
  ): Promise<Outcome<readonly Link[]>> {
    const ended = links.find((link) => !isLiving(link, now()));
    if (ended !== undefined) {
      const { id, grant } = ended;
      return fail({ code: 'issued-link-ended', id, ended: localText(grant.expiresAt) });
    }
    return signAgain(links, optionsToSameEnd, isUnasked);
  }

  function copying(
    sign: (links: readonly IssuedLink[], isUnasked: boolean) => Promise<Outcome<readonly Link[]>>,
  ): Command {
    return async (...args) => {
      const scripted = isScripted(args);
      const options = readOptions(scripted ? args[1] : {}, signing);
      if (options.kind !== 'ok') return options;
      const issued = await chosen(args);
      if (issued.kind !== 'ok') return issued;
      const links = await sign(issued.value, scripted);
      if (links.kind !== 'ok') return links;
      const form = options.value.format ?? signing.forms.standard();
      return copyLinks(links.value, form, scripted, signing);
    };
  }

  return {
    copyLinkAgain: copying(signToSameEnd),
    renewLink: copying(async (links, isUnasked) => {
      const renewed = await signAgain(links, (link) => optionsOfRenewal(link, now()), isUnasked);
      if (renewed.kind === 'ok') ledger.record(renewed.value);
      return renewed;
    }),
    async verifyLink(...args) {
      const issued = await chosen(args);
      if (issued.kind !== 'ok') return issued;
      // What may be wrong with the object, verifying tells.
      const links = await signToSameEnd(issued.value.slice(0, 1), true);
      if (links.kind !== 'ok') return links;
      const urls = links.value.map(({ url }) => url);
      const { verifyUrl } = await import('../inspect/verifyUrl.ts');
      return verifyUrl([...urls, ...(isScripted(args) ? [args[1]] : [])], source.links);
    },
    async revealLink(...args) {
      const issued = await chosen(args);
      if (issued.kind !== 'ok') return issued;
      const [link] = issued.value;
      const uri = link && s3Uri(link.location);
      return ok(await vscode.commands.executeCommand('cloudfrontSigner.openLocation', uri));
    },
    async forgetLink(...args) {
      const issued = await chosen(args);
      return issued.kind === 'ok' ? forget(issued.value, ledger) : issued;
    },
  };
}

/** The commands on the list. */
export function ledgerCommands({ ledger, tree, view, signing }: LedgerCommandSource): Commands {
  async function filter(text: string): Promise<Outcome<string>> {
    const isFiltered = text.trim() !== '';
    tree.filter = text;
    view.message = isFiltered ? `Only what has “${visibleText(text.trim())}” in it.` : '';
    const key = 'cloudfrontSigner.linksFiltered';
    await vscode.commands.executeCommand('setContext', key, isFiltered);
    return ok(text);
  }

  return {
    async listLinks() {
      return ok(inLedgerOrder(await ledger.list(), signing.now()));
    },
    async forgetAllLinks(...args) {
      const links = await ledger.list();
      const isSure =
        isScriptedForAll(args) || (links.length > 0 && (await isSureToForget(links.length)));
      return isSure ? forget(links, ledger) : cancelled;
    },
    async filterLinks(given) {
      const text =
        typeof given === 'string'
          ? given
          : await vscode.window.showInputBox({
              title: 'Filter Issued Links',
              prompt:
                'Words that have to be in the object, its bucket, its URL or the key pair ID.',
              placeHolder: 'Empty shows all',
              value: tree.filter,
            });
      return text === undefined ? cancelled : filter(text);
    },
    clearLinkFilter: () => filter(''),
    async refreshLinks() {
      await ledger.refresh();
      tree.refresh();
      return ok(undefined);
    },
  };
}

/** @returns how many are forgotten */
async function forget(links: readonly IssuedLink[], ledger: Ledger): Promise<Result<number>> {
  const forgotten = await ledger.forget(links.map(({ id }) => id));
  return forgotten.kind === 'ok' ? ok(links.length) : forgotten;
}

async function isSureToForget(count: number): Promise<boolean> {
  const confirm = 'Forget All';
  const answer = await askInDialog(
    'warning',
    count === 1 ? 'Forget the one issued link?' : `Forget all ${count} issued links?`,
    'Only the list is emptied: the links go on working until they end.',
    confirm,
  );
  return answer === confirm;
}

/** Errors: those of `parseSomeOptions`. */
function readOptions(raw: unknown, { settings }: SigningSource): Result<SignOptions> {
  const templates = settings.get('link.templates');
  return parseSomeOptions(Object(raw), ['format'], 'A link that is signed again', templates);
}

function idOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null && 'id' in row ? row.id : row;
}
