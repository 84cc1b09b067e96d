import * as vscode from 'vscode';
import { givesContent, type LinkAnswer } from '../../core/cloudfront/linkAnswer.ts';
import { parseSomeOptions } from '../../core/cloudfront/signOptions.ts';
import { durationText, momentText } from '../../core/expiry.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import { baseName } from '../../core/s3/baseName.ts';
import type { S3Location } from '../../core/s3/location.ts';
import {
  LONGEST_PRESIGNED,
  presignedEnd,
  presignedReason,
  type PresignedEnd,
  type Presigner,
} from '../../core/s3/presignedUrl.ts';
import type { Commands } from '../commands.ts';
import { tell } from '../messages.ts';
import { copySignedUrlUntil, type SigningSource } from './copySignedUrl.ts';
import { objectsOf } from './objectsOf.ts';
import { settleEnd, titleOf } from './settleEnd.ts';

/** The options that a presigned URL leaves a meaning to. */
const OPTIONS: readonly string[] = ['expiresIn', 'expiresAt'];

/** How long the URL lives that S3 is tried with, in seconds, and how long S3 may take, in milliseconds. */
const PROBE_LIFE = 60;
const PROBE_TIMEOUT = 10_000;

/** What is asked about, and by whom. */
interface Request {
  readonly locations: readonly S3Location[];
  /** What is asked for, in epoch seconds. */
  readonly asked: number;
  readonly isScripted: boolean;
  readonly presigner: Presigner;
}

/** The end of a presigned URL, with the reason in a sentence. */
interface RealEnd extends PresignedEnd {
  readonly reason: string;
}

/** Whether S3 serves an object to a presigned URL, past CloudFront. */
type Bypass = 'served' | 'refused' | 'unknown';

/** What a comparison comes to, for scripts. Ends are in epoch seconds. */
interface Comparison {
  readonly signed: { readonly endsAt: number };
  readonly presigned: {
    readonly endsAt: number;
    readonly bound: PresignedEnd['bound'];
    readonly reason: string;
    readonly bypass: Bypass;
  };
}

/** The commands about S3's presigned URLs: one that makes them, and one that says what they are worth. */
export function presignedUrlCommands(source: SigningSource): Commands {
  return {
    async copyPresignedUrl(...args) {
      const request = await readRequest(args, 'S3 presigned URL', source);
      return request.kind === 'ok' ? copyPresigned(request.value, source) : request;
    },
    async compareWithPresigned(...args) {
      const request = await readRequest(args, 'Comparison of URLs', source);
      return request.kind === 'ok' ? compare(request.value, source) : request;
    },
  };
}

async function readRequest(
  args: readonly unknown[],
  what: string,
  source: SigningSource,
): Promise<Outcome<Request>> {
  const call = source.readCall(args);
  if (call.kind !== 'ok') return call;
  const options = parseSomeOptions(call.value.options ?? {}, OPTIONS, 'A presigned URL');
  if (options.kind !== 'ok') return options;
  const locations = await objectsOf(call.value, 'Object to Presign', source);
  if (locations.kind !== 'ok') return locations;
  const session = await source.session();
  if (session.kind !== 'ok') return session;
  const isScripted = call.value.options !== undefined;
  const title = titleOf(what, locations.value);
  const asked = await settleEnd(options.value.expiry, isScripted, title, source);
  if (asked.kind !== 'ok') return asked;
  return ok({
    locations: locations.value,
    asked: asked.value,
    isScripted,
    presigner: await session.value.presigner(),
  });
}

async function realEnd(
  { asked, presigner }: Request,
  { now }: SigningSource,
): Promise<Outcome<RealEnd>> {
  const credentials = await presigner.credentials();
  if (credentials.kind !== 'ok') return credentials;
  const end = presignedEnd(asked, now(), credentials.value.end);
  return ok({ ...end, reason: presignedReason(end, credentials.value) });
}

