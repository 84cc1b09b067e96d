import { createHash } from 'node:crypto';
import type { DistributionStore } from '../edge/distributionStore.ts';
import { emptyAnswer, type S3Answer } from '../s3/s3Answer.ts';
import { type XmlContent, xmlDocument, type XmlElements } from '../s3/xml.ts';
import { cloudFrontError, type CloudFrontErrorCode } from './cloudFrontError.ts';
import type { CloudFrontContext, CloudFrontOperations } from './cloudFrontOperation.ts';

export const CLOUDFRONT_NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** A kind of thing that an account has in CloudFront, and how the API shows it. */
export interface ResourceKind<T extends { readonly Id: string }> {
  /** As in `GetKeyGroup` and in the names of elements. */
  readonly name: string;
  readonly plural: string;
  /** As in `/2020-05-31/key-group`. */
  readonly path: string;
  readonly missing: CloudFrontErrorCode;
  readonly all: (store: DistributionStore) => readonly T[];
  readonly config: (item: T) => XmlContent;
  readonly whole: (item: T, store: DistributionStore) => XmlElements;
  /** An entry of a list. */
  readonly summary: (item: T) => XmlElements;
  /** By which a list may be filtered. */
  readonly type?: (item: T) => string;
}

/** Its operations that change nothing: list, get, get the config alone. */
export function readOperations<T extends { readonly Id: string }>(
  kind: ResourceKind<T>,
): CloudFrontOperations {
  const { name, plural, path } = kind;
  return {
    [`GET ${path}`]: { name: `List${plural}`, run: (context) => listPage(kind, context) },
    [`GET ${path}/Id`]: {
      name: `Get${name}`,
      run: (context) => wholeAnswer(kind, findItem(kind, context), context),
    },
    [`GET ${path}/Id/config`]: {
      name: `Get${name}Config`,
      run: (context) => {
        const item = findItem(kind, context);
        const headers = { etag: etagOf(item) };
        return answer(200, `${name}Config`, kind.config(item), headers);
      },
    },
  };
}

/** The one that a request names. Errors: the kind's own for what is missing. */
function findItem<T extends { readonly Id: string }>(
  kind: ResourceKind<T>,
  { store, id }: CloudFrontContext,
): T {
  const item = kind.all(store).find(({ Id }) => Id === id);
  if (item === undefined) throw cloudFrontError(kind.missing);
  return item;
}

/**
 * The one that a request means to change, which has to name its present version. A name that no
 * version can have is not the same error as that of another version.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
 */
export function findMatching<T extends { readonly Id: string }>(
  kind: ResourceKind<T>,
  context: CloudFrontContext,
): T {
  const item = findItem(kind, context);
  const version = context.request.headers.get('if-match') ?? '';
  if (!/^E[A-Z0-9]{13}$/.test(version)) throw cloudFrontError('InvalidIfMatchVersion');
  if (version !== etagOf(item)) throw cloudFrontError('PreconditionFailed');
  return item;
}

/** The answer to a get or an update. */
export function wholeAnswer<T extends { readonly Id: string }>(
  kind: ResourceKind<T>,
  item: T,
  { store }: CloudFrontContext,
): S3Answer {
  return answer(200, kind.name, kind.whole(item, store), { etag: etagOf(item) });
}

/** The answer to a creation. */
export function createdAnswer<T extends { readonly Id: string }>(
  kind: ResourceKind<T>,
  item: T,
  context: CloudFrontContext,
): S3Answer {
  const { headers, body } = wholeAnswer(kind, item, context);
  const location = `https://cloudfront.amazonaws.com/2020-05-31/${kind.path}/${item.Id}`;
  return { status: 201, headers: { ...headers, location }, body };
}

/** Takes one out of the account and answers so. */
export function removeItem<T>(items: T[], item: T): S3Answer {
  items.splice(items.indexOf(item), 1);
  return emptyAnswer(204);
}

/** The most that a page holds. */
const LONGEST_PAGE = 100;

function listPage<T extends { readonly Id: string }>(
  kind: ResourceKind<T>,
  { store, request: { query } }: CloudFrontContext,
): S3Answer {
  const { name } = kind;
  const wanted = query.get('MaxItems') ?? String(LONGEST_PAGE);
  if (!/^[1-9]\d*$/.test(wanted)) throw invalid('MaxItems');
  const size = Math.min(Number(wanted), LONGEST_PAGE);
  const type = query.get('Type');
  const items = kind.all(store).filter((item) => type === undefined || kind.type?.(item) === type);
  const marker = query.get('Marker') ?? '';
  const start = marker === '' ? 0 : items.findIndex(({ Id }) => Id === marker) + 1;
  if (marker !== '' && start === 0) throw invalid('Marker');
  const page = items.slice(start, start + size);
  const isTruncated = start + size < items.length;
  return answer(200, `${name}List`, {
    Marker: marker,
    NextMarker: isTruncated ? page.at(-1)?.Id : undefined,
    MaxItems: size,
    IsTruncated: isTruncated,
    Quantity: page.length,
    Items: page.length === 0 ? undefined : { [`${name}Summary`]: page.map(kind.summary) },
  });
}

/**
 * The name of a version: made from what it names, since whoever sets up an account edits its data
 * directly. What changes by itself takes no part.
 */
function etagOf(item: object): string {
  const data = JSON.stringify(item, (name, value: unknown) => (name === 'Status' ? '' : value));
  const digest = createHash('sha256').update(data).digest('hex');
  return `E${digest.slice(0, 13).toUpperCase()}`;
}

function answer(
  status: number,
  root: string,
  content: XmlContent,
  headers: Readonly<Record<string, string>> = {},
): S3Answer {
  return {
    status,
    headers: { 'content-type': 'text/xml', ...headers },
    body: Buffer.from(xmlDocument(root, content, CLOUDFRONT_NAMESPACE)),
  };
}

function invalid(parameter: string) {
  return cloudFrontError('InvalidArgument', `The parameter ${parameter} is not valid.`);
}
