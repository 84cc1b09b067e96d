import { randomBytes } from 'node:crypto';
import type { Distribution, DistributionConfig } from './distributionStore.ts';

/** The account of the examples in AWS's documentation. */
export const ACCOUNT = '111122223333';

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A distribution with a new ID and a new domain name, deployed.
 *
 * @param time when it is made, as ISO 8601
 */
export function newDistribution(config: DistributionConfig, time: string): Distribution {
  const id = newId('E');
  return {
    Id: id,
    ARN: `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`,
    DomainName: `d${newId('').toLowerCase()}.cloudfront.net`,
    Status: 'Deployed',
    LastModifiedTime: time,
    DistributionConfig: config,
  };
}

/** An ID as CloudFront gives them: 13 capitals and digits behind a letter for what it is. */
export function newId(kind: 'E' | 'K' | ''): string {
  const characters = Array.from(randomBytes(13), (byte) => ID_ALPHABET[byte % ID_ALPHABET.length]);
  return `${kind}${characters.join('')}`;
}
