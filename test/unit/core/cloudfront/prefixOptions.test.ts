import { describe, expect, it } from 'vitest';
import { parsePrefixOptions } from '../../../../src/core/cloudfront/prefixOptions.ts';
import { COOKIE_FORMATS } from '../../../../src/core/cookies/cookieFormats.ts';
import { parseTemplate } from '../../../../src/core/linkFormats/template.ts';
import { valueOf } from '../valueOf.ts';

const template = parseTemplate('Mine', '${url}');
const templates = typeof template === 'string' ? [] : [template];

describe('the options of a prefix', () => {
  it('are those of an object', () => {
    const options = { expiresIn: '1h', ipAddress: '192.0.2.1', query: { a: 'b' } };
    expect(valueOf(parsePrefixOptions(options, []))).toEqual({
      expiry: { kind: 'duration', seconds: 3600 },
      ipAddress: '192.0.2.1/32',
      query: { a: 'b' },
      form: undefined,
    });
  });

  it.each<readonly [format: string, form: object]>([
    ['markdown', { kind: 'links', format: { name: 'markdown' } }],
    ['Mine', { kind: 'links', format: { name: 'Mine' } }],
    ['base-url', { kind: 'base-url' }],
    ...COOKIE_FORMATS.map(({ name }) => [name, { kind: 'cookies', format: { name } }] as const),
  ])('name a format: %s', (format, form) => {
    expect(valueOf(parsePrefixOptions({ format }, templates)).form).toMatchObject(form);
  });

  it.each([
    [{ format: 'doc' }, 'format', /url, markdown.*csv, Mine, base-url, set-cookie/],
    [{ format: null }, 'format', /Give one of these/],
    [{ format: 'cookie-jar', query: { a: 'b' } }, 'query', /Cookies carry no query/],
    [{ expiresIn: 'soon' }, 'expiresIn', /duration/],
    [{ prefix: 'a/' }, 'prefix', /no such option/],
  ])('are refused: %j', (raw, option, detail) => {
    expect(parsePrefixOptions(raw, templates)).toMatchObject({
      kind: 'problem',
      problem: { code: 'option-invalid', option, detail: expect.stringMatching(detail) },
    });
  });
});
