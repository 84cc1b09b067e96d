/** A size as people read it: `3.2 GB`, in units of 1024. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  const size = bytes / 1024 ** power;
  return `${size.toFixed(size < 10 ? 1 : 0)} ${units[power - 1]}`;
}
