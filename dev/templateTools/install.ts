import path from 'node:path';
import { installOnce, npm } from '../npm.ts';

/** The folder of the tools: what is in it can import them. Absolute. */
export const TEMPLATE_TOOLS = import.meta.dirname;

/**
 * Sees to it that the tools which read templates are installed (190 MB the first time).
 *
 * @throws Error that has the end of npm's output
 */
export async function ensureTemplateTools(): Promise<void> {
  await installOnce(TEMPLATE_TOOLS, () =>
    npm('what reads templates', TEMPLATE_TOOLS, ['ci', '--ignore-scripts']),
  );
}

/** The scripts, which take a JSON list of texts on standard input and write one of results. */
export const READERS = {
  cloudFormation: path.join(TEMPLATE_TOOLS, 'readCloudFormation.mjs'),
  terraform: path.join(TEMPLATE_TOOLS, 'readTerraform.mjs'),
} as const;
