import { type XmlContent, xmlDocument } from './xml.ts';

/** What goes back to a client. The length comes from the body; a HEAD is told the length alone. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export const EMPTY_BODY = new Uint8Array();

/** A successful answer that is an XML document. */
export function xmlAnswer(
  root: string,
  content: XmlContent,
  headers: Readonly<Record<string, string>> = {},
): S3Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: Buffer.from(xmlDocument(root, content)),
  };
}

/** An answer without content. */
export function emptyAnswer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): S3Answer {
  return { status, headers, body: EMPTY_BODY };
}
