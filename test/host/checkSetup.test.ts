import assert from 'node:assert/strict';

import { before, describe, it } from 'mocha';

import { DEMO_BUCKET } from '../../dev/demo/demoFiles.ts';
import { importAccountKey, refusalOf, run, withSettings } from './cloudfrontSigner.ts';
import { readFixture } from './fixture.ts';
import { FRONTS } from './fronts.ts';
import { useOwnAccount } from './ownAccount.ts';

const { domain, distributionId, keyPairId, readerProfile } = readFixture().account;
const OBJECT = { bucket: DEMO_BUCKET, key: 'README.md' };

/** As much of a report as these tests look at. */
interface Report {
  readonly summary: string;
  readonly checks: readonly Check[];
}

interface Check {
  readonly id: string;
  readonly title: string;
  readonly verdict: string;
  readonly seen: string;
  readonly why?: string;
  readonly permission?: string;
  readonly mend?: {
    readonly advice: string;
    readonly changes: readonly {
      readonly subject: string;
      readonly texts: readonly { readonly form: string; readonly text: string }[];
    }[];
  };
}

function isReport(value: unknown): value is Report {
  return (
    typeof value === 'object' &&
    value !== null &&
    'summary' in value &&
    typeof value.summary === 'string' &&
    'checks' in value &&
    Array.isArray(value.checks)
  );
}

async function check(place: unknown, options: object = {}): Promise<Report> {
  const report = await run('checkSetup', place, options);
  assert.ok(isReport(report), 'It is no report.');
  return report;
}

function withVerdict({ checks }: Report, verdict: string): readonly string[] {
  return checks.filter((one) => one.verdict === verdict).map(({ id }) => id);
}

function found({ checks }: Report, id: string): Check {
  const one = checks.find((candidate) => candidate.id === id);
  assert.ok(one, `There is no check ${id}.`);
  return one;
}

