import type { SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import {
  readObjectReference,
  type ObjectReference,
} from '../../core/references/objectReference.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { SigningSource } from '../signing/copySignedUrl.ts';
import { makeLinks, type LinkRequest } from '../signing/makeLinks.ts';
import { settleEnd, titleOf } from '../signing/settleEnd.ts';
import type { Spot } from './spots.ts';

/** A spot that names an object, with the link of that. */
export interface SignedSpot {
  readonly spot: Spot;
  /** Its URL ends with the fragment that the reference has. */
  readonly link: Link;
}

/** A spot that names an object. */
interface ObjectSpot {
  readonly spot: Spot;
  readonly reference: ObjectReference;
}

/**
 * Signs the objects that spots name; what names none, as other web addresses do, is left alone. A
 * person is asked once for the end of all.
 *
 * Errors: those of `makeLinks`; `text-unmatched`, and `location-invalid` or `url-unsignable` where no
 * spot names an object.
 */
export async function signSpots(
  spots: readonly Spot[],
  options: SignOptions,
  isScripted: boolean,
  source: SigningSource,
): Promise<Outcome<readonly SignedSpot[]>> {
  const found = await objectsOf(spots, isScripted, source);
  if (found.kind !== 'ok') return found;
  const groups = groupsOf(found.value);
  let end: LinkRequest['end'] = 'ask';
  if (groups.length > 1) {
    const title = titleOf(
      'Signed URL',
      found.value.map(({ reference }) => reference.location),
    );
    const settled = await settleEnd(options.expiry, isScripted, title, source);
    if (settled.kind !== 'ok') return settled;
    end = settled.value;
  }
  const links = new Map<S3Location, Link>();
  for (const group of groups) {
    const locations = group.map(({ location }) => location);
    const made = await makeLinks(
      { locations, options: optionsFor(group, options), end, isScripted },
      source,
    );
    if (made.kind !== 'ok') return made;
    for (const link of made.value) links.set(link.location, link);
  }
  return ok(
    found.value.flatMap(({ spot, reference: { location, fragment } }) => {
      const link = links.get(location);
      return link === undefined ? [] : [{ spot, link: { ...link, url: link.url + fragment } }];
    }),
  );
}

async function objectsOf(
  spots: readonly Spot[],
  isScripted: boolean,
  { settings, discovery }: SigningSource,
): Promise<Outcome<readonly ObjectSpot[]>> {
  const mappings = settings.get('distributions');
  let read = spots.map(({ text }) => readObjectReference(text, { mappings, distributions: [] }));
  let unseen: string | undefined;
  if (read.some(isOfUnknownDomain)) {
    const account = await discovery.account(isScripted);
    if (account.kind === 'ok') {
      const { distributions } = account.value;
      read = spots.map(({ text }) => readObjectReference(text, { mappings, distributions }));
    } else {
      unseen =
        account.kind === 'problem'
          ? problemWords(account.problem).title
          : 'The account was not asked';
    }
  }
  const found = spots.flatMap((spot, index) => {
    const reference = read[index];
    return reference?.kind === 'ok' ? [{ spot, reference: reference.value }] : [];
  });
  if (found.length > 0) return ok(found);
  const [first] = read;
  if (first?.kind !== 'problem') return fail({ code: 'text-unmatched', sought: 'object' });
  return first.problem.code === 'url-unsignable' && unseen !== undefined
    ? fail({ ...first.problem, unseen })
    : first;
}

function isOfUnknownDomain(read: Result<ObjectReference>): boolean {
  return (
    read.kind === 'problem' &&
    read.problem.code === 'url-unsignable' &&
    read.problem.reason === 'domain-unknown'
  );
}

/** Those that are signed alike: by the same name and with the same parameters. */
function groupsOf(found: readonly ObjectSpot[]): readonly (readonly ObjectReference[])[] {
  const groups = new Map<string, ObjectReference[]>();
  for (const { reference } of found) {
    const name = JSON.stringify([reference.distribution, reference.query]);
    const group = groups.get(name) ?? [];
    group.push(reference);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** What the caller says comes before what the text does. */
function optionsFor([first]: readonly ObjectReference[], options: SignOptions): SignOptions {
  const { distribution, query } = first ?? {};
  return {
    ...(distribution && { distribution }),
    ...options,
    query: { ...query, ...options.query },
  };
}
