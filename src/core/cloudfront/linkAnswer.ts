import { fail, ok, type Result } from '../outcome.ts';

/** What a viewer gets for a signed URL; `unreachable` where there is no answer at all. */
export type LinkAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Whether CloudFront itself answered, rather than something else at that address. */
      readonly fromCloudFront: boolean;
      /** `Code` and `Message` of an error body in XML, where there is one. */
      readonly code: string | undefined;
      readonly message: string | undefined;
      /** Whether the error came from S3 through CloudFront: S3's errors name their request. */
      readonly fromOrigin: boolean;
      /** The clock of whoever answered, in epoch seconds. */
      readonly date: number | undefined;
    }
  | { readonly kind: 'unreachable'; readonly detail: string };

/** Asks for the first byte behind a URL. */
export type ProbeLink = (url: string, signal: AbortSignal) => Promise<LinkAnswer>;

/**
 * Judges the answer to a signed URL that is known to be well made: whether the domain serves the
 * object to it.
 *
 * Errors: `link-refused`, with the likely cause.
 */
export function judgeAnswer(domain: string, keyPairId: string, answer: LinkAnswer): Result<void> {
  if (answer.kind === 'unreachable') {
    return fail({ code: 'link-unchecked', domain, detail: answer.detail });
  }
  const { status } = answer;
  // 416 is the answer for an object of no bytes.
  if (status === 200 || status === 206 || status === 416) return ok(undefined);
  return fail({ code: 'link-refused', domain, status, cause: causeOf(keyPairId, answer) });
}

function causeOf(
  keyPairId: string,
  { status, fromCloudFront, fromOrigin, code, message }: LinkAnswer & { kind: 'answer' },
): string {
  if (!fromCloudFront) {
    return 'Something other than CloudFront answered. Check the domain name.';
  }
  if (fromOrigin) {
    return 'CloudFront accepted the signature, and S3 refused CloudFront: the object is not there, or the bucket policy does not let the distribution read it.';
  }
  if (/unknown key/i.test(message ?? '')) {
    return `The distribution trusts no key with the ID ${keyPairId} for this path. Add it to the trusted key group of the cache behavior.`;
  }
  if (status === 403 && code === 'AccessDenied') {
    return `The signature was not accepted: the private key is probably not the one that belongs to ${keyPairId}.`;
  }
  if (status === 404) return 'The origin has no such object.';
  const words = [code, message].filter((word) => word !== undefined).join(': ');
  return words === '' ? 'Check the domain name and the key pair ID.' : `It said: ${words}.`;
}
