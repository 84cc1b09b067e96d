import type { LifeState } from './inspection.ts';

/** When something opens, in epoch seconds. */
interface Span {
  readonly expiresAt: number | undefined;
  readonly notBefore?: number | undefined;
}

/**
 * Where in its life something is. It ends at its last second, and begins after its first one.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 *
 * @param now in epoch seconds
 */
export function lifeOf(
  { expiresAt, notBefore }: Span,
  now: number,
): { readonly state: LifeState; readonly remainingSeconds: number | undefined } {
  if (expiresAt === undefined) return { state: 'unknown', remainingSeconds: undefined };
  const remainingSeconds = Math.max(0, Math.floor(expiresAt - now));
  if (now >= expiresAt) return { state: 'expired', remainingSeconds };
  const isEarly = notBefore !== undefined && now <= notBefore;
  return { state: isEarly ? 'not-yet' : 'alive', remainingSeconds };
}
