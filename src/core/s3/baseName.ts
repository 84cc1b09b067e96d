/** The last name in a key, without the slash of a folder marker; a key of slashes alone is its own. */
export function baseName(key: string): string {
  return key.split('/').findLast((name) => name !== '') ?? key;
}
