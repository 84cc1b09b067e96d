/** Percent-decodes to bytes; a `%` that begins no escape stands for itself. */
export function percentDecode(text: string): Buffer {
  return Buffer.from(
    text.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
}

/**
 * Percent-encodes every byte but the unreserved ones and those in `kept`, in capitals, as a
 * canonical request wants it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function percentEncode(bytes: Buffer, kept = ''): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[^A-Za-z0-9\-._~]/g, (character) =>
      kept.includes(character)
        ? character
        : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
}
