import type { Signing } from '../core/cloudfront/signObject.ts';
import type { Result } from '../core/outcome.ts';

/** What a signing thread is sent. */
export interface SigningOrder {
  readonly id: number;
  readonly keys: readonly string[];
  /** Its `KeyObject`s are handed over as they are: no text of a key is made. */
  readonly signing: Signing;
}

/** What it sends back. */
export interface SigningAnswer {
  readonly id: number;
  readonly results: readonly Result<string>[];
}

export function isSigningOrder(value: unknown): value is SigningOrder {
  return hasId(value) && 'keys' in value && 'signing' in value;
}

export function isSigningAnswer(value: unknown): value is SigningAnswer {
  return hasId(value) && 'results' in value && Array.isArray(value.results);
}

function hasId(value: unknown): value is { readonly id: number } {
  return (
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number'
  );
}
