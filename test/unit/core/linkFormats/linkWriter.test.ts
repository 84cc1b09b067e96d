import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkFormats } from '../../../../src/core/linkFormats/linkFormats.ts';
import { createLinkWriter } from '../../../../src/core/linkFormats/linkWriter.ts';
import { parseTemplate } from '../../../../src/core/linkFormats/template.ts';
import { valueOf } from '../valueOf.ts';
import { hostileKey, someLink } from './someLink.ts';

describe.each(linkFormats([]))('links as $label, written piece by piece,', (format) => {
  it('are what they are at once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(hostileKey, { maxLength: 3 }), { maxLength: 4 }), (keys) => {
        const batches = keys.map((some) => some.map((key) => someLink(key)));
        const writer = createLinkWriter(format);
        const pieces = batches.map((links) => valueOf(writer.write(links)));
        const whole = valueOf(format.write(batches.flat()));
        expect([...pieces, writer.end()].join('')).toBe(whole);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a file of links', () => {
  it('is named by what is in it', () => {
    const template = parseTemplate('Mine', '${url}');
    const formats = linkFormats(typeof template === 'string' ? [] : [template]);
    expect(Object.fromEntries(formats.map(({ name, fileEnding }) => [name, fileEnding]))).toEqual({
      url: 'txt',
      markdown: 'md',
      html: 'html',
      rst: 'rst',
      curl: 'sh',
      wget: 'sh',
      powershell: 'ps1',
      awscli: 'sh',
      json: 'json',
      csv: 'csv',
      Mine: 'txt',
    });
  });
});
