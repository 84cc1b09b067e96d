import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import vm from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureDebianPackages } from '../../dev/debian.ts';
import { ensureTemplateTools } from '../../dev/templateTools/install.ts';
import { changeTexts, type ChangeText } from '../../src/core/setup/mends/changeTexts.ts';
import { hclValue } from '../../src/core/notation/hcl.ts';
import { json } from '../../src/core/notation/json.ts';
import { shellJson, shellWord } from '../../src/core/notation/shell.ts';
import { tsValue } from '../../src/core/notation/typeScript.ts';
import { yaml } from '../../src/core/notation/yaml.ts';
import { checkTerraform } from './setupTexts/checkTerraform.ts';
import { complaint } from './setupTexts/complaint.ts';
import { hostileTexts } from './setupTexts/hostileText.ts';
import { readCloudFormation, readTerraform } from './setupTexts/readTemplates.ts';
import { CHANGES } from './setupTexts/sampleChanges.ts';
import { synthesize } from './setupTexts/synthesize.ts';

const run = promisify(execFile);

beforeAll(async () => {
  await ensureTemplateTools();
  await ensureDebianPackages(['jq', 'shellcheck'], 'they check the commands of set-ups');
});

/** The texts of all changes in a form. */
function textsIn(form: ChangeText['form']): readonly string[] {
  return CHANGES.flatMap(changeTexts).flatMap((text) => (text.form === form ? [text.text] : []));
}

