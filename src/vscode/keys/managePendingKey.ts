import * as vscode from 'vscode';
import { errorText } from '../../core/errorText.ts';
import { cancelled, fail, ok, type Outcome } from '../../core/outcome.ts';
import { askInDialog, tell } from '../messages.ts';
import { askForKeyPairId, askForName } from './importPrivateKey.ts';
import type { KeyRing, PendingKey } from './keyRing.ts';
import { copyUploadCommands, uploadPublicKey, type KeyUploader } from './uploadPublicKey.ts';

/** Offers what brings a key to its ID, and what else can be done with it until then. */
export async function managePendingKey(
  key: PendingKey,
  uploader: KeyUploader,
): Promise<Outcome<unknown>> {
  const { keys } = uploader;
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: '$(cloud-upload) Upload to CloudFront…',
        detail: 'Shows account and effect first, and asks which key group it is added to',
        run: () => uploadPublicKey(key, uploader),
      },
      {
        label: '$(terminal) Copy as AWS CLI…',
        detail: 'Commands for you to run; the key then finds its ID by itself',
        run: () => copyUploadCommands(key, uploader),
      },
      { label: '$(copy) Copy Public Key', run: () => copyPublicKey(key) },
      { label: '$(save) Save Public Key…', run: () => savePublicKey(key) },
      { label: '$(edit) Enter Key Pair ID…', run: () => enterId(key, keys) },
      { label: '$(edit) Rename…', run: () => rename(key, keys) },
      { label: '$(trash) Delete…', run: () => remove(key, keys) },
    ],
    {
      title: `${key.name} · ${key.kind} · not uploaded yet`,
      placeHolder: 'The private half is kept. Where is the public half to go?',
      ignoreFocusOut: true,
    },
  );
  return picked === undefined ? cancelled : picked.run();
}

/** Copies the public half of a key. */
export async function copyPublicKey({
  name,
  publicKeyPem,
}: Pick<PendingKey, 'name' | 'publicKeyPem'>): Promise<Outcome<string>> {
  await vscode.env.clipboard.writeText(publicKeyPem);
  tell(`Copied the public key of “${name}”.`);
  return ok(publicKeyPem);
}

async function savePublicKey({ name, publicKeyPem }: PendingKey): Promise<Outcome<unknown>> {
  const fileName = `${name.replaceAll(/[^\w.-]+/g, '-')}.public.pem`;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const file = await vscode.window.showSaveDialog({
    title: 'Save Public Key',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, fileName) }),
  });
  if (file === undefined) return cancelled;
  try {
    await vscode.workspace.fs.writeFile(file, Buffer.from(publicKeyPem));
  } catch (error) {
    return fail({ code: 'file-unwritable', file: file.fsPath, detail: errorText(error) });
  }
  tell(`Saved the public key of “${name}”.`);
  return ok(undefined);
}

async function enterId(key: PendingKey, keys: KeyRing): Promise<Outcome<unknown>> {
  const keyPairId = await askForKeyPairId('Key Pair ID', '');
  if (keyPairId === undefined) return cancelled;
  const before = await keys.find(keyPairId);
  if (before.kind !== 'ok') return before;
  if (before.value !== undefined && before.value.publicKeyPem !== key.publicKeyPem) {
    return fail({ code: 'key-pair-id-taken', keyPairId, name: before.value.name });
  }
  const settled = await keys.settle(key, keyPairId);
  if (settled.kind === 'ok') tell(`“${key.name}” signs under ${keyPairId}.`);
  return settled;
}

async function rename(key: PendingKey, keys: KeyRing): Promise<Outcome<unknown>> {
  const name = await askForName(key.name);
  return name === undefined ? cancelled : keys.putPending({ ...key, name });
}

async function remove({ name, pendingId }: PendingKey, keys: KeyRing): Promise<Outcome<unknown>> {
  const confirm = 'Delete';
  const answer = await askInDialog(
    'warning',
    `Delete the private key “${name}”?`,
    'Nothing was signed with it from here. If its public half is in CloudFront by now, nobody can sign for that any more.',
    confirm,
  );
  if (answer !== confirm) return cancelled;
  const removed = await keys.removePending(pendingId);
  if (removed.kind === 'ok') tell(`Private key “${name}” is deleted.`);
  return removed;
}
