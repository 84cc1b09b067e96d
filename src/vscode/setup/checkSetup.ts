import * as vscode from 'vscode';
import type { Endpoint } from '../../core/cloudfront/distribution.ts';
import type { ProbeLink } from '../../core/cloudfront/linkAnswer.ts';
import { parseSomeOptions } from '../../core/cloudfront/signOptions.ts';
import type { SignPolicy } from '../../core/cloudfront/signedUrl.ts';
import type { Session } from '../../core/credentials/session.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { baseName } from '../../core/s3/baseName.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { checkSetup, SetupReport } from '../../core/setup/checkSetup.ts';
import type { SignLink } from '../../core/setup/gatherFacts.ts';
import type { PlainReport } from '../../core/setup/plainReport.ts';
import { cancellable } from '../cancellable.ts';
import type { Commands } from '../commands.ts';
import type { Discovery } from '../discovery.ts';
import type { KeyRing } from '../keys/keyRing.ts';
import { ask, tell } from '../messages.ts';
import { showProblem } from '../problems.ts';
import type { Settings } from '../settings.ts';
import { trialLink, TRIAL_PATIENCE } from '../signing/trialLink.ts';
import type { Call } from '../tree/targets.ts';
import { mendable, pickMend } from './pickMend.ts';
import { linksOf, subjectOf, type LinksQuestion } from './setupQuestion.ts';
import { createSetupReports } from './setupReports.ts';

/** The options that a check of the set-up leaves a meaning to. */
const OPTIONS: readonly string[] = ['distribution'];

/** What checking needs. */
export interface SetupSource {
  readonly settings: Settings;
  readonly keys: KeyRing;
  readonly discovery: Discovery;
  readonly probeLink: ProbeLink;
  /** In epoch seconds. */
  readonly now: () => number;
  readCall(args: readonly unknown[]): Result<Call>;
  loadSignPolicy(): Promise<SignPolicy>;
  /** Loads what judges and writes reports, which is much. */
  loadCheckSetup(): Promise<typeof checkSetup>;
  /** @param mayAsk whether the user may be asked for a code */
  session(mayAsk: boolean): Promise<Outcome<Session>>;
}

/**
 * Checks the set-up behind a link that is not served, and shows what comes of it.
 *
 * @param keyPairId of the key that the link is signed with
 */
export type CheckLink = (
  location: S3Location,
  endpoint: Endpoint,
  keyPairId: string,
) => Promise<void>;

/** The way from a bucket or an object to a report on what is in the way of its links. */
export interface Setup extends vscode.Disposable {
  /**
   * `checkSetup` gives a {@link PlainReport}; a script may name the `distribution`, by its ID or by a
   * domain name.
   */
  readonly commands: Commands;
  /** What can be done with a report that there is; no script calls them. */
  readonly reportCommands: Commands;
  readonly checkLink: CheckLink;
}

