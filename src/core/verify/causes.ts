import { readBucketOrigin } from '../cloudfront/originDomain.ts';
import { durationText, momentText } from '../expiry.ts';
import type { InspectedMistake, MistakeCode } from '../inspect/mistakes.ts';
import { listed } from '../setup/words.ts';
import type { LinkEvidence, LinkFindings } from './evidence.ts';
import { viewOf, type View } from './view.ts';

/** Why a link does not work, by a stable name. */
export type CauseCode =
  // Nobody who knows of the link answers
  | 'no-such-host'
  | 'certificate'
  | 'unreachable'
  | 's3-host'
  | 'not-cloudfront'
  // The link
  | 'missing-key'
  | 'unknown-key'
  | 'malformed-signature'
  | 'malformed-policy'
  | 'altered'
  | 'spoilt'
  | 'clock'
  | 'expired'
  | 'not-yet'
  | 'address'
  | 'wrong-key'
  // The distribution
  | 'disabled'
  | 'https-only'
  | 'sent-to-https'
  | 'host-unknown'
  | 'firewall'
  | 'country'
  | 'method'
  | 'too-long'
  | 'function'
  | 'deploying'
  | 'error-page'
  // What is behind it
  | 's3-denies'
  | 'object-missing'
  | 'object-archived'
  | 'bucket-missing'
  | 'region'
  | 'website'
  | 'origin-anonymous'
  | 'key-policy'
  | 'origin-fails'
  // S3's presigned URLs
  | 'session-ended'
  | 'signer-denied'
  // None of these
  | 'other';

/** How sure it is that a cause is the one. */
export type Certainty = 'certain' | 'likely' | 'possible';

/** Why a link does not work. */
export interface Cause {
  readonly code: CauseCode;
  readonly certainty: Certainty;
  /** What is wrong, a sentence without a full stop. */
  readonly title: string;
  /** What to do about it, in whole sentences. */
  readonly remedy: string;
}

/** When something is the cause, and what is said of it. */
interface Rule {
  /** Undefined where it is not. */
  readonly sure: (view: View) => Certainty | undefined;
  readonly title: (view: View) => string;
  readonly remedy: (view: View) => string;
}

const SIGN_HTTPS =
  'Sign the URL with https://. To change that in the link is not enough, since the signature covers it.';
const COPY_WHOLE = 'Copy the whole link anew, from where it was made.';

