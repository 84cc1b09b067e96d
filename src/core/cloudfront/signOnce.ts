import type { Result } from '../outcome.ts';
import type { HashAlgorithm, SigningKey, SignPolicy } from './signedUrl.ts';

/** What a signature was made of, and the signature. */
interface Signed {
  readonly document: string;
  readonly key: SigningKey;
  readonly hashAlgorithm: HashAlgorithm;
  readonly signature: Result<string>;
}

/**
 * Signs a policy once for all the URLs and cookies that carry it: made anew, a signature of ECDSA would
 * be another one each time.
 */
export function signOnce(signPolicy: SignPolicy): SignPolicy {
  let last: Signed | undefined;
  return (document, key, hashAlgorithm) => {
    const isAlike =
      last?.document === document && last.key === key && last.hashAlgorithm === hashAlgorithm;
    if (last === undefined || !isAlike) {
      const signature = signPolicy(document, key, hashAlgorithm);
      last = { document, key, hashAlgorithm, signature };
    }
    return last.signature;
  };
}
