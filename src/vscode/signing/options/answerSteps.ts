import {
  contentDisposition,
  DISPOSITION_PARAMETER,
  fileNameFault,
  fileNameIn,
} from '../../../core/cloudfront/contentDisposition.ts';
import { isMediaType, TYPE_PARAMETER } from '../../../core/cloudfront/mediaType.ts';
import { VERSION_PARAMETER } from '../../../core/cloudfront/optionsSummary.ts';
import {
  parseQueryText,
  queryText,
  withParameter,
} from '../../../core/cloudfront/queryParameters.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { localText } from '../../../core/expiry.ts';
import { downloadName } from '../../../core/linkFormats/downloadName.ts';
import { problemWords } from '../../../core/problem.ts';
import type { ObjectVersion } from '../../../core/s3/objectStore.ts';
import { behaviorName, sentenceOf } from '../../../core/setup/words.ts';
import { faultItem, typedPick, type TypedItem, type TypedPick } from '../typedPick.ts';
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
interface Parameter {
  readonly name: string;
  /** What a link does without it, a sentence. */
  readonly without: string;
  /** What has it forwarded, a sentence; undefined where a check of the set-up tells. */
  readonly mend?: string;
}

const DISPOSITION: Parameter = {
  name: DISPOSITION_PARAMETER,
  without: 'Downloads keep the name that S3 has.',
};
const TYPE: Parameter = {
  name: TYPE_PARAMETER,
  without: 'Answers keep the type that S3 has.',
};
const VERSION: Parameter = {
  name: VERSION_PARAMETER,
  without: 'Links open the latest version.',
  mend: 'Forward it, and allow CloudFront s3:GetObjectVersion on the bucket.',
};

/** Asks under which name downloads are saved. */
export const nameStep: Step = whereForwarded(DISPOSITION, (flow) => {
  const { draft, locations } = flow;
  const [only, another] = locations;
  const header = draft.query?.[DISPOSITION_PARAMETER];
  const as = (
    label: string,
    description: string,
    value: string | undefined,
  ): TypedItem<Change> => ({
    label,
    description,
    alwaysShow: true,
    choice: withParameter(draft, DISPOSITION_PARAMETER, value),
  });
  const plain = as('As S3 Has It', 'mostly shown in the browser where it can be', undefined);
  const shown = as('Shown in the Browser', 'inline', 'inline');
  if (only === undefined || another !== undefined) {
    const saved = as('Downloaded, Each under Its Own Name', 'attachment', 'attachment');
    return {
      placeholder: 'What shall become of the objects?',
      itemsFor: () => [
        plain,
        saved,
        shown,
        refusalItem(
          'A name of its own is for one object',
          `The links are for ${locations.length} objects.`,
        ),
      ],
    };
  }
  const suggested = downloadName(only.key);
  return {
    placeholder: 'Save it under which name? report.pdf …',
    value: (header && fileNameIn(header)) ?? '',
    itemsFor: (text) => [
      ...(text === '' ? [nameItem(suggested, draft)] : [nameItem(text, draft)]),
      plain,
      shown,
    ],
  };
});

function nameItem(name: string, draft: SignOptions): TypedItem<Change> {
  const fault = fileNameFault(name);
  return fault === undefined
    ? {
        label: name,
        description: 'downloaded under this name',
        alwaysShow: true,
        choice: withParameter(draft, DISPOSITION_PARAMETER, contentDisposition(name)),
      }
    : { label: `$(error) ${name}`, detail: fault, alwaysShow: true, choice: undefined };
}

const COMMON_TYPES = [
  'application/octet-stream',
  'application/pdf',
  'application/json',
  'text/plain; charset=utf-8',
  'text/html; charset=utf-8',
  'image/png',
  'image/jpeg',
  'video/mp4',
];

/** Asks what type answers are of. */
export const typeStep: Step = whereForwarded(TYPE, ({ draft }) => {
  const of = (type: string): TypedItem<Change> => ({
    label: type,
    choice: withParameter(draft, TYPE_PARAMETER, type),
  });
  const plain: TypedItem<Change> = {
    label: 'As S3 Has It',
    alwaysShow: true,
    choice: withParameter(draft, TYPE_PARAMETER, undefined),
  };
  return {
    placeholder: 'Answer with which content type? text/plain; charset=utf-8 …',
    value: draft.query?.[TYPE_PARAMETER] ?? '',
    itemsFor(text) {
      const common = COMMON_TYPES.filter((type) => type !== text && type.startsWith(text));
      const others = [plain, ...common.map(of)];
      if (text === '') return others;
      if (isMediaType(text)) return [{ ...of(text), alwaysShow: true }, ...others];
      const fault: TypedItem<Change> = {
        label: `$(error) ${text} is no content type`,
        detail: 'Give a type and a subtype: text/plain, application/pdf.',
        alwaysShow: true,
        choice: undefined,
      };
      return common.length > 0 ? others.slice(1) : [fault, plain];
    },
  };
});

/** Asks which version of an object links open. */
export const versionStep: Step = whereForwarded(VERSION, (flow) => {
  const { draft, locations, source } = flow;
  const [only, another] = locations;
  const latest: TypedItem<Change> = {
    label: 'The Latest',
    alwaysShow: true,
    choice: withParameter(draft, VERSION_PARAMETER, undefined),
  };
  if (only === undefined || another !== undefined) {
    const detail = `The links are for ${locations.length} objects.`;
    return {
      placeholder: 'Which version?',
      itemsFor: () => [latest, refusalItem('A version is of one object', detail)],
    };
  }
  const of = (id: string, description: string): TypedItem<Change> => ({
    label: id,
    description,
    choice: withParameter(draft, VERSION_PARAMETER, id),
  });
  let listed: readonly TypedItem<Change>[] = [];
  const loading = versionsOf(only.bucket, only.key, source).then((versions) => {
    listed =
      typeof versions === 'string'
        ? [refusalItem('S3 does not list the versions', `${versions}. Type an ID.`)]
        : versions.map((version) => of(version.id, versionText(version)));
  });
  return {
    placeholder: 'Which version? Type its ID, or choose one',
    value: draft.query?.[VERSION_PARAMETER] ?? '',
    itemsFor: (text) =>
      text === '' || listed.some(({ label }) => label === text)
        ? [latest, ...listed]
        : [{ ...of(text, ''), alwaysShow: true }, latest, ...listed],
    loading,
  };
});

/** The versions, or why they cannot be had, without a full stop. */
async function versionsOf(
  bucket: string,
  key: string,
  source: OptionFlow['source'],
): Promise<readonly ObjectVersion[] | string> {
  const session = await source.session(false);
  const { signal } = new AbortController();
  const versions =
    session.kind === 'ok'
      ? await session.value.store.listVersions({ bucket, key }, signal)
      : session;
  if (versions.kind === 'ok') return versions.value;
  return versions.kind === 'problem' ? problemWords(versions.problem).title : 'It was not asked';
}

function versionText({ isLatest, size, modified }: ObjectVersion): string {
  const words = [
    isLatest ? 'latest' : '',
    modified === undefined ? '' : localText(modified.getTime() / 1000),
    `${size.toLocaleString('en-US')} bytes`,
  ];
  return words.filter((word) => word !== '').join(' · ');
}

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

/** A step that has what it offers only where a parameter reaches S3, and else says why not. */
function whereForwarded(
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
