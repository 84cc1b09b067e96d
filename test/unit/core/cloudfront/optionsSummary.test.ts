import { describe, expect, it } from 'vitest';
import { contentDisposition } from '../../../../src/core/cloudfront/contentDisposition.ts';
import { optionsSummary } from '../../../../src/core/cloudfront/optionsSummary.ts';
import type { SignOptions } from '../../../../src/core/cloudfront/signOptions.ts';
import { localText } from '../../../../src/core/expiry.ts';
import { linkFormats } from '../../../../src/core/linkFormats/linkFormats.ts';

const WEEK = { kind: 'duration', seconds: 604_800 } as const;
const CHRISTMAS = { kind: 'moment', epoch: 1_798_135_200 } as const;
const [, markdown] = linkFormats([]);

describe('options in one line', () => {
  const lines: readonly (readonly [options: SignOptions, line: string])[] = [
    [{}, ''],
    [{ expiry: WEEK }, '7d'],
    [{ expiry: { kind: 'duration', seconds: 131_400 } }, '1d12h30m'],
    [{ expiry: CHRISTMAS }, `until ${localText(CHRISTMAS.epoch)}`],
    [{ notBefore: WEEK }, 'not before 7d'],
    [{ notBefore: CHRISTMAS }, `not before ${localText(CHRISTMAS.epoch)}`],
    [{ ipAddress: '198.51.100.7/32' }, 'from 198.51.100.7'],
    [{ ipAddress: '198.51.100.0/24' }, 'from 198.51.100.0/24'],
    [{ hashAlgorithm: 'SHA256' }, 'SHA-256'],
    [
      {
        query: {
          'response-content-disposition': contentDisposition('Q3 résumé.pdf'),
          'response-content-type': 'application/pdf',
          versionId: 'abc',
          size: 'large',
        },
      },
      'as Q3 résumé.pdf · application/pdf · version abc · size=large',
    ],
    [{ query: { 'response-content-disposition': 'inline' } }, 'inline'],
    [{ distribution: { domain: 'a.example', protocol: 'https' } }, 'through a.example'],
    [{ distribution: { id: 'E2QWRUHAPOMQZL' } }, 'through E2QWRUHAPOMQZL'],
    [{ keyPairId: 'K2JCJMDEHXQW5F' }, 'by K2JCJMDEHXQW5F'],
    [{ ...(markdown && { format: markdown }) }, 'Markdown'],
    [
      { expiry: WEEK, ipAddress: '198.51.100.7/32', hashAlgorithm: 'SHA256' },
      '7d · from 198.51.100.7 · SHA-256',
    ],
  ];
  it.each(lines)('%j', (options, line) => {
    expect(optionsSummary(options)).toBe(line);
  });

  it('stays one line, and short, whatever a query has in it', () => {
    const line = optionsSummary({ query: { 'a\nb': 'x'.repeat(500) } });
    expect(line).toMatch(/^a␊b=x+…$/);
    expect(line.length).toBe(40);
  });
});
