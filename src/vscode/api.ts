import * as vscode from 'vscode';
import type {
  CloudFrontUrlSigner,
  SignedLink,
  SignOptions,
} from '../../api/cloudfront-url-signer.d.ts';
import { parseSomeOptions } from '../core/cloudfront/signOptions.ts';
import type { Link } from '../core/linkFormats/link.ts';
import { fail, ok, type Outcome } from '../core/outcome.ts';
import type { ToldInspection } from './inspect/inspectUrl.ts';
import type { LinkSource } from './inspect/linkCommands.ts';
import { ProblemError, problemLine } from './problems.ts';
import type { Log } from './log.ts';
import type { LinkMaker } from './signing/makeLinks.ts';
import { readLocations } from './tree/targets.ts';

/** What other extensions are served with. */
export type ApiSource = LinkMaker & Pick<LinkSource, 'keys' | 'now'>;

/** The options of `sign`, which are those that its type has. */
const OPTIONS = Object.keys({
  expiresIn: true,
  expiresAt: true,
  notBefore: true,
  ipAddress: true,
  hashAlgorithm: true,
  distribution: true,
  keyPairId: true,
  query: true,
} satisfies Readonly<Record<keyof SignOptions, true>>);

/**
 * What activation gives to other extensions. They may give anything to it.
 *
 * @param load what they are served with
 */
export function createApi(load: () => Promise<ApiSource>, log: Log): CloudFrontUrlSigner {
  function valueOf<T>(what: string, outcome: Outcome<T>): T {
    if (outcome.kind === 'ok') return outcome.value;
    if (outcome.kind === 'cancelled') throw new vscode.CancellationError();
    log.warn(`API, ${what}: ${problemLine(outcome.problem)}`);
    throw new ProblemError(outcome.problem);
  }

  return Object.freeze({
    version: 1,
    sign: async (objects: unknown, options: unknown = {}) =>
      valueOf('sign', await sign(objects, options, await load())),
    inspect: async (text: unknown) => valueOf('inspect', await inspect(text, await load())),
  });
}

async function sign(
  objects: unknown,
  given: unknown,
  source: ApiSource,
): Promise<Outcome<readonly SignedLink[]>> {
  if (typeof given !== 'object' || given === null) {
    return fail({ code: 'option-invalid', option: 'options', detail: 'Give an object.' });
  }
  const options = parseSomeOptions(given, OPTIONS, 'The API');
  if (options.kind !== 'ok') return options;
  const locations = readLocations(Array.isArray(objects) ? objects : [objects]);
  if (locations.kind !== 'ok') return locations;
  if (locations.value.length === 0) return fail({ code: 'object-unnamed' });
  // Loaded when first used: who starts has nothing to sign yet.
  const { makeLinks } = await import('./signing/makeLinks.ts');
  const links = await makeLinks(
    { locations: locations.value, options: options.value, end: 'default', isScripted: true },
    source,
  );
  return links.kind === 'ok' ? ok(links.value.flatMap(signedLink)) : links;
}

async function inspect(text: unknown, source: ApiSource): Promise<Outcome<ToldInspection>> {
  if (typeof text !== 'string') return fail({ code: 'link-unreadable' });
  // Loaded when first used: taking a link apart is much.
  return (await import('./inspect/inspectUrl.ts')).tellOf(text, source);
}

function signedLink({ location: { bucket, key }, url, signed }: Link): readonly SignedLink[] {
  if (signed === undefined) return [];
  const { keyPairId, grant } = signed;
  return [{ bucket, key, url, expiresAt: grant.expiresAt, keyPairId }];
}
