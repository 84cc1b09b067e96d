import { getSignedCookies } from '@aws-sdk/cloudfront-signer';
import type { SignPolicy } from '../core/cloudfront/signedUrl.ts';
import { errorText } from '../core/errorText.ts';
import { fail, ok } from '../core/outcome.ts';

/**
 * Signs with AWS's own signer. Its `getSignedUrl` rewrites the URL that it is given, so the signature
 * is taken from `getSignedCookies`, which signs a policy exactly as it is.
 */
export const signPolicy: SignPolicy = (document, key, hashAlgorithm) => {
  try {
    const cookies = getSignedCookies({
      policy: document,
      keyPairId: key.keyPairId,
      // @ts-expect-error The types ask for text; it is handed on to node:crypto, and a KeyObject
      // saves parsing the key for every URL.
      privateKey: key.privateKey,
      algorithm: hashAlgorithm,
    });
    return ok(cookies['CloudFront-Signature']);
  } catch (error) {
    return fail({ code: 'signing-failed', detail: errorText(error) });
  }
};
