import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { TEMPLATE_TOOLS } from '../../../dev/templateTools/install.ts';
import { type Fields, fieldsOf } from './jsonData.ts';

const run = promisify(execFile);

const COMPILER = path.resolve('node_modules/.bin/tsc');

/**
 * Checks the types of a CDK app, in TypeScript, and synthesizes it.
 *
 * @param files what lies beside it, by name
 * @returns the templates of its stacks by the stacks' names
 * @throws Error with what the compiler or CDK said
 */
export async function synthesize(
  app: string,
  stacks: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, Fields>> {
  const parent = path.join(TEMPLATE_TOOLS, '.cache');
  await mkdir(parent, { recursive: true });
  // Below the tools, so that it finds CDK.
  const dir = await mkdtemp(path.join(parent, 'app-'));
  try {
    const source = path.join(dir, 'app.ts');
    await writeFile(source, app);
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
    await writeFile(
      path.join(dir, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          module: 'preserve',
          moduleResolution: 'bundler',
          types: ['node'],
          strict: true,
          noEmit: true,
          skipLibCheck: true,
        },
        include: ['app.ts'],
      }),
    );
    await run(process.execPath, [COMPILER, '--project', dir], { cwd: dir }).catch(said);
    const outfile = path.join(dir, 'app.cjs');
    await build({
      entryPoints: [source],
      outfile,
      platform: 'node',
      format: 'cjs',
      logLevel: 'silent',
    });
    const env = { ...process.env, CDK_OUTDIR: path.join(dir, 'out') };
    await run(process.execPath, [outfile], { cwd: dir, env }).catch(said);
    const templates = new Map<string, Fields>();
    for (const stack of stacks) {
      const text = await readFile(path.join(dir, 'out', `${stack}.template.json`), 'utf8');
      templates.set(stack, fieldsOf(JSON.parse(text)));
    }
    return templates;
  } finally {
    await rm(dir, { recursive: true });
  }
}

function said(error: unknown): never {
  const { stdout = '', stderr = '' } = fieldsOf(error);
  throw new Error(`${String(stdout)}${String(stderr)}`, { cause: error });
}
