import { formDecoded } from '../core/s3/formDecoded.ts';

/** Undoes `encoding-type=url`. Bytes that are not UTF-8 have no other form than the encoded one. */
export function decodeListed(text: string): string {
  return formDecoded(text) ?? text;
}
