import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentDisposition,
  fileNameFault,
  fileNameIn,
} from '../../../../src/core/cloudfront/contentDisposition.ts';

const FILE_NAME = fc
  .string({ unit: 'binary', minLength: 1 })
  .filter((name) => fileNameFault(name) === undefined);

describe('the header that names a download', () => {
  it.each([
    ['report.pdf', 'attachment; filename="report.pdf"'],
    ['Q3 (final), v2.pdf', 'attachment; filename="Q3 (final), v2.pdf"'],
    ["it's.txt", `attachment; filename="it's.txt"`],
    ['résumé.pdf', `attachment; filename="r_sum_.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf`],
    ['😀.txt', `attachment; filename="_.txt"; filename*=UTF-8''%F0%9F%98%80.txt`],
    ['a"b.txt', `attachment; filename="a_b.txt"; filename*=UTF-8''a%22b.txt`],
    // Some take an escape in the plain form for the character, some as it is.
    ['50%41.txt', `attachment; filename="50_41.txt"; filename*=UTF-8''50%2541.txt`],
    ["a';*.txt", `attachment; filename="a';_.txt"; filename*=UTF-8''a%27%3B%2A.txt`],
  ])('of %j', (name, header) => {
    expect(contentDisposition(name)).toBe(header);
  });

  it('says the very name, whatever it is', () => {
    fc.assert(
      fc.property(FILE_NAME, (name) => {
        expect(fileNameIn(contentDisposition(name))).toBe(name);
      }),
    );
  });

  it('is of the grammar, and nothing in a name begins another parameter or header', () => {
    fc.assert(
      fc.property(FILE_NAME, (name) => {
        expect(contentDisposition(name)).toMatch(
          /^attachment; filename="[ !#-[\]-~]+"(?:; filename\*=UTF-8''(?:[\w.~-]|%[0-9A-F]{2})+)?$/,
        );
      }),
    );
  });
});

describe('a file name', () => {
  it.each([
    ['', /at least one/],
    ['  ', /at least one/],
    ['a\nb', /no file name/],
    ['a\r\nSet-Cookie: x', /no file name/],
    ['a\u0000', /no file name/],
    ['a\u2028b', /no file name/],
    ['\ud800', /no file name/],
    ['../secret', /no slashes/],
    ['a\\b', /no slashes/],
    ['..', /dots/],
  ])('is not %j', (name, fault) => {
    expect(fileNameFault(name)).toMatch(fault);
  });

  it.each(['report.pdf', 'résumé', '.htaccess', 'a"b', '100%', '😀'])('is %j', (name) => {
    expect(fileNameFault(name)).toBeUndefined();
  });
});

describe('a header that somebody else wrote', () => {
  it.each([
    ['attachment', undefined],
    ['inline; filename=plain.txt', 'plain.txt'],
    ['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
    [`attachment; filename="x"; FileName* = utf-8'en'%e2%82%ac.txt`, '€.txt'],
    [`attachment; filename="x"; filename*=UTF-8''%ff`, 'x'],
    [`attachment; filename*=iso-8859-1''%A3.txt`, undefined],
  ])('%j names %j', (header, name) => {
    expect(fileNameIn(header)).toBe(name);
  });
});
