import { describe, expect, it } from 'vitest';
import { originPathTo, readBucketOrigin } from '../../../../src/core/cloudfront/originDomain.ts';
import { someOrigin } from './someDistribution.ts';

function read(domainName: string, originPath = ''): ReturnType<typeof readBucketOrigin> {
  return readBucketOrigin({ domainName, originPath });
}

describe('the domain name of an origin', () => {
  it.each([
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
    ['films.s3.eu-west-1.amazonaws.com', 'regional', 'films', 'eu-west-1'],
    ['films.s3.us-gov-west-1.amazonaws.com', 'regional', 'films', 'us-gov-west-1'],
    ['films.s3.amazonaws.com', 'global', 'films', undefined],
    ['films.s3-external-1.amazonaws.com', 'global', 'films', undefined],
    ['films.s3-eu-west-1.amazonaws.com', 'legacy', 'films', 'eu-west-1'],
    ['films.s3-us-gov-west-1.amazonaws.com', 'legacy', 'films', 'us-gov-west-1'],
    ['films.s3.dualstack.eu-west-1.amazonaws.com', 'dualstack', 'films', 'eu-west-1'],
    ['films.s3-fips.us-east-1.amazonaws.com', 'fips', 'films', 'us-east-1'],
    ['films.s3-fips.dualstack.us-east-1.amazonaws.com', 'fips', 'films', 'us-east-1'],
    ['films.s3-fips-us-gov-west-1.amazonaws.com', 'fips', 'films', 'us-gov-west-1'],
    // Other partitions
    ['films.s3.cn-north-1.amazonaws.com.cn', 'regional', 'films', 'cn-north-1'],
    ['films.s3.dualstack.cn-north-1.amazonaws.com.cn', 'dualstack', 'films', 'cn-north-1'],
    ['films.s3.eusc-de-east-1.amazonaws.eu', 'regional', 'films', 'eusc-de-east-1'],
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
    ['films.s3-website-eu-west-1.amazonaws.com', 'website', 'films', 'eu-west-1'],
    ['films.s3-website.eu-central-1.amazonaws.com', 'website', 'films', 'eu-central-1'],
    ['films.s3-website.cn-northwest-1.amazonaws.com.cn', 'website', 'films', 'cn-northwest-1'],
    // Access points, by account and by alias
    [
      'reader-111122223333.s3-accesspoint.eu-west-1.amazonaws.com',
      'access-point',
      'reader-111122223333',
      'eu-west-1',
    ],
    [
      'reader-111122223333.s3-accesspoint.dualstack.eu-west-1.amazonaws.com',
      'access-point',
      'reader-111122223333',
      'eu-west-1',
    ],
    [
      'reader-a1b2c3d4e5-s3alias.s3.eu-west-1.amazonaws.com',
      'access-point',
      'reader-a1b2c3d4e5-s3alias',
      'eu-west-1',
    ],
    ['films.s3-accelerate.amazonaws.com', 'accelerate', 'films', undefined],
    ['films.s3-accelerate.dualstack.amazonaws.com', 'accelerate', 'films', undefined],
    // Dots belong to the bucket, also where they look like something else
    ['my.old.films.s3.eu-west-1.amazonaws.com', 'regional', 'my.old.films', 'eu-west-1'],
    [
      'www.example.com.s3-website-eu-west-1.amazonaws.com',
      'website',
      'www.example.com',
      'eu-west-1',
    ],
    ['films.s3.s3.eu-west-1.amazonaws.com', 'regional', 'films.s3', 'eu-west-1'],
    ['s3.s3.amazonaws.com', 'global', 's3', undefined],
    [
      'a.s3.eu-west-1.amazonaws.com.s3.amazonaws.com',
      'global',
      'a.s3.eu-west-1.amazonaws.com',
      undefined,
    ],
    ['Films.S3.EU-West-1.AmazonAWS.com', 'regional', 'films', 'eu-west-1'],
  ])('%s is %s: %s in %s', (domainName, form, bucket, region) => {
    expect(read(domainName)).toEqual({ form, bucket, region, originPath: '' });
    expect(read(domainName, '/media')).toEqual({ form, bucket, region, originPath: '/media' });
  });

  it.each([
    ['s3.eu-west-1.amazonaws.com', '/films', ''],
    ['s3.eu-west-1.amazonaws.com', '/films/media/new', '/media/new'],
    ['s3.amazonaws.com', '/films', ''],
    ['s3-eu-west-1.amazonaws.com', '/films', ''],
    ['s3.dualstack.eu-west-1.amazonaws.com', '/films/a', '/a'],
    ['s3-fips.us-east-1.amazonaws.com', '/films', ''],
    ['s3.cn-north-1.amazonaws.com.cn', '/films', ''],
  ])('%s with the origin path %s is path-style: films, then %j', (domainName, path, originPath) => {
    expect(read(domainName, path)).toMatchObject({
      form: 'path-style',
      bucket: 'films',
      originPath,
    });
  });

  it.each([
    ['files.example.com', '/films'],
    ['s3.eu-west-1.amazonaws.com', ''],
    ['s3-website.eu-west-1.amazonaws.com', '/films'],
    ['s3-accelerate.amazonaws.com', '/films'],
    ['films.s3.eu-west-1.amazonaws.com.example.com', ''],
    ['films.s3.eu-west-1.amazonaws.org', ''],
    ['films-s3.eu-west-1.amazonaws.com', ''],
    ['films.xs3.eu-west-1.amazonaws.com', ''],
    ['bucket.lambda-url.eu-west-1.on.aws', ''],
    ['abc.execute-api.eu-west-1.amazonaws.com', ''],
    ['films.s3-object-lambda.eu-west-1.amazonaws.com', ''],
    ['.s3.eu-west-1.amazonaws.com', ''],
    ['', ''],
  ])('%s with the origin path %j is no bucket’s', (domainName, originPath) => {
    expect(read(domainName, originPath)).toBeUndefined();
  });

  it('is read at once, however long', () => {
    const started = performance.now();
    expect(read(`${'s3.'.repeat(20_000)}amazonaws.org`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('the origin path', () => {
  it('is percent-decoded, as S3 decodes it', () => {
    expect(read('films.s3.amazonaws.com', '/a%20b')?.originPath).toBe('/a b');
    expect(read('s3.amazonaws.com', '/films/a%20b')?.originPath).toBe('/a b');
    expect(read('films.s3.amazonaws.com', '/50%')?.originPath).toBe('/50%');
  });

  it('leads to the bucket of its origin, whatever capitals that has, and to no other', () => {
    const origin = someOrigin({ originPath: '/media' });
    expect(originPathTo('films', origin)).toBe('/media');
    expect(originPathTo('Films', origin)).toBe('/media');
    expect(originPathTo('film', origin)).toBeUndefined();
    expect(originPathTo('films', someOrigin({ domainName: 'example.com' }))).toBeUndefined();
  });
});
