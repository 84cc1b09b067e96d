import type * as vscode from 'vscode';
import { parseSignOptions, type SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { writtenOptions } from '../../../core/cloudfront/writtenOptions.ts';
import { isJsonObject } from '../../../core/json.ts';
import type { Template } from '../../../core/linkFormats/template.ts';
import type { S3Location } from '../../../core/s3/location.ts';

/** Where the last options are kept, by bucket. */
const LAST = 'signOptions.last';

/** How many buckets are remembered. */
const MAXIMUM = 50;

/** What options people chose before. */
export interface OptionMemory {
  /** What to begin with: what was put aside for the same objects, else what the bucket had last. */
  recall(
    locations: readonly S3Location[],
    templates: readonly Template[],
    now: number,
  ): SignOptions;
  /** Keeps what was given up, so that nothing has to be chosen twice; it is gone with the window. */
  putAside(locations: readonly S3Location[], options: SignOptions): void;
  /** Keeps what links were made with, for the bucket. */
  keep(locations: readonly S3Location[], options: SignOptions): Promise<void>;
}

export function createOptionMemory(state: vscode.Memento): OptionMemory {
  let aside: { readonly of: string; readonly options: SignOptions } | undefined;

  function lastByBucket(): Readonly<Record<string, unknown>> {
    const kept = state.get<unknown>(LAST);
    return isJsonObject(kept) ? kept : {};
  }

  return {
    recall(locations, templates, now) {
      if (aside?.of === nameOf(locations)) return aside.options;
      const last = lastByBucket()[locations[0]?.bucket ?? ''];
      const options = parseSignOptions(isJsonObject(last) ? last : {}, templates);
      return options.kind === 'ok' ? withoutPast(options.value, now) : {};
    },
    putAside(locations, options) {
      aside = { of: nameOf(locations), options };
    },
    async keep(locations, chosen) {
      aside = undefined;
      const [first] = locations;
      if (first === undefined) return;
      // A query is mostly of one object, and may have a secret in it.
      const { query: _, ...options } = chosen;
      const { [first.bucket]: __, ...others } = lastByBucket();
      const entries = Object.entries({ ...others, [first.bucket]: writtenOptions(options) });
      await state.update(LAST, Object.fromEntries(entries.slice(-MAXIMUM)));
    },
  };
}

function nameOf(locations: readonly S3Location[]): string {
  return JSON.stringify(locations.map(({ bucket, key }) => [bucket, key]));
}

/** A moment that is over says nothing of the next link. */
function withoutPast({ expiry, notBefore, ...others }: SignOptions, now: number): SignOptions {
  const isOver = (when: SignOptions['expiry']): boolean =>
    when?.kind === 'moment' && when.epoch <= now;
  return {
    ...(expiry && !isOver(expiry) && { expiry }),
    ...(notBefore && !isOver(notBefore) && { notBefore }),
    ...others,
  };
}