describe('checkSetup', () => {
  before(importAccountKey);

  it('finds nothing wrong where all is right, and has tried it', async () => {
    const report = await check(OBJECT);
    assert.equal(report.summary, 'The set-up is right: links work, and nobody gets past them.');
    assert.deepEqual(withVerdict(report, 'fails'), []);
    assert.deepEqual(withVerdict(report, 'unknown'), []);
    for (const id of ['unsigned-refused', 'direct-refused', 'signed-served', 'key-group']) {
      assert.equal(found(report, id).verdict, 'holds', id);
    }
    assert.match(found(report, 'distribution').seen, new RegExp(distributionId));
    assert.match(found(report, 'key-pair').seen, new RegExp(keyPairId));
  });

  it('gives every check a title and what was seen, and nothing secret', async () => {
    const { checks } = await check(OBJECT);
    assert.ok(checks.length >= 25, `There are ${String(checks.length)} checks.`);
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
    for (const { title, seen } of checks) assert.ok(title !== '' && seen !== '');
    assert.doesNotMatch(JSON.stringify(checks), /Signature=|PRIVATE KEY/);
  });

  it('names the setting’s key where it is not the one that is trusted', async () => {
    const distributions = [
      { bucket: DEMO_BUCKET, domain, protocol: 'http', keyPairId: 'KOTHER00000000' },
    ];
    const report = await withSettings({ distributions }, () => check(OBJECT));
    assert.equal(withVerdict(report, 'fails')[0], 'private-key');
    assert.match(found(report, 'private-key').seen, /KOTHER00000000/);
  });

  it('of a profile that may do little names for each check the permission that is missing', async () => {
    const report = await withSettings({ 'aws.profile': readerProfile }, () => check(OBJECT));
    assert.deepEqual(withVerdict(report, 'fails'), []);
    const lacking = report.checks.filter(({ verdict }) => verdict === 'unknown');
    for (const { id, permission, seen } of lacking) {
      assert.ok(permission !== undefined, `${id}: ${seen}`);
      assert.ok(seen.includes(permission), id);
    }
    const permissions: Readonly<Record<string, string>> = {
      distribution: 'cloudfront:ListDistributions',
      'public-access-block': 's3:GetBucketPublicAccessBlock',
      acls: 's3:GetBucketOwnershipControls',
      'public-policy': 's3:GetBucketPolicy',
    };
    for (const [id, permission] of Object.entries(permissions)) {
      assert.equal(found(report, id).permission, permission);
      assert.ok(report.summary.includes(permission), report.summary);
    }
    // By the settings it can be tried all the same.
    assert.equal(found(report, 'signed-served').verdict, 'holds');
    assert.equal(found(report, 'unsigned-refused').verdict, 'holds');
  });

  it('tries an object of a bucket, or of the prefix that is asked about', async () => {
    const whole = await check(`s3://${DEMO_BUCKET}`);
    assert.match(found(whole, 'object-exists').seen, /README\.md/);
    const press = await check(`s3://${DEMO_BUCKET}/press/`);
    assert.match(found(press, 'object-exists').seen, /press\//);
    assert.equal(found(press, 'signed-served').verdict, 'holds');
  });

  it('heeds the distribution that is named, by its ID and by a domain', async () => {
    const [, open] = FRONTS.twins;
    const best = await check('s3://best/a.txt');
    assert.match(found(best, 'domain').seen, /best\.example\.com/);
    const twin = await check('s3://twins/a', { distribution: open });
    assert.match(found(twin, 'domain').seen, new RegExp(open.replaceAll('.', '\\.')));
    const other = await check(OBJECT, { distribution: distributionId });
    assert.match(found(other, 'distribution').seen, new RegExp(distributionId));
  });

  it('takes the origin path off of what it tries', async () => {
    const named = await check('s3://below-media/media/a.txt', {
      distribution: FRONTS['below-media'][0],
    });
    assert.equal(found(named, 'origin-path').verdict, 'holds');
  });

  const refusals: readonly (readonly [
    what: string,
    place: unknown,
    options: object,
    code: string,
  ])[] = [
    ['of nothing', [], {}, 'object-unnamed'],
    ['of several', [OBJECT, OBJECT], {}, 'object-unnamed'],
    ['of no place in S3', 'films and more', {}, 'location-invalid'],
    ['with an option of signing', OBJECT, { expiresIn: '1h' }, 'option-invalid'],
    ['by an ID that there is not', OBJECT, { distribution: 'E00000000000' }, 'option-invalid'],
  ];
  for (const [what, place, options, code] of refusals) {
    it(`is refused ${what}: ${code}`, async () => {
      assert.equal((await refusalOf(run('checkSetup', place, options))).code, code);
    });
  }

  it('is refused where there are no credentials', async () => {
    const refusal = await withSettings({ 'aws.profile': 'nobody' }, () =>
      refusalOf(run('checkSetup', OBJECT, {})),
    );
    assert.equal(refusal.code, 'profile-missing');
  });
});

describe('checkSetup of a bucket whose policy lets CloudFront read no longer', () => {
  const account = useOwnAccount();

  before(async () => {
    const { s3, privateKeyFile, keyPairId: own } = account().stack;
    await run('importPrivateKey', { file: privateKeyFile, keyPairId: own, name: 'Own key' });
    s3.putBucketPolicy(DEMO_BUCKET, { Version: '2012-10-17', Statement: [] });
  });

  it('names that alone, and hands over what mends it', async () => {
    const report = await account().within(() => check(OBJECT));
    assert.deepEqual(withVerdict(report, 'fails'), ['bucket-policy']);
    const { seen, why, mend } = found(report, 'bucket-policy');
    assert.ok(report.summary.includes(seen));
    assert.ok(why !== undefined && why !== '');
    assert.match(mend?.advice ?? '', new RegExp(account().stack.distributionId));
    assert.equal(mend?.changes.length, 1);
    assert.equal(mend.changes[0]?.subject, 'Bucket policy');
    assert.deepEqual(
      mend.changes[0].texts.map(({ form }) => form),
      ['json', 'cli', 'cloudformation', 'terraform', 'cdk'],
    );
    // What depends on it is not called wrong.
    assert.equal(found(report, 'signed-served').verdict, 'skipped');
  });

  it('is right once the mend is applied, with no refresh in between', async () => {
    const wrong = await account().within(() => check(OBJECT));
    const json = found(wrong, 'bucket-policy').mend?.changes[0]?.texts[0];
    assert.equal(json?.form, 'json');
    const policy: unknown = JSON.parse(json.text);
    assert.ok(typeof policy === 'object' && policy !== null);
    account().stack.s3.putBucketPolicy(DEMO_BUCKET, policy);
    const report = await account().within(() => check(OBJECT));
    assert.deepEqual(withVerdict(report, 'fails'), []);
    assert.equal(found(report, 'signed-served').verdict, 'holds');
  });

  it('sees a change of the distribution, though its session remembers it', async () => {
    const [distribution] = account().stack.store.Distributions;
    assert.ok(distribution);
    const ids = await account().within(async () => {
      const earlier = withVerdict(await check(OBJECT), 'fails');
      distribution.DistributionConfig.Enabled = false;
      return [earlier, withVerdict(await check(OBJECT), 'fails')];
    });
    assert.deepEqual(ids[0], []);
    assert.equal(ids[1]?.[0], 'enabled');
  });
});
