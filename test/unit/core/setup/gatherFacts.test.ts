import { describe, expect, it } from 'vitest';
import type { LinkAnswer } from '../../../../src/core/cloudfront/linkAnswer.ts';
import { cancelled, fail, ok } from '../../../../src/core/outcome.ts';
import type { ObjectEntry, PrefixEntry } from '../../../../src/core/s3/objectStore.ts';
import {
  gatherFacts,
  type SetupQuestion,
  type SetupSources,
} from '../../../../src/core/setup/gatherFacts.ts';
import { someBehavior, someDistribution, someOrigin } from '../cloudfront/someDistribution.ts';
import { lacking, OTHER_KEY, OWN_KEY, SIGNERS, someAnswer, someFacts } from './someFacts.ts';

const KEY = { keyPairId: 'KOWN', publicKeyPem: OWN_KEY };

const QUESTION: SetupQuestion = {
  bucket: 'films',
  key: 'media/a.mp4',
  distributionId: undefined,
  mapping: undefined,
  storedKeys: [KEY],
};

const NOW = 1_700_000_000;

/** Sources of the facts of {@link someFacts}, and the URLs that were asked for. */
function someSources(changes: Partial<SetupSources> = {}): SetupSources & { asked: string[] } {
  const facts = someFacts();
  const asked: string[] = [];
  return {
    asked,
    region: 'us-east-1',
    store: {
      listBuckets: async () => ok({ items: [] }),
      listObjects: async () => ok({ items: [] }),
      listKeys: async () => ok({ items: [] }),
      headObject: async () => ok({ storageClass: 'STANDARD', archived: false }),
      listVersions: async () => ok([]),
    },
    bucketReader: {
      getRegion: async () => ok('eu-west-1'),
      getPublicAccessBlock: async () => facts.publicAccessBlock,
      getOwnership: async () => facts.ownership,
      getPolicy: async () => facts.bucketPolicy,
      describeObject: async () => facts.object,
      getOwner: async () => facts.objectOwner,
    },
    kmsReader: { getKey: async () => lacking('kms:DescribeKey') },
    presigner: {
      presign: async ({ bucket, key }) =>
        ok(`https://${bucket}.s3.amazonaws.com/${key}?X-Amz-Signature=s&x=?`),
    },
    cloudFrontReader: {
      listDistributions: async () => ok([someDistribution()]),
      listPublicKeys: async () => facts.publicKeys,
      listKeyGroups: async () => facts.keyGroups,
      getOriginAccessControl: async (id) =>
        ok({
          id,
          name: 'c',
          originType: 's3',
          signingBehavior: 'always',
          signingProtocol: 'sigv4',
        }),
      getCachePolicy: async (id) => ok({ kind: 'listed', names: [id] }),
      getOriginRequestPolicy: async (id) => ok({ kind: 'all-but-listed', names: [id] }),
    },
    probeLink: async (url) => {
      asked.push(url);
      return someAnswer({ date: NOW });
    },
    signLink: async ({ domain }, key, { keyPairId }) =>
      ok(`https://${domain}/${key}?Key-Pair-Id=${keyPairId}`),
    now: () => NOW * 1000,
    ...changes,
  };
}

async function factsOf(question: Partial<SetupQuestion>, sources = someSources()) {
  const facts = await gatherFacts(
    { ...QUESTION, ...question },
    sources,
    new AbortController().signal,
  );
  if (facts.kind !== 'ok') throw new Error(facts.kind);
  return facts.value;
}

function account(changes: Partial<SetupSources['cloudFrontReader']>) {
  const { cloudFrontReader } = someSources();
  return someSources({ cloudFrontReader: { ...cloudFrontReader, ...changes } });
}

function reading(changes: Partial<SetupSources['bucketReader']>) {
  return someSources({ bucketReader: { ...someSources().bucketReader, ...changes } });
}

