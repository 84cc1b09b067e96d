import { ofChange, type Change, type PerChange } from './change.ts';
import { changeTexts, type ChangeText } from './mends/changeTexts.ts';

/** One change, written out in each form in which people make changes. */
export interface PlainChange {
  /** What is changed: `Bucket policy`. */
  readonly subject: string;
  readonly texts: readonly ChangeText[];
}

/** A change with its texts and what it is of. */
export function plainChange(change: Change): PlainChange {
  return { subject: ofChange(SUBJECTS, change), texts: changeTexts(change) };
}

const SUBJECTS: PerChange<string> = {
  'public-access-block': () => 'Block Public Access',
  ownership: () => 'Object Ownership',
  'bucket-policy': () => 'Bucket policy',
  'key-policy': () => 'KMS key policy',
  're-encrypt': () => 'Encryption of the object',
  'restore-object': () => 'Restored object',
  'origin-access-control': () => 'Origin access control',
  'key-group': () => 'Key group',
  distribution: () => 'Distribution',
};
