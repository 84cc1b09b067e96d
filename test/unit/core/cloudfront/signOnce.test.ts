import { describe, expect, it } from 'vitest';
import { signOnce } from '../../../../src/core/cloudfront/signOnce.ts';
import { valueOf } from '../valueOf.ts';
import { cannedDocument, EC, RSA, signPolicy } from './nodeSigner.ts';

const document = cannedDocument('https://a.example/*', 2_000_000_000);

describe('a policy that is signed once', () => {
  it('has one signature, also by a key whose signatures differ', () => {
    expect(valueOf(signPolicy(document, EC, 'SHA1'))).not.toBe(
      valueOf(signPolicy(document, EC, 'SHA1')),
    );
    const once = signOnce(signPolicy);
    expect(valueOf(once(document, EC, 'SHA1'))).toBe(valueOf(once(document, EC, 'SHA1')));
  });

  it.each([
    ['another document', cannedDocument('https://b.example/*', 2_000_000_000), RSA, 'SHA1'],
    ['another key', document, EC, 'SHA1'],
    ['another hash', document, RSA, 'SHA256'],
  ] as const)('has another one for %s', (_what, ofDocument, key, hash) => {
    const once = signOnce(signPolicy);
    const first = valueOf(once(document, RSA, 'SHA1'));
    expect(valueOf(once(ofDocument, key, hash))).not.toBe(first);
    // RSA signs alike each time.
    expect(valueOf(once(document, RSA, 'SHA1'))).toBe(first);
  });
});