describe('facts', () => {
  it('are had of all that a link depends on', async () => {
    const facts = await factsOf({});
    expect(facts).toMatchObject({
      bucket: 'films',
      key: 'media/a.mp4',
      region: 'eu-west-1',
      route: { distribution: { id: 'E1FILMS' }, origin: { id: 'films' } },
      endpoint: { domain: 'd1.cloudfront.net' },
      originAccessControl: ok({ id: 'E1OAC' }),
      kmsKey: ok(undefined),
      signer: { keyPairId: 'KOWN', key: KEY },
    });
  });

  it('that cannot be had are kept as what kept them', async () => {
    const denied = lacking('s3:GetBucketPolicy');
    const sources = reading({
      getRegion: async () => fail({ code: 'throttled' }),
      getPolicy: async () => denied,
    });
    expect(await factsOf({}, sources)).toMatchObject({
      region: undefined,
      bucketPolicy: denied,
      ownership: ok('BucketOwnerEnforced'),
    });
  });

  it('of CloudFront that cannot be had leave what the settings say', async () => {
    const denied = lacking('cloudfront:ListDistributions');
    const mapping = {
      bucket: 'films',
      prefix: '',
      protocol: 'https',
      domain: 'films.example.com',
      originPath: '/media',
      keyPairId: 'KOWN',
    } as const;
    const sources = account({ listDistributions: async () => denied });
    const facts = await factsOf({ mapping }, sources);
    expect(facts).toMatchObject({ route: undefined, endpoint: mapping, distributions: denied });
    expect(sources.asked).toContain('https://films.example.com/a.mp4');
  });

  it('are given up when the signal fires, or when one of them was', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await gatherFacts(QUESTION, someSources(), controller.signal)).toEqual(cancelled);
    for (const method of ['getPolicy', 'describeObject'] as const) {
      const sources = reading({ [method]: async () => cancelled });
      const given = gatherFacts(QUESTION, sources, new AbortController().signal);
      expect(await given).toEqual(cancelled);
    }
  });
});

describe('what CloudFront does with a query', () => {
  it('is what both policies of the behavior say', async () => {
    const behaviors = [someBehavior({ cachePolicyId: 'c', originRequestPolicyId: 'o' })];
    const sources = account({
      listDistributions: async () => ok([someDistribution({ behaviors })]),
    });
    expect((await factsOf({}, sources)).queryForwarding).toEqual(
      ok([
        { kind: 'listed', names: ['c'] },
        { kind: 'all-but-listed', names: ['o'] },
      ]),
    );
  });

  it.each([
    [true, 'all'],
    [false, 'none'],
  ])('is what the legacy setting says, where there is one: %s', async (forwardsQuery, kind) => {
    const behaviors = [someBehavior({ forwardsQuery })];
    const sources = account({
      listDistributions: async () => ok([someDistribution({ behaviors })]),
    });
    expect((await factsOf({}, sources)).queryForwarding).toEqual(ok([{ kind, names: [] }]));
  });

  it('is not known where a policy may not be seen', async () => {
    const behaviors = [someBehavior({ cachePolicyId: 'c', originRequestPolicyId: 'o' })];
    const denied = lacking('cloudfront:GetOriginRequestPolicy');
    const sources = account({
      listDistributions: async () => ok([someDistribution({ behaviors })]),
      getOriginRequestPolicy: async () => denied,
    });
    expect((await factsOf({}, sources)).queryForwarding).toEqual(denied);
  });
});

describe('the origin access control', () => {
  it('is asked for only where the origin has one', async () => {
    const origins = [someOrigin({ access: { kind: 'none' } })];
    const sources = account({
      listDistributions: async () => ok([someDistribution({ origins })]),
    });
    expect((await factsOf({}, sources)).originAccessControl).toEqual(ok(undefined));
  });
});

async function encrypted() {
  return ok({ storageClass: 'STANDARD', archived: false, kmsKeyId: 'the-key' });
}

describe('a KMS key', () => {
  it('is looked for in the region of the bucket, else in that of the session', async () => {
    const regions: string[] = [];
    const kmsReader: SetupSources['kmsReader'] = {
      async getKey(_id, region) {
        regions.push(region);
        return ok(undefined);
      },
    };
    const sources = reading({ describeObject: encrypted });
    await factsOf({}, { ...sources, kmsReader });
    const unknown = reading({ describeObject: encrypted, getRegion: async () => ok(undefined) });
    await factsOf({}, { ...unknown, kmsReader });
    expect(regions).toEqual(['eu-west-1', 'us-east-1']);
  });
});

function file(key: string, changes: Partial<ObjectEntry> = {}): ObjectEntry {
  return {
    kind: 'object',
    key,
    size: 1,
    modified: undefined,
    etag: undefined,
    storageClass: 'STANDARD',
    archived: false,
    ...changes,
  };
}

function folder(prefix: string): PrefixEntry {
  return { kind: 'prefix', prefix };
}

async function triedIn(
  levels: Readonly<Record<string, readonly (ObjectEntry | PrefixEntry)[]>>,
  question: Partial<SetupQuestion> = {},
  sources = someSources(),
) {
  const facts = await factsOf(
    { key: undefined, ...question },
    {
      ...sources,
      store: {
        ...sources.store,
        listObjects: async ({ prefix }) => ok({ items: levels[prefix] ?? [] }),
      },
    },
  );
  return facts.key;
}

