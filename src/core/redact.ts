/**
 * What may be a secret in a text that is logged. Names first, because they say what was taken out;
 * then any run that is long enough to be key material, a signature, a policy or a secret access key,
 * whose shortest form is 40 characters. Long object names are lost too: the safer mistake.
 */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/g, '[PEM]'],
  [
    /\b((?:CloudFront-)?(?:Signature|Policy)|X-Amz-(?:Signature|Security-Token|Credential))=[^&\s"'`]*/gi,
    '$1=[redacted]',
  ],
  [
    // A value in quotes goes to its closing quote, since a passphrase may have blanks.
    /\b((?:aws_)?(?:secret_access_key|session_token)|secretAccessKey|sessionToken|password|passphrase)(["']?\s*[:=]\s*)(?:(["'])(?:\\[\s\S]|(?!\3)[^\\])*\3?|[^\s"',}]+)/gi,
    '$1$2$3[redacted]$3',
  ],
  [/[A-Za-z0-9+/=_~%-]{40,}/g, '[redacted]'],
];

/** Takes out of a text whatever may be a secret. */
export function redact(text: string): string {
  return SECRETS.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    text,
  );
}
