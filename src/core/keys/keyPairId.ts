import { fail, ok, type Result } from '../outcome.ts';

/**
 * Reads the ID that CloudFront gives a public key (`K…`), or that of a legacy key pair of the root
 * user (`APKA…`). Pasted white space around it is dropped.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 *
 * Errors: `key-pair-id-invalid`.
 */
export function parseKeyPairId(text: string): Result<string> {
  const id = text.trim();
  if (/^(?:K[A-Z0-9]{9,30}|APKA[A-Z0-9]{8,30})$/.test(id)) return ok(id);
  // What is long may be a key that was pasted into the wrong box.
  return fail({ code: 'key-pair-id-invalid', text: id.length <= 40 ? id : 'What was given' });
}
