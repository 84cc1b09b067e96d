import type { Distribution, PublicKey } from '../cloudfront/account.ts';
import type { DistributionMapping } from '../cloudfront/distribution.ts';
import type { OwnKey } from '../cloudfront/keyMatch.ts';
import type { ProbeLink } from '../cloudfront/linkAnswer.ts';
import { mappedObject, wayOf } from '../cloudfront/objectAt.ts';
import { copiedUrl } from '../inspect/copiedUrl.ts';
import { inspectText } from '../inspect/inspectText.ts';
import type { Inspection, SignatureState } from '../inspect/inspection.ts';
import { cancelled, ok, type Outcome } from '../outcome.ts';
import type { ObjectDetails } from '../s3/bucketReader.ts';
import type { S3Location } from '../s3/location.ts';
import { kindOf, type Answer } from './answerKind.ts';
import { causesOf, type Cause } from './causes.ts';
import type { LinkFindings } from './evidence.ts';

/** What came of verifying a link, as plain data. No signature is in it. */
export interface Verification {
  readonly inspection: Inspection;
  /** `unknown`: nobody was asked, and nothing in the link speaks against it. */
  readonly verdict: 'works' | 'fails' | 'unknown';
  /** Why it does not work, the likeliest first. */
  readonly causes: readonly Cause[];
  /** What was answered; undefined where nobody was asked, or nobody answered. */
  readonly answer: VerifiedAnswer | undefined;
  /** Whether it is served without its signature too; undefined where that was not tried. */
  readonly isOpen: boolean | undefined;
  /** The object that it leads to, as far as that is known. */
  readonly location: S3Location | undefined;
}

/** An answer as far as it is of interest to who has the link. */
export interface VerifiedAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Of the whole object, in bytes. */
  readonly size: number | undefined;
  /** How long it has lain in a cache, in seconds. */
  readonly age: number | undefined;
  /** Such as `Hit from cloudfront`. */
  readonly cache: string | undefined;
}

/** An account's CloudFront, as far as a link depends on it. */
export interface LinkAccount {
  readonly distributions: readonly Distribution[];
  /** Undefined where the profile may not see them. */
  readonly publicKeys: readonly PublicKey[] | undefined;
}

/** What a link is verified with. */
export interface VerifySources {
  /** The keys that are kept here. */
  readonly keys: readonly OwnKey[];
  readonly mappings: readonly DistributionMapping[];
  readonly probeLink: ProbeLink;
  /** In epoch seconds. */
  readonly now: () => number;
  /** Undefined where it cannot be seen without a question. */
  account(): Promise<LinkAccount | undefined>;
  /** `missing` where there is none; undefined where it cannot be looked at. */
  describeObject(
    location: S3Location,
    signal: AbortSignal,
  ): Promise<ObjectDetails | 'missing' | undefined>;
}

/**
 * Verifies a link: by what it says of itself, and where that is wished by a request for its first
 * byte, whose answer is explained.
 *
 * @param isAsked whether to send the request
 *
 * Errors: `link-unreadable`.
 */
export async function verifyLink(
  text: string,
  isAsked: boolean,
  sources: VerifySources,
  signal: AbortSignal,
): Promise<Outcome<Verification>> {
  const inspected = inspectText(text, sources.keys, sources.now());
  if (inspected.kind !== 'ok') return inspected;
  const inspection = inspected.value;
  const url = copiedUrl(text)?.url;
  const bare = inspection.url;
  if (!isAsked || url === undefined || bare === undefined || !URL.canParse(url)) {
    return ok(offline(inspection, sources));
  }
  const [answer, account] = await Promise.all([sources.probeLink(url, signal), sources.account()]);
  if (signal.aborted) return cancelled;
  const kind = answer.kind === 'answer' ? kindOf(answer) : 'unreachable';
  const isServed = kind === 'served';
  const way = account && wayOf(bare, account.distributions);
  const location = mappedObject(bare, sources.mappings) ?? way?.location ?? locationOf(inspection);
  const isAboutObject = kind === 'origin' || kind === 'replaced';
  const [object, unsigned] = await Promise.all([
    isAboutObject && location ? sources.describeObject(location, signal) : undefined,
    // What is served without a signature needs no link, and knows no end.
    isServed && inspection.kind === 'signed-url' ? sources.probeLink(bare, signal) : undefined,
  ]);
  if (signal.aborted) return cancelled;
  const causes = causesOf({
    link: findingsOf(inspection, bare),
    answer,
    now: sources.now(),
    way: way && { ...way, object, signature: signatureByAccount(text, account, sources) },
  });
  return ok({
    inspection,
    verdict: isServed ? 'works' : 'fails',
    causes,
    answer: answer.kind === 'answer' ? shown(answer) : undefined,
    isOpen: unsigned && unsigned.kind === 'answer' && kindOf(unsigned) === 'served',
    location,
  });
}

function offline(inspection: Inspection, { now, mappings }: VerifySources): Verification {
  const { url = '' } = inspection;
  const isUrl = URL.canParse(url);
  const causes = causesOf({
    link: findingsOf(inspection, isUrl ? url : undefined),
    answer: undefined,
    now: now(),
    way: undefined,
  });
  return {
    inspection,
    verdict: causes.length === 0 ? 'unknown' : 'fails',
    causes,
    answer: undefined,
    isOpen: undefined,
    location: (isUrl ? mappedObject(url, mappings) : undefined) ?? locationOf(inspection),
  };
}

/** What in a link can be the cause of a refusal. */
function findingsOf(inspection: Inspection, url: string | undefined): LinkFindings {
  const { kind, mistakes } = inspection;
  const { protocol, host } = new URL(url ?? 'https://-');
  return {
    kind,
    protocol: protocol === 'http:' ? 'http' : 'https',
    domain: url === undefined ? 'CloudFront' : host,
    keyPairId: 'keyPairId' in inspection ? inspection.keyPairId : undefined,
    expiresAt: 'expiresAt' in inspection ? inspection.expiresAt : undefined,
    notBefore: 'notBefore' in inspection ? inspection.notBefore : undefined,
    ipAddress: 'ipAddress' in inspection ? inspection.ipAddress : undefined,
    signature: 'signature' in inspection ? inspection.signature : 'absent',
    mistakes,
  };
}

function locationOf(inspection: Inspection): S3Location | undefined {
  if (inspection.kind !== 'presigned-url') return undefined;
  const { bucket, key } = inspection;
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/** What the signature is by the public keys that CloudFront has, where those can be seen. */
function signatureByAccount(
  text: string,
  account: LinkAccount | undefined,
  { now }: VerifySources,
): SignatureState | undefined {
  const keys = account?.publicKeys?.map(({ id, encodedKey }) => ({
    keyPairId: id,
    publicKeyPem: encodedKey,
  }));
  const inspected = keys && inspectText(text, keys, now());
  return inspected?.kind === 'ok' && 'keyPairId' in inspected.value
    ? inspected.value.signature
    : undefined;
}

function shown({ status, contentType, size, age, cache }: Answer): VerifiedAnswer {
  return { status, contentType, size, age, cache };
}
