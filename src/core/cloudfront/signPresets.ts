import { problemWords } from '../problem.ts';
import { visibleText } from '../s3/visibleText.ts';
import { QUERY_AS_WILDCARD } from './signObject.ts';
import { parseSignOptions, type SignOptions, type SignPreset } from './signOptions.ts';

/**
 * Reads options under a name, as the settings give them. Which formats there are is seen when they
 * are used, as for the setting of a format.
 *
 * @returns the preset, or what is wrong with it, to follow its name
 */
export function parseSignPreset(name: string, raw: unknown): SignPreset | string {
  if (name === '') return 'has no name';
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'is no object';
  const { format = '', ...others }: Readonly<Record<string, unknown>> = { ...raw };
  if (typeof format !== 'string') return 'names its format by no text';
  const options = parseSignOptions(others);
  const problem =
    options.kind === 'ok'
      ? hasQueryAsWildcard(options.value) && QUERY_AS_WILDCARD
      : options.problem;
  if (!problem) return { name, raw };
  const { title, remedy } = problemWords(problem);
  return visibleText(`cannot be used: ${title}. ${remedy.replace(/\.$/, '')}`);
}

/** Whether a link with these options would need a policy in which the `?` of its query is a wildcard. */
export function hasQueryAsWildcard({ notBefore, ipAddress, query = {} }: SignOptions): boolean {
  const isConditional = notBefore !== undefined || ipAddress !== undefined;
  return isConditional && Object.keys(query).length > 0;
}
