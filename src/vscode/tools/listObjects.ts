import * as vscode from 'vscode';
import type { Session } from '../../core/credentials/session.ts';
import { isJsonObject } from '../../core/json.ts';
import { codeSpan } from '../../core/markdown.ts';
import { fail, ok, type Failure, type Outcome, type Result } from '../../core/outcome.ts';
import { parseS3Location, s3Uri, type S3Place } from '../../core/s3/location.ts';
import type { ListObjectsRequest, ObjectEntry, ObjectStore } from '../../core/s3/objectStore.ts';
import type { Tool } from './tool.ts';

/** How much a model is told at once: entries, and characters. */
const PAGE_SIZE = 100;
const LONGEST = 16_000;

/** What listing needs. */
export interface ListSource {
  /** The session; one that would have to ask for a code is cancelled. */
  readonly session: () => Promise<Outcome<Session>>;
  readonly pinned: () => readonly S3Place[];
  /** Whether a bucket is in the view. */
  readonly knows: (bucket: string) => Promise<boolean>;
}

/** What a model asks for; all buckets where it names none. */
interface ListRequest {
  readonly place: ListedPlace | undefined;
  readonly after: string | undefined;
}

interface ListedPlace extends S3Place {
  /** Whether what is deeper is listed too. */
  readonly isDeep: boolean;
}

/**
 * Lists buckets, or the objects of one, some at a time. A bucket that is not in the view is listed once
 * the user has confirmed it: its owner may be whoever wrote what the model has read, and sees what is
 * asked for.
 */
export function createListObjects(source: ListSource): Tool {
  return {
    async prepare(input) {
      const request = parseRequest(input);
      const place = request.kind === 'ok' ? request.value.place : undefined;
      if (place === undefined) return { invocationMessage: 'Listing buckets' };
      const uri = codeSpan(s3Uri({ bucket: place.bucket, key: place.prefix }));
      const invocationMessage = new vscode.MarkdownString(`Listing ${uri}`);
      return (await isInView(place.bucket, source))
        ? { invocationMessage }
        : {
            invocationMessage,
            confirmationMessages: {
              title: 'List a bucket that is not in the view?',
              message: new vscode.MarkdownString(
                `${uri}\n\nS3 is asked with your profile, and whoever owns the bucket can see what is asked for. The chat, and its language model, get the names of the objects.`,
              ),
            },
          };
    },
    async run(input, signal) {
      const request = parseRequest(input);
      if (request.kind !== 'ok') return request;
      const session = await source.session();
      if (session.kind !== 'ok') return session;
      const { place, after } = request.value;
      const { store } = session.value;
      for (let pageSize = PAGE_SIZE; ; pageSize = Math.ceil(pageSize / 2)) {
        const page = { pageSize, ...(after !== undefined && { after }) };
        const answer =
          place === undefined
            ? await listBuckets(page, source.pinned(), store, signal)
            : await listPlace({ ...page, ...place }, store, signal);
        // Cut off, it would lack what the next page goes on after.
        if (answer.kind !== 'ok' || answer.value.length <= LONGEST || pageSize === 1) return answer;
      }
    },
  };
}

async function isInView(bucket: string, { session, knows }: ListSource): Promise<boolean> {
  // Whether it is cannot be seen without a code, which nobody is asked for here.
  return (await session()).kind === 'ok' && knows(bucket);
}

async function listBuckets(
  page: { readonly pageSize: number; readonly after?: string },
  pinned: readonly S3Place[],
  store: ObjectStore,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const listed = await store.listBuckets(page, signal);
  // Who has pinned buckets may well not be allowed to list them.
  const isExpected =
    listed.kind === 'problem' && listed.problem.code === 'access-denied' && pinned.length > 0;
  if (listed.kind !== 'ok' && !isExpected) return listed;
  const { items, next } = listed.kind === 'ok' ? listed.value : { items: [] };
  const buckets = items.map(({ name, region }) => ({ bucket: name, region }));
  return ok(JSON.stringify({ pinned, buckets, ...moreAfter(next) }));
}

async function listPlace(
  { isDeep, ...request }: ListObjectsRequest & Pick<ListedPlace, 'isDeep'>,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const listed = isDeep
    ? await store.listKeys(request, signal)
    : await store.listObjects(request, signal);
  if (listed.kind !== 'ok') return listed;
  const { items, next } = listed.value;
  const { bucket, prefix } = request;
  const folders = items.flatMap((item) => (item.kind === 'prefix' ? [item.prefix] : []));
  const objects = items.flatMap((item) => (item.kind === 'object' ? [toldOf(item)] : []));
  return ok(JSON.stringify({ bucket, prefix, folders, objects, ...moreAfter(next) }));
}

function toldOf({ key, size, modified, archived }: ObjectEntry): object {
  return { key, size, modified, ...(archived && { archived }) };
}

function moreAfter(next: string | undefined): object {
  return next === undefined ? { more: false } : { more: true, after: next };
}

function parseRequest(input: unknown): Result<ListRequest> {
  if (!isJsonObject(input)) return refuse('input', 'Give an object.');
  const { bucket, prefix = '', recursive = false, after } = input;
  if (typeof prefix !== 'string') return refuse('prefix', 'Give what the keys begin with.');
  if (typeof recursive !== 'boolean') return refuse('recursive', 'Give true or false.');
  if (after !== undefined && typeof after !== 'string') {
    return refuse('after', 'Give the “after” of the answer before.');
  }
  if (bucket === undefined) {
    return prefix === '' ? ok({ place: undefined, after }) : refuse('bucket', 'Name it.');
  }
  const named = typeof bucket === 'string' ? parseS3Location(bucket) : undefined;
  return named?.kind === 'ok' && named.value.bucket === bucket
    ? ok({ place: { bucket, prefix, isDeep: recursive }, after })
    : refuse('bucket', 'Give its name alone.');
}

function refuse(option: string, detail: string): Failure {
  return fail({ code: 'option-invalid', option, detail });
}
