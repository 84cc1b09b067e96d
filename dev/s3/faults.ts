import type { S3ErrorCode } from './s3Error.ts';

/** What goes wrong on purpose. */
export type FaultKind =
  | 'slow-down'
  | 'internal-error'
  | 'access-denied'
  /** The answer never comes. */
  | 'hang'
  /** The connection breaks before the answer. */
  | 'drop-connection'
  /** The answer ends in the middle of its XML, with a length that says so. */
  | 'truncated-xml';

/** What a fault looks at to decide whether it is for a request. */
interface FaultTarget {
  readonly method: string;
  /** The IAM action, such as `s3:ListBucket`. */
  readonly action: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** A fault and the requests that it befalls: all of them unless narrowed. */
export interface Fault {
  readonly kind: FaultKind;
  readonly when?: (target: FaultTarget) => boolean;
  /** How many requests it befalls before it is over. */
  readonly times?: number;
}

/** The faults that are set now. */
export interface Faults {
  /** @returns what ends the fault */
  inject(fault: Fault): () => void;
  /** The fault that befalls a request, counted as used. */
  befalling(target: FaultTarget): FaultKind | undefined;
}

export function createFaults(): Faults {
  const active = new Map<Fault, number>();
  return {
    inject(given) {
      const fault = { ...given };
      active.set(fault, fault.times ?? Infinity);
      return () => void active.delete(fault);
    },
    befalling(target) {
      for (const [fault, left] of active) {
        if (fault.when?.(target) ?? true) {
          if (left > 1) active.set(fault, left - 1);
          else active.delete(fault);
          return fault.kind;
        }
      }
      return undefined;
    },
  };
}

/** The errors of those faults that are answers of S3. */
export const FAULT_ERRORS: Readonly<Partial<Record<FaultKind, S3ErrorCode>>> = {
  'slow-down': 'SlowDown',
  'internal-error': 'InternalError',
  'access-denied': 'AccessDenied',
};
