/**
 * How fast objects become signed URLs: against raw `crypto.sign`, which nothing that signs can beat,
 * and against the AWS CLI and botocore.
 */
import { generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';

import { signPolicy } from '../src/aws/signPolicy.ts';
import { signObject, type Signing } from '../src/core/cloudfront/signObject.ts';
import type { SignPolicy } from '../src/core/cloudfront/signedUrl.ts';
import { signingKeyOf } from '../src/core/keys/privateKey.ts';
import type { Result } from '../src/core/outcome.ts';
import { startAwsCli } from './awsCli.ts';
import { startBotocore } from './botocore.ts';
import { median } from './median.ts';
import type { Peer } from './peer.ts';
import { printTable } from './printTable.ts';

/** Few, so that most rounds are over before a busy machine gives others a turn. */
const OBJECTS = Array.from({ length: 20 }, (_, index) => `video/2026/launch film (${index}).mp4`);
const ROUNDS = 400;
/** Rounds that only warm up. */
const WARM_UP = 40;
/** Peers are slow: they have their turn after so many rounds. */
const ROUNDS_A_PEER_TURN = 25;

const KEY_PAIR_ID = 'K2JCJMDEHXQW5F';
const EXPIRES_AT = 2_000_000_000;
/** Of the raw rate, for RSA 2048. */
const GOAL = 0.9;

/** One round, in microseconds a URL. */
interface Times {
  /** `crypto.sign` over the same policies, which are there as bytes. */
  readonly raw: number;
  /** `signObject`, as the extension calls it. */
  readonly whole: number;
  /** What it does before the signature: timed apart from `whole`, since timing takes time. */
  readonly building: number;
  readonly signature: number;
  /** What it does after it. */
  readonly checking: number;
  /** `crypto.verify` right after `crypto.sign`, as in the self-check. */
  readonly verifying: number;
}

console.log(
  `Node ${process.versions.node}, OpenSSL ${process.versions.openssl}. Medians of ${ROUNDS} rounds of ${OBJECTS.length} objects; canned policies, SHA-1.`,
);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ofRsa = await compare('RSA 2048', rsa, [startBotocore, startAwsCli]);
judge('The whole way', ofRsa.raw / ofRsa.whole);
judge('Less crypto.verify', ofRsa.raw / (ofRsa.whole - ofRsa.verifying));
await compare('ECDSA P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, []);

async function compare(
  name: string,
  privateKey: KeyObject,
  starts: readonly (typeof startBotocore)[],
): Promise<Times> {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signing: Signing = {
    endpoint: { protocol: 'https', domain: 'd111111abcdef8.cloudfront.net', originPath: '' },
    key: valueOf(signingKeyOf(KEY_PAIR_ID, pem)),
    grant: { expiresAt: EXPIRES_AT, hashAlgorithm: 'SHA1', query: {} },
  };
  console.log(`\n${name}`);
  const peers: Peer[] = [];
  for (const start of starts) {
    try {
      peers.push(await start({ keyPairId: KEY_PAIR_ID, pem, expiresAt: EXPIRES_AT }));
    } catch (error) {
      console.log(`Left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  try {
    return await timeRounds(signing, peers);
  } finally {
    for (const peer of peers) await peer.close();
  }
}

/** Times all in turn, and prints the medians. */
async function timeRounds(signing: Signing, peers: readonly Peer[]): Promise<Times> {
  const documents: Buffer[] = [];
  const noting: SignPolicy = (document, ...rest) => {
    documents.push(Buffer.from(document));
    return signPolicy(document, ...rest);
  };
  const urls = OBJECTS.map((object) => valueOf(signObject(object, signing, noting)));
  for (let round = 0; round < WARM_UP; round++) timeRound(signing, documents);
  for (const peer of peers) await timePeer(peer, urls);
  const rounds: Times[] = [];
  const ofPeers = peers.map((peer) => ({ peer, times: Array.of<number>() }));
  while (rounds.length < ROUNDS) {
    rounds.push(timeRound(signing, documents));
    if (rounds.length % ROUNDS_A_PEER_TURN !== 0) continue;
    for (const { peer, times } of ofPeers) times.push(await timePeer(peer, urls));
  }
  const times: Times = {
    raw: median(rounds.map((round) => round.raw)),
    whole: median(rounds.map((round) => round.whole)),
    building: median(rounds.map((round) => round.building)),
    signature: median(rounds.map((round) => round.signature)),
    checking: median(rounds.map((round) => round.checking)),
    verifying: median(rounds.map((round) => round.verifying)),
  };
  print(
    times,
    ofPeers.map(({ peer, times: all }) => ({ name: peer.name, time: median(all) })),
  );
  return times;
}

function timeRound(signing: Signing, documents: readonly Buffer[]): Times {
  const { privateKey, publicKey } = signing.key;
  const raw = time(() => {
    for (const document of documents) sign('SHA1', document, privateKey);
  });
  const whole = time(() => {
    for (const object of OBJECTS) signObject(object, signing, signPolicy);
  });

  let [building, signature, checking] = [0, 0, 0];
  let [built, signed] = [0, 0];
  const noting: SignPolicy = (...policy) => {
    built = performance.now();
    const result = signPolicy(...policy);
    signed = performance.now();
    return result;
  };
  for (const object of OBJECTS) {
    const begun = performance.now();
    signObject(object, signing, noting);
    checking += performance.now() - signed;
    building += built - begun;
    signature += signed - built;
  }

  let verifying = 0;
  for (const document of documents) {
    const bytes = sign('SHA1', document, privateKey);
    verifying += time(() => verify('SHA1', document, publicKey, bytes));
  }
  return {
    raw: eachOf(raw),
    whole: eachOf(whole),
    building: eachOf(building),
    signature: eachOf(signature),
    checking: eachOf(checking),
    verifying: eachOf(verifying),
  };
}

/**
 * @returns microseconds a URL
 * @throws Error where it makes other URLs, since the two could not be compared
 */
async function timePeer(peer: Peer, urls: readonly string[]): Promise<number> {
  const expected = urls.slice(0, peer.batch);
  const { took, signed } = await peer.sign(expected.map((url) => url.replace(/\?.*/, '')));
  if (signed.join('\n') !== expected.join('\n')) {
    throw new Error(`${peer.name} made ${String(signed[0])} where we make ${String(expected[0])}`);
  }
  return took / expected.length;
}

function print(
  times: Times,
  peers: readonly { readonly name: string; readonly time: number }[],
): void {
  const rate = (name: string, each: number): readonly string[] => [
    name,
    each.toFixed(1),
    (1e6 / each).toFixed(each > 1e5 ? 1 : 0),
    (times.raw / each).toFixed(each > 1e5 ? 5 : 2),
  ];
  printTable([
    ['', 'µs a URL', 'URLs a second', 'of raw'],
    rate('raw crypto.sign, cached KeyObject', times.raw),
    rate('signObject, the whole way', times.whole),
    ['  URL and policy', times.building.toFixed(1)],
    ['  signature', times.signature.toFixed(1)],
    ['  signed URL and self-check', times.checking.toFixed(1)],
    ['    of that, crypto.verify', times.verifying.toFixed(1)],
    rate('signObject less crypto.verify', times.whole - times.verifying),
    ...peers.map(({ name, time: each }) => rate(name, each)),
  ]);
  for (const { name, time: each } of peers) {
    const faster = each / times.whole;
    console.log(
      `The whole way is ${faster.toFixed(faster < 10 ? 2 : 0)} times as fast as ${name}.`,
    );
  }
}

function judge(what: string, rate: number): void {
  const verdict = rate >= GOAL ? 'met' : 'missed';
  console.log(`${what}: ${rate.toFixed(3)} of raw, goal at least ${GOAL.toFixed(1)}: ${verdict}.`);
}

/** @returns milliseconds */
function time(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** @returns microseconds an object, of milliseconds for all */
function eachOf(milliseconds: number): number {
  return (milliseconds * 1000) / OBJECTS.length;
}

function valueOf<T>(result: Result<T>): T {
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result.problem));
  return result.value;
}
