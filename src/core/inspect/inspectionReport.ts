import { escapeMarkdown } from '../markdown.ts';
import { s3Uri } from '../s3/location.ts';
import type {
  CloudFrontInspection,
  Inspection,
  PresignedInspection,
  SignatureState,
} from './inspection.ts';
import { inspectionSummary } from './inspectionSummary.ts';
import { momentFrom } from './lifeText.ts';
import type { InspectedMistake } from './mistakes.ts';

const HEADINGS: Readonly<Record<Inspection['kind'], string>> = {
  'signed-url': 'CloudFront signed URL',
  'signed-cookies': 'CloudFront signed cookies',
  policy: 'CloudFront policy',
  'presigned-url': 'S3 presigned URL',
  'unsigned-url': 'URL without a signature',
};

/**
 * What a text opens as Markdown: a summary, what is wrong with it, and all that it says. Nothing of
 * it is markup, or a link.
 *
 * @param now in epoch seconds
 * @param verified what came of asking, in Markdown; undefined where nobody was asked
 */
export function inspectionReport(
  inspection: Inspection,
  now: number,
  verified?: readonly string[],
): string {
  const wrong = inspection.mistakes.filter(({ breaks }) => breaks);
  const notes = inspection.mistakes.filter(({ breaks }) => !breaks);
  return [
    `# ${HEADINGS[inspection.kind]}`,
    `**${escapeMarkdown(inspectionSummary(inspection, now))}**`,
    ...(verified ?? []),
    ...section('What is wrong', wrong),
    ...section('Worth knowing', notes),
    '## What it says',
    table(rowsOf(inspection, now)),
    ...(inspection.kind === 'presigned-url' ? [presignedNote(inspection)] : []),
    ...(verified === undefined ? ['Nothing was sent anywhere.'] : []),
    '',
  ].join('\n\n');
}

function section(heading: string, mistakes: readonly InspectedMistake[]): readonly string[] {
  if (mistakes.length === 0) return [];
  const lines = mistakes.map(
    ({ title, remedy }) => `- **${escapeMarkdown(title)}.** ${escapeMarkdown(remedy)}`,
  );
  return [`## ${heading}`, lines.join('\n')];
}

type Row = readonly [name: string, text: string | undefined];

function table(rows: readonly Row[]): string {
  const lines = rows.flatMap(([name, text]) =>
    text === undefined ? [] : [`| ${name} | ${escapeMarkdown(text)} |`],
  );
  return ['| | |', '| --- | --- |', ...lines].join('\n');
}

function rowsOf(inspection: Inspection, now: number): readonly Row[] {
  if (inspection.kind === 'unsigned-url') return [['URL', inspection.url]];
  return inspection.kind === 'presigned-url'
    ? presignedRows(inspection, now)
    : cloudFrontRows(inspection, now);
}

const SIGNATURES: Readonly<Record<SignatureState, string>> = {
  intact: '✔ Intact',
  mendable: '✘ Right, once what is wrong is mended',
  altered: '✘ Altered: it does not cover what is written',
  unchecked: '? Not checkable without the key',
  absent: '– None',
};

function cloudFrontRows(inspection: CloudFrontInspection, now: number): readonly Row[] {
  const { url, resource, opens, expiresAt, notBefore, ipAddress, cookieScope } = inspection;
  const { kind, keyPairId, signedBy, hashAlgorithm, policy, signature } = inspection;
  const isSigned = kind !== 'policy';
  return [
    ['URL', url],
    ['Opens', opens],
    ['Resource', resource === url ? undefined : resource],
    ['Begins', notBefore === undefined ? undefined : momentFrom(notBefore, now)],
    ['Ends', expiresAt === undefined ? 'Not told' : momentFrom(expiresAt, now)],
    ['Viewers', ipAddress === undefined ? 'From any address' : `From ${ipAddress} alone`],
    ['Sent to', cookieScope && scopeText(cookieScope)],
    ['Policy', policy === 'canned' ? 'Canned: an end, and nothing else' : policy && 'Custom'],
    ['Key pair ID', isSigned ? keyText(keyPairId, signedBy) : undefined],
    ['Signature', isSigned ? SIGNATURES[signature] : undefined],
    ['Hash', isSigned ? hashText(hashAlgorithm) : undefined],
  ];
}

function scopeText({ domain, path }: NonNullable<CloudFrontInspection['cookieScope']>): string {
  const where = domain === undefined ? 'The host that sets them' : `${domain} and below`;
  return path === undefined ? where : `${where}, at ${path}`;
}

function keyText(keyPairId: string | undefined, signedBy: string | undefined): string {
  if (keyPairId === undefined) return 'Not told';
  return signedBy === keyPairId
    ? `${keyPairId}, whose private key is kept here`
    : `${keyPairId}${signedBy === undefined ? '' : `, though ${signedBy} has signed it`}`;
}

function hashText(hashAlgorithm: CloudFrontInspection['hashAlgorithm']): string {
  if (hashAlgorithm === undefined) return 'One that there is not';
  return hashAlgorithm === 'SHA1' ? 'SHA-1' : 'SHA-256';
}

function presignedRows(inspection: PresignedInspection, now: number): readonly Row[] {
  const { url, version, bucket, key, accessKeyId, region, temporary } = inspection;
  const { signedAt, expiresAt, endsBy } = inspection;
  return [
    ['URL', url],
    ['Object', bucket === undefined || key === undefined ? undefined : s3Uri({ bucket, key })],
    ['Region', region],
    ['Signed', signedAt === undefined ? undefined : momentFrom(signedAt, now)],
    ['Ends by what it says', expiresAt === undefined ? 'Not told' : momentFrom(expiresAt, now)],
    [
      'Ends at the latest',
      endsBy === undefined || endsBy === expiresAt ? undefined : momentFrom(endsBy, now),
    ],
    ['Access key', accessKeyId && `${accessKeyId}${temporary ? ' (temporary)' : ''}`],
    [
      'Signature',
      `${version === 'SigV4' ? 'Version 4' : 'Version 2'}; only who has the secret key can check it`,
    ],
  ];
}

function presignedNote({ temporary }: PresignedInspection): string {
  const end = temporary
    ? 'Temporary credentials have signed it, and it dies with them: after an hour where a role was assumed from another one, after 12 at most for roles and SSO, after 36 for other sessions.'
    : 'It dies before its end if its access key is deleted or deactivated.';
  return `${end} S3 itself answers it: CloudFront, its cache, its firewall and its logs are not asked, and no key group has a say.`;
}
