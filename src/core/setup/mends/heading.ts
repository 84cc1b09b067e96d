import { visibleText } from '../../s3/visibleText.ts';
import { ofChange, type Change, type PerChange } from '../change.ts';

/** What a fragment of a template says before it begins, in lines of a comment. */
export function heading(change: Change): readonly string[] {
  return ofChange(LINES, change).map(visibleText);
}

const LINES: PerChange<readonly string[]> = {
  'public-access-block': ({ bucket }) => ofBucket(bucket),
  ownership: ({ bucket }) => ofBucket(bucket),
  'bucket-policy': ({ bucket }) => [`The whole policy of bucket ${bucket}.`],
  'key-policy': ({ keyId }) => [`The whole policy of KMS key ${keyId}.`],
  're-encrypt': () => [],
  'restore-object': () => [],
  'origin-access-control': ({ id }) => [`Origin access control ${id}.`],
  'key-group': ({ id }) => [`Key group ${id} with all its public keys.`],
  distribution: ({ distributionId, edits }) => [
    `For the resource of distribution ${distributionId}; all else of it stays as it is.`,
    ...edits.flatMap(({ kind }) => NOTES[kind] ?? []).filter(isFirst),
  ],
};

function ofBucket(bucket: string): readonly string[] {
  return [`For the resource of bucket ${bucket}; all else of it stays as it is.`];
}

const NOTES: { readonly [kind: string]: string } = {
  'add-alias': 'The alias comes beside those that there are.',
  'trust-new-key-group': 'The key group comes beside those that are trusted.',
  'attach-access-control': 'An origin access identity of the origin is taken away.',
  'origin-domain': 'The settings of a custom origin are taken away.',
  'forward-query': 'The cache policy takes the place of the one in use, or of the legacy settings.',
};

function isFirst(line: string, index: number, lines: readonly string[]): boolean {
  return lines.indexOf(line) === index;
}