/**
 * Every cause there is, in the order in which they are judged: the way that a request takes. It is
 * told by codes; by the wording of a page, which is documented nowhere, only where there is no code.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
 * https://repost.aws/knowledge-center/cloudfront-troubleshoot-signed-url-cookies
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
const RULES: Readonly<Record<CauseCode, Rule>> = {
  'no-such-host': {
    sure: ({ unreached }) => certainIf(/ENOTFOUND|EAI_AGAIN/.test(unreached)),
    title: ({ link }) => `There is no host ${link.domain}`,
    remedy: () => 'Check the domain name. That of a new distribution takes some minutes.',
  },
  certificate: {
    sure: ({ unreached }) => certainIf(isAboutCertificates(unreached)),
    title: ({ link }) => `${link.domain} has no certificate that this computer takes for it`,
    remedy: ({ unreached }) =>
      `${sentence(unreached)} Give the distribution a certificate with this name, or use the name that its certificate is for.`,
  },
  unreachable: {
    sure: ({ kind, unreached }) =>
      certainIf(
        kind === 'unreachable' &&
          !/ENOTFOUND|EAI_AGAIN/.test(unreached) &&
          !isAboutCertificates(unreached),
      ),
    title: ({ link }) => `${link.domain} could not be reached`,
    remedy: ({ unreached }) =>
      `${sentence(unreached)} Check the domain name, the network and the proxy.`,
  },
  's3-host': {
    sure: ({ kind, answer, link }) =>
      certainIf(
        (kind === 'elsewhere' && answer?.fromOrigin === true) ||
          (kind === 'unasked' && mistakeIn(link.mistakes, ['s3-host']) !== undefined),
      ),
    title: ({ link }) => `${link.domain} is S3, which knows nothing of CloudFront’s signatures`,
    remedy: () => 'Sign the URL of the distribution: its domain name or an alternate one.',
  },
  'not-cloudfront': {
    sure: ({ kind, answer, link }) =>
      certainIf(kind === 'elsewhere' && !answer?.fromOrigin && !isPresigned(link)),
    title: ({ link }) => `Something other than CloudFront answered at ${link.domain}`,
    remedy: () => 'Check the domain name, and whether a proxy stands in between.',
  },

  'missing-key': {
    sure: ({ code, kind, link }) =>
      certainIf(
        code === 'MissingKey' ||
          (kind === 'unasked' &&
            link.kind !== 'policy' &&
            !isPresigned(link) &&
            (link.keyPairId ?? '') === ''),
      ),
    title: () => 'The link names no key: it was cut off, or never signed',
    remedy: () => COPY_WHOLE,
  },
  'unknown-key': {
    sure: ({ code, kind, message }) =>
      certainIf(code === 'InvalidKey' || (kind === 'refused' && /unknown key/i.test(message))),
    title: ({ link }) =>
      `The distribution trusts no key with the ID ${link.keyPairId ?? ''} for this path`,
    remedy: ({ link }) =>
      mistakeIn(link.mistakes, ['key-pair-id-odd', 'other-key'])?.remedy ??
      'Add it to the trusted key group of the cache behavior, or sign with a key that is in there. A key that is taken out takes its links along.',
  },
  'malformed-signature': {
    sure: ({ code, kind, link }) =>
      code === 'MalformedSignature'
        ? 'certain'
        : foundIf(ofSignature(link.mistakes) !== undefined, kind, code),
    title: ({ link }) =>
      ofSignature(link.mistakes)?.title ?? 'CloudFront could not decode the signature',
    remedy: ({ link }) => ofSignature(link.mistakes)?.remedy ?? COPY_WHOLE,
  },
  'malformed-policy': {
    sure: ({ code, kind, link }) => {
      if (code === 'MalformedPolicy') return 'certain';
      // CloudFront may forgive what AWS does not document.
      return foundIf(ofPolicy(link.mistakes) !== undefined, kind, code) && 'likely';
    },
    title: ({ link }) => ofPolicy(link.mistakes)?.title ?? 'CloudFront could not read the policy',
    remedy: ({ link }) =>
      ofPolicy(link.mistakes)?.remedy ?? 'It was changed, or is not as AWS asks for. Sign anew.',
  },
  altered: {
    sure: (view) => {
      const { signature, kind, code, link } = view;
      if (isPresigned(link)) return certainIf(code === 'SignatureDoesNotMatch');
      // Where the key that is kept here made it, CloudFront has another one by its ID.
      const isAltered =
        signature === 'altered' && link.signature !== 'intact' && !ofSignature(link.mistakes);
      if (isAltered || ofAnotherUrl(link.mistakes)) return foundIf(true, kind, code);
      return signature === 'unchecked' && isUnexplained(view) ? 'possible' : undefined;
    },
    title: ({ link }) =>
      ofAnotherUrl(link.mistakes)?.title ??
      'The link was changed after it was signed, or signed in another way than it is written',
    remedy: ({ link }) => ofAnotherUrl(link.mistakes)?.remedy ?? COPY_WHOLE,
  },
  spoilt: {
    sure: ({ kind, code, link }) => {
      const isSpoilt = ofWriting(link.mistakes) !== undefined;
      return isPresigned(link)
        ? certainIf(isSpoilt && kind !== 'unreachable')
        : foundIf(isSpoilt, kind, code);
    },
    title: ({ link }) => ofWriting(link.mistakes)?.title ?? '',
    remedy: ({ link }) => ofWriting(link.mistakes)?.remedy ?? '',
  },
  clock: {
    sure: ({ clockAhead, kind, code }) =>
      certainIf(clockAhead !== undefined && isDenied(kind, code)),
    title: ({ clockAhead = 0 }) =>
      `The clock of this computer is ${durationText(Math.abs(clockAhead))} ${clockAhead > 0 ? 'behind' : 'ahead of'} CloudFront’s`,
    remedy: () => 'Set it, best by network time, and sign anew.',
  },
  expired: {
    sure: ({ ended, clockAhead, kind, code, link, message }) => {
      if (isPresigned(link) && kind !== 'unasked') {
        return certainIf(code === 'AccessDenied' && (ended || /expired/i.test(message)));
      }
      return clockAhead === undefined ? foundIf(ended, kind, code) : undefined;
    },
    title: ({ link }) =>
      link.expiresAt === undefined ? 'It has ended' : `It ended ${momentText(link.expiresAt)}`,
    remedy: () =>
      'Sign a new one. A download that runs goes on, and one that is resumed is refused.',
  },
  'not-yet': {
    sure: ({ early, clockAhead, kind, code }) =>
      clockAhead === undefined ? foundIf(early, kind, code) : undefined,
    title: ({ link }) => `It begins ${momentText(link.notBefore ?? 0)}`,
    remedy: () => 'Wait until then, or sign one that begins earlier.',
  },
  address: {
    sure: (view) => {
      if (view.link.ipAddress === undefined || !isUnexplained(view)) return undefined;
      if (view.way?.signature === 'intact') return 'certain';
      return view.signature === 'intact' ? 'likely' : 'possible';
    },
    title: ({ link }) =>
      `It is for ${link.ipAddress ?? ''} alone, and CloudFront sees this computer elsewhere`,
    remedy: ({ way }) =>
      `Use it from there, or sign one for the address that CloudFront sees.${way?.distribution?.ipv6 ? ' The distribution answers by IPv6 too, and whoever comes by that fits no such link.' : ''}`,
  },
  'wrong-key': {
    sure: (view) => {
      const { link, way, signature } = view;
      if (!isUnexplained(view)) return undefined;
      if (link.signature === 'intact' && signature === 'altered') return 'certain';
      if (way?.signature === 'intact') return undefined;
      return signature === 'intact' && link.ipAddress === undefined ? 'likely' : 'possible';
    },
    title: ({ link }) =>
      `The signature was not accepted: the private key is not the one of ${link.keyPairId ?? ''} in CloudFront`,
    remedy: () => 'Sign with the private key whose public half CloudFront has under this ID.',
  },

  disabled: {
    sure: ({ kind, way }) => certainIf(kind === 'page' && way?.distribution?.enabled === false),
    title: ({ way }) => `Distribution ${way?.distribution?.id ?? ''} is disabled`,
    remedy: () => 'It serves nothing before it is enabled.',
  },
  'https-only': {
    sure: (view) => {
      const { link, way } = view;
      if (link.protocol !== 'http' || !isPlainRefusal(view)) return undefined;
      if (way === undefined) return 'likely';
      const isTaken = way.distribution?.enabled && way.behavior?.viewerProtocol === 'https-only';
      return certainIf(isTaken === true);
    },
    title: () => 'The distribution takes HTTPS alone, and the link is for HTTP',
    remedy: () => SIGN_HTTPS,
  },
  'sent-to-https': {
    sure: ({ kind, link, answer }) =>
      certainIf(
        kind === 'redirect' &&
          link.protocol === 'http' &&
          (answer?.location?.startsWith(`https://${link.domain}/`) ?? false),
      ),
    title: () => 'The distribution sends HTTP on to HTTPS, where the signature does not fit',
    remedy: () => SIGN_HTTPS,
  },
  'host-unknown': {
    sure: (view) => {
      const { way, link } = view;
      if (!isPlainRefusal(view) || way?.distribution !== undefined) return undefined;
      return link.protocol === 'https' || way !== undefined ? 'likely' : 'possible';
    },
    title: ({ link }) => `No distribution that is enabled answers to ${link.domain}`,
    remedy: () =>
      'Check the domain name: it has to be the distribution’s own, or one of its alternate domain names.',
  },
  firewall: {
    sure: ({ kind, page, way }) => {
      if (kind !== 'page') return undefined;
      const hasFirewall = way?.distribution?.webAclId !== undefined;
      if (/request blocked/i.test(page)) return hasFirewall ? 'certain' : 'likely';
      return undefined;
    },
    title: () => 'The firewall of the distribution, its web ACL, blocks the request',
    remedy: () => 'Look in AWS WAF for the rule that counted it.',
  },
  country: {
    sure: ({ kind, page }) => certainIf(kind === 'page' && /from your country/i.test(page)),
    title: () => 'The distribution serves nobody in this country',
    remedy: ({ way }) =>
      way?.distribution?.geoRestriction === undefined
        ? 'Look at its geographic restrictions.'
        : `It ${way.distribution.geoRestriction.kind === 'allow' ? 'serves alone' : 'shuts out'}: ${listed(way.distribution.geoRestriction.countries)}.`,
  },
  method: {
    sure: ({ kind, page }) => certainIf(kind === 'page' && /request method/i.test(page)),
    title: () => 'The distribution does not allow GET here',
    remedy: () => 'Have the cache behavior allow GET and HEAD.',
  },
  'too-long': {
    sure: ({ answer, kind, link }) =>
      certainIf(
        answer?.status === 413 ||
          answer?.status === 414 ||
          (kind === 'unasked' && mistakeIn(link.mistakes, ['url-too-long']) !== undefined),
      ),
    title: ({ link }) =>
      mistakeIn(link.mistakes, ['url-too-long'])?.title ?? 'The link is too long for CloudFront',
    remedy: () => 'CloudFront accepts 8192 bytes. Use a shorter key or fewer query parameters.',
  },
  function: {
    sure: ({ answer, kind }) =>
      certainIf(kind !== 'served' && /^(?:lambda|function)/i.test(answer?.cache ?? '')),
    title: () => 'A function of the distribution has answered',
    remedy: () => 'Look at the function that the cache behavior runs for viewers.',
  },
  deploying: {
    sure: ({ kind, way }) =>
      (kind === 'refused' || kind === 'page') && way?.distribution?.deployed === false
        ? 'possible'
        : undefined,
    title: ({ way }) => `The last change of ${way?.distribution?.id ?? ''} is still being deployed`,
    remedy: () => 'Wait some minutes and verify again.',
  },
  'error-page': {
    sure: ({ kind, way }) => {
      if (kind !== 'replaced') return undefined;
      return way?.object === 'missing' ? 'possible' : 'likely';
    },
    title: () => 'A page of the distribution’s own took the place of an error',
    remedy: () =>
      'Its custom error responses hide which one. The check of the set-up looks behind them.',
  },

  's3-denies': {
    sure: (view) => {
      if (!isDeniedByOrigin(view) || view.way?.object === 'missing') return undefined;
      return view.way?.object !== undefined && view.way.object.kmsKeyId === undefined
        ? 'likely'
        : 'possible';
    },
    title: () =>
      'CloudFront accepted the signature, and S3 does not let the distribution read the object',
    remedy: () =>
      'Look at the bucket policy and at the origin access control. The check of the set-up does.',
  },
  'object-missing': {
    sure: (view) => {
      const { kind, code, answer, way } = view;
      if (code === 'NoSuchKey') return 'certain';
      if (kind === 'replaced' && way?.object === 'missing') return 'likely';
      if (isDeniedByOrigin(view)) {
        return way?.object === undefined ? 'possible' : certainIf(way.object === 'missing');
      }
      return answer?.status === 404 && (kind === 'page' || kind === 'replaced')
        ? 'likely'
        : undefined;
    },
    title: () => 'The object is not there',
    remedy: () =>
      'Check its key: capitals count, and slashes. Where CloudFront may not list the bucket, S3 says 403 of what is missing.',
  },
  'object-archived': {
    sure: ({ code }) => certainIf(code === 'InvalidObjectState'),
    title: () => 'The object is archived',
    remedy: () => 'Restore it. No link serves it before.',
  },
  'bucket-missing': {
    sure: ({ code }) => certainIf(code === 'NoSuchBucket'),
    title: () => 'The bucket that is asked for it does not exist',
    remedy: () => 'Correct the origin of the distribution, or make the bucket.',
  },
  region: {
    sure: ({ code }) =>
      certainIf(
        [
          'PermanentRedirect',
          'TemporaryRedirect',
          'AuthorizationHeaderMalformed',
          'IllegalLocationConstraintException',
        ].includes(code),
      ),
    title: () => 'S3 is asked in another way, or in another region, than the bucket is to be asked',
    remedy: () =>
      'Write the region of the bucket into the origin’s domain name, and have an origin access control for S3 sign.',
  },
  website: {
    sure: (view) =>
      certainIf(
        (view.answer?.fromWebsite === true && view.code === 'AccessDenied') ||
          (isWebsite(view) && view.kind === 'page'),
      ),
    title: () =>
      'The origin is a website endpoint, which serves only what is public, by HTTP alone',
    remedy: () =>
      'Use the bucket’s own endpoint (bucket.s3.region.amazonaws.com) with an origin access control.',
  },
  'origin-anonymous': {
    sure: (view) =>
      certainIf(
        isDeniedByOrigin(view) &&
          view.way?.object !== 'missing' &&
          view.way?.origin?.kind === 's3' &&
          view.way.origin.access.kind === 'none',
      ),
    title: () => 'The origin has no origin access control, so CloudFront asks S3 as nobody',
    remedy: () => 'Give it one, and let the distribution in by the bucket policy.',
  },
  'key-policy': {
    sure: (view) => {
      const { code, kind, message, way } = view;
      if (kind === 'origin' && /kms/i.test(message)) return 'certain';
      if (!isDeniedByOrigin(view) || way?.object === 'missing') return undefined;
      if (way?.object === undefined) return 'possible';
      return way.object.kmsKeyId !== undefined && code === 'AccessDenied' ? 'likely' : undefined;
    },
    title: () => 'The object is encrypted with a KMS key that does not let the distribution in',
    remedy: () =>
      'Have the policy of the key allow cloudfront.amazonaws.com kms:Decrypt for this distribution. An origin access identity cannot read it at all.',
  },
  'origin-fails': {
    sure: (view) =>
      certainIf(
        (view.kind === 'page' || view.kind === 'origin') &&
          [500, 502, 503, 504].includes(view.answer?.status ?? 0) &&
          !/lambda|function/i.test(view.answer?.cache ?? '') &&
          !isWebsite(view),
      ),
    title: ({ answer }) =>
      `The origin gave CloudFront no answer to pass on (${answer?.status ?? 0})`,
    remedy: () =>
      'Try again in a moment. Else look at the origin: its domain name and its protocol.',
  },

  'session-ended': {
    sure: ({ code, link }) =>
      certainIf(
        isPresigned(link) && ['ExpiredToken', 'InvalidToken', 'InvalidAccessKeyId'].includes(code),
      ),
    title: () => 'The credentials that signed it are no longer valid',
    remedy: () =>
      'A presigned URL dies with them. Sign a new one, or a CloudFront URL, which lives as long as it says.',
  },
  'signer-denied': {
    sure: ({ code, message, link, ended }) =>
      isPresigned(link) && code === 'AccessDenied' && !ended && !/expired/i.test(message)
        ? 'likely'
        : undefined,
    title: () => 'Whoever signed it may not read the object',
    remedy: () => 'Sign it with a profile that may, or by CloudFront.',
  },

  other: {
    sure: () => 'possible',
    title: ({ link, answer }) => `${link.domain} answered ${answer?.status ?? 'nothing'}`,
    remedy: ({ code, message, page }) => {
      const said = [code, message, code === '' ? page.slice(0, 200) : ''].filter(
        (one) => one !== '',
      );
      return said.length === 0
        ? 'Check the domain name and the key pair ID.'
        : `It said: ${sentence(said.join(': '))}`;
    },
  },
};

const CODES = Object.keys(RULES).filter((name): name is CauseCode => Object.hasOwn(RULES, name));

/**
 * Why a link does not work, by all that is known: the causes that are certain, else all that it can
 * be, the likely ones first. Empty where it is served, and where nothing speaks against it.
 */