describe('the object to try', () => {
  it('is the first that can be read as it is', async () => {
    const items = [file('a/'), file('b', { archived: true }), folder('c/'), file('d')];
    expect(await triedIn({ '': items })).toBe('d');
  });

  it('is looked for level by level', async () => {
    expect(
      await triedIn({ '': [folder('a/')], 'a/': [folder('a/b/')], 'a/b/': [file('a/b/c')] }),
    ).toBe('a/b/c');
  });

  it('is one that the origin serves', async () => {
    const origins = [someOrigin({ originPath: '/media' })];
    const sources = account({
      listDistributions: async () => ok([someDistribution({ origins })]),
    });
    const levels = { '': [file('a')], 'media/': [file('media/b')] };
    expect(await triedIn(levels, {}, sources)).toBe('media/b');
  });

  it('is none in an empty bucket, of which nothing is tried', async () => {
    const sources = someSources();
    const facts = await factsOf({ key: undefined }, sources);
    expect([facts.key, facts.object, facts.live.direct]).toEqual([
      undefined,
      ok(undefined),
      undefined,
    ]);
    expect(sources.asked).toEqual([]);
  });

  it('is not known where the bucket may not be listed', async () => {
    const denied = lacking('s3:ListBucket');
    const { store } = someSources();
    const sources = someSources({ store: { ...store, listObjects: async () => denied } });
    const facts = await factsOf({ key: undefined }, sources);
    expect([facts.key, facts.object, facts.objectOwner]).toEqual([undefined, denied, denied]);
  });
});

describe('a trial', () => {
  it('asks for the object without a signature, of S3 itself, and with one', async () => {
    const sources = someSources();
    await factsOf({}, sources);
    expect(sources.asked.toSorted()).toEqual([
      'https://d1.cloudfront.net/media/a.mp4',
      'https://d1.cloudfront.net/media/a.mp4?Key-Pair-Id=KOWN',
      'https://films.s3.amazonaws.com/media/a.mp4',
    ]);
  });

  it('signs nothing without a private key', async () => {
    const facts = await factsOf({ storedKeys: [] });
    expect([facts.signer, facts.live.signed]).toEqual([undefined, undefined]);
  });

  it('tells what kept a link from being signed', async () => {
    const refused = fail({ code: 'signing-failed', detail: 'No.' });
    const facts = await factsOf({}, someSources({ signLink: async () => refused }));
    expect(facts.live.signed).toEqual(refused);
  });

  it('asks nobody for a key that no URL can carry, but S3', async () => {
    const sources = someSources();
    await factsOf({ key: 'a/../b' }, sources);
    expect(sources.asked).toContain('https://films.s3.amazonaws.com/a/../b');
    expect(sources.asked).not.toContain('https://d1.cloudfront.net/a/../b');
  });

  it.each<[string, LinkAnswer, number | undefined]>([
    ['CloudFront', someAnswer({ date: NOW + 90 }), 90],
    ['a CloudFront behind', someAnswer({ date: NOW - 30 }), -30],
    ['an answer of old', someAnswer({ status: 206, code: undefined, date: 7 }), undefined],
    ['S3 through it', someAnswer({ fromOrigin: true, date: 7 }), undefined],
    ['somebody else', someAnswer({ date: NOW + 90, fromCloudFront: false }), undefined],
    ['nobody', { kind: 'unreachable', detail: 'ENOTFOUND' }, undefined],
  ])('takes the time from %s', async (_name, answer, clockAhead) => {
    const facts = await factsOf({}, someSources({ probeLink: async () => answer }));
    expect(facts.live.clockAhead).toBe(clockAhead);
  });
});

describe('what links are signed with', () => {
  const other = { keyPairId: 'KOTHER', publicKeyPem: OTHER_KEY };

  it('is the key that the behavior trusts', async () => {
    expect((await factsOf({ storedKeys: [other, KEY] })).signer?.keyPairId).toBe('KOWN');
  });

  it('is named by the ID that the account knows it by', async () => {
    const misnamed = { keyPairId: 'KMISNAMED', publicKeyPem: OWN_KEY };
    expect((await factsOf({ storedKeys: [misnamed] })).signer).toEqual({
      keyPairId: 'KOWN',
      key: misnamed,
    });
    const untrusted = account({
      listKeyGroups: async () => ok([{ ...SIGNERS, publicKeyIds: [] }]),
    });
    expect((await factsOf({ storedKeys: [misnamed] }, untrusted)).signer?.keyPairId).toBe('KOWN');
  });

  it('is any key where none is trusted', async () => {
    expect((await factsOf({ storedKeys: [other] })).signer).toEqual({
      keyPairId: 'KOTHER',
      key: other,
    });
  });
});
