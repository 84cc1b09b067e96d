import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { hoverText } from '../../../../src/core/inspect/hoverText.ts';
import { inspectionReport } from '../../../../src/core/inspect/inspectionReport.ts';
import { inspectionSummary } from '../../../../src/core/inspect/inspectionSummary.ts';
import { inspectText } from '../../../../src/core/inspect/inspectText.ts';
import type { CloudFrontInspection } from '../../../../src/core/inspect/inspection.ts';
import { distanceText } from '../../../../src/core/inspect/lifeText.ts';
import type { Verification } from '../../../../src/core/verify/verifyLink.ts';
import {
  verificationReport,
  verificationSummary,
} from '../../../../src/core/verify/verificationText.ts';
import { RSA } from '../cloudfront/nodeSigner.ts';
import { valueOf } from '../valueOf.ts';
import { inspect, KEYS, linkAsWritten, NOW, someLink, URL_OF_A } from './someLinks.ts';

function html(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** A URL with everything in it that could be markup. */
const NASTY =
  'https://a.example/[x](command:y)<img>|`*_~$@www.b.c&amp;%0A%E2%80%AE/"q"?a=<b>&c=[d](https://e)';

describe('how far a moment is', () => {
  it.each([
    [NOW + 5, 'in 5 seconds'],
    [NOW + 3600 + 125, 'in 1 hour 2 minutes'],
    [NOW + 3 * 86_400 + 2 * 3600 + 59, 'in 3 days 2 hours'],
    [NOW - 61, '1 minute 1 second ago'],
    [NOW, '0 seconds ago'],
  ])('%i: %s', (epoch, text) => {
    expect(distanceText(epoch, NOW)).toBe(text);
  });
});

describe('what is said first', () => {
  it.each([
    [someLink(), /^Ends in 1 hour\. Intact: the private key that is kept here as KRSAEXAMPLE has/],
    [someLink({ expiresAt: NOW - 60, notBefore: NOW - 90 }), /^Ended 1 minute ago\. Intact/],
    [someLink({ notBefore: NOW + 60 }), /^Begins in 1 minute\. Intact/],
    [someLink().replace('c.zip', 'd.zip'), /Altered: the signature does not cover/],
    [someLink().replaceAll('&', '&amp;'), /once it is mended it is as it was signed\.$/],
    [someLink().replace('KRSAEXAMPLE', 'KSOMEOTHER1'), /once it is mended/],
    [someLink().replace(/&Signature=[^&]*/, ''), /There is no signature\. It is refused/],
    ['https://example.com/a', /^Nothing signs this URL/],
  ])('of %j', (text, words) => {
    expect(inspectionSummary(inspect(text), NOW)).toMatch(words);
  });

  it('is that nothing can be told without the key', () => {
    const inspection = valueOf(inspectText(someLink(), [], NOW));
    expect(inspectionSummary(inspection, NOW)).toMatch(/cannot be told: the private key of KRSA/);
  });

  it('of a presigned URL is when it really ends, and that CloudFront is not asked', () => {
    const text = `https://b.s3.amazonaws.com/a?X-Amz-Credential=ASIAX%2F20260921%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260921T120000Z&X-Amz-Expires=604800&X-Amz-Signature=0`;
    expect(inspectionSummary(inspect(text), NOW)).toMatch(
      /^It ends with the session that signed it, in 1 day \d+ hours at the latest\. S3 answers it past/,
    );
    expect(inspectionSummary(inspect(text.replace('ASIA', 'AKIA')), NOW)).toMatch(
      /^It ends in 6 days \d+ hours, or with the access key that signed it\./,
    );
  });
});

describe('the report', () => {
  it('tells all that a link says', () => {
    const custom = someLink({ notBefore: NOW - 60, ipAddress: '192.0.2.0/24' });
    const text = html(inspectionReport(inspect(custom), NOW)).replaceAll(/<[^>]+>/g, ' ');
    for (const part of [
      URL_OF_A,
      'This one URL',
      '(1 minute ago)',
      '(in 1 hour)',
      '2026-09-21',
      'From 192.0.2.0/24 alone',
      'Custom',
      `${RSA.keyPairId}, whose private key is kept here`,
      '✔ Intact',
      'SHA-1',
      'Nothing was sent anywhere.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells what is wrong, with what to do', () => {
    const text = html(inspectionReport(inspect(someLink().replaceAll('&', '&amp;')), NOW));
    expect(text).toContain('<h2>What is wrong</h2>');
    expect(text).toContain('Write “&amp;” everywhere else.');
  });

  it.each([
    ['URL', linkAsWritten(NASTY)],
    ['key pair ID', someLink().replace(RSA.keyPairId, '<b>[x](command:y)|</b>')],
    [
      'policy',
      someLink({ resource: 'https://a.example/%3Cb%3E', ipAddress: '192.0.2.0/24' }).replace(
        /Policy=[^&]*/,
        `Policy=${Buffer.from(JSON.stringify({ Statement: [{ Resource: NASTY, Condition: { IpAddress: { 'AWS:SourceIp': NASTY } } }] })).toString('base64url')}`,
      ),
    ],
    ['scope', `Set-Cookie: CloudFront-Expires=1; Domain=a.example; Path=/[x](command:y)<img>`],
    ['presigned URL', `${NASTY}&X-Amz-Credential=[x](command:y)&X-Amz-Signature=0`],
  ])('has no markup out of a %s', (_where, text) => {
    const shown = html(inspectionReport(inspect(text), NOW));
    const tags = Array.from(shown.matchAll(/<(\w+)/g), ([, tag]) => tag);
    expect(tags.filter((tag) => /^(?:a|img|code|del|em)$/.test(tag ?? ''))).toEqual([]);
    expect(shown).not.toMatch(/\u202E/);
    expect(shown).toContain('</table>');
  });

  it('shows no signature and no encoded policy', () => {
    const custom = someLink({ ipAddress: '192.0.2.0/24' });
    for (const text of [custom, custom.replace('Signature', 'signature'), `${custom}.`]) {
      const report = inspectionReport(valueOf(inspectText(text, KEYS, NOW)), NOW);
      const shown = report.replaceAll('\\', '');
      for (const name of ['Signature', 'Policy']) {
        const value = new RegExp(`[?&]${name}=([^&]*)`).exec(custom)?.[1] ?? '';
        expect(shown).not.toContain(value.slice(0, 60));
      }
    }
  });
});

function cloudFront(text: string): CloudFrontInspection {
  const inspection = inspect(text);
  if (inspection.kind !== 'signed-url') throw new Error(inspection.kind);
  return inspection;
}

describe('the hover', () => {
  it('tells end, remaining time, object and key, and leads to more', () => {
    const link = someLink();
    const shown = html(hoverText(cloudFront(link), link, NOW));
    expect(shown).toContain('Ends in 1 hour.');
    expect(shown).toContain('Opens: /a b/c.zip');
    expect(shown).toMatch(/Ends: .*2026-09-21 15:13 UTC/);
    expect(shown).toContain(`Key: ${RSA.keyPairId}`);
    const commands = Array.from(
      hoverText(cloudFront(link), link, NOW).matchAll(/\(command:(\S+?)\?(\S+?)\)/g),
    );
    // As VS Code does: with the URI, and once more with its arguments.
    expect(
      commands.map(([, command, args = '']) => [
        command,
        JSON.parse(decodeURIComponent(decodeURIComponent(args))),
      ]),
    ).toEqual([
      ['cloudfrontSigner.inspectUrl', [link]],
      ['cloudfrontSigner.verifyUrl', [link]],
    ]);
  });

  it('has no other command, whatever the URL is', () => {
    const link = linkAsWritten(NASTY.replaceAll(/[\s"<>`]/g, ''));
    const shown = hoverText(cloudFront(link), link, NOW);
    const hrefs = Array.from(
      micromark(shown, {
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
        allowDangerousProtocol: true,
      }).matchAll(/href="([^"?]*)/g),
      ([, href]) => href,
    );
    expect(hrefs).toEqual([
      'command:cloudfrontSigner.inspectUrl',
      'command:cloudfrontSigner.verifyUrl',
    ]);
  });
});

describe('what came of verifying', () => {
  const works: Verification = {
    inspection: inspect(someLink()),
    verdict: 'works',
    causes: [],
    answer: {
      status: 206,
      contentType: 'image/png',
      size: 3412,
      age: 12,
      cache: 'Hit from cloudfront',
    },
    isOpen: false,
    location: undefined,
  };

  it.each<[string, Partial<Verification>, string]>([
    [
      'a link that works',
      {},
      'It works: 206, image/png, 3,412 bytes, out of CloudFront’s cache, 12 seconds old.',
    ],
    [
      'one that is served anew',
      {
        answer: {
          status: 200,
          contentType: undefined,
          size: undefined,
          age: undefined,
          cache: 'Miss from cloudfront',
        },
      },
      'It works: 200.',
    ],
    [
      'one that nobody needs',
      { isOpen: true },
      'It works: 206, image/png, 3,412 bytes, out of CloudFront’s cache, 12 seconds old. But it needs no signature: who knows the address is served, for ever.',
    ],
    [
      'one that works once it is mended',
      { inspection: inspect(`See ${someLink()}.`) },
      'It works: 206, image/png, 3,412 bytes, out of CloudFront’s cache, 12 seconds old. Mended, that is. It ends with “.”, which belongs to the text around it. Leave that out.',
    ],
    [
      'one that fails',
      {
        verdict: 'fails',
        causes: [{ code: 'other', certainty: 'likely', title: 'It broke', remedy: 'Mend it.' }],
      },
      'It does not work. Most likely: It broke. Mend it.',
    ],
  ])('of %s is in a few sentences', (_what, changes, summary) => {
    expect(verificationSummary({ ...works, ...changes }, NOW)).toBe(summary);
  });

  it('is that nobody was asked, where that is so', () => {
    const unasked: Verification = { ...works, verdict: 'unknown', answer: undefined };
    expect(verificationSummary(unasked, NOW)).toMatch(/nobody was asked\. Ends in 1 hour/);
    expect(verificationReport(unasked, NOW)).toContain('## ? Nobody was asked');
  });

  it('is reported with every cause and the answer', () => {
    const report = verificationReport(
      {
        ...works,
        verdict: 'fails',
        causes: [
          { code: 'other', certainty: 'possible', title: 'It [broke](x)', remedy: 'Mend it.' },
          { code: 'other', certainty: 'possible', title: 'It tore', remedy: 'Sew it.' },
        ],
      },
      NOW,
    );
    const text = html(report);
    expect(text).toContain('<li>Possibly: It [broke](x). Mend it.</li>');
    expect(text).toContain('<li>Possibly: It tore. Sew it.</li>');
    expect(text).toContain('The answer was 206.');
    expect(text).not.toContain('Nothing was sent anywhere');
  });
});
