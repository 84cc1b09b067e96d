/** What something thrown says of itself, for a problem's `detail`. */
export function errorText(error: unknown): string {
  return (error instanceof Error && error.message) || 'It gave no reason';
}

/**
 * What is behind something thrown, where it tells: Node's `fetch` says no more than that it failed,
 * and has the reason as its cause.
 */
export function causeText(error: unknown): string {
  return errorText(error instanceof Error ? (error.cause ?? error) : error);
}
