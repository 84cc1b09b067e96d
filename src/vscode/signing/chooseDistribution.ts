import * as vscode from 'vscode';
import { parseDomain, type Endpoint } from '../../core/cloudfront/distribution.ts';
import type { ProbeLink } from '../../core/cloudfront/linkAnswer.ts';
import type { SigningKey } from '../../core/cloudfront/signedUrl.ts';
import { cancelled, ok, type Outcome } from '../../core/outcome.ts';
import { problemWords, type Problem } from '../../core/problem.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { wellMade } from '../../core/verify/evidence.ts';
import type { CheckLink } from '../setup/checkSetup.ts';
import { offerToRemember } from './rememberDistribution.ts';
import { trialLink, TRIAL_LIFE, TRIAL_PATIENCE, type TrialSource } from './trialLink.ts';

/** What choosing a distribution needs beside the user. */
export interface DistributionChooser extends TrialSource {
  readonly probeLink: ProbeLink;
  readonly checkLink: CheckLink;
  keyFor(endpoint: Endpoint): Promise<Outcome<SigningKey>>;
}

/** A distribution with the key that its links are signed with. */
export interface Choice {
  readonly endpoint: Endpoint;
  readonly key: SigningKey;
}

/**
 * Asks which distribution serves an object, tries it with a link that lives for minutes, and offers
 * to remember it for the bucket.
 *
 * @param reason why it is not known, a sentence without a full stop, or empty
 */
export async function chooseDistribution(
  location: S3Location,
  reason: string,
  chooser: DistributionChooser,
): Promise<Outcome<Choice>> {
  for (let typed = ''; ;) {
    const endpoint = await askForEndpoint(location.bucket, reason, typed);
    if (endpoint === undefined) return cancelled;
    typed = `${endpoint.protocol}://${endpoint.domain}`;
    const key = await chooser.keyFor(endpoint);
    if (key.kind !== 'ok') return key;
    const served = await check(location, endpoint, key.value, chooser);
    if (served.kind === 'cancelled') return cancelled;
    if (served.kind === 'problem') {
      const next = await askAfter(served.problem);
      if (next === undefined) return cancelled;
      if (next === 'again') continue;
      if (next === 'check') {
        await chooser.checkLink(location, endpoint, key.value.keyPairId);
        return cancelled;
      }
    }
    const { keyPairId } = key.value;
    if (!(await offerToRemember(location.bucket, endpoint, keyPairId, chooser.settings))) {
      return cancelled;
    }
    return ok({ endpoint, key: key.value });
  }
}

/** Asks for the domain name of a distribution; see {@link chooseDistribution} for the reason. */
export async function askForEndpoint(
  bucket: string,
  reason: string,
  value = '',
): Promise<Endpoint | undefined> {
  const text = await vscode.window.showInputBox({
    title: `Distribution for “${bucket}”`,
    prompt: `${reason === '' ? '' : `${reason}. `}The domain name of the CloudFront distribution in front of this bucket, or its alias`,
    placeHolder: 'd111111abcdef8.cloudfront.net',
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const domain = parseDomain(typed);
      return typed === '' || domain.kind === 'ok' ? undefined : problemWords(domain.problem).remedy;
    },
  });
  if (text === undefined) return undefined;
  const domain = parseDomain(text);
  return domain.kind === 'ok'
    ? { ...domain.value, originPath: '' }
    : askForEndpoint(bucket, reason, text);
}

async function check(
  { key: objectKey }: S3Location,
  endpoint: Endpoint,
  key: SigningKey,
  chooser: DistributionChooser,
): Promise<Outcome<void>> {
  const link = wellMade(endpoint, key.keyPairId, chooser.now() + TRIAL_LIFE);
  const url = trialLink(objectKey, endpoint, key, chooser);
  if (url.kind !== 'ok') return url;
  const { domain } = endpoint;
  const { judgeAnswer } = await import('../../core/verify/judgeAnswer.ts');
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Asking ${domain} for the object…`,
      cancellable: true,
    },
    async (_progress, token) => {
      const byUser = new AbortController();
      token.onCancellationRequested(() => byUser.abort());
      const signal = AbortSignal.any([byUser.signal, AbortSignal.timeout(TRIAL_PATIENCE)]);
      const answer = await chooser.probeLink(url.value, signal);
      return byUser.signal.aborted
        ? cancelled
        : judgeAnswer({ link, answer, now: chooser.now(), way: undefined });
    },
  );
}

async function askAfter(problem: Problem): Promise<'again' | 'check' | 'anyway' | undefined> {
  const { title, remedy } = problemWords(problem);
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(debug-restart) Try Again', detail: remedy, next: 'again' as const },
      {
        label: '$(checklist) Check Set-Up',
        detail: 'Looks for the cause at every step from the link to the object.',
        next: 'check' as const,
      },
      {
        label: '$(arrow-right) Use It Anyway',
        detail: 'The link may not work as things are.',
        next: 'anyway' as const,
      },
    ],
    { title, placeHolder: title, ignoreFocusOut: true },
  );
  return picked?.next;
}