export function causesOf(evidence: LinkEvidence): readonly Cause[] {
  const view = viewOf(evidence);
  if (view.kind === 'served') return [];
  const causes = CODES.flatMap((code): Cause[] => {
    const { sure, title, remedy } = RULES[code];
    const certainty = code === 'other' ? undefined : sure(view);
    return certainty === undefined
      ? []
      : [{ code, certainty, title: title(view), remedy: remedy(view) }];
  });
  const sorted = CERTAINTIES.flatMap((certainty) =>
    causes.filter((cause) => cause.certainty === certainty),
  );
  const [first] = sorted;
  if (first === undefined) return view.kind === 'unasked' ? [] : [other(view)];
  return first.certainty === 'certain'
    ? sorted.filter(({ certainty }) => certainty === 'certain')
    : sorted;
}

const WITH_CERTAINTY: Readonly<Record<Certainty, string>> = {
  certain: '',
  likely: 'Most likely: ',
  possible: 'Possibly: ',
};

/** A cause in whole sentences, which say how sure it is. */
export function causeText({ certainty, title, remedy }: Cause): string {
  return `${WITH_CERTAINTY[certainty]}${title}. ${remedy}`;
}

const CERTAINTIES: readonly Certainty[] = ['certain', 'likely', 'possible'];

