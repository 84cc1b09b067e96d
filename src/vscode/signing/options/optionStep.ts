import * as vscode from 'vscode';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { cancelled, type Outcome } from '../../../core/outcome.ts';
import type { S3Location } from '../../../core/s3/location.ts';
import type { SigningSource } from '../copySignedUrl.ts';
import { typedPick, type Picked, type TypedItem } from '../typedPick.ts';
import type { LinkFacts } from './linkFacts.ts';

/** What a step knows. */
export interface OptionFlow {
  readonly locations: readonly S3Location[];
  readonly title: string;
  /** The options as they are now. */
  readonly draft: SignOptions;
  /** What was typed when the step was left by its back button. */
  readonly typed: string;
  readonly source: SigningSource;
  /** How the objects are served by the draft. */
  readonly facts: () => Promise<LinkFacts>;
}

/** What comes of a step: the new options, or what has to be done to have them. */
export type Change = SignOptions | (() => Promise<Outcome<SignOptions>>);

/** Asks for one option. */
export type Step = (flow: OptionFlow) => Promise<Picked<Change>>;

/** What an option that excludes another says, and how that other is taken out. */
export interface Exclusion {
  readonly applies: (draft: SignOptions) => boolean;
  /** Why the option cannot be had now. */
  readonly label: string;
  readonly detail: string;
  readonly cure: string;
  readonly cured: (draft: SignOptions) => SignOptions;
}

/** A step that is taken only where nothing excludes its option, or what does is taken out. */
export function unlessExcluded(
  { applies, label, detail, cure, cured }: Exclusion,
  step: Step,
): Step {
  return async (flow) => {
    if (!applies(flow.draft)) return step(flow);
    const picked = await typedPick<true>({
      title: flow.title,
      placeholder: label,
      itemsFor: () => [
        { label: `$(circle-slash) ${label}`, detail, choice: undefined },
        { label: cure, choice: true },
      ],
      hasBack: true,
    });
    return picked.kind === 'picked' ? step({ ...flow, draft: cured(flow.draft) }) : picked;
  };
}

/** Says why something is not offered. */
export function refusalItem(label: string, detail: string): TypedItem<never> {
  return { label: `$(circle-slash) ${label}`, detail, alwaysShow: true, choice: undefined };
}

/** What is there while something is looked up. */
export const WAITING: TypedItem<never> = {
  label: '$(loading~spin) Looking it up…',
  alwaysShow: true,
  choice: undefined,
};

/** Leaves the options for a check of the set-up, which has what mends it. */
export function checkingSetup({ locations: [location] }: OptionFlow): Change {
  return async () => {
    void vscode.commands.executeCommand('cloudfrontSigner.checkSetup', location);
    return cancelled;
  };
}
