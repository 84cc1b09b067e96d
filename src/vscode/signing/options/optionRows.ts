import { DISPOSITION_PARAMETER } from '../../../core/cloudfront/contentDisposition.ts';
import { TYPE_PARAMETER } from '../../../core/cloudfront/mediaType.ts';
import {
  addressText,
  dispositionText,
  endText,
  hashText,
  VERSION_PARAMETER,
} from '../../../core/cloudfront/optionsSummary.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { nameOf } from '../../../core/cloudfront/writtenOptions.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { addressStep } from './addressStep.ts';
import { nameStep, typeStep } from './answerSteps.ts';
import type { Step } from './optionStep.ts';
import { isOfStep, queryStep } from './queryStep.ts';
import { distributionStep, formatStep, hashStep, keyStep } from './signerSteps.ts';
import { beginStep, beginText, endStep } from './timeSteps.ts';
import { versionStep } from './versionStep.ts';

/** An option in the list of them all. */
export interface OptionRow {
  readonly label: string;
  /** What it is now, in a few words. */
  text(draft: SignOptions, source: SigningSource): string;
  readonly ask: Step;
}

/** Every option, in the order in which people think of them. */
export const OPTION_ROWS: readonly OptionRow[] = [
  {
    label: '$(watch) Ends',
    text: ({ expiry }, { settings }) =>
      expiry === undefined ? `${settings.get('expiry.default').text} (default)` : endText(expiry),
    ask: endStep,
  },
  { label: '$(calendar) Begins', text: beginText, ask: beginStep },
  {
    label: '$(location) Viewer’s Address',
    text: ({ ipAddress }) => (ipAddress === undefined ? 'any' : addressText(ipAddress)),
    ask: addressStep,
  },
  {
    label: '$(save) Download Name',
    text: ({ query = {} }) => {
      const header = query[DISPOSITION_PARAMETER];
      return header === undefined ? 'as S3 has it' : dispositionText(header);
    },
    ask: nameStep,
  },
  {
    label: '$(file) Content Type',
    text: ({ query = {} }) => query[TYPE_PARAMETER] ?? 'as S3 has it',
    ask: typeStep,
  },
  {
    label: '$(versions) Version',
    text: ({ query = {} }) => query[VERSION_PARAMETER] ?? 'the latest',
    ask: versionStep,
  },
  {
    label: '$(symbol-parameter) Query Parameters',
    text: ({ query = {} }) => {
      const others = Object.keys(query).filter((name) => !isOfStep(name));
      return others.length === 0 ? 'none' : others.join(', ');
    },
    ask: queryStep,
  },
  {
    label: '$(cloud) Distribution',
    text: ({ distribution }) =>
      distribution === undefined ? 'as settings and account have it' : nameOf(distribution),
    ask: distributionStep,
  },
  {
    label: '$(key) Private Key',
    text: ({ keyPairId }) => keyPairId ?? 'the one that is trusted',
    ask: keyStep,
  },
  {
    label: '$(shield) Hash',
    text: ({ hashAlgorithm }, { settings }) =>
      hashAlgorithm === undefined
        ? `${hashText(settings.get('link.hashAlgorithm'))} (setting)`
        : hashText(hashAlgorithm),
    ask: hashStep,
  },
  {
    label: '$(clippy) Format',
    text: ({ format }, { forms }) =>
      format === undefined ? `${forms.standard().label} (setting)` : format.label,
    ask: formatStep,
  },
];
