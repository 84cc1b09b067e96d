/** The path of a URL as people read it; empty where it is none. */
export function pathText(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  try {
    return decodeURIComponent(path);
  } catch {
    // What is no escape is read as it is.
    return path;
  }
}
