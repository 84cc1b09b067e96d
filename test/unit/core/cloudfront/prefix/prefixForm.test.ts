import { describe, expect, it } from 'vitest';
import { parsePrefixForm } from '../../../../../src/core/cloudfront/prefix/prefixForm.ts';
import { COOKIE_FORMATS } from '../../../../../src/core/cookies/cookieFormats.ts';
import { PLAIN_URL } from '../../../../../src/core/linkFormats/plainUrl.ts';
import { parseTemplate } from '../../../../../src/core/linkFormats/template.ts';
import { valueOf } from '../../valueOf.ts';

const template = parseTemplate('Mine', '${url}');
const templates = typeof template === 'string' ? [] : [template];

describe('the form of what opens a prefix', () => {
  it('is for the settings to say where nobody else does', () => {
    expect(valueOf(parsePrefixForm(undefined, {}, []))).toBeUndefined();
  });

  it('may be said by a preset, which the script outdoes', () => {
    const options = { format: PLAIN_URL };
    expect(valueOf(parsePrefixForm(undefined, options, []))).toEqual({
      kind: 'links',
      format: PLAIN_URL,
    });
    expect(valueOf(parsePrefixForm('base-url', options, []))).toEqual({ kind: 'base-url' });
  });

  it.each<readonly [name: string, form: object]>([
    ['markdown', { kind: 'links', format: { name: 'markdown' } }],
    ['Mine', { kind: 'links', format: { name: 'Mine' } }],
    ['base-url', { kind: 'base-url' }],
    ...COOKIE_FORMATS.map(({ name }) => [name, { kind: 'cookies', format: { name } }] as const),
  ])('has the name %s', (name, form) => {
    expect(valueOf(parsePrefixForm(name, {}, templates))).toMatchObject(form);
  });

  it.each([
    ['doc', {}, 'format', /url, markdown.*csv, Mine, base-url, set-cookie/],
    [null, {}, 'format', /Give one of these/],
    ['cookie-jar', { query: { a: 'b' } }, 'query', /Cookies carry no query/],
  ])('is refused: %j with %j', (name, options, option, detail) => {
    expect(parsePrefixForm(name, options, templates)).toMatchObject({
      kind: 'problem',
      problem: { code: 'option-invalid', option, detail: expect.stringMatching(detail) },
    });
  });
});
