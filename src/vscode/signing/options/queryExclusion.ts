import type { Exclusion } from './optionStep.ts';

const WHY = 'In the policy that takes, “?” is a wildcard, which opens other objects too.';

/** A query keeps conditions out. */
export const QUERY_EXCLUDES: Exclusion = {
  applies: ({ query = {} }) => Object.keys(query).length > 0,
  label: 'Not together with a download name or other query parameters',
  detail: WHY,
  cure: '$(close) Take the Query Parameters Out',
  cured(draft) {
    const { query: _, ...others } = draft;
    return others;
  },
};

/** Conditions keep a query out. */
export const CONDITIONS_EXCLUDE: Exclusion = {
  applies: ({ notBefore, ipAddress }) => notBefore !== undefined || ipAddress !== undefined,
  label: 'Not together with an address or a beginning',
  detail: WHY,
  cure: '$(close) Take Address and Beginning Out',
  cured(draft) {
    const { notBefore: _, ipAddress: __, ...others } = draft;
    return others;
  },
};
