import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../src/core/outcome.ts';
import type { SetupFacts } from '../../../../src/core/setup/facts.ts';
import { setupReport } from '../../../../src/core/setup/report.ts';
import { runChecks } from '../../../../src/core/setup/runChecks.ts';
import { someBehavior, someDistribution } from '../cloudfront/someDistribution.ts';
import { lacking, SIGNERS, someFacts, somePolicy, someRoute } from './someFacts.ts';

function reportOf(changes: Partial<SetupFacts> = {}): string {
  const facts = someFacts(changes);
  return setupReport(facts, runChecks(facts));
}

/** A report without its blocks of code, in which anything may be written. */
function proseOf(report: string): string {
  return report.replaceAll(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '');
}

describe('a report', () => {
  it('begins with what it is about and what came of it', () => {
    const [title, summary] = reportOf({ bucketPolicy: ok(undefined) }).split('\n\n');
    expect(title).toBe('# CloudFront set-up of s3\\://films/media/a.mp4');
    expect(summary).toContain('Bucket “films” has no policy.');
  });

  it('tells each verdict by a word', () => {
    const report = reportOf({
      route: someRoute(someDistribution({ ipv6: true })),
      bucketPolicy: ok(undefined),
      publicKeys: lacking('cloudfront:ListPublicKeys'),
    });
    for (const word of ['Holds', 'Fails', 'Noted', 'Could not be checked', 'Skipped']) {
      expect(report).toContain(word);
    }
  });

  it('says what was seen, why it matters, and how to mend it, in every form', () => {
    const report = reportOf({ bucketPolicy: ok(undefined) });
    expect(report).toContain('Nothing lets distribution E1FILMS read.');
    expect(report).toContain('S3 gives an object to CloudFront only as far as');
    expect(report).toContain('Give bucket “films” a policy that lets distribution E1FILMS read.');
    for (const language of ['json', 'sh', 'yaml', 'hcl', 'ts']) {
      expect(report).toContain(`\`\`\`${language}\n`);
    }
    expect(report).toContain(
      '"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1FILMS"',
    );
  });

  it('names the permission that each check lacks', () => {
    const report = reportOf({
      publicAccessBlock: lacking('s3:GetBucketPublicAccessBlock'),
      keyGroups: lacking('cloudfront:ListKeyGroups'),
    });
    for (const permission of ['s3:GetBucketPublicAccessBlock', 'cloudfront:ListKeyGroups']) {
      expect(report).toMatch(
        new RegExp(`Could not be checked: .*\\. Permission ${permission} is missing\\.`),
      );
    }
  });

  it('says in words what else kept a check from being made', () => {
    const report = reportOf({ bucketPolicy: fail({ code: 'throttled' }) });
    expect(report).toMatch(
      /Could not be checked: The bucket policy lets the distribution read\. .+/,
    );
  });
});

describe('what comes from an account', () => {
  const HOSTILE =
    '](command:x) [l](https://evil.example) <img src=x> **b** `c` \n\n# h\n- l\n```\n';

  it('is neither markup nor a link, wherever it comes from', () => {
    const distribution = someDistribution({
      comment: HOSTILE,
      webAclId: HOSTILE,
      behaviors: [someBehavior({ functions: [HOSTILE] })],
    });
    const report = reportOf({
      key: `media/${HOSTILE}`,
      route: someRoute(distribution),
      bucketPolicy: ok(somePolicy({ Sid: HOSTILE, Principal: '*' })),
      keyGroups: ok([{ ...SIGNERS, name: HOSTILE }]),
      originAccessControl: ok({
        id: 'E1OAC',
        name: HOSTILE,
        originType: 's3',
        signingBehavior: 'never',
        signingProtocol: 'sigv4',
      }),
      live: {
        ...someFacts().live,
        unsigned: { kind: 'unreachable', detail: HOSTILE },
      },
    });
    const prose = proseOf(report);
    expect(prose).toContain('\\]');
    expect(prose).not.toMatch(/(?<!\\)\[|(?<!\\)\]|https:\/\/|(?<!\\)<img|(?<!\\)`|^# h|^- l/m);
    // Bold and headings are the report's own alone.
    expect(prose.match(/(?<!\\)\*\*b/g)).toBeNull();
  });

  it('cannot leave a block of code', () => {
    const report = reportOf({
      bucketPolicy: ok(
        somePolicy(
          { Condition: undefined },
          { Sid: HOSTILE, Effect: 'Deny', Principal: { AWS: '1' } },
        ),
      ),
    });
    expect(report).toContain('"Sid": "](command:x)');
    expect(proseOf(report)).not.toContain('command:x');
  });
});
