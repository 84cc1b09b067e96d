import { AWS_CLI } from './awsCli.ts';
import { CSV_TABLE } from './csvTable.ts';
import { HTML } from './htmlLink.ts';
import { JSON_LIST } from './jsonList.ts';
import type { LinkFormat } from './linkFormat.ts';
import { MARKDOWN } from './markdownLink.ts';
import { PLAIN_URL } from './plainUrl.ts';
import { CURL, WGET } from './posixShell.ts';
import { POWERSHELL } from './powerShell.ts';
import { RST } from './restructuredText.ts';
import { templateFormat, type Template } from './template.ts';

const BUILT_IN: readonly LinkFormat[] = [
  PLAIN_URL,
  MARKDOWN,
  HTML,
  RST,
  CURL,
  WGET,
  POWERSHELL,
  AWS_CLI,
  JSON_LIST,
  CSV_TABLE,
];

/** Every format there is, the user's own last. */
export function linkFormats(templates: readonly Template[]): readonly LinkFormat[] {
  return [...BUILT_IN, ...templates.map(templateFormat)];
}
