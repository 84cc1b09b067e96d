/**
 * `npm start`: the extension in a real VS Code, with an S3 and a CloudFront of its own on loopback.
 * With `--once` it does the main job by itself and says what came of it; with `--desktop` it uses the
 * desktop VS Code.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDesktop } from './demo/desktop.ts';
import { DEMO_BUCKET } from './demo/demoFiles.ts';
import { startDemoStack } from './demo/demoStack.ts';
import { packageExtensions } from './demo/packageExtensions.ts';
import { signOnce } from './demo/signOnce.ts';
import { startFrontDoor } from './vscodeHost/frontDoor.ts';
import { startVsCode } from './vscodeHost/server.ts';

const flags = process.argv.slice(2);
const unknown = flags.filter((flag) => flag !== '--once' && flag !== '--desktop');
if (unknown.length > 0 || flags.length > 1) {
  console.error('Usage: npm start [-- --once | --desktop]');
  process.exit(2);
}

const dir = await mkdtemp(path.join(tmpdir(), 'cloudfront-url-signer-'));
/** What has to be ended, the latest first. */
const ends: (() => Promise<void>)[] = [() => rm(dir, { recursive: true, force: true })];

async function endAll(): Promise<void> {
  for (let end = ends.pop(); end; end = ends.pop()) await end();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.log('\nStopping…');
    void endAll().then(() => process.exit(0));
  });
}

try {
  const stack = await startDemoStack(path.join(dir, 'aws'));
  ends.push(() => stack.close());
  const extensions = await packageExtensions();
  const env = {
    ...withoutAws(),
    ...stack.awsFiles,
    AWS_EC2_METADATA_DISABLED: 'true',
    DEMO_PRIVATE_KEY_FILE: stack.privateKeyFile,
  };
  const settings = { ...stack.settings, 'window.autoDetectColorScheme': true };
  console.log(`S3          ${stack.s3.endpoint}  (profile “demo”, bucket ${DEMO_BUCKET})`);
  console.log(`CloudFront  http://${stack.domain}  (its API: ${stack.control.endpoint})`);

  if (flags.includes('--desktop')) {
    const desktop = await startDesktop(path.join(dir, 'vscode'), extensions, settings, env);
    ends.push(() => desktop.stop());
    console.log('VS Code     on the desktop. Close its window or press Ctrl+C to stop.');
    await desktop.closed;
    await endAll();
  } else {
    const vscode = await startVsCode({
      dataDir: path.join(dir, 'vscode'),
      settings,
      env,
      extensions: extensions.map(({ vsix }) => vsix),
    });
    ends.push(() => vscode.stop());
    const door = await startFrontDoor(vscode.url);
    ends.push(() => door.close());
    console.log(`VS Code     ${door.url}`);
    if (flags.includes('--once')) {
      await signOnce(door.url, stack);
      await endAll();
    } else {
      console.log('\nOpen the last address, then the CloudFront URL Signer view on the left.');
      console.log('Ctrl+C stops everything.');
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await endAll();
  process.exitCode = 1;
}

function withoutAws(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
