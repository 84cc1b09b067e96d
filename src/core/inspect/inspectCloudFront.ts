import { readBucketOrigin } from '../cloudfront/originDomain.ts';
import type { OwnKey } from '../cloudfront/keyMatch.ts';
import type { HashAlgorithm } from '../cloudfront/signedUrl.ts';
import { isJsonObject, parseJson } from '../json.ts';
import { parseKeyPairId } from '../keys/keyPairId.ts';
import { findMatch, isWholeSignature, type SignedDocument } from './checkSignature.ts';
import type { CloudFrontInspection, SignatureState } from './inspection.ts';
import { lifeOf } from './life.ts';
import { breaks, inWords, type Mistake } from './mistakes.ts';
import { otherReadings } from './otherReadings.ts';
import { readBase64, type Alphabet } from './readBase64.ts';
import { readMoment } from './readMoment.ts';
import { readPolicy, type ReadPolicy } from './readPolicy.ts';
import { covers, resourceText } from './resource.ts';
import { sentForms } from './sentForms.ts';
import { concealed, type CloudFrontParameter } from './urlParts.ts';

/** What of an ID is shown: whatever is longer is none, and may be a secret. */
const LONGEST_ID = 40;

/** What of CloudFront's was found in a text, as it is written there. */
export interface CloudFrontText {
  readonly kind: CloudFrontInspection['kind'];
  readonly parameters: ReadonlyMap<CloudFrontParameter, string>;
  /** A policy that comes without all that, decoded. */
  readonly policyText?: string;
  /** The URL without the parameters, as it is written; undefined where there is none. */
  readonly url: string | undefined;
  readonly cookieScope?: CloudFrontInspection['cookieScope'];
  /** What is wrong with the text around them. */
  readonly mistakes: readonly Mistake[];
}

/**
 * Tells what a signed URL, signed cookies or a policy open, until when, and whether they are as a
 * key has signed them.
 *
 * @param keys that are kept here
 * @param now in epoch seconds
 */
export function inspectCloudFront(
  text: CloudFrontText,
  keys: readonly OwnKey[],
  now: number,
): CloudFrontInspection {
  const { kind, parameters, url } = text;
  const forms = url === undefined ? [] : sentForms(url);
  const policy = policyOf(text, forms);
  const { resource, expiresAt, notBefore, ipAddress } = policy.read;
  const isCovered =
    policy.form !== 'custom' ||
    resource === undefined ||
    forms.length === 0 ||
    forms.some((form) => covers(resource, form));
  const keyPairId = parameters.get('Key-Pair-Id');
  const hash = hashOf(parameters.get('Hash-Algorithm'));
  const signature = signatureOf(parameters.get('Signature'));
  const match =
    signature.bytes &&
    findMatch(
      {
        signature: signature.bytes,
        documents: policy.documents,
        keyPairId,
        hashAlgorithm: hash.algorithm,
      },
      keys,
    );
  const signedUrl = match?.document.url;
  const isOther = match?.document.isOther ?? false;

  const ofWriting: readonly Mistake[] = [
    ...text.mistakes,
    ...lacking(text),
    ...(url === undefined ? [] : hostMistakes(url)),
    ...policy.mistakes,
    ...signature.mistakes,
    ...keyPairIdMistakes(keyPairId),
    ...hash.mistakes,
    ...(match && keyPairId !== undefined && match.keyPairId !== keyPairId
      ? [{ code: 'other-key', keyPairId: match.keyPairId } as const]
      : []),
    ...(match && hash.algorithm !== undefined && match.hashAlgorithm !== hash.algorithm
      ? [{ code: 'hash-other', needed: match.hashAlgorithm } as const]
      : []),
  ];
  const isKept = keys.some((key) => key.keyPairId === keyPairId);
  const sent = signedUrl === undefined || isOther ? forms.at(-1) : signedUrl;
  const shown = policy.form === 'canned' ? sent : resource;
  return {
    kind,
    url: url === undefined ? undefined : concealed(url),
    policy: policy.form,
    resource: shown === undefined ? undefined : concealed(shown),
    opens: opensText(policy.form, resource, url),
    expiresAt,
    notBefore,
    ipAddress,
    ...lifeOf(policy.read, now),
    keyPairId: keyPairId?.slice(0, LONGEST_ID),
    hashAlgorithm: hash.algorithm,
    signature: signatureState(),
    signedBy: match?.keyPairId,
    cookieScope: text.cookieScope,
    mistakes: inWords([
      ...ofWriting,
      ...(isOther && signedUrl !== undefined
        ? [{ code: 'other-url', signedFor: concealed(signedUrl) } as const]
        : []),
      ...(isCovered ? [] : [{ code: 'not-covered' } as const]),
      ...policy.read.mistakes,
      ...(forms.length === 2 && !isOther && signedUrl !== forms[1] && isCovered
        ? [{ code: 'url-rewritten' } as const]
        : []),
    ]),
  };

  function signatureState(): SignatureState {
    if (!parameters.has('Signature')) return 'absent';
    if (match === undefined) {
      // What is signed is not told by cookies that have an end alone.
      return isKept && policy.documents.length > 0 ? 'altered' : 'unchecked';
    }
    if (isOther || !isCovered) return 'altered';
    return ofWriting.some(breaks) ? 'mendable' : 'intact';
  }
}

