import { S3Error } from './s3Error.ts';

/**
 * Reads a count out of a query. Errors: `InvalidArgument`.
 *
 * @param fallback where the parameter is absent
 */
export function readCount(
  query: ReadonlyMap<string, string>,
  name: string,
  fallback: number,
  least = 0,
): number {
  const text = query.get(name);
  if (text === undefined || text === '') return fallback;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < least || count > 0x7fffffff) {
    throw new S3Error('InvalidArgument', {
      message: `Argument ${name} must be an integer between ${least} and 2147483647`,
      elements: { ArgumentName: name, ArgumentValue: text },
    });
  }
  return count;
}

/** Makes a continuation token: opaque to clients, and no key to look at. */
export function continuationToken(from: string): string {
  return Buffer.from(`1:${from}`, 'utf8').toString('base64');
}

/** Reads a continuation token back. Errors: `InvalidArgument` for what is none. */
export function readContinuationToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (!text.startsWith('1:')) {
    throw new S3Error('InvalidArgument', {
      message: 'The continuation token provided is incorrect',
      elements: { ArgumentName: 'continuation-token' },
    });
  }
  return text.slice(2);
}
