import type { Check } from './check.ts';

/**
 * All checks, in the order of a link's way: what comes first causes what comes later. A check stands
 * behind all that it depends on.
 */
export const CHECKS: readonly Check[] = [];
