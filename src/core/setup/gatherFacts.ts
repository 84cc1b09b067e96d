import type {
  CacheBehavior,
  CloudFrontReader,
  Distribution,
  OriginAccessControl,
} from '../cloudfront/account.ts';
import { canonicalUrl } from '../cloudfront/canonicalUrl.ts';
import { servedPrefix, type Endpoint } from '../cloudfront/distribution.ts';
import { trustedKeys, type OwnKey } from '../cloudfront/keyMatch.ts';
import type { LinkAnswer, ProbeLink } from '../cloudfront/linkAnswer.ts';
import { forwardingOf } from '../cloudfront/queryForwarding.ts';
import { cancelled, ok, type Cancelled, type Outcome, type Result } from '../outcome.ts';
import type { BucketReader } from '../s3/bucketReader.ts';
import type { ObjectStore } from '../s3/objectStore.ts';
import type { Presigner } from '../s3/presignedUrl.ts';
import type { LinkRoute, LiveAnswers, Seen, SetupFacts } from './facts.ts';
import type { KmsReader } from './kmsReader.ts';
import { linkWay, type LinkQuestion } from './linkRoute.ts';
import { sampleKey } from './sampleKey.ts';
import { chooseSigner, type Signer } from './signer.ts';

/** What is to be checked. */
export interface SetupQuestion extends LinkQuestion {
  /** Where no object is asked about: what the key of the one that is tried begins with, if anything. */
  readonly prefix?: string;
  /** The private keys that are kept here. */
  readonly storedKeys: readonly OwnKey[];
}

/** Who reads how a bucket and a KMS key are set up. */
export interface SetupReaders {
  readonly bucketReader: BucketReader;
  readonly kmsReader: KmsReader;
}

/** Whom facts are had from. */
export interface SetupSources extends SetupReaders {
  /** Of the session: where a bucket's own region cannot be had, its KMS keys are looked for there. */
  readonly region: string;
  readonly store: ObjectStore;
  readonly presigner: Pick<Presigner, 'presign'>;
  readonly cloudFrontReader: CloudFrontReader;
  readonly probeLink: ProbeLink;
  readonly signLink: SignLink;
  /** In epoch milliseconds. */
  readonly now: () => number;
}

/** Makes a link of an object that lives for some minutes. Errors: those of signing. */
export type SignLink = (
  endpoint: Endpoint,
  objectKey: string,
  signer: { readonly keyPairId: string; readonly key: OwnKey },
) => Promise<Result<string>>;

/**
 * Looks at everything that the set-up of a link consists of, and tries the link. What cannot be seen
 * is kept as the problem that it is. Nothing is changed.
 */
export async function gatherFacts(
  question: SetupQuestion,
  sources: SetupSources,
  signal: AbortSignal,
): Promise<Outcome<SetupFacts>> {
  const { bucket, storedKeys, mapping } = question;
  const { bucketReader, cloudFrontReader, kmsReader } = sources;
  const atOnce = await Promise.all([
    bucketReader.getRegion(bucket, signal),
    bucketReader.getPublicAccessBlock(bucket, signal),
    bucketReader.getOwnership(bucket, signal),
    bucketReader.getPolicy(bucket, signal),
    cloudFrontReader.listDistributions(signal),
    cloudFrontReader.listKeyGroups(signal),
    cloudFrontReader.listPublicKeys(signal),
  ]);
  if (!areSeen(atOnce)) return cancelled;
  const [
    inRegion,
    publicAccessBlock,
    ownership,
    bucketPolicy,
    distributions,
    keyGroups,
    publicKeys,
  ] = atOnce;
  const region = valueOf(inRegion);
  const account = { keyGroups: valueOf(keyGroups), publicKeys: valueOf(publicKeys) };

  const tried = await keyToTry(question, valueOf(distributions), sources.store, signal);
  if (tried.kind === 'cancelled') return cancelled;
  const key = valueOf(tried);
  const trustsUs = (behavior: CacheBehavior): boolean =>
    storedKeys.length === 0 || trustedKeys(behavior, storedKeys, account).length > 0;
  const { route, endpoint } = linkWay({ ...question, key }, valueOf(distributions), trustsUs);
  const signer = chooseSigner(storedKeys, mapping?.keyPairId, route?.behavior, account);

  const live = tryLink({ bucket, key, endpoint, signer }, sources, signal);
  const then = await Promise.all([
    key === undefined ? noObject(tried) : bucketReader.describeObject({ bucket, key }, signal),
    key === undefined ? noObject(tried) : bucketReader.getOwner({ bucket, key }, signal),
    accessControlOf(route, cloudFrontReader, signal),
    forwardingOf(route?.behavior, cloudFrontReader, signal),
  ]);
  if (!areSeen(then)) return cancelled;
  const [object, objectOwner, originAccessControl, queryForwarding] = then;
  const kmsKeyId = valueOf(object)?.kmsKeyId;
  const kmsKey =
    kmsKeyId === undefined
      ? ok(undefined)
      : await kmsReader.getKey(kmsKeyId, region ?? sources.region, signal);
  const answers = await live;
  if (kmsKey.kind === 'cancelled' || signal.aborted) return cancelled;
  return ok({
    bucket,
    key,
    region,
    publicAccessBlock,
    ownership,
    bucketPolicy,
    object,
    objectOwner,
    kmsKey,
    distributions,
    route,
    endpoint,
    originAccessControl,
    queryForwarding,
    keyGroups,
    publicKeys,
    storedKeys,
    signer,
    live: answers,
  });
}

