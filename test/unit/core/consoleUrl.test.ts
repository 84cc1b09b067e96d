import { describe, expect, it } from 'vitest';
import { distributionConsoleUrl, s3ConsoleUrl } from '../../../src/core/consoleUrl.ts';
import { someDistribution } from './cloudfront/someDistribution.ts';

describe('the page of the console', () => {
  it.each([
    ['', 'buckets/films?region=eu-west-1'],
    ['a b/', 'buckets/films?region=eu-west-1&prefix=a%20b%2F'],
    ['a/b+c&d.txt', 'object/films?region=eu-west-1&prefix=a%2Fb%2Bc%26d.txt'],
    ['発表.md', 'object/films?region=eu-west-1&prefix=%E7%99%BA%E8%A1%A8.md'],
  ])('of %j in a bucket is %s', (key, rest) => {
    expect(s3ConsoleUrl({ bucket: 'films', key }, 'eu-west-1')).toBe(
      `https://eu-west-1.console.aws.amazon.com/s3/${rest}`,
    );
  });

  it.each([
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
    ['eusc-de-east-1', 'eusc-de-east-1.console.amazonaws-eusc.eu'],
    ['us-east-1', 'us-east-1.console.aws.amazon.com'],
  ])('of a bucket in %s is at %s', (region, host) => {
    expect(new URL(s3ConsoleUrl({ bucket: 'films', key: '' }, region)).host).toBe(host);
  });

  it.each([
    ['aws', 'https://us-east-1.console.aws.amazon.com'],
    ['aws-cn', 'https://cn-northwest-1.console.amazonaws.cn'],
    ['aws-eusc', 'https://eusc-de-east-1.console.amazonaws-eusc.eu'],
  ])('of a distribution in %s is at %s', (partition, origin) => {
    const arn = `arn:${partition}:cloudfront::111122223333:distribution/E1FILMS`;
    expect(distributionConsoleUrl(someDistribution({ arn }))).toBe(
      `${origin}/cloudfront/v4/home#/distributions/E1FILMS`,
    );
  });
});
