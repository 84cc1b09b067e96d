import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Identity } from '../dev/s3/identity.ts';
import type { KeyShape } from '../dev/s3/syntheticObjects.ts';

/** Who lists. */
export const LISTER = {
  kind: 'user',
  name: 'lister',
  accessKeyId: 'AKIALISTER',
  secretAccessKey: 'lister-secret',
} as const satisfies Identity;

/** How many keys the buckets of each shape have. */
export const SIZES = [1000, 10_000, 100_000, 1_000_000];

export function bucketName(shape: KeyShape, size: number): string {
  return `${shape}-${size}`;
}

/** How the server is to answer from now on. */
interface ServerOrder {
  /** In milliseconds, before each answer. */
  readonly latency: number;
  /** Which part of the requests is answered with SlowDown, from 0 to 1. */
  readonly slowDown: number;
  /** Which part of the connections breaks before the answer, from 0 to 1. */
  readonly dropped: number;
}

/** What the server has done since it began. */
export interface ServerNews {
  readonly endpoint: string;
  readonly requests: number;
  readonly failed: number;
  /** Processor time, in milliseconds. */
  readonly busy: number;
}

/** The server in its own process. */
export interface ListingServer {
  order(order: ServerOrder): Promise<ServerNews>;
  close(): void;
}

export async function startListingServer(): Promise<ListingServer> {
  const child = fork(path.join(import.meta.dirname, 'listingServer.ts'));
  await newsOf(child);
  return {
    async order(order) {
      const news = newsOf(child);
      child.send(order);
      return news;
    },
    close: () => child.disconnect(),
  };
}

async function newsOf(child: ChildProcess): Promise<ServerNews> {
  const [news]: readonly unknown[] = await once(child, 'message');
  if (!isServerNews(news)) throw new Error(`No news: ${JSON.stringify(news)}`);
  return news;
}

export function isServerOrder(value: unknown): value is ServerOrder {
  return hasNumbers(value, ['latency', 'slowDown', 'dropped']);
}

function isServerNews(value: unknown): value is ServerNews {
  return (
    hasNumbers(value, ['requests', 'failed', 'busy']) &&
    'endpoint' in value &&
    typeof value.endpoint === 'string'
  );
}

function hasNumbers(value: unknown, names: readonly string[]): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === 'number')
  );
}
