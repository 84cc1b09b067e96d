import * as vscode from 'vscode';
import { parseS3Location, s3Uri, type S3Location } from '../core/s3/location.ts';

/** What decorations of rows are asked for by, and nothing of VS Code’s or of others. */
const SCHEME = 'cloudfront-signer-row';

/**
 * The URI of a row that stands for an object, or for a prefix, by which it is decorated. Icon themes
 * take the file’s name from its path. Its query tells it from others, since VS Code takes paths for
 * the same that differ in the number of their slashes.
 */
export function placeUri(location: S3Location): vscode.Uri {
  const { bucket, key } = location;
  const path = `/${key.replace(/\/$/, '')}`;
  return vscode.Uri.from({ scheme: SCHEME, authority: bucket, path, query: s3Uri(location) });
}

/** The URI of every row that stands for a link that has ended. */
export function endedUri(): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: '/ended' });
}

/** What a row stands for; undefined for the URI of anything else. */
export function readRowUri({ scheme, query }: vscode.Uri): S3Location | 'ended' | undefined {
  if (scheme !== SCHEME) return undefined;
  const location = parseS3Location(query);
  return location.kind === 'ok' ? location.value : 'ended';
}
