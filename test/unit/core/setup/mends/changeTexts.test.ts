import { describe, expect, it } from 'vitest';
import type { Change, DistributionEdit } from '../../../../../src/core/setup/change.ts';
import { changeTexts, type ChangeText } from '../../../../../src/core/setup/mends/changeTexts.ts';

const policy = { Version: '2012-10-17', Statement: [{ Sid: 'one', Effect: 'Deny' }] };

function textOf(change: Change, form: ChangeText['form']): string {
  const found = changeTexts(change).find((text) => text.form === form);
  if (found === undefined) throw new Error(`It is not written as ${form}.`);
  return found.text;
}

function edited(...edits: readonly DistributionEdit[]): Change {
  return { kind: 'distribution', distributionId: 'E2EXAMPLE', edits };
}

const TEMPLATES = ['cloudformation', 'terraform', 'cdk'] as const;

describe('the forms', () => {
  it.each<[Change['kind'], Change, readonly ChangeText['form'][]]>([
    [
      'bucket-policy',
      { kind: 'bucket-policy', bucket: 'b', policy },
      ['json', 'cli', ...TEMPLATES],
    ],
    [
      'key-policy',
      { kind: 'key-policy', keyId: 'k', region: 'eu-west-1', policy },
      ['json', 'cli', ...TEMPLATES],
    ],
    ['ownership', { kind: 'ownership', bucket: 'b' }, ['cli', ...TEMPLATES]],
    ['distribution', edited({ kind: 'enable' }), ['cli', ...TEMPLATES]],
    // Objects are in no template.
    ['re-encrypt', { kind: 're-encrypt', bucket: 'b', key: 'k' }, ['cli']],
    ['restore-object', { kind: 'restore-object', bucket: 'b', key: 'k' }, ['cli']],
  ])('of %s', (_kind, change, forms) => {
    expect(changeTexts(change).map(({ form }) => form)).toEqual(forms);
  });

  it('of a policy in JSON is the policy itself', () => {
    const text = textOf({ kind: 'bucket-policy', bucket: 'b', policy }, 'json');
    expect(JSON.parse(text)).toEqual(policy);
  });
});

describe('what cannot be seen', () => {
  const key = 'a\n# \u202egpj.exe\u0000\u{e0041}';
  const changes: readonly Change[] = [
    { kind: 're-encrypt', bucket: 'b', key },
    { kind: 'restore-object', bucket: 'b', key },
    { kind: 'bucket-policy', bucket: 'b', policy: { [key]: key } },
    edited({ kind: 'https', pathPattern: key }, { kind: 'add-alias', alias: key }),
    edited({ kind: 'target-origin', pathPattern: undefined, originId: key }),
    edited({ kind: 'attach-access-control', originId: key, accessControlId: undefined }),
    { kind: 'key-group', id: key, name: key, publicKeyIds: [key] },
  ];

  it('is shown by each text, in comments too', () => {
    for (const { text } of changes.flatMap(changeTexts)) {
      expect(text).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u);
      expect(text).not.toMatch(/^# \S*gpj/m);
    }
  });
});

describe('edits of a distribution', () => {
  const group = {
    kind: 'trust-new-key-group',
    name: 'signers',
    publicKeyIds: ['K1'],
  } as const;

  it('that say the same thing twice say it once, the later one', () => {
    const text = textOf(
      edited(
        { kind: 'trust-key-groups', pathPattern: undefined, keyGroupIds: ['old'] },
        { kind: 'trust-key-groups', pathPattern: undefined, keyGroupIds: ['new'] },
        { kind: 'enable' },
        { kind: 'enable' },
      ),
      'cloudformation',
    );
    expect(text.match(/Enabled: true/g)).toHaveLength(1);
    expect(text).toContain('- new');
    expect(text).not.toContain('old');
  });

  it('share what is made for several behaviors', () => {
    const change = edited(
      { ...group, pathPattern: undefined },
      { ...group, pathPattern: '/a/*' },
      { kind: 'forward-query', pathPattern: undefined },
      { kind: 'forward-query', pathPattern: '/a/*' },
    );
    const cli = textOf(change, 'cli');
    expect(cli.match(/create-key-group/g)).toHaveLength(1);
    expect(cli.match(/create-cache-policy/g)).toHaveLength(1);
  });

  it('number what is made more than once', () => {
    const change = edited(
      { ...group, pathPattern: undefined },
      { ...group, pathPattern: '/a/*', name: 'others' },
      { kind: 'attach-access-control', originId: 'one', accessControlId: undefined },
      { kind: 'attach-access-control', originId: 'two', accessControlId: undefined },
    );
    expect(textOf(change, 'cloudformation')).toMatch(
      /Ref: KeyGroup2\n[^]*|Ref: OriginAccessControl2/,
    );
    expect(textOf(change, 'terraform')).toContain('aws_cloudfront_key_group.key_group2.id');
    expect(textOf(change, 'cdk')).toContain('const originAccessControl2 = ');
    expect(textOf(change, 'cli')).toContain('--arg key_group2 "$key_group2"');
  });

  it('name a new origin access control within what CloudFront takes', () => {
    const originId = `S3 ${'x'.repeat(100)}`;
    const change = edited({ kind: 'attach-access-control', originId, accessControlId: undefined });
    const [, name = ''] = /Name: (.*)/.exec(textOf(change, 'cloudformation')) ?? [];
    expect(name).toMatch(/^S3-x+[\w.-]*$/);
    expect(name.length).toBeLessThanOrEqual(64);
  });
});