/** What opens something, with what may have been signed for it. */
interface FoundPolicy {
  readonly form: CloudFrontInspection['policy'];
  readonly read: ReadPolicy;
  readonly documents: readonly SignedDocument[];
  readonly mistakes: readonly Mistake[];
}

function policyOf(
  { parameters, policyText }: CloudFrontText,
  forms: readonly string[],
): FoundPolicy {
  const encoded = parameters.get('Policy');
  const end = parameters.get('Expires');
  if (policyText !== undefined) {
    const read = readPolicy(policyText);
    return { form: 'custom', read, documents: [{ text: policyText }], mistakes: [] };
  }
  if (encoded !== undefined) {
    const decoded = readBase64(encoded, isPolicy);
    return {
      form: 'custom',
      read: decoded ? readPolicy(decoded.bytes.toString('utf8')) : NOTHING,
      documents: decoded ? [{ text: decoded.bytes }] : [],
      mistakes: [
        ...(end === undefined ? [] : [{ code: 'expires-and-policy' } as const]),
        ...alphabetMistakes('Policy', decoded?.alphabet),
      ],
    };
  }
  if (end === undefined) return { form: undefined, read: NOTHING, documents: [], mistakes: [] };
  const moment = readMoment('Expires', end);
  const others = forms.flatMap(otherReadings).filter((one) => !forms.includes(one));
  return {
    form: 'canned',
    read: { ...NOTHING, expiresAt: moment.epoch },
    documents: [
      ...forms.map((url) => ({ text: cannedDocument(url, end), url })),
      ...others.map((url) => ({ text: cannedDocument(url, end), url, isOther: true })),
    ],
    mistakes: moment.mistakes,
  };
}

const NOTHING: ReadPolicy = {
  resource: undefined,
  expiresAt: undefined,
  notBefore: undefined,
  ipAddress: undefined,
  mistakes: [],
};

/** Whether bytes are a policy in JSON. */
export function isPolicy(bytes: Buffer): boolean {
  return isJsonObject(parseJson(bytes.toString('utf8')));
}

/** The bytes that CloudFront puts together from a request, whatever stands behind `Expires`. */
function cannedDocument(url: string, end: string): string {
  return `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${end}}}}]}`;
}

function opensText(
  form: CloudFrontInspection['policy'],
  resource: string | undefined,
  url: string | undefined,
): string {
  if (form === undefined) return 'Nothing, for want of an end or a policy';
  if (form === 'custom') return resourceText(resource);
  return url === undefined ? 'One URL, which is not told here' : 'This one URL';
}

function lacking({ kind, parameters, url }: CloudFrontText): readonly Mistake[] {
  if (kind === 'policy') return [];
  const prefix = url === undefined ? 'CloudFront-' : '';
  const names = [
    ...(parameters.has('Expires') || parameters.has('Policy')
      ? []
      : [`${prefix}Expires or ${prefix}Policy`]),
    ...(parameters.has('Signature') ? [] : [`${prefix}Signature`]),
    ...(parameters.has('Key-Pair-Id') ? [] : [`${prefix}Key-Pair-Id`]),
  ];
  return names.length === 0 ? [] : [{ code: 'parameter-missing', names }];
}

function hostMistakes(url: string): readonly Mistake[] {
  if (!URL.canParse(url)) return [];
  const { hostname, pathname } = new URL(url);
  const bucket = readBucketOrigin({ domainName: hostname, originPath: pathname });
  return bucket === undefined ? [] : [{ code: 's3-host', host: hostname }];
}

function signatureOf(text: string | undefined): {
  readonly bytes: Buffer | undefined;
  readonly mistakes: readonly Mistake[];
} {
  if (text === undefined) return { bytes: undefined, mistakes: [] };
  const read = readBase64(text, isWholeSignature);
  const bytes = read?.bytes;
  const isCut = bytes !== undefined && !isWholeSignature(bytes);
  return {
    bytes,
    mistakes: isCut
      ? [{ code: 'signature-cut', bytes: bytes.length }]
      : alphabetMistakes('Signature', read?.alphabet),
  };
}

/** @param alphabet undefined where it is none */
function alphabetMistakes(name: string, alphabet: Alphabet | undefined): readonly Mistake[] {
  if (alphabet === 'cloudfront') return [];
  return [{ code: alphabet === undefined ? 'base64-broken' : OF_ALPHABET[alphabet], name }];
}

const OF_ALPHABET = {
  standard: 'base64-standard',
  url: 'base64-url',
  'percent-encoded': 'percent-encoded',
} as const;

function hashOf(text: string | undefined): {
  readonly algorithm: HashAlgorithm | undefined;
  readonly mistakes: readonly Mistake[];
} {
  if (text === undefined || text === 'SHA1') return { algorithm: 'SHA1', mistakes: [] };
  if (text === 'SHA256') return { algorithm: 'SHA256', mistakes: [] };
  return {
    algorithm: undefined,
    mistakes: [{ code: 'hash-unknown', text: text.slice(0, 40) }],
  };
}

function keyPairIdMistakes(text: string | undefined): readonly Mistake[] {
  if (text === undefined) return [];
  return parseKeyPairId(text).kind === 'ok' && text === text.trim()
    ? []
    : [{ code: 'key-pair-id-odd', text: text.slice(0, LONGEST_ID) }];
}
