import { createCommand, editCommands } from '../setup/mends/cloudFrontCommands.ts';
import { jqCommand } from '../notation/jq.ts';
import { json } from '../notation/json.ts';
import { shellJson, shellWord } from '../notation/shell.ts';
import type { KeyChange } from './keyChange.ts';

/** The variable of the shell that has the ID of the key that is created. */
const CREATED = 'public_key';

/**
 * Changes of an account's keys as lines of bash for AWS CLI 2 and jq, which can be pasted. A command
 * that fails keeps the ones after it from running.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudfront/create-public-key.html
 *
 * @param callerReference a text that no other creation has
 */
export function keyChangeCommands(changes: readonly KeyChange[], callerReference: string): string {
  return changes.map((change) => commandsOf(change, callerReference)).join(' &&\n');
}

function commandsOf(change: KeyChange, callerReference: string): string {
  if (change.kind === 'create-public-key') {
    const config = {
      CallerReference: callerReference,
      Name: change.name,
      EncodedKey: change.publicKeyPem,
    };
    return `${CREATED}=$(${createCommand('PublicKey', shellJson(config, 0))}) &&
echo "Key pair ID: $${CREATED}"`;
  }
  if (change.kind === 'delete-public-key') {
    const id = shellWord(change.publicKey.id);
    return `aws cloudfront delete-public-key --id ${id} \\
  --if-match "$(aws cloudfront get-public-key-config --id ${id} --query ETag --output text)"`;
  }
  const { publicKeyId } = change;
  const variables = publicKeyId === undefined ? [CREATED] : [];
  const items = publicKeyId === undefined ? `[$${CREATED}]` : json([publicKeyId], 0);
  if (change.kind === 'create-key-group') {
    const config = `{Name: ${json(change.name)}, Items: ${items}}`;
    return createCommand('KeyGroup', `"$(${jqCommand('--null-input', [config], variables)})"`);
  }
  const filter =
    change.kind === 'add-to-key-group'
      ? `.Items = (.Items - ${items}) + ${items}`
      : `.Items -= ${items}`;
  return editCommands({ what: 'KeyGroup', id: change.keyGroup.id, filters: [filter], variables });
}