describe('whatever a text holds, it stays a text', () => {
  const texts = hostileTexts(400).map((text) => text.toWellFormed());
  /** As values, as names and within lists. */
  const data = { list: texts, named: Object.fromEntries(texts.map((text) => [text, [text]])) };

  it('in JSON, whose lines show all they hold', () => {
    const written = json(data);
    expect(JSON.parse(written)).toEqual(data);
    expect(written).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
  });

  it('in YAML', async () => {
    const [read] = await readCloudFormation([yaml(data)]);
    expect(read?.errors).toEqual([]);
    expect(read?.data).toEqual(data);
  });

  it('in HCL, which has no NUL and composes its characters', async () => {
    const composed = texts
      .filter((text) => !text.includes('\0'))
      .map((text) => text.normalize('NFC'));
    const [read] = await readTerraform([`list = ${hclValue(composed)}`]);
    expect(read?.error).toBeUndefined();
    const { list } = read?.data ?? {};
    const literal = JSON.stringify(list).replaceAll(/([$%])\1\{/g, '$1{');
    expect(JSON.parse(literal)).toEqual(composed);
  });

  it('in TypeScript', () => {
    const read: unknown = vm.runInNewContext(`JSON.stringify(${tsValue(data)})`);
    expect(JSON.parse(String(read))).toEqual(data);
  });

  const words = texts.filter((text) => !text.includes('\0'));

  it('in bash, in a script and typed at a prompt', async () => {
    const script = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
    const { stdout } = await run('bash', ['-c', script]);
    expect(stdout.split('\0').slice(0, -1)).toEqual(words);
    expect(await typed(script)).toEqual(words);
  });

  it('as JSON in bash', async () => {
    const script = `printf '%s\\0' ${shellJson({ words })} ${shellJson({ words }, 0)}`;
    for (const read of [
      (await run('bash', ['-c', script])).stdout.split('\0'),
      await typed(script),
    ]) {
      expect(read.slice(0, 2).map((text): unknown => JSON.parse(text))).toEqual([
        { words },
        { words },
      ]);
    }
  });
});

/** What an interactive bash, which has a history, makes of lines that are pasted. */
async function typed(script: string): Promise<readonly string[]> {
  const child = run('bash', ['--norc', '--noprofile', '-i'], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
  child.child.stdin?.end(`set -o history -o histexpand\necho x\n${script}\nexit\n`);
  const { stdout } = await child;
  return stdout.replace('x\n', '').split('\0').slice(0, -1);
}

describe('a change in CloudFormation', () => {
  it('is made of properties that there are, with values of theirs', async () => {
    const read = await readCloudFormation(textsIn('cloudformation'));
    expect(read.length).toBeGreaterThan(20);
    // A fragment has not all that is required.
    const findings = read.flatMap((one) => one.findings.filter(({ rule }) => rule !== 'F3003'));
    expect(findings).toEqual([]);
  });

  it('is seen to be wrong where it is', async () => {
    const [text = ''] = textsIn('cloudformation').filter((one) => one.includes('ViewerProtocol'));
    const wrong = [
      text.replace('redirect-to-https', 'redirect-to-http'),
      text.replace('ViewerProtocolPolicy', 'ViewerProtocol'),
      text.replace('Ref: KeyGroup', 'Ref: KeyGroups'),
    ];
    for (const { findings } of await readCloudFormation(wrong)) {
      expect(findings.filter(({ rule }) => rule !== 'F3003')).toHaveLength(1);
    }
  });
});

describe('a change in Terraform', () => {
  it('is made of arguments that there are, with values of theirs, as terraform fmt writes it', async () => {
    const texts = textsIn('terraform');
    const read = await readTerraform(texts);
    expect(read.length).toBeGreaterThan(20);
    expect(read.map(({ error }) => error)).toEqual(texts.map(() => undefined));
    expect(read.map(({ formatted }) => formatted)).toEqual(texts);
    expect(read.flatMap(({ data }) => checkTerraform(data, { whole: false }))).toEqual([]);
  });

  it('is seen to be wrong where it is', async () => {
    const [text = ''] = textsIn('terraform').filter((one) => one.includes('viewer_protocol'));
    const wrong = [
      text.replace('viewer_protocol_policy', 'viewer_protocol'),
      text.replace('enabled         = true', 'enabled = ["true"]'),
      text.replace('key_group.key_group.id', 'key_group.others.id'),
      text.replace('key_group.key_group.id', 'key_group.key_group.identifier'),
    ];
    for (const { data } of await readTerraform(wrong)) {
      expect(checkTerraform(data, { whole: false })).toHaveLength(1);
    }
  });
});

describe('a change in CDK', () => {
  it('compiles, and a stack can be made of it', async () => {
    const fragments = textsIn('cdk');
    expect(fragments.length).toBeGreaterThan(20);
    const stacks = fragments.map((_, index) => `Fragment${index}`);
    const app = `
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
const app = new App();
${fragments
  .map(
    (fragment, index) => `class Fragment${index} extends Stack {
  constructor() {
    super(app, 'Fragment${index}');
    const bucket = s3.Bucket.fromBucketAttributes(this, 'Theirs', { bucketName: 'theirs', region: 'eu-west-1' });
    const origin = origins.S3BucketOrigin.withOriginAccessControl(bucket);
    ${fragment}
  }
}
new Fragment${index}();`,
  )
  .join('\n')}`;
    const templates = await synthesize(app, stacks);
    const made = JSON.stringify([...templates.values()]);
    for (const said of [
      'redirect-to-https',
      'files.example.com',
      '"K2"',
      'E3CONTROL',
      'whitelist',
    ]) {
      expect(made).toContain(said);
    }
  });
});

describe('a change for the AWS CLI', () => {
  it('is sound bash', async () => {
    const texts = textsIn('cli');
    expect(texts).toHaveLength(CHANGES.length);
    for (const text of texts) {
      expect(await complaint('bash', ['-n'], text)).toBe('');
      expect(await complaint('shellcheck', ['--shell=bash', '-'], text)).toBe('');
    }
  });

  it('is seen to be unsound where it is', async () => {
    expect(await complaint('bash', ['-n'], "aws 'x")).toContain('unexpected EOF');
    expect(await complaint('shellcheck', ['--shell=bash', '-'], 'aws $id')).toContain('SC2086');
  });
});
