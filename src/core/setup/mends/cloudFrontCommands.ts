import { jqCommand } from '../../notation/jq.ts';
import { shellWord } from '../../notation/shell.ts';

/**
 * A command that makes something in CloudFront, and prints its ID.
 *
 * @param what as the API calls it
 * @param config its configuration, as a word of bash
 */
export function createCommand(
  what: 'PublicKey' | 'KeyGroup' | 'OriginAccessControl' | 'CachePolicy',
  config: string,
): string {
  const name = commandName(what);
  return `aws cloudfront create-${name} --query ${what}.Id --output text \\
  --${name}-config ${config}`;
}

/** How something in CloudFront is edited. */
export interface Editing {
  /** As the API calls it; its configuration is called so with `Config` at the end. */
  readonly what: 'Distribution' | 'KeyGroup' | 'OriginAccessControl';
  readonly id: string;
  /** Filters of jq that change the configuration, in their order. */
  readonly filters: readonly string[];
  /** Shell variables that the filters know by the same names. */
  readonly variables?: readonly string[];
}

/**
 * Commands that read a configuration, edit it and write it back: CloudFront takes it whole, together
 * with the version that was read.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
 */
export function editCommands({ what, id, filters, variables = [] }: Editing): string {
  const name = commandName(what);
  const edit = jqCommand('--compact-output', [`.${what}Config`, ...filters], variables);
  return `current=$(aws cloudfront get-${name}-config --id ${shellWord(id)} --output json) &&
changed=$(${edit} <<<"$current") &&
aws cloudfront update-${name} --id ${shellWord(id)} --query ${what}.Id --output text \\
  --if-match "$(jq --raw-output .ETag <<<"$current")" --${name}-config "$changed"`;
}

/** `key-group` of `KeyGroup`. */
function commandName(what: string): string {
  return what.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
