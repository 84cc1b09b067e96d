import { DISPOSITION_PARAMETER } from '../../../core/cloudfront/contentDisposition.ts';
import { TYPE_PARAMETER } from '../../../core/cloudfront/mediaType.ts';
import { VERSION_PARAMETER } from '../../../core/cloudfront/optionsSummary.ts';
import { parseQueryText, queryText } from '../../../core/cloudfront/queryParameters.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { faultItem, typedPick, type TypedItem } from '../typedPick.ts';
import { unlessExcluded, type Change, type Step } from './optionStep.ts';
import { CONDITIONS_EXCLUDE } from './queryExclusion.ts';

/** Asks what else is in the query. */
export const queryStep: Step = unlessExcluded(
  CONDITIONS_EXCLUDE,
  async ({ draft, title, typed }) => {
    const { query = {}, ...others } = draft;
    const pairs = Object.entries(query);
    const ofSteps = Object.fromEntries(pairs.filter(([name]) => isOfStep(name)));
    const present = Object.fromEntries(pairs.filter(([name]) => !isOfStep(name)));
    const withQuery = (more: Readonly<Record<string, string>>): SignOptions => {
      const all = { ...ofSteps, ...more };
      return Object.keys(all).length === 0 ? others : { ...others, query: all };
    };
    const none: TypedItem<Change> = { label: 'None', alwaysShow: true, choice: withQuery({}) };
    return typedPick<Change>({
      title,
      placeholder: 'Which query parameters? size=large&lang=en …',
      value: typed === '' ? queryText(present) : typed,
      hasBack: true,
      itemsFor(text) {
        const parsed = parseQueryText(text);
        if (text === '') return [none];
        if (parsed.kind !== 'ok') return [faultItem(text, parsed), none];
        const description = 'signed with the URL; S3 sees what the behavior forwards';
        return [
          { label: text, description, alwaysShow: true, choice: withQuery(parsed.value) },
          none,
        ];
      },
    });
  },
);

/** Whether a query parameter has a step of its own. */
export function isOfStep(name: string): boolean {
  return [DISPOSITION_PARAMETER, TYPE_PARAMETER, VERSION_PARAMETER].includes(name);
}
