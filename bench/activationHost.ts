import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import * as vscode from 'vscode';

import {
  isMeasuring,
  isSample,
  type Activation,
  type Loading,
  type Sample,
} from './activationSample.ts';
import { parseSamples, readMeasuring } from './measuring.ts';

/** Takes a sample: VS Code calls it inside the extension host. */
export async function run(): Promise<void> {
  const measuring = readMeasuring(isMeasuring);
  const samples = parseSamples(await readFile(measuring.samplesFile, 'utf8'), isSample);
  const [ours, other] = [find(measuring.ours), find(measuring.other)];
  const wholeMilliseconds = Date.now;
  // VS Code times its steps with this clock. It is the same one, in finer steps.
  Date.now = () => performance.timeOrigin + performance.now();
  // Who comes first pays for what both need, so they take turns.
  const oursFirst = samples.length % 2 === 0;
  const activated = oursFirst
    ? { ours: await activate(ours), other: await activate(other) }
    : { other: await activate(other), ours: await activate(ours) };
  const deferred = await load(ours, measuring.deferredFile);
  Date.now = wholeMilliseconds;
  const sample: Sample = {
    vscode: vscode.version,
    node: process.versions.node,
    ...activated,
    deferred,
  };
  await writeFile(measuring.samplesFile, JSON.stringify([...samples, sample]));
}

function find(id: string): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(id);
  assert.ok(extension, `VS Code does not know ${id}`);
  assert.equal(extension.isActive, false, `${id} is active before it is asked for`);
  return extension;
}

async function activate(extension: vscode.Extension<unknown>): Promise<Activation> {
  await extension.activate();
  const { id, extensionPath } = extension;
  const moments = notedMoments();
  const between = (begin: string, end: string): number => {
    const [from, to] = [begin, end].map((name) => moments.get(`code/extHost/${name}/${id}`));
    assert.ok(from !== undefined && to !== undefined, `VS Code has noted no ${begin} of ${id}`);
    return to - from;
  };
  return {
    importing: between('willLoadExtensionCode', 'didLoadExtensionCode'),
    activating: between('willActivateExtension', 'didActivateExtension'),
    loaded: loadedFiles(extensionPath),
  };
}

async function load({ extensionPath }: vscode.Extension<unknown>, file: string): Promise<Loading> {
  const begun = performance.now();
  await import(pathToFileURL(path.join(extensionPath, file)).href);
  return { importing: performance.now() - begun, loaded: loadedFiles(extensionPath) };
}

/** What VS Code has noted in this host, by name, in milliseconds since 1970. */
function notedMoments(): ReadonlyMap<string, number> {
  const marks: unknown = Reflect.get(globalThis, 'MonacoPerformanceMarks');
  assert.ok(typeof marks === 'object' && marks !== null && 'getMarks' in marks);
  assert.ok(typeof marks.getMarks === 'function');
  const noted: unknown = marks.getMarks();
  assert.ok(Array.isArray(noted) && noted.every(isMark));
  return new Map(noted.map(({ name, startTime }) => [name, startTime]));
}

function isMark(value: unknown): value is { readonly name: string; readonly startTime: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'startTime' in value &&
    typeof value.startTime === 'number'
  );
}

/** Asks V8, which names each script that it has to a debugger. */
function loadedFiles(folder: string): readonly string[] {
  const files: string[] = [];
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    if (!url.startsWith('file:')) return;
    const file = path.relative(folder, fileURLToPath(url));
    if (!file.startsWith('..')) files.push(file);
  });
  session.post('Debugger.enable');
  session.disconnect();
  return files;
}
