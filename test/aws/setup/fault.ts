import type { AccountSetup, KeyHalves } from './accountSetup.ts';

/** One thing that is wrong with a set-up. */
export interface Fault {
  /** What is wrong, to be read behind "the set-up in which". */
  readonly name: string;
  readonly spoil: (setup: AccountSetup, keys: Keys) => unknown;
  /** The checks that fail, the true cause first; all others hold, or depend on them. */
  readonly fails: readonly string[];
  /** The checks that are noted beside those of a right set-up. */
  readonly notes?: readonly string[];
  /** The checks that cannot be made. */
  readonly unknown?: readonly string[];
  /** Does what the mend says where that is no change of the account. */
  readonly byHand?: (setup: AccountSetup, keys: Keys) => unknown;
}

export type Faults = Readonly<Record<string, Fault>>;

/** Key pairs at hand. */
export interface Keys {
  readonly signer: KeyHalves;
  readonly other: KeyHalves;
}
