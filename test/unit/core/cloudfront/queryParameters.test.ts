import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseQueryText,
  queryText,
  withParameter,
} from '../../../../src/core/cloudfront/queryParameters.ts';
import { ok } from '../../../../src/core/outcome.ts';

describe('query parameters as people write them', () => {
  it.each([
    ['', {}],
    ['?', {}],
    ['a=b', { a: 'b' }],
    ['?size=large&lang=en', { size: 'large', lang: 'en' }],
    ['a', { a: '' }],
    ['a=', { a: '' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=1+1', { a: '1+1' }],
    ['a=50%25%20off', { a: '50% off' }],
    ['a=50%', { a: '50%' }],
    ['name=a b', { name: 'a b' }],
    ['&a=b&', { a: 'b' }],
    ['a=x\ny', { a: 'x\ny' }],
  ])('are read: %j', (text, query) => {
    expect(parseQueryText(text)).toEqual(ok(query));
  });

  it.each([
    ['Expires=5', { code: 'query-reserved', name: 'Expires' }],
    ['a=b&policy=x', { code: 'query-reserved', name: 'policy' }],
    ['a=1&a=2', { code: 'option-invalid', option: 'query', detail: '“a” is there twice.' }],
    ['=b', { code: 'option-invalid', option: 'query' }],
    ['a=\ud800', { code: 'option-invalid', option: 'query' }],
  ])('are refused: %j', (text, problem) => {
    expect(parseQueryText(text)).toMatchObject({ kind: 'problem', problem });
  });

  it('are written so that they are read as the same again', () => {
    const anyText = fc.string({ unit: 'grapheme' });
    const anyName = anyText.filter(
      (name) => !/^(?:|expires|policy|signature|key-pair-id|hash-algorithm)$/i.test(name),
    );
    fc.assert(
      fc.property(fc.dictionary(anyName, anyText), (query) => {
        expect(parseQueryText(queryText(query))).toEqual(ok({ ...query }));
      }),
    );
  });
});

describe('options with one parameter more', () => {
  it('have it last, and only once', () => {
    const options = { keyPairId: 'K2JCJMDEHXQW5F', query: { a: '1', b: '2' } };
    const { query = {}, ...others } = withParameter(options, 'a', '3');
    expect(Object.entries(query)).toEqual([
      ['b', '2'],
      ['a', '3'],
    ]);
    expect(others).toEqual({ keyPairId: 'K2JCJMDEHXQW5F' });
  });

  it('have no query where the last one is taken out', () => {
    expect(withParameter({ query: { a: '1' } }, 'a', undefined)).toEqual({});
    expect(withParameter({}, 'a', undefined)).toEqual({});
  });
});
