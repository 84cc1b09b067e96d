import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../src/core/outcome.ts';
import { compareKeys } from '../../../../src/core/s3/keyOrder.ts';
import {
  justBefore,
  parseS3Location,
  parseS3Place,
  s3Arn,
  s3Uri,
} from '../../../../src/core/s3/location.ts';
import { anyCodeUnits, anyKey } from '../cloudfront/anyKey.ts';
import { anyCharacter, anyShortKey } from './bordersOfUnicode.ts';

const anyBucket = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);

const anyLocation = fc.record({ bucket: anyBucket, key: anyKey });

/** Keys that something elsewhere would decode, trim, split or normalise. */
const LITERAL_KEYS = [
  'a.txt',
  'a%20b',
  'a b',
  'a+b',
  '100%',
  'a?b=c&d',
  '?versionId=1',
  'a#b',
  'line\nend',
  '\n',
  ' leading and trailing ',
  'tab\t',
  '/leading',
  'trailing/',
  '//',
  'a//b',
  '../a',
  's3://bucket/key',
  'arn:aws:s3:::bucket/key',
  'e\u0301 é',
  '\u{1f600}',
];

describe('a location is read from', () => {
  it.each(LITERAL_KEYS)('a URI with the key %j as it is', (key) => {
    expect(parseS3Location(`s3://films/${key}`)).toEqual(ok({ bucket: 'films', key }));
  });

  it.each(LITERAL_KEYS)('an ARN with the key %j as it is', (key) => {
    expect(parseS3Location(`arn:aws:s3:::films/${key}`)).toEqual(ok({ bucket: 'films', key }));
  });

  it.each(LITERAL_KEYS)('bucket and key %j as it is', (key) => {
    expect(parseS3Location(`films/${key}`)).toEqual(ok({ bucket: 'films', key }));
  });

  it.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b', 'aws-eusc'])(
    'an ARN of the partition %s',
    (partition) => {
      expect(parseS3Location(`arn:${partition}:s3:::films/a/b`)).toEqual(
        ok({ bucket: 'films', key: 'a/b' }),
      );
    },
  );

  it.each(['films', 'films/', 's3://films', 's3://films/', 'S3://films', 'arn:aws:s3:::films'])(
    'a bucket alone, with an empty key: %s',
    (text) => {
      expect(parseS3Location(text)).toEqual(ok({ bucket: 'films', key: '' }));
    },
  );

  it('what was pasted with white space before it', () => {
    expect(parseS3Location('\n  s3://films/a ')).toEqual(ok({ bucket: 'films', key: 'a ' }));
  });

  it.each(['a.b-c', '123', 'Old_Bucket', 'b'.repeat(63), 'o'.repeat(255)])(
    'a bucket that may be called %s',
    (bucket) => {
      expect(parseS3Location(`s3://${bucket}/a`)).toEqual(ok({ bucket, key: 'a' }));
    },
  );
});

describe('no location is read from', () => {
  it.each([
    '',
    ' ',
    '/',
    '/a/b',
    's3://',
    's3:///a',
    's3:/films/a',
    'ab',
    's3://ab/c',
    's3://fi lms/a',
    's3://films?/a',
    's3://-films/a',
    's3://films./a',
    's3://fïlms/a',
    'https://films.s3.amazonaws.com/a',
    'arn:aws:s3:eu-west-1:111122223333:accesspoint/films/object/a',
    'arn:aws:sqs:::films/a',
    'arn:aws:s3::films/a',
    'films:a',
    'films\n/a',
    `s3://${'b'.repeat(256)}/a`,
  ])('%j', (text) => {
    expect(parseS3Location(text)).toMatchObject({
      kind: 'problem',
      problem: { code: 'location-invalid' },
    });
  });

  it('a long text, which the problem tells shortened', () => {
    const text = `s3://a/${'b'.repeat(2000)}`;
    const short = `s3://a/${'b'.repeat(72)}…`;
    expect(parseS3Location(text)).toEqual(fail({ code: 'location-invalid', text: short }));
  });
});

it('a URI is read back to its location, whatever the key', () => {
  fc.assert(
    fc.property(anyLocation, (location) => {
      expect(parseS3Location(s3Uri(location))).toEqual(ok(location));
    }),
  );
});

it('an ARN is read back to its location, whatever the key', () => {
  fc.assert(
    fc.property(anyLocation, (location) => {
      expect(parseS3Location(s3Arn(location, 'eu-west-1'))).toEqual(ok(location));
    }),
  );
});

it('the ARN of a bucket has no slash', () => {
  expect(s3Arn({ bucket: 'films', key: '' }, 'eu-west-1')).toBe('arn:aws:s3:::films');
});

it.each([
  ['cn-north-1', 'arn:aws-cn:s3:::films/a b'],
  ['us-gov-west-1', 'arn:aws-us-gov:s3:::films/a b'],
  ['eusc-de-east-1', 'arn:aws-eusc:s3:::films/a b'],
  ['us-east-1', 'arn:aws:s3:::films/a b'],
])('an ARN is of the partition that has the region %s', (region, arn) => {
  expect(s3Arn({ bucket: 'films', key: 'a b' }, region)).toBe(arn);
});

it('reading throws at no text', () => {
  fc.assert(
    fc.property(fc.oneof(anyCodeUnits, fc.string(), fc.webUrl()), (text) => {
      expect(['ok', 'problem']).toContain(parseS3Location(text).kind);
    }),
  );
});

describe('a place', () => {
  it.each([
    ['films', ''],
    ['films/', ''],
    ['films/2026', '2026'],
    ['s3://films/2026/', '2026/'],
    ['arn:aws:s3:::films/a b/', 'a b/'],
    [' s3://films/2026/\n', '2026/'],
  ])('is read from %j', (text, prefix) => {
    expect(parseS3Place(text)).toEqual(ok({ bucket: 'films', prefix }));
  });

  it('is not read from what is no location', () => {
    expect(parseS3Place('a')).toEqual(fail({ code: 'location-invalid', text: 'a' }));
  });
});

describe('just before a key', () => {
  it.each([
    ['b', 'a\u{10ffff}'],
    ['logs/2026/', 'logs/2026.\u{10ffff}'],
    ['a\0', 'a'],
    ['\ue000', '\ud7ff\u{10ffff}'],
    ['\u{10000}', '\uffff\u{10ffff}'],
  ])('%j lies %j', (key, before) => {
    expect(justBefore(key)).toBe(before);
  });

  const anyKeyToFind = fc
    .tuple(anyShortKey, anyCharacter)
    .map(([head, last]): [head: string, key: string] => [head, head + last]);

  it('is below it, and valid Unicode', () => {
    fc.assert(
      fc.property(anyKeyToFind, ([, key]) => {
        expect(compareKeys(justBefore(key), key)).toBeLessThan(0);
        expect(justBefore(key).isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('lies behind every key that comes before it', () => {
    // Neighbours share the key's beginning and part from it in its last character.
    const anyNeighbours = fc.tuple(anyKeyToFind, anyCharacter, anyShortKey);
    fc.assert(
      fc.property(anyNeighbours, ([[head, key], other, tail]) => {
        const between = [head, head + other, head + other + tail, tail].filter(
          (neighbour) =>
            // The highest character of all is no character, and in nobody's key.
            !neighbour.includes('\u{10ffff}') &&
            compareKeys(neighbour, key) < 0 &&
            compareKeys(neighbour, justBefore(key)) > 0,
        );
        expect(between).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
