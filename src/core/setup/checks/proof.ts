import { givesContent, type LinkAnswer } from '../../cloudfront/linkAnswer.ts';
import { causesOf, causeText } from '../../verify/causes.ts';
import { wellMade, type LinkEvidence } from '../../verify/evidence.ts';
import type { Check, Mend, Verdict } from '../check.ts';
import type { SetupFacts } from '../facts.ts';
import { fails, holds, noted, skipped, unknown } from '../verdicts.ts';
import { counted } from '../../counted.ts';
import { listed } from '../words.ts';

type Answer = LinkAnswer & { readonly kind: 'answer' };

/** In seconds: what a request takes, and dates are in whole seconds. */
const CLOCK_IS_RIGHT = 60;
/** In seconds: from there on short-lived links are born expired. */
const CLOCK_IS_WRONG = 300;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html#private-content-check-expiration */
export const clock: Check = {
  id: 'clock',
  topic: 'The proof',
  title: 'The clock of this computer is right',
  why: 'Expiries are reckoned by this clock, and checked by CloudFront’s.',
  after: [],
  judge({ live: { clockAhead } }) {
    if (clockAhead === undefined) return skipped('CloudFront told no time.');
    const off = Math.abs(clockAhead);
    if (off <= CLOCK_IS_RIGHT)
      return holds(`It is within ${CLOCK_IS_RIGHT} seconds of CloudFront’s.`);
    const seen =
      clockAhead > 0
        ? `It is ${span(off)} behind CloudFront’s: links expire that much earlier than they say.`
        : `It is ${span(off)} ahead of CloudFront’s: links expire that much later than they say, and those with a beginning begin later.`;
    const mend = { advice: 'Set the clock of this computer, best by network time.', changes: [] };
    return off < CLOCK_IS_WRONG ? noted(seen, mend) : fails(seen, mend);
  },
};

function span(seconds: number): string {
  return seconds < 120 ? `${seconds} seconds` : counted(Math.round(seconds / 60), 'minute');
}

/** What has to be right for CloudFront to look at a request at all. */
const REACHING = [
  'key',
  'distribution',
  'domain',
  'certificate',
  'enabled',
  'origin-path',
  'behavior',
];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html */
export const unsignedRefused: Check = {
  id: 'unsigned-refused',
  topic: 'The proof',
  title: 'CloudFront refuses a request without a signature',
  why: 'What is served without a signature needs no link, and knows no expiry.',
  after: [...REACHING, 'viewer-protocol', 'viewer-access'],
  judge(facts) {
    return ofAnswer(facts, facts.live.unsigned, (answer, domain) => {
      const { status, code, fromOrigin, fromCloudFront } = answer;
      const said = code === undefined ? String(status) : `${status} ${code}`;
      const isReplaced = replaces403(facts);
      if (givesContent(answer) && !(status === 200 && isReplaced)) {
        return fails(`${domain} served the object without a signature (${said}).`, {
          advice: `By what could be seen of it, the distribution asks for one. ${maybe(facts, [])}`,
          changes: [],
        });
      }
      if (fromOrigin || (fromCloudFront && status === 404)) {
        return fails(`${domain} asked S3 for the object without a signature (${said}).`, {
          advice: `By what could be seen of it, the distribution asks for one. ${maybe(facts, [])}`,
          changes: [],
        });
      }
      if (code === 'MissingKey') return holds(`${domain} answered ${said}.`);
      if (isReplaced) {
        const seen = `${domain} answered ${said} with a page of your own.`;
        return status === 403
          ? holds(seen)
          : noted(`${seen} Only the page itself tells it from the object.`);
      }
      return noted(
        status === 403
          ? `${domain} answered ${said}, which is not how CloudFront asks for a signature.`
          : `${domain} answered ${said}, neither the object nor 403.`,
      );
    });
  },
};

