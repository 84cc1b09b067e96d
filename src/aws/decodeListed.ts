/** Undoes `encoding-type=url`, which writes a space as `+`. */
export function decodeListed(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Bytes that are not UTF-8 have no other form than the encoded one.
    return text;
  }
}