type AllSeen<T> = { readonly [K in keyof T]: Exclude<T[K], Cancelled> };

/** Whether nothing was given up. */
function areSeen<T extends readonly Outcome<unknown>[]>(
  outcomes: T | AllSeen<T>,
): outcomes is AllSeen<T> {
  return outcomes.every(({ kind }) => kind !== 'cancelled');
}

function valueOf<T>(seen: Seen<T>): T | undefined {
  return seen.kind === 'ok' ? seen.value : undefined;
}

/** The object that is asked about, or one of those that the distribution serves. */
async function keyToTry(
  question: SetupQuestion,
  distributions: readonly Distribution[] | undefined,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<Outcome<string | undefined>> {
  if (question.key !== undefined) return ok(question.key);
  const { bucket, prefix = '' } = question;
  const within = prefix === '' ? servedOf(question, distributions) : prefix;
  return sampleKey(store, bucket, within, signal);
}

/** What the keys begin with that the origin of a link serves. */
function servedOf(
  question: LinkQuestion,
  distributions: readonly Distribution[] | undefined,
): string {
  return servedPrefix(linkWay(question, distributions).endpoint?.originPath ?? '');
}

/** Nothing is seen of an object where there is none to try, or where none could be looked for. */
function noObject(tried: Seen<unknown>): Seen<undefined> {
  return tried.kind === 'ok' ? ok(undefined) : tried;
}

async function accessControlOf(
  route: LinkRoute | undefined,
  reader: CloudFrontReader,
  signal: AbortSignal,
): Promise<Outcome<OriginAccessControl | undefined>> {
  const access = route?.origin?.access;
  return access?.kind === 'oac' ? reader.getOriginAccessControl(access.id, signal) : ok(undefined);
}

/** A link, as far as there is one to try. */
interface Trial {
  readonly bucket: string;
  readonly key: string | undefined;
  readonly endpoint: Endpoint | undefined;
  readonly signer: Signer | undefined;
}

async function tryLink(
  { bucket, key, endpoint, signer }: Trial,
  { presigner, probeLink, signLink, now }: SetupSources,
  signal: AbortSignal,
): Promise<LiveAnswers> {
  let clockAhead: number | undefined;
  const probe = async (url: string | undefined): Promise<LinkAnswer | undefined> =>
    url === undefined ? undefined : probeLink(url, signal);
  const viewed = key === undefined || !endpoint ? undefined : canonicalUrl(endpoint, key);
  const probeUnsigned = async (): Promise<LinkAnswer | undefined> => {
    const answer = await probe(viewed?.kind === 'ok' ? viewed.value : undefined);
    if (answer?.kind === 'answer' && isOwnError(answer) && answer.date !== undefined) {
      clockAhead = Math.round(answer.date - now() / 1000);
    }
    return answer;
  };
  const probeSigned = async (): Promise<Seen<LinkAnswer> | undefined> => {
    if (key === undefined || !endpoint || signer?.key === undefined) return undefined;
    const link = await signLink(endpoint, key, { keyPairId: signer.keyPairId, key: signer.key });
    return link.kind === 'ok' ? ok(await probeLink(link.value, signal)) : link;
  };
  const probeDirect = async (): Promise<LinkAnswer | undefined> => {
    if (key === undefined) return undefined;
    // S3's own URL of an object is a presigned one without what signs it.
    const presigned = await presigner.presign({ bucket, key }, 60, signal);
    return probe(presigned.kind === 'ok' ? presigned.value.replace(/\?.*$/s, '') : undefined);
  };
  const [unsigned, direct, signed] = await Promise.all([
    probeUnsigned(),
    probeDirect(),
    probeSigned(),
  ]);
  return { unsigned, direct, signed, clockAhead };
}

/** Only what CloudFront refuses by itself bears its own clock: all else may be an answer of old. */
function isOwnError({
  fromCloudFront,
  fromOrigin,
  code,
}: LinkAnswer & { kind: 'answer' }): boolean {
  return fromCloudFront && !fromOrigin && code !== undefined;
}
