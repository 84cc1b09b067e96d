import { isJsonObject, type JsonObject } from '../json.ts';
import { fail, ok, type Failure, type Result } from '../outcome.ts';
import { KEY_KINDS, type KeyKind } from './privateKey.ts';

/** What a script gives to make a key pair. */
export interface NewKeyOptions {
  readonly kind: KeyKind;
  readonly name: string;
  /** Undefined: nothing is uploaded. */
  readonly upload?: {
    /** ID or name of a key group that there is; undefined: it is added to none. */
    readonly keyGroup?: string;
  };
}

/** What a script gives to rotate a key: which half of it, and what the new key is to be. */
export interface RotationOptions {
  /** `replace` makes the new key and switches to it, `remove` takes the old one away. */
  readonly step: 'replace' | 'remove';
  /** Undefined: that of the old key. */
  readonly kind?: KeyKind;
  /** Undefined: made from that of the old key. */
  readonly name?: string;
}

/** Reads `{ kind, name, upload?: { keyGroup? } }`. Errors: `option-invalid`. */
export function parseNewKeyOptions(raw: JsonObject): Result<NewKeyOptions> {
  const stray = strayOption(raw, ['kind', 'name', 'upload']);
  if (stray !== undefined) return stray;
  const kind = parseKind(raw['kind']);
  if (kind.kind !== 'ok') return kind;
  const name = parseName(raw['name']);
  if (name.kind !== 'ok') return name;
  const { upload } = raw;
  const wanted = { kind: kind.value, name: name.value };
  if (upload === undefined) return ok(wanted);
  if (!isJsonObject(upload)) return invalid('upload', 'Give an object, such as {}.');
  const strayInside = strayOption(upload, ['keyGroup']);
  if (strayInside !== undefined) return strayInside;
  const { keyGroup } = upload;
  if (keyGroup === undefined) return ok({ ...wanted, upload: {} });
  if (typeof keyGroup !== 'string' || keyGroup.trim() === '') {
    return invalid('upload.keyGroup', 'Give the ID or the name of a key group.');
  }
  return ok({ ...wanted, upload: { keyGroup: keyGroup.trim() } });
}

/** Reads `{ step, kind?, name? }`. Errors: `option-invalid`. */
export function parseRotationOptions(raw: JsonObject): Result<RotationOptions> {
  const stray = strayOption(raw, ['step', 'kind', 'name']);
  if (stray !== undefined) return stray;
  const { step } = raw;
  if (step !== 'replace' && step !== 'remove') {
    return invalid('step', 'Give replace or remove: both change the account.');
  }
  const kind = raw['kind'] === undefined ? undefined : parseKind(raw['kind']);
  if (kind?.kind === 'problem') return kind;
  const name = raw['name'] === undefined ? undefined : parseName(raw['name']);
  if (name?.kind === 'problem') return name;
  return ok({
    step,
    ...(kind !== undefined && { kind: kind.value }),
    ...(name !== undefined && { name: name.value }),
  });
}

function strayOption(raw: JsonObject, known: readonly string[]): Failure | undefined {
  const stray = Object.keys(raw).find((option) => !known.includes(option));
  return stray === undefined
    ? undefined
    : invalid(stray, `There is no such option. There are: ${known.join(', ')}.`);
}

function parseKind(raw: unknown): Result<KeyKind> {
  const kind = KEY_KINDS.find((one) => one === raw);
  return kind === undefined ? invalid('kind', `Give ${KEY_KINDS.join(' or ')}.`) : ok(kind);
}

function parseName(raw: unknown): Result<string> {
  return typeof raw === 'string' && raw.trim() !== ''
    ? ok(raw.trim())
    : invalid('name', 'Give what the key is to be called.');
}

function invalid(option: string, detail: string): Failure {
  return fail({ code: 'option-invalid', option, detail });
}
