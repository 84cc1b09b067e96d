import * as vscode from 'vscode';
import { fail, ok, type Result } from '../../core/outcome.ts';
import { s3Arn, s3Uri, type S3Location } from '../../core/s3/location.ts';
import type { Command, Commands } from '../commands.ts';
import type { Call } from './targets.ts';

/**
 * Commands that copy what a node is called, one line for each that is selected.
 *
 * @param regionOf the region that a bucket is in, as far as it is known
 */
export function copyNameCommands(
  read: (args: readonly unknown[]) => Result<Call>,
  regionOf: (bucket: string) => string,
): Commands {
  function copy(nameOf: (location: S3Location) => string): Command {
    return async (...args) => {
      const call = read(args);
      if (call.kind !== 'ok') return call;
      const { locations = [] } = call.value;
      if (locations.length === 0) return fail({ code: 'object-unnamed' });
      const text = locations.map(nameOf).join('\n');
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(
        locations.length === 1 ? '$(check) Copied' : `$(check) Copied ${locations.length} lines`,
        3000,
      );
      return ok(text);
    };
  }

  return {
    copyS3Uri: copy(s3Uri),
    copyKey: copy(({ key }) => key),
    copyArn: copy((location) => s3Arn(location, regionOf(location.bucket))),
  };
}
