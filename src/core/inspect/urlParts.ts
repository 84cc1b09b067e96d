/** One parameter of a query, as it is written. */
export interface UrlParameter {
  readonly name: string;
  readonly value: string;
  /** The whole of it, since `a` and `a=` are not the same to a signature. */
  readonly text: string;
}

/**
 * CloudFront's own parameters, which it takes off before it compares and asks the origin.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export const CLOUDFRONT_PARAMETERS = [
  'Expires',
  'Policy',
  'Signature',
  'Key-Pair-Id',
  'Hash-Algorithm',
] as const;

export type CloudFrontParameter = (typeof CLOUDFRONT_PARAMETERS)[number];

/** What signs a URL. */
export type Signing = 'cloudfront' | 'SigV4' | 'SigV2';

/** The parameters of a URL in their order, its fragment left out; it is never sent. */
export function paramsOf(url: string): readonly UrlParameter[] {
  const sent = url.replace(/#.*$/s, '');
  const mark = sent.indexOf('?');
  if (mark < 0) return [];
  return sent
    .slice(mark + 1)
    .split('&')
    .map((text) => {
      const equals = text.indexOf('=');
      return equals < 0
        ? { name: text, value: '', text }
        : { name: text.slice(0, equals), value: text.slice(equals + 1), text };
    });
}

export function isCloudFronts(name: string): name is CloudFrontParameter {
  return CLOUDFRONT_PARAMETERS.some((own) => own === name);
}

/** What a URL would be without some of its parameters. */
export function urlWithout(url: string, isLeftOut: (name: string) => boolean): string {
  const base = url.replace(/[?#].*$/s, '');
  const kept = paramsOf(url).filter(({ name }) => !isLeftOut(name));
  return kept.length === 0 ? base : `${base}?${kept.map(({ text }) => text).join('&')}`;
}

/** A URL that may be shown: a signature or a policy under another name than AWS's is left out too. */
export function concealed(url: string): string {
  const parameters = paramsOf(url);
  if (!parameters.some(isLikeASecret)) return url;
  const shown = parameters.map((one) => (isLikeASecret(one) ? `${one.name}=…` : one.text));
  return `${url.replace(/[?#].*$/s, '')}?${shown.join('&')}`;
}

function isLikeASecret({ name, value }: UrlParameter): boolean {
  return value.length >= 40 && /signature|policy|token/i.test(name);
}

/** The parameters that each way of signing has to have, in the spelling of AWS. */
const NEEDED: Readonly<Record<Exclude<Signing, 'cloudfront'>, readonly string[]>> = {
  SigV4: [
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
  ],
  SigV2: ['AWSAccessKeyId', 'Expires', 'Signature'],
};

/**
 * By what the parameters of a URL sign it, and which of those that it takes are not there. Undefined
 * for a URL that nothing signs.
 */
export function signingOf(
  parameters: readonly UrlParameter[],
): { readonly by: Signing; readonly missing: readonly string[] } | undefined {
  const names = new Set(parameters.map(({ name }) => name.toLowerCase()));
  const lacking = (needed: readonly string[]): readonly string[] =>
    needed.filter((name) => !names.has(name.toLowerCase()));
  if (['x-amz-signature', 'x-amz-credential', 'x-amz-algorithm'].some((one) => names.has(one))) {
    return { by: 'SigV4', missing: lacking(NEEDED.SigV4) };
  }
  if (names.has('awsaccesskeyid')) return { by: 'SigV2', missing: lacking(NEEDED.SigV2) };
  const own = parameters.filter(({ name }) => isCloudFronts(name));
  if (own.length === 0) return undefined;
  const has = (name: CloudFrontParameter): boolean => own.some((one) => one.name === name);
  return {
    by: 'cloudfront',
    missing: [
      ...(has('Expires') || has('Policy') ? [] : ['Expires or Policy']),
      ...(has('Signature') ? [] : ['Signature']),
      ...(has('Key-Pair-Id') ? [] : ['Key-Pair-Id']),
    ],
  };
}

/** Whether a parameter is what signs a URL. */
export function isSigning(name: string, by: Signing): boolean {
  if (by === 'cloudfront') return isCloudFronts(name);
  return by === 'SigV4'
    ? /^x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)$/i.test(
        name,
      )
    : /^(?:awsaccesskeyid|expires|signature|x-amz-security-token)$/i.test(name);
}
