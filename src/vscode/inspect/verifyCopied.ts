import * as vscode from 'vscode';
import type { S3Location } from '../../core/s3/location.ts';
import { ask } from '../messages.ts';
import type { LinkSource } from './linkCommands.ts';

/** How many links are tried, since each is a request. */
const MAXIMUM_TRIED = 20;

/** How long what is said of a copy waits for it, in milliseconds. */
const PATIENCE = 3000;

/** A link that was copied. */
interface CopiedLink {
  readonly location: S3Location;
  readonly url: string;
}

/**
 * Tries links that were just copied, where a setting has it so, and warns of the first that fails.
 *
 * @returns whether all of them are known to work, as far as that shows soon
 */
export type VerifyCopied = (links: readonly CopiedLink[]) => Promise<boolean>;

export function verifierOfCopied(source: Omit<LinkSource, 'documents'>): VerifyCopied {
  async function tryAll(links: readonly CopiedLink[]): Promise<boolean> {
    const [{ verifyLink }, { verificationSummary }, { verifySources }] = await Promise.all([
      import('../../core/verify/verifyLink.ts'),
      import('../../core/verify/verificationText.ts'),
      import('./verifySources.ts'),
    ]);
    const stored = await source.keys.list();
    const sources = verifySources(stored.kind === 'ok' ? stored.value : [], source);
    const { signal } = new AbortController();
    for (const { url, location } of links) {
      const verified = await verifyLink(url, true, sources, signal);
      if (verified.kind !== 'ok') return false;
      if (verified.value.verdict === 'works') continue;
      void warn(verificationSummary(verified.value, source.now()), location);
      return false;
    }
    return links.length > 0;
  }

  return async (links) => {
    if (!source.settings.get('link.verifyAfterSigning')) return false;
    const tried = tryAll(links.slice(0, MAXIMUM_TRIED));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PATIENCE);
    });
    const isGood = await Promise.race([tried, late]);
    clearTimeout(timer);
    return isGood && links.length <= MAXIMUM_TRIED;
  };
}

async function warn(summary: string, location: S3Location): Promise<void> {
  const check = 'Check Set-Up';
  if ((await ask('warning', `${location.key}: ${summary}`, check)) === check) {
    await vscode.commands.executeCommand('cloudfrontSigner.checkSetup', location);
  }
}
