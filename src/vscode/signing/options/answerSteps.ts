import {
  contentDisposition,
  DISPOSITION_PARAMETER,
  fileNameFault,
  fileNameIn,
} from '../../../core/cloudfront/contentDisposition.ts';
import { isMediaType, TYPE_PARAMETER } from '../../../core/cloudfront/mediaType.ts';
import { withParameter } from '../../../core/cloudfront/queryParameters.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { downloadName } from '../../../core/linkFormats/downloadName.ts';
import type { TypedItem } from '../typedPick.ts';
import { whereForwarded, type Parameter } from './forwardedStep.ts';
import { refusalItem, type Change, type Step } from './optionStep.ts';

const DISPOSITION: Parameter = {
  name: DISPOSITION_PARAMETER,
  without: 'Downloads keep the name that S3 has.',
};
const TYPE: Parameter = {
  name: TYPE_PARAMETER,
  without: 'Answers keep the type that S3 has.',
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
    itemsFor: (text) => [nameItem(text === '' ? suggested : text, draft), plain, shown],
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
