import type { Caller } from './access.ts';
import { callerContext, isDenied, principalOf } from './access.ts';
import type { Bucket } from './bucket.ts';
import { accountOf, userArn } from './identity.ts';
import { findKmsKey, type KmsKey } from './kmsKeys.ts';
import { evaluatePolicy, parsePolicyDocument } from './policyDocument.ts';
import { S3Error } from './s3Error.ts';

/** What S3 does with a KMS key on behalf of whoever asks. */
type KmsAction = 'kms:Decrypt' | 'kms:GenerateDataKey';

/**
 * Refuses to use a KMS key for somebody whom the key's policy does not let in. CloudFront is let in
 * as the service that it is, by its distribution's ARN; a user by name or through the account.
 *
 * Errors: `AccessDenied`, `KMS.DisabledException`, `KMS.NotFoundException`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function checkKmsAccess(
  keys: readonly KmsKey[],
  arn: string,
  caller: Caller,
  action: KmsAction,
  { region }: Bucket,
): void {
  const key = findKmsKey(keys, arn);
  if (key === undefined) throw new S3Error('KMS.NotFoundException');
  if (!key.Enabled) throw new S3Error('KMS.DisabledException');
  const { identity } = caller;
  const context = new Map(callerContext(caller));
  context.set('kms:viaservice', `s3.${region}.amazonaws.com`);
  if (identity?.kind === 'user') context.set('kms:calleraccount', accountOf(identity));
  const verdict = evaluatePolicy(parsePolicyDocument(key.Policy), {
    principal: principalOf(caller),
    action,
    resource: key.Arn,
    context,
  });
  if (identity?.kind !== 'user') {
    if (verdict !== 'allow') throw new S3Error('AccessDenied');
    return;
  }
  const denied = isDenied(identity, action);
  if (denied || verdict !== 'allow') {
    const whose = denied ? 'identity-based' : 'resource-based';
    throw new S3Error('AccessDenied', {
      message: `User: ${userArn(identity)} is not authorized to perform: ${action} on resource: ${key.Arn} because no ${whose} policy allows the ${action} action`,
    });
  }
}

/**
 * Refuses what carries no Signature Version 4: S3 has KMS decrypt for nobody whom it does not know,
 * and an origin access identity signs in an older way.
 *
 * Errors: `InvalidArgument`.
 */
export function checkSignatureForKms({ identity, originAccessIdentity }: Caller): void {
  if (identity === undefined || originAccessIdentity !== undefined) {
    throw new S3Error('InvalidArgument', {
      message:
        'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
      elements: { ArgumentName: 'Authorization', ArgumentValue: 'null' },
    });
  }
}
