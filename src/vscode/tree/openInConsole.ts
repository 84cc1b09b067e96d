import * as vscode from 'vscode';
import { frontsOf } from '../../core/cloudfront/bucketFront.ts';
import { distributionConsoleUrl, s3ConsoleUrl } from '../../core/consoleUrl.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { Commands } from '../commands.ts';
import { askLocation, type FrontsSource } from './navigation.ts';
import { pickFront } from './pickFront.ts';
import { isScripted, type Call } from './targets.ts';

/** What opening pages of the AWS console needs. */
export interface ConsoleSource extends FrontsSource {
  readonly readCall: (args: readonly unknown[]) => Result<Call>;
  /** The region that a bucket is in, as far as it is known. */
  readonly regionOf: (bucket: string) => string;
}

/**
 * Commands that open the AWS console at what is selected, and give the address of the page. To a
 * script they give it without opening anything.
 */
export function consoleCommands(source: ConsoleSource): Commands {
  const { discovery, readCall, regionOf } = source;

  async function placeOf(args: readonly unknown[], title: string): Promise<Outcome<S3Location>> {
    const call = readCall(args);
    if (call.kind !== 'ok') return call;
    const [place] = call.value.locations ?? [];
    if (place !== undefined) return ok(place);
    if (isScripted(args)) return fail({ code: 'object-unnamed' });
    return askLocation(title, source);
  }

  return {
    async openInConsole(...args) {
      const place = await placeOf(args, 'Open in AWS Console');
      if (place.kind !== 'ok') return place;
      return open(s3ConsoleUrl(place.value, regionOf(place.value.bucket)), args);
    },
    async openDistributionInConsole(...args) {
      const place = await placeOf(args, 'Open Distribution in AWS Console');
      if (place.kind !== 'ok') return place;
      const account = await discovery.account(isScripted(args));
      if (account.kind !== 'ok') return account;
      const { bucket, key } = place.value;
      const fronts = frontsOf({ bucket, prefix: key }, account.value.distributions);
      const [only, another] = fronts;
      if (only === undefined) {
        return fail({ code: 'distribution-unknown', location: place.value, unseen: undefined });
      }
      const front =
        another === undefined || isScripted(args)
          ? only
          : await pickFront(fronts, 'Open Which Distribution?');
      return front === undefined
        ? cancelled
        : open(distributionConsoleUrl(front.distribution), args);
    },
  };
}

async function open(url: string, args: readonly unknown[]): Promise<Outcome<string>> {
  // As text: a Uri would decode and encode the key again.
  if (!isScripted(args)) await vscode.commands.executeCommand('vscode.open', url);
  return ok(url);
}
