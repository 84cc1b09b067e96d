import { locationOfUrl } from '../s3/pastedLocation.ts';
import { LONGEST_PRESIGNED } from '../s3/presignedUrl.ts';
import type { PresignedInspection } from './inspection.ts';
import { lifeOf } from './life.ts';
import { inWords, type Mistake } from './mistakes.ts';
import { readMoment } from './readMoment.ts';
import { concealed, isSigning, paramsOf, signingOf, urlWithout } from './urlParts.ts';

/**
 * The longest that temporary credentials live, in seconds: the 36 hours of a session that a user of
 * IAM asks for. Those of roles end after 12 at most, and all of them have mostly begun before.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
const LONGEST_SESSION = 36 * 3600;

/**
 * Tells what a presigned URL of S3 opens, and when it really ends. Undefined where it is none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 *
 * @param now in epoch seconds
 */
export function inspectPresigned(
  url: string,
  mistakes: readonly Mistake[],
  now: number,
): PresignedInspection | undefined {
  const signing = signingOf(paramsOf(url));
  if (signing === undefined || signing.by === 'cloudfront') return undefined;
  const { by: version, missing } = signing;
  const get = (name: string): string | undefined =>
    paramsOf(url).find((one) => one.name.toLowerCase() === name.toLowerCase())?.value;
  const credential = decoded(get('X-Amz-Credential') ?? '').split('/');
  const accessKeyId = version === 'SigV2' ? get('AWSAccessKeyId') : credential[0] || undefined;
  const temporary =
    get('X-Amz-Security-Token') !== undefined || (accessKeyId?.startsWith('ASIA') ?? false);
  const life = version === 'SigV4' ? lifeOfV4(get) : lifeOfV2(get);
  const { signedAt, expiresAt } = life;
  const sessionEnd =
    temporary && signedAt !== undefined ? signedAt + LONGEST_SESSION : Number.POSITIVE_INFINITY;
  const place = locationOfUrl(url);
  const endsBy = expiresAt && Math.min(expiresAt, sessionEnd);
  return {
    kind: 'presigned-url',
    url: concealed(urlWithout(url, (name) => isSigning(name, version))),
    version,
    bucket: place?.bucket,
    key: place?.key,
    accessKeyId: accessKeyId?.slice(0, 40),
    region: version === 'SigV4' ? credential[2]?.slice(0, 40) : undefined,
    signedAt,
    expiresAt,
    endsBy,
    temporary,
    ...lifeOf({ expiresAt: endsBy, notBefore: undefined }, now),
    signature: missing.some((name) => /signature$/i.test(name)) ? 'absent' : 'unchecked',
    mistakes: inWords([
      ...mistakes,
      ...(missing.length === 0 ? [] : [{ code: 'parameter-missing', names: missing } as const]),
      ...life.mistakes,
      ...(version === 'SigV2' ? [{ code: 'signature-version-2' } as const] : []),
    ]),
  };
}

type GetParameter = (name: string) => string | undefined;

interface Life {
  readonly signedAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly mistakes: readonly Mistake[];
}

function lifeOfV4(get: GetParameter): Life {
  const [date, seconds] = [get('X-Amz-Date'), get('X-Amz-Expires')];
  const signedAt = date === undefined ? undefined : basicMoment(date);
  const length = seconds !== undefined && /^\d{1,10}$/.test(seconds) ? Number(seconds) : undefined;
  return {
    signedAt,
    expiresAt: signedAt !== undefined && length !== undefined ? signedAt + length : undefined,
    mistakes: [
      ...(date !== undefined && signedAt === undefined
        ? [{ code: 'moment-odd', name: 'X-Amz-Date' } as const]
        : []),
      ...(seconds !== undefined && length === undefined
        ? [{ code: 'moment-odd', name: 'X-Amz-Expires' } as const]
        : []),
      ...(length !== undefined && length > LONGEST_PRESIGNED
        ? [{ code: 'presigned-too-long' } as const]
        : []),
    ],
  };
}

function lifeOfV2(get: GetParameter): Life {
  const expires = get('Expires');
  const moment = expires === undefined ? undefined : readMoment('Expires', expires);
  return {
    signedAt: undefined,
    expiresAt: moment?.epoch,
    mistakes: (moment?.mistakes ?? []).filter(({ code }) => code !== 'end-too-late'),
  };
}

/** `20261124T120000Z`, the basic format of ISO 8601, in epoch seconds. */
function basicMoment(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time / 1000;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
