import { sign } from 'node:crypto';
import type { OwnKey } from '../../../../src/core/cloudfront/keyMatch.ts';
import { policyDocument, type Policy } from '../../../../src/core/cloudfront/policy.ts';
import {
  signedUrlText,
  signUrl,
  type HashAlgorithm,
  type SigningKey,
} from '../../../../src/core/cloudfront/signedUrl.ts';
import { inspectText } from '../../../../src/core/inspect/inspectText.ts';
import type { Inspection } from '../../../../src/core/inspect/inspection.ts';
import { EC, RSA, signPolicy, toCloudFront } from '../cloudfront/nodeSigner.ts';
import { valueOf } from '../valueOf.ts';

/** The moment of the tests, in epoch seconds. */
export const NOW = 1_790_000_000;

export const URL_OF_A = 'https://d111111abcdef8.cloudfront.net/a%20b/c.zip';

const somePolicy: Policy = { resource: URL_OF_A, expiresAt: NOW + 3600 };

/** A signed URL, as it should be. */
export function someLink(
  policy: Partial<Policy> = {},
  key: SigningKey = RSA,
  hashAlgorithm: HashAlgorithm = 'SHA1',
): string {
  return valueOf(signUrl({ ...somePolicy, ...policy }, key, hashAlgorithm, signPolicy));
}

/** A URL with a custom policy of any text, signed as it is. */
export function linkWithPolicy(policy: string, url = URL_OF_A): string {
  const signature = toCloudFront(
    sign('sha1', Buffer.from(policy), RSA.privateKey).toString('base64'),
  );
  const encoded = toCloudFront(Buffer.from(policy).toString('base64'));
  return `${url}?Policy=${encoded}&Signature=${signature}&Key-Pair-Id=${RSA.keyPairId}`;
}

/** A URL with an end of any form, signed as it is. */
export function linkWithEnd(end: string, url = URL_OF_A): string {
  const policy = `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${end}}}}]}`;
  const signature = toCloudFront(
    sign('sha1', Buffer.from(policy), RSA.privateKey).toString('base64'),
  );
  return `${url}?Expires=${end}&Signature=${signature}&Key-Pair-Id=${RSA.keyPairId}`;
}

/** A signed URL of what no client sends as it is written, which the extension itself would refuse. */
export function linkAsWritten(resource: string): string {
  const policy = { ...somePolicy, resource };
  const signature = valueOf(signPolicy(policyDocument(policy), RSA, 'SHA1'));
  return signedUrlText(policy, signature, RSA.keyPairId, 'SHA1');
}

/** A policy as it should be, with other parts. */
export function policyWith(statement: object, condition: object = {}): object {
  return {
    Statement: [
      {
        Resource: URL_OF_A,
        Condition: { DateLessThan: { 'AWS:EpochTime': NOW + 3600 }, ...condition },
        ...statement,
      },
    ],
  };
}

function publicHalf({ keyPairId, publicKey }: SigningKey): OwnKey {
  return {
    keyPairId,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

export const KEY_OF_RSA = publicHalf(RSA);
export const KEY_OF_EC = publicHalf(EC);
export const KEYS = [KEY_OF_RSA, KEY_OF_EC];

/** What is told of a text to who has both keys. */
export function inspect(text: string): Inspection {
  return valueOf(inspectText(text, KEYS, NOW));
}
