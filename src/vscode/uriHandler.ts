import type * as vscode from 'vscode';
import { cancelled, type Outcome } from '../core/outcome.ts';
import { parseRevealAddress, type AddressParts } from '../core/s3/revealAddress.ts';
import { s3Uri, type S3Location } from '../core/s3/location.ts';
import type { Log } from './log.ts';
import { askInDialog } from './messages.ts';
import { problemLine, showProblem } from './problems.ts';

/** What addresses from outside act on. */
export interface UriSource {
  readonly log: Log;
  /** Whether a bucket is in the view. */
  readonly knows: (bucket: string) => Promise<boolean>;
  readonly reveal: (location: S3Location) => Promise<Outcome<void>>;
}

/**
 * Shows the object that an address names: `vscode://cloudfront-url-signer.cloudfront-url-signer/reveal/bucket/key`.
 * Anybody can write one, and VS Code asks about those from outside at most: so nothing is signed by it,
 * nothing is changed, and a bucket that is not in the view is not contacted unasked.
 */
export function createUriHandler(source: UriSource): vscode.UriHandler {
  return {
    async handleUri(uri) {
      const shown = await show(uri, source);
      if (shown.kind !== 'problem') return;
      source.log.warn(`An address: ${problemLine(shown.problem)}`);
      showProblem(shown.problem);
    },
  };
}

async function show(address: AddressParts, { knows, reveal }: UriSource): Promise<Outcome<void>> {
  const location = parseRevealAddress(address);
  if (location.kind !== 'ok') return location;
  const mayShow = (await knows(location.value.bucket)) || (await askAbout(location.value));
  return mayShow ? reveal(location.value) : cancelled;
}

async function askAbout(location: S3Location): Promise<boolean> {
  const yes = 'Show It';
  const answer = await askInDialog(
    'warning',
    `Show ${s3Uri(location)}?`,
    'A link asks for it, and its bucket is not in the view. S3 is asked for it with your profile, and whoever owns the bucket can see that you asked. Nothing is signed.',
    yes,
  );
  return answer === yes;
}
