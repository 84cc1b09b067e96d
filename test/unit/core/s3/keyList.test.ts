import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locationOf, readKeyList, readNames } from '../../../../src/core/s3/keyList.ts';
import { s3Uri } from '../../../../src/core/s3/location.ts';

const films = { bucket: 'films', prefix: '' };

function objectsIn(text: string, place = films) {
  return [...readKeyList(text)].map((name) => locationOf(name, place));
}

describe('a list of objects', () => {
  it('has one a line: a key, an S3 URI or an ARN', () => {
    const text = 'a.mp4\ns3://other/b c.mp4\r\narn:aws:s3:::third/d/e.mp4';
    expect(objectsIn(text)).toEqual([
      { bucket: 'films', key: 'a.mp4' },
      { bucket: 'other', key: 'b c.mp4' },
      { bucket: 'third', key: 'd/e.mp4' },
    ]);
  });

  it('may have blank lines and comments', () => {
    expect(objectsIn('# to be sent\n\na\n   \n#b\ns3://films/#c\n')).toEqual([
      { bucket: 'films', key: 'a' },
      { bucket: 'films', key: '#c' },
    ]);
  });

  it('takes a key as it is, with its spaces, its percent signs and what looks like a bucket', () => {
    const keys = [' a', 'b ', 'c%20d', 'films/e', '/f', '[g]', 'Ä: h'];
    expect(objectsIn(keys.join('\n'))).toEqual(keys.map((key) => ({ bucket: 'films', key })));
  });

  it('has its keys in a part of a bucket, where that is named', () => {
    expect(objectsIn('a\ns3://films/b', { bucket: 'films', prefix: '2026/' })).toEqual([
      { bucket: 'films', key: '2026/a' },
      { bucket: 'films', key: 'b' },
    ]);
  });

  it('may be JSON: texts, and objects with bucket and key', () => {
    const list = ['a\nb', 's3://other/c', { bucket: 'third', key: 'd', size: 1 }];
    const expected = [
      { bucket: 'films', key: 'a\nb' },
      { bucket: 'other', key: 'c' },
      { bucket: 'third', key: 'd' },
    ];
    expect(objectsIn(` ${JSON.stringify(list, undefined, 2)}\n`)).toEqual(expected);
    expect([...readNames(list)].map((name) => locationOf(name, films))).toEqual(expected);
  });

  it.each([
    ['a URL', 'a\nhttps://a.example/b', 2, 'https://a.example/b'],
    ['a bucket alone', 's3://films\na', 1, 's3://films'],
    ['a bucket of no legal name', 'a\n\n# b\ns3://!/c', 4, 's3://!/c'],
    ['an ARN of something else', 'arn:aws:iam::1:role/a', 1, 'arn:aws:iam::1:role/a'],
    ['a number', '["a", 5]', 2, '5'],
    ['an object without a key', '[{"bucket":"films"}]', 1, '{"bucket":"films"}'],
    ['an empty text', '["a", "b", ""]', 3, ''],
  ])('names the line that is %s', (_, text, line, named) => {
    const names = [...readKeyList(text)];
    expect(names.filter(({ kind }) => kind === 'neither')).toEqual([
      { kind: 'neither', line, text: named },
    ]);
    const objects = names.map((name) => locationOf(name, films)).filter((one) => one);
    expect(objects.length).toBe(names.length - 1);
  });

  it('gives a key no place where none is known', () => {
    expect([...readKeyList('a')].map((name) => locationOf(name, undefined))).toEqual([undefined]);
  });

  it('reads every object back that is written as an S3 URI, or in JSON', () => {
    const anyLocation = fc.record({
      bucket: fc.constant('films'),
      key: fc.string({ unit: 'grapheme', minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(anyLocation, { minLength: 1 }), (locations) => {
        expect(objectsIn(JSON.stringify(locations))).toEqual(locations);
        expect(objectsIn(JSON.stringify(locations.map(s3Uri)))).toEqual(locations);
        const inLines = locations.filter(({ key }) => !/[\r\n]/.test(key));
        expect(objectsIn(inLines.map(s3Uri).join('\n'))).toEqual(inLines);
      }),
    );
  });
});
