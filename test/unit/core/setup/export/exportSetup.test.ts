import { describe, expect, it } from 'vitest';
import { exportSetup } from '../../../../../src/core/setup/export/exportSetup.ts';
import type { SetupNames } from '../../../../../src/core/setup/export/setupNames.ts';

const plain: SetupNames = {
  name: 'my-files',
  bucket: 'my-files',
  bucketExists: false,
  region: 'eu-west-1',
  originPath: '',
  alias: undefined,
  publicKeyPem: undefined,
  responseOverrides: false,
  listBucket: false,
};

/** The texts that hold something; all four where it is said in each of them. */
function formsWith(names: SetupNames, said: RegExp): readonly string[] {
  return Object.entries(exportSetup(names)).flatMap(([form, text]) =>
    said.test(text) ? [form] : [],
  );
}

const ALL = ['cloudformation', 'terraform', 'cdk', 'cli'];

describe('each form', () => {
  it.each<[what: string, said: RegExp]>([
    ['what it is for', /Private files of bucket my-files behind CloudFront/],
    ['how the key pair is made', /openssl genpkey/],
    ['that links are signed', /redirect-to-https|REDIRECT_TO_HTTPS/],
    ['who may read', /cloudfront\.amazonaws\.com/],
    ['for which distribution alone', /AWS:SourceArn/],
    ['how keys are changed', /add the new one, sign with it/],
  ])('says %s', (_what, said) => {
    expect(formsWith(plain, said)).toEqual(ALL);
  });

  it('ends with a line feed and has no space at the end of a line', () => {
    for (const names of [plain, { ...plain, bucketExists: true, listBucket: true }]) {
      for (const text of Object.values(exportSetup(names))) {
        expect(text).toMatch(/\S\n$/);
        expect(text).not.toMatch(/[ \t]$/m);
      }
    }
  });

  it.each<[wish: string, names: Partial<SetupNames>, said: RegExp]>([
    ['an origin path', { originPath: '/media' }, /media\/\*/],
    [
      'an alias',
      {
        alias: {
          domain: 'files.example.com',
          certificateArn: 'arn:aws:acm:us-east-1:1:certificate/1',
        },
      },
      /certificate\/1/,
    ],
    ['names of downloads', { responseOverrides: true }, /response-content-disposition/],
    ['404 for what is missing', { listBucket: true }, /s3:ListBucket/],
    ['its caution', { listBucket: true }, /signed link to \/ would\s+\S*\s*show the list/],
  ])('has %s where that is wished, and else not', (_wish, names, said) => {
    expect(formsWith({ ...plain, ...names }, said)).toEqual(ALL);
    expect(formsWith(plain, said)).toEqual([]);
  });
});

describe('a key that is given', () => {
  const publicKeyPem = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n';

  it('takes the place of the command that makes one', () => {
    expect(formsWith({ ...plain, publicKeyPem }, /openssl/)).toEqual([]);
    expect(formsWith({ ...plain, publicKeyPem }, /MFkw/)).toEqual(ALL);
  });
});

describe('a bucket that is there', () => {
  const names = { ...plain, bucketExists: true };

  it('is made by none of the forms', () => {
    const making =
      /Type: AWS::S3::Bucket$|resource "aws_s3_bucket" |new s3\.Bucket\(|create-bucket/m;
    expect(formsWith(plain, making)).toEqual(ALL);
    expect(formsWith(names, making)).toEqual([]);
  });

  it('is found in its own region', () => {
    const { cloudformation, cli } = exportSetup({ ...names, region: 'ap-south-1' });
    expect(cloudformation).toContain('DomainName: my-files.s3.ap-south-1.amazonaws.com');
    expect(cli).toContain('my-files.s3.ap-south-1.amazonaws.com');
  });

  it('may have a policy, of which each form says what becomes of it', () => {
    expect(formsWith(names, /If the bucket has a policy, the stack fails/)).toEqual([
      'cloudformation',
      'cdk',
    ]);
    expect(formsWith(names, /takes\s+# the place of the one it has/)).toEqual(['terraform']);
    expect(formsWith(names, /What the policy of the bucket says by now stays/)).toEqual(['cli']);
  });
});
