import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import * as vscode from 'vscode';

import { syntheticKey } from '../dev/s3/syntheticObjects.ts';
import {
  bucketOf,
  isMeasuring,
  type Batch,
  type Measuring,
  type RawSigning,
  type Sample,
} from './batchSample.ts';
import { readMeasuring } from './measuring.ts';
import { startRawSigning } from './rawSigning.ts';

/** How often the host is to answer, and how often its memory is looked at, in milliseconds. */
const BEAT = 5;
const LOOK = 50;

/** How many raw signatures are timed: about a second's worth. */
const RAW = { 'RSA 2048': 8000, 'ECDSA P-256': 60_000 } as const;

/** Takes the samples: VS Code calls it inside the extension host. */
export async function run(): Promise<void> {
  const measuring = readMeasuring(isMeasuring);
  for (const { kind, keyPairId, file } of measuring.keys) {
    await vscode.commands.executeCommand('cloudfrontSigner.importPrivateKey', {
      file,
      keyPairId,
      name: kind,
    });
  }
  const samples: Sample[] = [];
  for (const batch of measuring.batches) samples.push(await sampleOf(batch, measuring));
  await writeFile(measuring.samplesFile, JSON.stringify(samples));
}

async function sampleOf(batch: Batch, { keys, dir }: Measuring): Promise<Sample> {
  const { kind, source, links } = batch;
  const key = keys.find((one) => one.kind === kind);
  assert.ok(key);
  const file = path.join(dir, 'links.txt');
  const bucket = bucketOf(links);
  const options = { file, expiresIn: '1d', keyPairId: key.keyPairId };
  const list = source === 'list' ? listOf(links) : '';
  const before = await rawSigning(key.file, RAW[kind]);
  // The list's own making leaves a million texts behind, which are not what is measured.
  collectGarbage();
  await sleep(1000);

  const watch = watchHost();
  const begun = performance.now();
  const told: unknown =
    source === 'folder'
      ? await vscode.commands.executeCommand(
          'cloudfrontSigner.signFolder',
          `s3://${bucket}`,
          options,
        )
      : await vscode.commands.executeCommand('cloudfrontSigner.signList', list, options);
  const took = performance.now() - begun;
  const watched = watch.end();
  const after = await rawSigning(key.file, RAW[kind]);
  assert.ok(typeof told === 'object' && told !== null && 'links' in told);
  assert.equal(told.links, links);
  assert.equal(await linesIn(file), links);
  return { ...batch, took, ...watched, cpu: watched.cpu / links, raw: [before, after] };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

function listOf(links: number): string {
  const bucket = bucketOf(links);
  return Array.from(
    { length: links },
    (_, index) => `s3://${bucket}/${syntheticKey('tree', index, links)}`,
  ).join('\n');
}

/** The rate is that of the threads alone, once they are there. */
async function rawSigning(keyFile: string, count: number): Promise<RawSigning> {
  const signing = await startRawSigning(keyFile, count);
  const watch = watchHost();
  const rate = await signing.rate();
  const { stall, cpu } = watch.end();
  await signing.end();
  return { rate, stall, cpu: cpu / count };
}

function watchHost(): { end(): Pick<Sample, 'stall' | 'rss' | 'heap' | 'cpu'> } {
  const cpu = process.cpuUsage();
  const start = process.memoryUsage();
  let [rss, heap, stall] = [start.rss, start.heapUsed, 0];
  let [beat, look] = [performance.now(), performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    stall = Math.max(stall, now - beat - BEAT);
    if (now - look >= LOOK) {
      const memory = process.memoryUsage();
      rss = Math.max(rss, memory.rss);
      heap = Math.max(heap, memory.heapUsed);
      look = now;
    }
    beat = performance.now();
  }, BEAT);
  return {
    end() {
      clearInterval(timer);
      const { user, system } = process.cpuUsage(cpu);
      return { stall, cpu: user + system, rss: [start.rss, rss], heap: [start.heapUsed, heap] };
    },
  };
}

async function linesIn(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file)) {
    assert.ok(Buffer.isBuffer(chunk));
    for (const byte of chunk) if (byte === 0x0a) lines++;
  }
  return lines;
}
