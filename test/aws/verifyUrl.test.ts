import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { probeLink } from '../../src/aws/probeLink.ts';
import {
  verifyLink,
  type Verification,
  type VerifySources,
} from '../../src/core/verify/verifyLink.ts';
import { newKey, startAccountSetup, type Workshop } from './setup/accountSetup.ts';
import { makeCertificate } from './setup/tlsFront.ts';
import { FAILURES } from './verify/failures.ts';
import { epochOf, linkOf, type Scene } from './verify/linkMaker.ts';

let workshop: Workshop;
let scene: Scene;
const table: Row[] = [];

/** A failure as the table has it. */
interface Row {
  readonly 'a link fails, since': string;
  readonly status: number | undefined;
  readonly 'named to its maker': string;
  readonly 'named to who has it': string;
}

beforeAll(async () => {
  await ensureDebianPackages(['openssl'], 'the edge is reached by HTTPS as well');
  const dir = await mkdtemp(path.join(tmpdir(), 'verify-'));
  workshop = { dir, certificate: await makeCertificate(dir), signer: newKey(), other: newKey() };
});
afterAll(async () => {
  await rm(workshop.dir, { recursive: true });
  console.table(table);
});
beforeEach(async () => {
  scene = { workshop, setup: await startAccountSetup(workshop) };
});
afterEach(() => scene.setup.close().catch(() => undefined));

/** Verifies as its maker does: with the keys of the computer, and an eye on the account. */
function verify(url: string): Promise<Verification> {
  const { setup } = scene;
  return setup.within(async (session) => {
    const { signal } = new AbortController();
    const { cloudFront } = session;
    const { bucketReader } = await session.setupReaders();
    return verified(url, {
      keys: Array.from(setup.computer.keys, ([keyPairId, { publicPem }]) => ({
        keyPairId,
        publicKeyPem: publicPem,
      })),
      async account() {
        const distributions = await cloudFront.listDistributions(signal);
        const publicKeys = await cloudFront.listPublicKeys(signal);
        return distributions.kind === 'ok' && publicKeys.kind === 'ok'
          ? { distributions: distributions.value, publicKeys: publicKeys.value }
          : undefined;
      },
      async describeObject(location) {
        const object = await bucketReader.describeObject(location, signal);
        return object.kind === 'ok' ? (object.value ?? 'missing') : undefined;
      },
    });
  });
}

/** Verifies as who was sent it does. */
function verifyBlind(url: string): Promise<Verification> {
  return scene.setup.within(() =>
    verified(url, {
      keys: [],
      account: async () => undefined,
      describeObject: async () => undefined,
    }),
  );
}

async function verified(
  url: string,
  known: Pick<VerifySources, 'keys' | 'account' | 'describeObject'>,
): Promise<Verification> {
  const sources = { ...known, mappings: [], probeLink, now: () => epochOf(scene) };
  const verification = await verifyLink(url, true, sources, new AbortController().signal);
  if (verification.kind !== 'ok') throw new Error(JSON.stringify(verification));
  return verification.value;
}

/** Causes with how sure they are. */
function named({ causes }: Verification): readonly (readonly [string, string])[] {
  return causes.map(({ code, certainty }) => [code, certainty]);
}

describe('a link that works', () => {
  it('is told what it serves', async () => {
    for (const protocol of ['http', 'https'] as const) {
      for (const see of [verify, verifyBlind]) {
        expect(await see(linkOf(scene, { protocol }))).toMatchObject({
          verdict: 'works',
          causes: [],
          isOpen: false,
          answer: { status: 206, contentType: 'binary/octet-stream', size: 10, age: undefined },
        });
      }
    }
  });

  it('leads to its object', async () => {
    expect((await verify(linkOf(scene))).location).toEqual({
      bucket: 'files',
      key: scene.setup.computer.key,
    });
  });

  it('is told to be needless where everybody is served', async () => {
    scene.setup.behavior.TrustedKeyGroups = { Enabled: false, Items: [] };
    for (const see of [verify, verifyBlind]) {
      expect(await see(linkOf(scene))).toMatchObject({ verdict: 'works', isOpen: true });
    }
  });

  it('is taken without the full stop behind it', async () => {
    expect((await verify(`${linkOf(scene)}.`)).verdict).toBe('works');
  });
});

describe('a link fails, since', () => {
  it('there are twenty reasons at least', () => {
    expect(new Set(FAILURES.map(({ told: [cause] }) => cause)).size).toBeGreaterThanOrEqual(20);
  });

  it.each(FAILURES.map((failure) => [failure.what, failure] as const))(
    '%s',
    async (what, { make, told, toldBlind }) => {
      const url = await make(scene);
      const full = await verify(url);
      const blind = await verifyBlind(url);
      table.push({
        'a link fails, since': what,
        status: full.answer?.status,
        'named to its maker': wordsOf(full),
        'named to who has it': wordsOf(blind),
      });
      expect([full.verdict, blind.verdict]).toEqual(['fails', 'fails']);
      expect(named(full)[0]).toEqual(told);
      expect(named(blind)).toContainEqual(toldBlind);
    },
  );
});

function wordsOf(verification: Verification): string {
  return named(verification)
    .map(([code, certainty]) => `${code} (${certainty})`)
    .join(', ');
}
