import { randomUUID } from 'node:crypto';
import { ACCOUNT } from './identity.ts';

/**
 * A KMS key of the account: plain mutable data under the field names of KMS's own API, so that a
 * control API can serve and change the very keys that S3 asks.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
export interface KmsKey {
  readonly KeyId: string;
  readonly Arn: string;
  /** `AWS` for a key that AWS made for a service, such as `aws/s3`: its policy cannot be changed. */
  readonly KeyManager: 'CUSTOMER' | 'AWS';
  Enabled: boolean;
  /** The key policy as JSON: without a word in it nobody may use the key, the owner included. */
  Policy: string;
}

/** The key under an ID or an ARN. */
export function findKmsKey(keys: readonly KmsKey[], idOrArn: string): KmsKey | undefined {
  return keys.find(({ KeyId, Arn }) => KeyId === idOrArn || Arn === idOrArn);
}

/** The key `aws/s3` of a region, which AWS makes the first time that it is asked for. */
export function awsManagedKey(keys: KmsKey[], region: string): KmsKey {
  const found = keys.find(
    ({ KeyManager, Arn }) => KeyManager === 'AWS' && Arn.split(':')[3] === region,
  );
  if (found) return found;
  const id = randomUUID();
  const key: KmsKey = {
    KeyId: id,
    Arn: `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`,
    KeyManager: 'AWS',
    Enabled: true,
    Policy: JSON.stringify(awsManagedPolicy(region)),
  };
  keys.push(key);
  return key;
}

/**
 * The policy that AWS gives its key: for whoever asks S3 and belongs to the account, so for no
 * service.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
function awsManagedPolicy(region: string) {
  const condition = {
    StringEquals: {
      'kms:ViaService': `s3.${region}.amazonaws.com`,
      'kms:CallerAccount': ACCOUNT,
    },
  };
  return {
    Version: '2012-10-17',
    Id: 'auto-s3-2',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: condition,
      },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  };
}
