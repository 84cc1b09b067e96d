import type { ViewerRefusal } from '../../../dev/edge/viewerAccess.ts';
import type { Grant } from '../../../src/core/cloudfront/signObject.ts';
import type { HashAlgorithm } from '../../../src/core/cloudfront/signedUrl.ts';
import type { ProblemCode } from '../../../src/core/problem.ts';

/** When every link is signed, in epoch seconds. */
export const NOW = 1_800_000_000;
export const HOUR = 3600;
/** The address that requests come from, unless a row says else. */
export const VIEWER = '127.0.0.1';
/** The object that is signed where it does not matter which. */
export const KEY = 'reports/2026/summary.pdf';

/** By whose ID the edge trusts which key, and one that it knows and does not trust. */
export const KEY_PAIR_IDS = { RSA: 'KRSA2048', 'P-256': 'KECDSAP256', untrusted: 'KSTRANGER' };

export type PolicyKind = 'canned' | 'custom';
export type KeyKind = 'RSA' | 'P-256';

/** One of the eight ways to sign. */
export interface Way {
  readonly policy: PolicyKind;
  readonly hash: HashAlgorithm;
  readonly key: KeyKind;
}

export const WAYS: readonly Way[] = (['canned', 'custom'] as const).flatMap((policy) =>
  (['SHA1', 'SHA256'] as const).flatMap((hash) =>
    (['RSA', 'P-256'] as const).map((key) => ({ policy, hash, key })),
  ),
);

/** What a link is signed with, beside the way. */
export interface Option {
  readonly option: string;
  /** {@link KEY} unless given. */
  readonly objectKey?: string;
  /** An hour from {@link NOW}, and nothing else, unless given. */
  readonly grant?: Partial<Grant>;
  /** Begin of the keys of all objects that are opened, which are the one signed alone unless given. */
  readonly prefix?: string;
  /** The kinds of policy that there are with it: both, unless given. */
  readonly policies?: readonly PolicyKind[];
}

/** How a link is asked for, and what the edge has to say to that. */
export interface Ask {
  readonly asked: string;
  /** In epoch seconds by the edge's clock; {@link NOW} unless given. */
  readonly at?: number;
  /** {@link VIEWER} unless given. */
  readonly from?: string;
  /** The object that it is asked for: the one signed, unless given. */
  readonly object?: string;
  /** What has become of the link on its way. */
  readonly change?: (url: string) => string;
  /** Whether the parameters come as cookies. */
  readonly byCookies?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** The hashes that it is asked for with: both, unless given. */
  readonly hashes?: readonly HashAlgorithm[];
  readonly policies?: readonly PolicyKind[];
  readonly answer: 'served' | ViewerRefusal;
  /** Headers that come with it. */
  readonly answerHeaders?: Readonly<Record<string, string>>;
}

/** A link that is not signed. */
export interface Refusal {
  readonly refused: ProblemCode;
  readonly policies?: readonly PolicyKind[];
}

/** A line of the table: an option and one way to ask, in up to eight ways of signing. */
export interface Row {
  readonly option: Option;
  readonly trial: Ask | Refusal;
}

/** The lines of one option. */
export function rowsOf(option: Option, ...trials: readonly (Ask | Refusal)[]): Row[] {
  return trials.map((trial) => ({ option, trial }));
}

/** The ways in which a row can be signed and asked for. */
export function waysOf({ option, trial }: Row): readonly Way[] {
  const hashes = 'hashes' in trial ? trial.hashes : undefined;
  return WAYS.filter(
    ({ policy, hash }) =>
      option.policies?.includes(policy) !== false &&
      trial.policies?.includes(policy) !== false &&
      hashes?.includes(hash) !== false,
  );
}

export function served(asked: string, rest: Omit<Ask, 'asked' | 'answer'> = {}): Ask {
  return { asked, answer: 'served', ...rest };
}

export function denied(
  asked: string,
  rest: Omit<Ask, 'asked' | 'answer'> = {},
  answer: ViewerRefusal = 'AccessDenied',
): Ask {
  return { asked, answer, ...rest };
}
