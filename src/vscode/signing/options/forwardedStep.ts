import { behaviorName, sentenceOf } from '../../../core/setup/words.ts';
import { typedPick, type TypedItem, type TypedPick } from '../typedPick.ts';
import { fateOf, type Fate } from './linkFacts.ts';
import {
  checkingSetup,
  refusalItem,
  unlessExcluded,
  WAITING,
  type Change,
  type OptionFlow,
  type Step,
} from './optionStep.ts';
import { CONDITIONS_EXCLUDE } from './queryExclusion.ts';

/** What a parameter is for, and what helps where the behavior keeps it from S3. */
export interface Parameter {
  readonly name: string;
  /** What a link does without it, a sentence. */
  readonly without: string;
  /** What has it forwarded, a sentence; undefined where a check of the set-up tells. */
  readonly mend?: string;
}

/** A step that has what it offers only where a parameter reaches S3, and else says why not. */
export function whereForwarded(
  parameter: Parameter,
  offer: (flow: OptionFlow) => Omit<TypedPick<Change>, 'title' | 'hasBack'>,
): Step {
  return unlessExcluded(CONDITIONS_EXCLUDE, async (flow) => {
    let fate: Fate | undefined;
    const looking = flow
      .facts()
      .then((facts) => fateOf(parameter.name, facts, flow.source))
      .then((seen) => {
        fate = seen;
      });
    const offered = offer(flow);
    return typedPick<Change>({
      ...offered,
      title: flow.title,
      hasBack: true,
      value: flow.typed === '' ? (offered.value ?? '') : flow.typed,
      loading: Promise.all([looking, offered.loading]),
      itemsFor(text) {
        if (fate === undefined) return [WAITING];
        if (fate.kind === 'kept') return keptItems(parameter, fate, flow);
        const items = offered.itemsFor(text);
        if (fate.kind === 'unseen') return [...items, unseenItem(parameter, fate.reason)];
        return fate.isInCacheKey ? items : [...items, mixedItem(parameter)];
      },
    });
  });
}

function keptItems(
  { name, without, mend }: Parameter,
  { route }: Extract<Fate, { kind: 'kept' }>,
  flow: OptionFlow,
): readonly TypedItem<Change>[] {
  const behavior = sentenceOf(behaviorName(route.behavior));
  const label = `${behavior} keeps ${name} from S3`;
  if (mend !== undefined) return [refusalItem(label, `${without} ${mend}`)];
  return [
    refusalItem(label, without),
    {
      label: '$(checklist) Check Set-Up',
      description: `tells how distribution ${route.distribution.id} is made to forward it`,
      alwaysShow: true,
      choice: checkingSetup(flow),
    },
  ];
}

function mixedItem({ name }: Parameter): TypedItem<Change> {
  return {
    label: '$(warning) Caches may mix this link up with others of the object',
    detail: `The cache policy leaves ${name} out of the cache key.`,
    alwaysShow: true,
    choice: undefined,
  };
}

function unseenItem({ name, without }: Parameter, reason: string): TypedItem<Change> {
  return {
    label: `$(warning) Whether ${name} reaches S3 cannot be seen`,
    detail: `${reason}. ${without.replace(/\.$/, '')} where it does not.`,
    alwaysShow: true,
    choice: undefined,
  };
}
