import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import {
  problemWords,
  type Action,
  type Problem,
  type ProblemCode,
} from '../../../src/core/problem.ts';

const location = { bucket: 'films', key: 'a/b.mp4' };
const detail = 'connect ECONNREFUSED 127.0.0.1:443';

/** Every kind of problem with all that it may say: a new code does not compile without its own. */
const PROBLEMS: { readonly [C in ProblemCode]: readonly Problem<C>[] } = {
  'profile-missing': [{ code: 'profile-missing', profile: 'work' }],
  'credentials-missing': [
    { code: 'credentials-missing', profile: 'work' },
    { code: 'credentials-missing', profile: undefined },
  ],
  'credentials-expired': [
    { code: 'credentials-expired', profile: 'work', login: 'aws sso login --profile work' },
    { code: 'credentials-expired', profile: undefined, login: undefined },
  ],
  'credentials-refused': [
    { code: 'credentials-refused', profile: 'work', detail },
    { code: 'credentials-refused', profile: undefined, detail },
  ],
  'credentials-failed': [
    { code: 'credentials-failed', profile: 'work', detail },
    { code: 'credentials-failed', profile: undefined, detail },
  ],
  'config-invalid': [{ code: 'config-invalid', detail }],
  'access-denied': [
    { code: 'access-denied', bucket: 'films', permission: 's3:ListBucket' },
    { code: 'access-denied', bucket: undefined, permission: 's3:ListAllMyBuckets' },
    { code: 'access-denied', bucket: undefined, permission: 'cloudfront:ListDistributions' },
  ],
  'bucket-missing': [{ code: 'bucket-missing', bucket: 'films' }],
  'bucket-elsewhere': [
    { code: 'bucket-elsewhere', bucket: 'films', region: 'eu-west-1' },
    { code: 'bucket-elsewhere', bucket: 'films', region: undefined },
  ],
  'network-unreachable': [
    { code: 'network-unreachable', service: 'S3', detail },
    { code: 'network-unreachable', service: 'CloudFront', detail },
  ],
  throttled: [{ code: 'throttled' }],
  'clock-skewed': [{ code: 'clock-skewed' }],
  'service-failed': [{ code: 'service-failed', service: 'S3', detail }],
  'policy-unreadable': [{ code: 'policy-unreadable' }],
  'cloudfront-absent': [{ code: 'cloudfront-absent' }],
  'name-taken': [
    { code: 'name-taken', kind: 'public key', name: 'films-signer' },
    { code: 'name-taken', kind: 'key group', name: 'films-signers' },
  ],
  'quota-reached': [{ code: 'quota-reached', quota: 'public keys in a key group' }],
  'key-group-missing': [{ code: 'key-group-missing', id: 'b1e7c1d2' }],
  'public-key-in-use': [{ code: 'public-key-in-use', keyPairId: 'K2JCJMDEHXQW5F' }],
  'public-key-missing': [
    { code: 'public-key-missing', keyPairId: 'K2JCJMDEHXQW5F', accountId: '111122223333' },
  ],
  'change-overtaken': [{ code: 'change-overtaken', resource: 'films-signers' }],
  'account-differs': [
    { code: 'account-differs', accountId: '111122223333', expected: '444455556666' },
  ],
  'object-missing': [{ code: 'object-missing', location }],
  'object-archived': [{ code: 'object-archived', location, storageClass: 'GLACIER' }],
  'location-invalid': [{ code: 'location-invalid', text: 'a' }],
  'object-unnamed': [{ code: 'object-unnamed' }],
  'nothing-to-sign': [{ code: 'nothing-to-sign' }],
  'folder-selected': [{ code: 'folder-selected' }],
  'list-line-invalid': [
    { code: 'list-line-invalid', line: 4, text: 'https://a.example/b', wrong: 1 },
    { code: 'list-line-invalid', line: 4, text: 's3://', wrong: 12 },
  ],
  'links-too-many': [{ code: 'links-too-many', maximum: 10_000 }],
  'prefix-unnamed': [{ code: 'prefix-unnamed' }],
  'prefix-divided': [
    { code: 'prefix-divided', prefix: '', parts: ['media/', 'press/'] },
    { code: 'prefix-divided', prefix: 'media/', parts: ['media/a/', 'media/b/'] },
  ],
  'prefix-too-wide': [
    {
      code: 'prefix-too-wide',
      prefix: '',
      domain: 'files.example.com',
      behaviors: ['the behavior “api/*”'],
    },
    {
      code: 'prefix-too-wide',
      prefix: 'video/',
      domain: 'files.example.com',
      behaviors: ['the behavior “video/a/*”', 'the behavior “*.json”'],
    },
  ],
  'uri-unknown': [{ code: 'uri-unknown' }],
  'option-invalid': [{ code: 'option-invalid', option: 'expiresIn', detail }],
  'key-unreachable': (['empty', 'dot-segment', 'lone-surrogate', 'rewritten'] as const).map(
    (reason) => ({ code: 'key-unreachable', key: '../a', reason }),
  ),
  'url-too-long': [{ code: 'url-too-long', bytes: 9000 }],
  'query-reserved': [{ code: 'query-reserved', name: 'Expires' }],
  'distribution-unknown': [
    { code: 'distribution-unknown', location, unseen: undefined },
    {
      code: 'distribution-unknown',
      location,
      unseen: 'This profile lacks cloudfront:ListDistributions',
    },
  ],
  'distribution-disabled': [{ code: 'distribution-disabled', domain: 'files.example.com' }],
  'domain-invalid': [{ code: 'domain-invalid', text: 'a b' }],
  'key-outside-origin-path': [
    { code: 'key-outside-origin-path', key: 'a/b.mp4', originPath: '/media' },
  ],
  'link-refused': [
    {
      code: 'link-refused',
      domain: 'files.example.com',
      status: 403,
      cause: 'The key is not trusted.',
    },
  ],
  'link-unchecked': [{ code: 'link-unchecked', domain: 'files.example.com', detail }],
  'private-key-missing': [
    { code: 'private-key-missing', keyPairId: 'K2JCJMDEHXQW5F' },
    { code: 'private-key-missing', keyPairId: undefined },
  ],
  'private-key-refused': [{ code: 'private-key-refused', reason: 'curve' }],
  'passphrase-needed': [{ code: 'passphrase-needed' }],
  'passphrase-wrong': [{ code: 'passphrase-wrong' }],
  'key-pair-id-invalid': [{ code: 'key-pair-id-invalid', text: 'E2EXAMPLE' }],
  'key-pair-id-unknown': [
    { code: 'key-pair-id-unknown', cause: 'This profile lacks cloudfront:ListPublicKeys' },
  ],
  'key-untrusted': [
    { code: 'key-untrusted', location, domain: 'files.example.com', keyPairIds: ['K1', 'K2'] },
    { code: 'key-untrusted', location, domain: 'files.example.com', keyPairIds: ['K1'] },
  ],
  'key-pair-id-taken': [
    { code: 'key-pair-id-taken', keyPairId: 'K2JCJMDEHXQW5F', name: 'Release key' },
  ],
  'file-unwritable': [{ code: 'file-unwritable', file: '/home/ada/public_key.pem', detail }],
  'file-unreadable': [{ code: 'file-unreadable', file: '/home/ada/private_key.pem', detail }],
  'secret-store-unavailable': [{ code: 'secret-store-unavailable', detail }],
  'inventory-unreadable': [
    { code: 'inventory-unreadable', file: 's3://lists/films/daily/data/1.csv.gz', detail },
  ],
  'inventory-format': [{ code: 'inventory-format', format: 'ORC' }],
  'expiry-invalid': [{ code: 'expiry-invalid', text: 'soon' }],
  'expiry-past': [{ code: 'expiry-past', text: '2020-01-01' }],
  'expiry-too-far': [{ code: 'expiry-too-far' }],
  'expiry-over-maximum': [{ code: 'expiry-over-maximum', maximum: '1 day' }],
  'not-before-after-expiry': [{ code: 'not-before-after-expiry' }],
  'cookie-too-long': [{ code: 'cookie-too-long', bytes: 4200, maximum: 4096 }],
  'issued-link-unknown': [{ code: 'issued-link-unknown' }],
  'issued-link-ended': [
    { code: 'issued-link-ended', id: '1-0a.0', ended: 'Thu, 24 Dec 2026, 18:00 CET' },
  ],
  'issued-links-many': [{ code: 'issued-links-many', location, objects: 250 }],
  'link-unnamed': [{ code: 'link-unnamed' }],
  'link-unreadable': [{ code: 'link-unreadable' }],
  'address-unknown': [{ code: 'address-unknown', service: 'checkip.example.com', detail }],
  'qr-code-too-long': [{ code: 'qr-code-too-long', bytes: 3000, maximum: 2953 }],
  'editor-missing': [{ code: 'editor-missing' }],
  'editor-readonly': [{ code: 'editor-readonly' }],
  'text-changed': [{ code: 'text-changed' }],
  'text-unmatched': (['object', 'signature'] as const).map((sought) => ({
    code: 'text-unmatched',
    sought,
  })),
  'url-unsignable': [
    ...(['domain-unknown', 'no-bucket', 'no-object', 'query'] as const).map(
      (reason) => ({ code: 'url-unsignable', url: 'https://a.example/b', reason }) as const,
    ),
    {
      code: 'url-unsignable',
      url: 'https://a.example/b',
      reason: 'domain-unknown',
      unseen: 'The account was not asked',
    },
  ],
  'workspace-untrusted': [{ code: 'workspace-untrusted' }],
  'signing-unconfirmed': [{ code: 'signing-unconfirmed' }],
  'signing-failed': [{ code: 'signing-failed', detail }],
  'self-check-failed': [{ code: 'self-check-failed', detail }],
};

