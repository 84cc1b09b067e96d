import { localText } from '../../core/expiry.ts';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { S3Place } from '../../core/s3/location.ts';
import { KeyTable } from '../../core/search/keyTable.ts';
import { counted } from '../../core/counted.ts';
import { listInto } from './listInto.ts';
import type { SearchSource } from './searchCommands.ts';

/** The keys of a place as far as they are known: those of its index, else those that a listing brings. */
export class SearchedKeys {
  readonly #place: S3Place;
  readonly #source: SearchSource;
  readonly #signal: AbortSignal;
  readonly #onChange: () => void;
  #table = new KeyTable();
  /** When the index was built that they are from, in epoch seconds. */
  #builtAt: number | undefined;
  #begun = 0;
  #isListing = false;
  #problem: Problem | undefined;

  /** @param onChange is called where there are more keys, or others */
  constructor(place: S3Place, source: SearchSource, signal: AbortSignal, onChange: () => void) {
    this.#place = place;
    this.#source = source;
    this.#signal = signal;
    this.#onChange = onChange;
  }

  /** Another one where the place is listed anew, else one that grows. */
  get table(): KeyTable {
    return this.#table;
  }

  get isListing(): boolean {
    return this.#isListing;
  }

  get isFromIndex(): boolean {
    return this.#builtAt !== undefined;
  }

  /** Whether the listing has ended before its time: how many there are is not known then. */
  get isBroken(): boolean {
    return this.#problem !== undefined;
  }

  /** How many there are, and where they are from, or why that is not known. */
  get text(): string {
    if (this.#problem !== undefined) return problemWords(this.#problem).title;
    const objects = counted(this.#table.size, 'object');
    if (this.#builtAt !== undefined) return `${objects} as of ${localText(this.#builtAt)}`;
    if (!this.#isListing) return objects;
    const seconds = (performance.now() - this.#begun) / 1000;
    const rate = Math.round(this.#table.size / Math.max(seconds, 1));
    return `${objects}, ${rate.toLocaleString('en-US')} a second`;
  }

  /** Takes the index, where there is one, and lists the place where there is none. */
  async begin(): Promise<void> {
    this.#isListing = true;
    const index = await this.#source.indexes.read(this.#place.bucket);
    if (index === undefined) return this.#list();
    this.#table = index.table;
    this.#builtAt = index.head.builtAt;
    this.#isListing = false;
    this.#onChange();
  }

  /** Lists the place in the stead of its index; a second click is none. */
  async listAnew(): Promise<void> {
    if (this.isFromIndex) await this.#list();
  }

  async #list(): Promise<void> {
    this.#isListing = true;
    this.#builtAt = undefined;
    this.#begun = performance.now();
    const table = new KeyTable();
    this.#table = table;
    this.#onChange();
    const session = await this.#source.session(true);
    const listed =
      session.kind === 'ok'
        ? await listInto(this.#place, session.value.store, this.#signal, (entries) => {
            table.append(entries);
            this.#onChange();
          })
        : session;
    this.#problem = listed.kind === 'problem' ? listed.problem : undefined;
    this.#isListing = false;
    this.#onChange();
  }
}
