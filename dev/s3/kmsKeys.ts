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