export function createSetup(source: SetupSource): Setup {
  const reports = createSetupReports();

  /** Looks at everything anew: what was just mended is to be seen. */
  async function openSession(mayAsk: boolean): Promise<Outcome<Session>> {
    const session = await source.session(mayAsk);
    if (session.kind === 'ok') session.value.cloudFront.forget();
    return session;
  }

  /** Checks as for a person: shows that it goes on, and what comes of it. */
  async function check(question: LinksQuestion, session: Session): Promise<Outcome<PlainReport>> {
    const { bucket, key, prefix = '' } = question;
    const name = baseName(`${bucket}/${key ?? prefix}`);
    const report = await cancellable(`Checking the set-up of ${name}…`, (signal) =>
      examine(question, session, source, signal),
    );
    if (report.kind !== 'ok') return report;
    const uri = reports.keep({ question, report: report.value });
    const fails = report.value.summary.counts.fails > 0;
    if (fails) await reports.open(uri);
    const { plain } = report.value;
    void announce(name, report.value, {
      // Where something fails, the report is there already.
      ...(!fails && { 'Open Report': () => reports.open(uri) }),
      ...(fails &&
        mendable(plain).length > 0 && {
          'Copy Mend…': () => vscode.commands.executeCommand('cloudfrontSigner.copyMend', uri),
        }),
      'Check Again': () => vscode.commands.executeCommand('cloudfrontSigner.checkAgain', uri),
    });
    return ok(plain);
  }

  async function checkAnew(question: LinksQuestion): Promise<Outcome<PlainReport>> {
    const session = await openSession(true);
    return session.kind === 'ok' ? check(question, session.value) : session;
  }

  return {
    commands: {
      async checkSetup(...args) {
        const call = source.readCall(args);
        if (call.kind !== 'ok') return call;
        const options = parseSomeOptions(
          call.value.options ?? {},
          OPTIONS,
          'A check of the set-up',
        );
        if (options.kind !== 'ok') return options;
        const subject = await subjectOf(call.value, source);
        if (subject.kind !== 'ok') return subject;
        const isScripted = call.value.options !== undefined;
        const session = await openSession(!isScripted);
        if (session.kind !== 'ok') return session;
        const { distribution } = options.value;
        const question = await linksOf(subject.value, distribution, isScripted, source);
        if (question.kind !== 'ok') return question;
        if (!isScripted) return check(question.value, session.value);
        const { signal } = new AbortController();
        const report = await examine(question.value, session.value, source, signal);
        return report.kind === 'ok' ? ok(report.value.plain) : report;
      },
    },
    reportCommands: {
      async checkAgain(uri) {
        const answered = reports.find(uri);
        return answered === undefined ? cancelled : checkAnew(answered.question);
      },
      async copyMend(uri) {
        const plain = reports.find(uri)?.report.plain;
        if (plain === undefined) return cancelled;
        if (mendable(plain).length === 0) {
          tell('Nothing in this report has a mend to copy.');
          return cancelled;
        }
        const cure = await pickMend(plain);
        if (cure === undefined) return cancelled;
        if (cure.kind === 'action') {
          return ok(await vscode.commands.executeCommand(cure.command, ...(cure.args ?? [])));
        }
        await vscode.env.clipboard.writeText(cure.text);
        vscode.window.setStatusBarMessage('$(check) Copied the mend', 3000);
        return ok(cure.text);
      },
    },
    async checkLink({ bucket, key }, endpoint, keyPairId) {
      const mapping = { ...endpoint, bucket, prefix: '', keyPairId };
      const report = await checkAnew({ bucket, key, distributionId: undefined, mapping });
      if (report.kind === 'problem') showProblem(report.problem);
    },
    dispose: () => reports.dispose(),
  };
}

async function examine(
  question: LinksQuestion,
  session: Session,
  source: SetupSource,
  signal: AbortSignal,
): Promise<Outcome<SetupReport>> {
  const stored = await source.keys.list();
  if (stored.kind !== 'ok') return stored;
  const [checkSetup, signPolicy, presigner, readers] = await Promise.all([
    source.loadCheckSetup(),
    source.loadSignPolicy(),
    session.presigner(),
    session.setupReaders(),
  ]);
  const signLink: SignLink = async (endpoint, objectKey, { keyPairId, key }) => {
    const signing = await source.keys.signingKey(key.keyPairId);
    return signing.kind === 'ok'
      ? trialLink(objectKey, endpoint, { ...signing.value, keyPairId }, { ...source, signPolicy })
      : signing;
  };
  return checkSetup(
    {
      ...question,
      // Whatever is known of a set-up may be reported: private halves are none of it.
      storedKeys: stored.value.map(({ keyPairId, publicKeyPem }) => ({ keyPairId, publicKeyPem })),
    },
    {
      ...readers,
      region: session.region,
      store: session.store,
      presigner,
      cloudFrontReader: session.cloudFront,
      probeLink: (url, given) =>
        source.probeLink(url, AbortSignal.any([given, AbortSignal.timeout(TRIAL_PATIENCE)])),
      signLink,
      now: () => source.now() * 1000,
    },
    signal,
  );
}

/** Says in a sentence what came of a check, with what people do next. */
async function announce(
  name: string,
  { summary }: SetupReport,
  buttons: Readonly<Record<string, () => Thenable<unknown>>>,
): Promise<void> {
  const message = `${name}: ${summary.text}`;
  const titles = Object.keys(buttons);
  const clicked = await ask(summary.counts.fails > 0 ? 'warning' : 'info', message, ...titles);
  if (clicked !== undefined) await buttons[clicked]?.();
}
