import type { Grant } from '../cloudfront/signObject.ts';
import { baseName } from '../s3/baseName.ts';
import type { S3Location } from '../s3/location.ts';
import { visibleText } from '../s3/visibleText.ts';

/** A URL of an object, and what it grants where it is signed: all that a format writes. */
export interface Link {
  readonly location: S3Location;
  /** The canonical URL, with its signature if it has one: every format hands it on unchanged. */
  readonly url: string;
  /** Undefined for a URL without a signature. */
  readonly signed?: {
    readonly keyPairId: string;
    readonly grant: Grant;
  };
}

/** What a link is called where people read it: the last name in its key, in one line. */
export function linkName({ location }: Link): string {
  return visibleText(baseName(location.key));
}
