import * as vscode from 'vscode';
import { errorText } from '../../core/errorText.ts';
import { parseKeyPairId } from '../../core/keys/keyPairId.ts';
import { readPrivateKey, type PrivateKeyText } from '../../core/keys/privateKey.ts';
import { cancelled, fail, ok, type Outcome, type Result } from '../../core/outcome.ts';
import { problemWords } from '../../core/problem.ts';
import type { Discovery } from '../discovery.ts';
import { askInDialog } from '../messages.ts';
import { findKeyPairId, type KnownKey } from './findKeyPairId.ts';
import type { KeyRing, StoredKey } from './keyRing.ts';

const TITLE = 'Import Private Key';

const PASSPHRASE_TRIES = 3;

/** A PEM of a private key is 2 KB; more than this is another file picked by mistake. */
const MAXIMUM_FILE_BYTES = 64 * 1024;

/** A private key's text as it was found, and what its place suggests to call it. */
interface Source {
  readonly input: string | Uint8Array;
  readonly suggestedName: string | undefined;
}

/** Asks for a key and a name, and for its ID where the account does not tell it, and keeps it. */
export async function askForPrivateKey(
  keys: KeyRing,
  discovery: Discovery,
): Promise<Outcome<StoredKey>> {
  const key = await askForKeyText();
  if (key.kind !== 'ok') return key;
  const { text, suggestedName } = key.value;
  const known = await findKeyPairId(text.publicKeyPem, discovery, false);
  const keyPairId = known.keyPairId ?? (await askForKeyPairId(TITLE, known.reason));
  if (keyPairId === undefined) return cancelled;
  const before = await keys.find(keyPairId);
  if (before.kind !== 'ok') return before;
  if (before.value !== undefined && isOther(before.value, text)) {
    if (!(await confirmReplacing(before.value))) return cancelled;
  }
  const name = await askForName(
    before.value?.name ?? known.name ?? suggestedName ?? keyPairId,
    known.keyPairId && `CloudFront knows its public half as ${keyPairId}.`,
  );
  if (name === undefined) return cancelled;
  return keep(keys, { ...text, keyPairId, name });
}

/** Puts another private key in the place of one that keeps its ID and name. */
export async function replacePrivateKey(
  keys: KeyRing,
  { keyPairId, name }: StoredKey,
): Promise<Outcome<StoredKey>> {
  const key = await askForKeyText();
  return key.kind === 'ok' ? keep(keys, { ...key.value.text, keyPairId, name }) : key;
}

/**
 * Keeps the key that a script gives as `{ file | pem, keyPairId?, name?, passphrase? }`; an ID that
 * is not given is looked up in the account. A key that is there under the same ID is not lost:
 * another one in its place is refused.
 */
export async function importScripted(
  keys: KeyRing,
  discovery: Discovery,
  options: object,
): Promise<Result<StoredKey>> {
  const names = ['file', 'pem', 'keyPairId', 'name', 'passphrase'];
  const text = new Map<string, string>();
  for (const [option, value] of Object.entries(options)) {
    if (!names.includes(option)) {
      return refuse(option, `There is no such option. There are: ${names.join(', ')}.`);
    }
    if (value === undefined) continue;
    if (typeof value !== 'string') return refuse(option, 'Give a text.');
    text.set(option, value);
  }
  const file = text.get('file');
  const pem = text.get('pem');
  if ((file === undefined) === (pem === undefined)) {
    return refuse('pem', 'Give either file or pem.');
  }
  const given = text.get('keyPairId');
  const parsed = given === undefined ? undefined : parseKeyPairId(given);
  if (parsed?.kind === 'problem') return parsed;
  const input = file === undefined ? ok(pem ?? '') : await readFile(vscode.Uri.file(file));
  if (input.kind !== 'ok') return input;
  const key = readPrivateKey(input.value, text.get('passphrase'));
  if (key.kind !== 'ok') return key;
  const known: KnownKey =
    parsed === undefined
      ? await findKeyPairId(key.value.publicKeyPem, discovery, true)
      : { keyPairId: parsed.value };
  const { keyPairId } = known;
  if (keyPairId === undefined) return fail({ code: 'key-pair-id-unknown', cause: known.reason });
  const before = await keys.find(keyPairId);
  if (before.kind !== 'ok') return before;
  if (before.value !== undefined && isOther(before.value, key.value)) {
    return refuse('keyPairId', 'Another private key is kept under it. Delete that one first.');
  }
  const name = text.get('name')?.trim() || known.name || keyPairId;
  return keep(keys, { ...key.value, keyPairId, name });
}

function refuse(option: string, detail: string): Result<never> {
  return fail({ code: 'option-invalid', option, detail });
}