/** Whether a page of the distribution's own takes the place of a refusal. */
function replaces403({ route }: SetupFacts): boolean {
  return route?.distribution.replacedErrors.includes(403) ?? false;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const directRefused: Check = {
  id: 'direct-refused',
  topic: 'The proof',
  title: 'S3 itself refuses a request without a signature',
  why: 'Where S3 gives the object to everybody, links can be got around.',
  after: ['object-exists', 'acls', 'public-policy'],
  judge({ bucket, key, live: { direct } }) {
    if (key === undefined || direct === undefined) return skipped('There is no object to try.');
    if (direct.kind === 'unreachable') {
      return unknown({ code: 'network-unreachable', service: 'S3', detail: direct.detail });
    }
    const { status } = direct;
    if (status === 403) return holds(`S3 answered ${status} ${direct.code ?? ''}`.trim() + '.');
    return givesContent(direct)
      ? fails(`S3 served “${key}” to an anonymous request (${status}).`, {
          advice:
            'By what could be seen it should not. Switch Block Public Access on, and look at the ACL of the object.',
          changes: [{ kind: 'public-access-block', bucket }],
        })
      : noted(
          `S3 answered ${status} ${direct.code ?? ''}`.trim() + ', neither the object nor 403.',
        );
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html */
export const signedServed: Check = {
  id: 'signed-served',
  topic: 'The proof',
  title: 'CloudFront serves a signed URL',
  why: 'The request is made as a viewer makes it. What refuses it refuses everybody.',
  after: [
    ...REACHING,
    'object-exists',
    'object-owner',
    'object-archived',
    'viewer-protocol',
    'private-key',
    'key-pair',
    'key-group',
    'origin-endpoint',
    'access-control',
    'access-control-signs',
    'bucket-policy',
    'encryption',
    'clock',
  ],
  judge(facts) {
    const { signed } = facts.live;
    if (signed?.kind === 'problem') return unknown(signed.problem);
    return ofAnswer(facts, signed?.value, (answer, domain) => {
      const [cause] = causesOf(evidenceOf(facts, answer, domain));
      if (cause === undefined) {
        return answer.status === 200 && replaces403(facts)
          ? noted(`${domain} answered 200, which can be a page of your own in the place of 403.`)
          : holds(`${domain} served the object (${answer.status}).`);
      }
      // An answer without a code that is like no other has no cause to tell.
      const isTold = cause.code !== 'other' || answer.code !== undefined;
      const told = isTold ? causeText(cause) : '';
      return fails(`${domain} answered ${answer.status} to a signed URL of it. ${told}`.trim(), {
        advice: advice(facts, answer),
        changes: [],
      });
    });
  },
};

/** The link is well made; what is known of the way behind it tells causes apart. */
function evidenceOf(
  { endpoint, signer, route, object }: SetupFacts,
  answer: Answer,
  domain: string,
): LinkEvidence {
  return {
    link: wellMade({ protocol: endpoint?.protocol ?? 'https', domain }, signer?.keyPairId ?? ''),
    answer,
    // Nothing in the link ends.
    now: 0,
    way: route && {
      ...route,
      object: object.kind === 'ok' ? (object.value ?? 'missing') : undefined,
      signature: undefined,
    },
  };
}

function ofAnswer(
  { endpoint, key }: SetupFacts,
  answer: LinkAnswer | undefined,
  judge: (answer: Answer, domain: string) => Verdict,
): Verdict {
  if (endpoint === undefined) return skipped('No domain name is known.');
  if (key === undefined || answer === undefined) return skipped('There is no link to try.');
  const { domain } = endpoint;
  return answer.kind === 'unreachable'
    ? unknown({ code: 'link-unchecked', domain, detail: answer.detail })
    : judge(answer, domain);
}

/** What it can mean that a good link is refused though nothing that could be seen is wrong. */
function advice(facts: SetupFacts, { fromOrigin, code, status }: Answer): Mend['advice'] {
  if (fromOrigin) {
    return `The configuration that could be seen lets CloudFront in. ${maybe(facts, [
      'a policy of the organization denies it',
      'the bucket policy was changed moments ago',
    ])}`;
  }
  if (code === 'InvalidKey' || code === 'AccessDenied') {
    return `The key that could be seen is the right one. ${maybe(facts, [
      'the key group was changed moments ago',
    ])}`;
  }
  return status === 403
    ? `This is no refusal of the signature. ${maybe(facts, ['a firewall or a function refused it'])}`
    : maybe(facts, []);
}

/** Guesses, those first that this distribution gives cause for. */
function maybe({ route }: SetupFacts, others: readonly string[]): string {
  const { distribution, behavior } = route ?? {};
  const guesses = [
    ...(distribution?.deployed === false ? ['its last change is still being deployed'] : []),
    ...(behavior && behavior.functions.length > 0
      ? [`a function changes the request (${listed(behavior.functions)})`]
      : []),
    ...(distribution?.webAclId === undefined
      ? []
      : [`web ACL ${distribution.webAclId} refuses it`]),
    ...(distribution?.geoRestriction === undefined
      ? []
      : ['this computer is in a country that is shut out']),
    ...(distribution?.replacedErrors.length
      ? ['a page of your own takes the place of the error']
      : []),
  ];
  return sayGuesses(guesses.length > 0 ? guesses : others);
}

function sayGuesses(guesses: readonly string[]): string {
  return guesses.length === 0
    ? 'Wait some minutes and check again.'
    : `It can be that ${guesses.join(', or that ')}. Wait some minutes and check again.`;
}