async function copyPresigned(request: Request, source: SigningSource): Promise<Outcome<string>> {
  const { locations, asked, isScripted, presigner } = request;
  const seconds = Math.min(asked - source.now(), LONGEST_PRESIGNED);
  const { signal } = new AbortController();
  const urls: string[] = [];
  for (const location of locations) {
    const url = await presigner.presign(location, seconds, signal);
    if (url.kind !== 'ok') return url;
    urls.push(url.value);
  }
  // Looked at afterwards: signing may have renewed the credentials.
  const end = await realEnd(request, source);
  if (end.kind !== 'ok') return end;
  const text = urls.join('\n');
  await vscode.env.clipboard.writeText(text);
  source.log.info(`Copied ${urls.length} presigned URL(s), ending ${momentText(end.value.end)}`);
  if (!isScripted) announce(locations, end.value);
  return ok(text);
}

function announce(locations: readonly S3Location[], { end, bound, reason }: RealEnd): void {
  const [first] = locations;
  if (first === undefined) return;
  const isOne = locations.length === 1;
  const what = isOne
    ? `the S3 presigned URL of ${baseName(first.key)}. It really ends`
    : `${locations.length} S3 presigned URLs. They really end`;
  const why = bound === 'asked' && reason === 'It ends as asked.' ? '' : ` ${reason}`;
  tell(`Copied ${what} ${momentText(end)}.${why}`);
}

async function compare(
  request: Request,
  source: SigningSource,
): Promise<Outcome<Comparison | string | undefined>> {
  const [location, another] = request.locations;
  if (location === undefined || another !== undefined) return fail({ code: 'object-unnamed' });
  const presigned = await realEnd(request, source);
  if (presigned.kind !== 'ok') return presigned;
  const bypass = await bypassOf(location, request, source);
  if (bypass.kind !== 'ok') return bypass;
  const { asked, isScripted } = request;
  if (isScripted) {
    const { end: endsAt, bound, reason } = presigned.value;
    return ok({
      signed: { endsAt: asked },
      presigned: { endsAt, bound, reason, bypass: bypass.value },
    });
  }
  // Asking S3 takes a second or two, and a day is not to read as 23 hours 59 minutes 58 seconds.
  const now = source.now();
  const life = (end: number): string =>
    `${durationText(end - now < 60 ? end - now : Math.round((end - now) / 60) * 60)} · ends ${momentText(end)}`;
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: '$(link) CloudFront signed URL',
        description: life(asked),
        detail: 'It ends as asked, whatever becomes of the AWS session.',
        copy: () => copySignedUrlUntil(location, asked, source),
      },
      {
        label: '$(cloud) S3 presigned URL',
        description: life(presigned.value.end),
        detail: `${presigned.value.reason} ${BYPASS[bypass.value]}`,
        copy: () => copyPresigned(request, source),
      },
    ],
    {
      title: titleOf('How long a URL lives', [location]),
      placeHolder: 'Enter copies the URL',
      ignoreFocusOut: true,
    },
  );
  return picked === undefined ? cancelled : picked.copy();
}

const BYPASS: Readonly<Record<Bypass, string>> = {
  served: 'S3 serves it past CloudFront, whose rules do not count then.',
  refused: 'S3 refuses it: this profile may not read the object past CloudFront.',
  unknown: 'Whether S3 would serve it past CloudFront could not be seen.',
};

/** Tries S3 with a URL that lives for a minute. */
async function bypassOf(
  location: S3Location,
  { presigner }: Request,
  { probeLink }: SigningSource,
): Promise<Outcome<Bypass>> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: 'Asking S3 for the object…',
    },
    async () => {
      const signal = AbortSignal.timeout(PROBE_TIMEOUT);
      const url = await presigner.presign(location, PROBE_LIFE, signal);
      if (url.kind === 'cancelled') return ok('unknown');
      return url.kind === 'ok' ? ok(verdictOf(await probeLink(url.value, signal))) : url;
    },
  );
}

function verdictOf(answer: LinkAnswer): Bypass {
  if (answer.kind === 'unreachable') return 'unknown';
  if (givesContent(answer)) return 'served';
  return answer.status === 403 ? 'refused' : 'unknown';
}
