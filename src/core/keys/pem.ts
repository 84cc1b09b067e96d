/** One block of a PEM file, mended: the label, its headers, and the content in base64. */
export interface PemBlock {
  readonly label: string;
  /** `DEK-Info` of a traditionally encrypted key (RFC 1421 section 4.6.1.3); else undefined. */
  readonly dekInfo: string | undefined;
  readonly base64: string;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+?)-----([\s\S]*?)-----END \1-----/g;

/**
 * The initialization vector is as long as the cipher's block, of 16 bytes or 8: where the line ends
 * are lost, the content that follows it may look like more of it.
 */
const DEK_INFO = /DEK-Info:\s*([\w-]+,)\s*((?:[0-9A-F]{16}){1,2})/i;

/**
 * The blocks in a text, whatever was done to its line ends on the way: lost, doubled or indented.
 * Undefined where one is begun and is not whole.
 */
export function findPemBlocks(text: string): readonly PemBlock[] | undefined {
  const blocks: PemBlock[] = [];
  for (const [, label = '', content = ''] of text.matchAll(BLOCK)) {
    const [, cipher, vector = ''] = DEK_INFO.exec(content) ?? [];
    const dekInfo = cipher === undefined ? undefined : cipher + vector;
    const base64 = content
      .replace(/Proc-Type:\s*4,\s*ENCRYPTED/, '')
      .replace(DEK_INFO, '')
      .replaceAll(/\s/g, '');
    if (!isBase64(base64)) return undefined;
    blocks.push({ label, dekInfo, base64 });
  }
  const begun = text.match(/-----BEGIN /g)?.length ?? 0;
  return begun === blocks.length ? blocks : undefined;
}

/** A block as RFC 7468 writes it, in lines of 64 characters. */
export function writePem({ label, dekInfo, base64 }: PemBlock): string {
  const headers = dekInfo === undefined ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${dekInfo}\n\n`;
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${headers}${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Whether a text without white space is base64 of RFC 4648 section 4, whole and padded. */
export function isBase64(text: string): boolean {
  return text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}