function other(view: View): Cause {
  const { title, remedy } = RULES.other;
  return { code: 'other', certainty: 'possible', title: title(view), remedy: remedy(view) };
}

function certainIf(fact: boolean): Certainty | undefined {
  return fact ? 'certain' : undefined;
}

/** How sure it is that what was found in the link is the cause of what was answered, if anything. */
function foundIf(fact: boolean, kind: View['kind'], code: string): Certainty | undefined {
  if (!fact) return undefined;
  if (kind === 'unasked' || isDenied(kind, code)) return 'certain';
  return kind === 'replaced' ? 'likely' : undefined;
}

/** Whether CloudFront has refused in the way that has most causes. */
function isDenied(kind: View['kind'], code: string): boolean {
  return kind === 'refused' && code === 'AccessDenied';
}

/** Whether nothing in the link is the cause of a denial. */
function isUnexplained({ kind, code, ended, early, signature, link }: View): boolean {
  return (
    isDenied(kind, code) &&
    !ended &&
    !early &&
    (signature !== 'altered' || link.signature === 'intact') &&
    !link.mistakes.some((mistake) => mistake.breaks)
  );
}

/** Whether CloudFront has refused by a page that says nothing more. */
function isPlainRefusal({ kind, page, answer }: View): boolean {
  return (
    kind === 'page' &&
    (answer?.status === 403 || answer?.status === 421) &&
    !/request blocked|from your country|request method/i.test(page)
  );
}