const ALL: readonly Problem[] = Object.values(PROBLEMS).flat();

const SETTINGS: readonly string[] = Object.keys(manifest.contributes.configuration.properties);

const COMMANDS: ReadonlyMap<string, string> = new Map(
  manifest.contributes.commands.map(({ command, title }) => [command, title]),
);

/** What the manifest calls a cure; undefined where it knows none such. */
function nameInManifest({ title, command, args = [] }: Action): string | undefined {
  switch (command) {
    case 'workbench.action.openSettings':
      return SETTINGS.includes(String(args[0])) ? title : undefined;
    case 'cloudfrontSigner.openLoginTerminal':
      return COMMANDS.has(command) ? `Open Terminal: ${String(args[0])}` : undefined;
    default:
      return COMMANDS.get(command);
  }
}

describe.each(ALL.map((problem) => [problem.code, problem] as const))('%s', (_code, problem) => {
  const { title, remedy, actions } = problemWords(problem);

  it('says what is wrong without a full stop', () => {
    expect(title).toMatch(/^\S.*[^.\s]$/);
  });

  it('says what to do about it in sentences', () => {
    expect(remedy).toMatch(/^\S.*\.$/);
    expect(remedy).not.toMatch(/\w\.\./);
  });

  it('says nothing that is not there', () => {
    expect(JSON.stringify({ title, remedy, actions })).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('offers what there is, by the name that it has', () => {
    expect(actions.map(nameInManifest)).toEqual(actions.map((action) => action.title));
  });

  it('names settings that there are', () => {
    for (const [name] of remedy.matchAll(/cloudfrontSigner\.[\w.]*\w/g)) {
      expect(SETTINGS).toContain(name);
    }
  });
});

it.each([
  ['It broke', 'It broke.'],
  ['It broke.\n', 'It broke.'],
  ['Did it break?', 'Did it break?'],
  ['It said “no.”', 'It said “no.”'],
  [' ', 'No reason was given.'],
])('what others said ends like a sentence, once: %j', (said, remedy) => {
  expect(problemWords({ code: 'config-invalid', detail: said }).remedy).toBe(remedy);
});

it('a sign-in that no command does is left to the user', () => {
  const expired = { code: 'credentials-expired', profile: 'work', login: undefined } as const;
  const commands = problemWords(expired).actions.map(({ command }) => command);
  expect(commands).toEqual(['cloudfrontSigner.selectProfile']);
});

it.each([
  { code: 'private-key-refused', reason: 'not-pem' },
  { code: 'passphrase-wrong' },
] as const)('offers another try after %j', (problem) => {
  const commands = problemWords(problem).actions.map(({ command }) => command);
  expect(commands).toEqual(['cloudfrontSigner.importPrivateKey']);
});
