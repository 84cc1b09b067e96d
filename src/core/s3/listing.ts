import type { Outcome } from '../outcome.ts';
import type { Problem } from '../problem.ts';
import type { Page } from './objectStore.ts';

/** Asks for one page; `after` is the `next` of the page before. */
export type FetchPage<T> = (
  after: string | undefined,
  signal: AbortSignal,
) => Promise<Outcome<Page<T>>>;

/** Why a listing stands still short of its end. */
export type Halt =
  { readonly kind: 'problem'; readonly problem: Problem } | { readonly kind: 'cancelled' };

/**
 * A paged listing as far as it has come. It is thrown away as a whole: whoever refreshes cancels it
 * and makes a new one, so a late page of the old one has no list to land in.
 */
export class Listing<T> {
  readonly #fetchPage: FetchPage<T>;
  readonly #abort = new AbortController();
  readonly #items: T[] = [];
  #next: string | undefined;
  #state: 'begun' | 'partial' | 'whole' = 'begun';
  #halt: Halt | undefined;
  #loading: Promise<void> | undefined;

  constructor(fetchPage: FetchPage<T>) {
    this.#fetchPage = fetchPage;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  get isLoading(): boolean {
    return this.#loading !== undefined;
  }

  /** Whether nothing has been asked for yet. */
  get isUntouched(): boolean {
    return this.#state === 'begun' && !this.isLoading && this.#halt === undefined;
  }

  /** Whether the last page has come. */
  get isWhole(): boolean {
    return this.#state === 'whole';
  }

  /** What the last attempt ended with, where it brought no page. */
  get halt(): Halt | undefined {
    return this.#halt;
  }

  /** Loads the next page, after a halt the same one again; joins a load that is under way. */
  load(): Promise<void> {
    if (this.#state === 'whole' || this.#abort.signal.aborted) return Promise.resolve();
    this.#loading ??= this.#loadPage().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Ends what is under way; nothing is loaded from now on. */
  cancel(): void {
    this.#abort.abort();
  }

  async #loadPage(): Promise<void> {
    this.#halt = undefined;
    const { signal } = this.#abort;
    // A page may be empty and not the last: S3 counts what it passes over, too.
    for (let empty = true; empty && this.#state !== 'whole';) {
      const page = await this.#fetchPage(this.#next, signal);
      if (signal.aborted) return;
      if (page.kind !== 'ok') {
        this.#halt = page;
        return;
      }
      empty = page.value.items.length === 0;
      for (const item of page.value.items) this.#items.push(item);
      this.#next = page.value.next;
      this.#state = page.value.next === undefined ? 'whole' : 'partial';
    }
  }
}
