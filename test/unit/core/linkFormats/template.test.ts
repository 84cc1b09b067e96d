import { micromark } from 'micromark';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../../../src/core/linkFormats/link.ts';
import { parseTemplate, templateFormat } from '../../../../src/core/linkFormats/template.ts';
import { visibleText } from '../../../../src/core/s3/visibleText.ts';
import { valueOf } from '../valueOf.ts';
import { readPowerShell } from './readPowerShell.ts';
import { hostileKey, SIGNED_URL, someLink, unsignedLink } from './someLink.ts';

function fill(text: string, ...links: readonly Link[]): string {
  const template = parseTemplate('Ticket', text);
  if (typeof template === 'string') throw new Error(template);
  return valueOf(templateFormat(template).write(links));
}

const photo = someLink('photos/Tom & Jerry?.jpg');

describe('a placeholder', () => {
  it.each([
    ['url', SIGNED_URL],
    ['unsignedUrl', 'https://files.example.com/a%20%281%29?size=large&copy=1'],
    ['domain', 'files.example.com'],
    ['bucket', 'films'],
    ['key', 'photos/Tom & Jerry?.jpg'],
    ['s3Uri', 's3://films/photos/Tom & Jerry?.jpg'],
    ['fileName', 'Tom & Jerry?.jpg'],
    ['downloadName', 'Tom & Jerry_.jpg'],
    ['expires', '2026-12-24T17:00:00Z'],
    ['expiresEpoch', '1798131600'],
    ['keyPairId', 'K2JCJMDEHXQW5F'],
  ])('%s is %s', (name, value) => {
    expect(fill(`\${${name}}`, photo)).toBe(value);
    expect(fill(`<\${ ${name} }>`, photo)).toBe(`<${value}>`);
  });

  it('expiresLocal is the end as people here read it', () => {
    const local = new Date(1_798_131_600_000);
    const text = fill('${expiresLocal}', photo);
    expect(text).toMatch(/^[A-Z][a-z]{2}, \d{1,2} Dec 2026, \d\d:00 \S/);
    expect(text).toContain(
      `${local.getDate()} Dec 2026, ${String(local.getHours()).padStart(2, '0')}`,
    );
  });

  it('of an end or a key is empty where a URL has no signature', () => {
    expect(
      fill(
        '${unsignedUrl}|${expires}|${expiresLocal}|${expiresEpoch}|${keyPairId}',
        unsignedLink('a'),
      ),
    ).toBe('https://files.example.com/a_||||');
  });

  it('stands in one line, and shows all there is', () => {
    expect(fill('${key}', someLink('a\nb\u202ec'))).toBe('a␊b‹U+202E›c');
  });
});

it('a template is filled for each object, one a line, and all else in it stays', () => {
  expect(fill('$${url} costs $5 {${fileName}}\n', someLink('a'), someLink('b/${url}'))).toBe(
    '${url} costs $5 {a}\n\n${url} costs $5 {${url}}\n',
  );
});

describe('a filter', () => {
  it.each([
    ['html', 'Tom &amp; Jerry?.jpg'],
    ['markdown', 'Tom \\& Jerry?.jpg'],
    ['rst', 'Tom & Jerry?.jpg'],
    ['sh', "'Tom & Jerry?.jpg'"],
    ['powershell', "'Tom & Jerry?.jpg'"],
    ['json', '"Tom & Jerry?.jpg"'],
    ['csv', '"Tom & Jerry?.jpg"'],
    ['uri', 'Tom%20%26%20Jerry%3F.jpg'],
  ])('%s writes %s', (name, text) => {
    expect(fill(`\${fileName|${name}}`, photo)).toBe(text);
    expect(fill(`\${ fileName | ${name} }`, photo)).toBe(text);
  });

  it('keeps any key within what it stands in', () => {
    fc.assert(
      fc.property(hostileKey, (key) => {
        const link = someLink(key);
        expect(JSON.parse(fill('{"key": ${key|json}}', link))).toEqual({ key });
        expect(readPowerShell(fill('Write-Output ${key|powershell} b', link))).toEqual([
          'Write-Output',
          key,
          'b',
        ]);
        expect(parse(fill('a,${key|csv},b', link))).toHaveLength(1);
        const query = new URL(fill('https://a.example/?k=${key|uri}&l=1', link)).searchParams;
        expect([...query]).toEqual([
          ['k', key],
          ['l', '1'],
        ]);
        expect(parseFragment(fill('<i>${key|html}</i>', link)).childNodes).toMatchObject([
          { nodeName: 'i', childNodes: [{ nodeName: '#text', value: visibleText(key) }] },
        ]);
        expect(micromark(fill('a ${key|markdown} b', link))).toBe(
          `<p>${micromarkText(`a ${visibleText(key)} b`)}</p>`,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

/** A text as micromark writes it where nothing in it is markup. */
function micromarkText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