function isOther(stored: StoredKey, { publicKeyPem }: PrivateKeyText): boolean {
  return stored.publicKeyPem !== publicKeyPem;
}

async function keep(keys: KeyRing, key: StoredKey): Promise<Result<StoredKey>> {
  const kept = await keys.put(key);
  return kept.kind === 'ok' ? ok(key) : kept;
}

async function askForKeyText(): Promise<
  Outcome<{ readonly text: PrivateKeyText; readonly suggestedName: string | undefined }>
> {
  const source = await askForSource();
  if (source.kind !== 'ok') return source;
  const { input, suggestedName } = source.value;
  let key = readPrivateKey(input);
  for (let left = PASSPHRASE_TRIES; isForPassphrase(key) && left > 0; left--) {
    const passphrase = await vscode.window.showInputBox({
      title: TITLE,
      prompt:
        left === PASSPHRASE_TRIES
          ? 'The private key is encrypted. Its passphrase is used once and kept nowhere.'
          : `That passphrase does not open it: ${left} ${left === 1 ? 'try' : 'tries'} left.`,
      placeHolder: 'Passphrase',
      password: true,
      ignoreFocusOut: true,
    });
    if (passphrase === undefined) return cancelled;
    key = readPrivateKey(input, passphrase);
  }
  return key.kind === 'ok' ? ok({ text: key.value, suggestedName }) : key;
}

function isForPassphrase(key: Result<unknown>): boolean {
  return (
    key.kind === 'problem' &&
    (key.problem.code === 'passphrase-needed' || key.problem.code === 'passphrase-wrong')
  );
}

async function askForSource(): Promise<Outcome<Source>> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(file) From a File…', read: fromFile },
      { label: '$(clippy) From the Clipboard', read: fromClipboard },
      { label: '$(edit) Paste or Type…', read: fromInput },
    ],
    {
      title: TITLE,
      placeHolder: 'Where is the private key, in PEM, whose public half CloudFront has?',
      ignoreFocusOut: true,
    },
  );
  return picked === undefined ? cancelled : picked.read();
}

async function fromFile(): Promise<Outcome<Source>> {
  const [file] = (await vscode.window.showOpenDialog({ title: TITLE, openLabel: 'Import' })) ?? [];
  if (file === undefined) return cancelled;
  const bytes = await readFile(file);
  if (bytes.kind !== 'ok') return bytes;
  const baseName = file.path.slice(file.path.lastIndexOf('/') + 1);
  return ok({ input: bytes.value, suggestedName: baseName.replace(/\.\w+$/, '') || undefined });
}

async function fromClipboard(): Promise<Outcome<Source>> {
  return ok({ input: await vscode.env.clipboard.readText(), suggestedName: undefined });
}

async function fromInput(): Promise<Outcome<Source>> {
  const input = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'Lost line ends are put back.',
    placeHolder: '-----BEGIN PRIVATE KEY----- …',
    password: true,
    ignoreFocusOut: true,
  });
  return input === undefined ? cancelled : ok({ input, suggestedName: undefined });
}

async function readFile(file: vscode.Uri): Promise<Result<Uint8Array>> {
  const unreadable = (detail: string): Result<never> =>
    fail({ code: 'file-unreadable', file: file.fsPath, detail });
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    return size <= MAXIMUM_FILE_BYTES
      ? ok(await vscode.workspace.fs.readFile(file))
      : unreadable('It is too large to be a private key. Choose a PEM file.');
  } catch (error) {
    return unreadable(errorText(error));
  }
}

/** Asks for an ID, after a sentence without a full stop why it is not known. */
export async function askForKeyPairId(title: string, reason: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: `Key pair ID: what CloudFront calls the public half (console: Public keys, column ID)${reason === '' ? '' : `. ${reason}.`}`,
    placeHolder: 'K2JCJMDEHXQW5F',
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const id = parseKeyPairId(typed);
      return typed === '' || id.kind === 'ok' ? undefined : problemWords(id.problem).remedy;
    },
  });
  if (text === undefined) return undefined;
  const id = parseKeyPairId(text);
  return id.kind === 'ok' ? id.value : askForKeyPairId(title, reason);
}

/** Asks what to call a key, after a sentence about it. */
export async function askForName(current: string, about = ''): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: 'Name of the Key',
    prompt: `${about} How you tell this key from others`.trim(),
    value: current,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A name has at least one letter.' : undefined),
  });
  return name?.trim();
}

async function confirmReplacing({ keyPairId, name }: StoredKey): Promise<boolean> {
  const replace = 'Replace';
  const detail =
    'Links that it has signed stay as they are. The private key that is kept now is gone for good, unless you have it elsewhere.';
  return (
    (await askInDialog(
      'warning',
      `Replace the private key “${name}” (${keyPairId}) with another one?`,
      detail,
      replace,
    )) === replace
  );
}
