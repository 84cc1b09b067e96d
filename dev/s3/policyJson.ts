import { S3Error } from './s3Error.ts';

/** Reads an element that has names and values. Errors: `MalformedPolicy`. */
export function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`Invalid ${what}`);
  }
  return { ...value };
}

/**
 * Reads an element that is a text or a list of texts. Errors: `MalformedPolicy`.
 *
 * @param fromOther makes a text of a number or a boolean, where those are allowed too
 */
export function strings(
  value: unknown,
  what: string,
  fromOther?: (value: number | boolean) => string,
): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one) => {
    if (typeof one === 'string') return one;
    if (fromOther && (typeof one === 'number' || typeof one === 'boolean')) return fromOther(one);
    throw malformed(`Invalid ${what}`);
  });
}

export function malformed(message: string): S3Error {
  return new S3Error('MalformedPolicy', { message });
}