/** Whether S3 has refused CloudFront in the way that has most causes. */
function isDeniedByOrigin({ kind, code, message, answer }: View): boolean {
  return (
    kind === 'origin' &&
    code === 'AccessDenied' &&
    answer?.fromCloudFront === true &&
    !answer.fromWebsite &&
    !/kms/i.test(message)
  );
}

function isWebsite({ way }: View): boolean {
  return way?.origin !== undefined && readBucketOrigin(way.origin)?.form === 'website';
}

/** Whether S3 itself is asked. */
function isPresigned({ kind }: LinkFindings): boolean {
  return kind === 'presigned-url';
}

function isAboutCertificates(detail: string): boolean {
  return /certificate|altname|self.signed|\bSSL\b|\bTLS\b/i.test(detail);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

type Mistakes = readonly InspectedMistake[];

function mistakeIn(
  mistakes: Mistakes,
  codes: readonly MistakeCode[],
): InspectedMistake | undefined {
  return mistakes.find(({ code }) => codes.includes(code));
}

function ofSignature(mistakes: Mistakes): InspectedMistake | undefined {
  return mistakes.find(
    (mistake) =>
      mistake.code === 'signature-cut' || ('name' in mistake && mistake.name === 'Signature'),
  );
}

const POLICY_MISTAKES: readonly MistakeCode[] = [
  'policy-unreadable',
  'policy-white-space',
  'policy-extra',
  'statement-object',
  'statement-count',
  'resource-odd',
  'address-odd',
  'end-missing',
  'end-too-late',
  'milliseconds',
  'moment-odd',
];

function ofPolicy(mistakes: Mistakes): InspectedMistake | undefined {
  return (
    mistakes.find((mistake) => 'name' in mistake && mistake.name === 'Policy') ??
    mistakeIn(mistakes, POLICY_MISTAKES)
  );
}

function ofAnotherUrl(mistakes: Mistakes): InspectedMistake | undefined {
  return mistakeIn(mistakes, ['other-url', 'not-covered']);
}

/** What have causes of their own. */
const TOLD_ELSEWHERE: readonly MistakeCode[] = [
  'other-url',
  'not-covered',
  'url-too-long',
  's3-host',
];

/** The first mistake in how the link is written. */
function ofWriting(mistakes: Mistakes): InspectedMistake | undefined {
  return mistakes.find(
    (mistake) =>
      mistake.breaks &&
      !TOLD_ELSEWHERE.includes(mistake.code) &&
      mistake !== ofSignature(mistakes) &&
      mistake !== ofPolicy(mistakes),
  );
}
