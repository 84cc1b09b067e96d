import { indented } from './indented.ts';
import { shellSingleQuoted } from './shell.ts';

/**
 * A command of jq in bash.
 *
 * @param options such as `--compact-output`
 * @param filters in their order; each gets what the one before gives
 * @param variables of the shell, which the filters know by the same names
 */
export function jqCommand(
  options: string,
  filters: readonly string[],
  variables: readonly string[],
): string {
  const args = variables.map((variable) => ` --arg ${variable} "$${variable}"`).join('');
  return `jq ${options}${args} ${shellSingleQuoted(`\n${indented(filters.join('\n| '))}\n`)}`;
}
