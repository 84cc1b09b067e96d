import type { Distribution } from '../../core/cloudfront/account.ts';
import { frontsOf } from '../../core/cloudfront/bucketFront.ts';
import { mappingFor, type DistributionMapping } from '../../core/cloudfront/distribution.ts';
import { answeringTo } from '../../core/cloudfront/distributionNames.ts';
import { originPathTo } from '../../core/cloudfront/originDomain.ts';
import type { NamedDistribution } from '../../core/cloudfront/signOptions.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { SetupQuestion } from '../../core/setup/gatherFacts.ts';
import { askLocation, type FrontsSource } from '../tree/navigation.ts';
import { pickFront } from '../tree/pickFront.ts';
import type { Call } from '../tree/targets.ts';

/** Whose links are asked about: an object's, or those of a bucket or a part of one. */
export interface SetupSubject {
  readonly bucket: string;
  /** Undefined where an object is to be looked for. */
  readonly key: string | undefined;
  /** What its key begins with then; empty for any. */
  readonly prefix: string;
}

/** What is asked, but for the keys that are kept here. */
export type LinksQuestion = Omit<SetupQuestion, 'storedKeys'>;

/**
 * What a call is about; where it names nothing, a person is asked.
 *
 * Errors: `object-unnamed` for none and for several, `location-invalid`.
 */
export async function subjectOf(
  { nodes, locations, options }: Call,
  source: FrontsSource,
): Promise<Outcome<SetupSubject>> {
  const [location, another] = locations ?? [];
  if (another !== undefined) return fail({ code: 'object-unnamed' });
  if (location !== undefined) return ok(subjectAt(location, nodes?.[0]?.kind === 'folder'));
  if (options !== undefined) return fail({ code: 'object-unnamed' });
  const asked = await askLocation('Check the Set-Up of', source);
  return asked.kind === 'ok' ? ok(subjectAt(asked.value, false)) : asked;
}

function subjectAt({ bucket, key }: S3Location, isFolder: boolean): SetupSubject {
  return isFolder || key === '' || key.endsWith('/')
    ? { bucket, key: undefined, prefix: key }
    : { bucket, key, prefix: '' };
}

/**
 * Settles which links of a subject are checked: those that the caller names, else those that the
 * settings map, else those of a distribution of the account. Of several a person picks one; a script
 * gets the one that is best to sign for.
 *
 * Errors: `option-invalid`, and what keeps the account from being seen, where the caller names an ID.
 */
export async function linksOf(
  subject: SetupSubject,
  named: NamedDistribution | undefined,
  isScripted: boolean,
  { settings, discovery }: FrontsSource,
): Promise<Outcome<LinksQuestion>> {
  const any = { ...subject, distributionId: undefined, mapping: undefined };
  const isById = named !== undefined && 'id' in named;
  const mapping = isById
    ? undefined
    : mappingOf(subject, named?.domain, settings.get('distributions'));
  if (mapping !== undefined)
    return ok({ ...any, prefix: subject.prefix || mapping.prefix, mapping });

  const account = await discovery.account(isScripted);
  if (account.kind === 'cancelled') return cancelled;
  const distributions = account.kind === 'ok' ? account.value.distributions : [];
  if (isById) {
    if (account.kind !== 'ok') return account;
    return distributions.some(({ id }) => id === named.id)
      ? ok({ ...any, distributionId: named.id })
      : fail({
          code: 'option-invalid',
          option: 'distribution',
          detail: 'The account has no distribution with this ID.',
        });
  }
  if (named !== undefined) {
    const originPath = originPathAt(named.domain, subject, distributions);
    const { bucket } = subject;
    return ok({
      ...any,
      mapping: { ...named, bucket, prefix: '', originPath, keyPairId: undefined },
    });
  }
  const { bucket, key, prefix } = subject;
  const fronts = frontsOf({ bucket, prefix: key ?? prefix }, distributions);
  if (isScripted || fronts.length < 2) return ok(any);
  const front = await pickFront(fronts, 'Check Which Distribution?');
  return front === undefined ? cancelled : ok({ ...any, distributionId: front.distribution.id });
}

/** For a whole bucket any mapping will do: what is tried then lies below its prefix. */
function mappingOf(
  { bucket, key, prefix }: SetupSubject,
  domain: string | undefined,
  all: readonly DistributionMapping[],
): DistributionMapping | undefined {
  const mappings = all.filter(
    (mapping) => mapping.bucket === bucket && (domain ?? mapping.domain) === mapping.domain,
  );
  const whole = key === undefined && prefix === '' ? mappings[0] : undefined;
  return mappingFor(mappings, { bucket, key: key ?? prefix }) ?? whole;
}

/** The origin path by which a domain serves a subject, as far as the account tells it. */
function originPathAt(
  domain: string,
  { bucket, key, prefix }: SetupSubject,
  distributions: readonly Distribution[],
): string {
  const paths = answeringTo(domain, distributions)
    .flatMap(({ origins }) => origins.map((origin) => originPathTo(bucket, origin)))
    .filter((path) => path !== undefined)
    .toSorted((a, b) => b.length - a.length);
  return paths.find((path) => `/${key ?? prefix}/`.startsWith(`${path}/`)) ?? paths[0] ?? '';
}
