import { ofChange, type Change, type PerChange } from '../change.ts';
import { json } from '../../notation/json.ts';
import { shellJson, shellWord } from '../../notation/shell.ts';
import { editCommands } from './cloudFrontCommands.ts';
import { distributionCommands } from './distributionCommands.ts';

/**
 * A change as lines of bash for AWS CLI 2 and jq, which can be pasted. A command that fails keeps the
 * ones after it from running.
 * https://docs.aws.amazon.com/cli/latest/reference/
 */
export function cliText(change: Change): string {
  return ofChange(COMMANDS, change);
}

const COMMANDS: PerChange<string> = {
  'public-access-block': ({ bucket }) =>
    `aws s3api put-public-access-block --bucket ${shellWord(bucket)} \\
  --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
  ownership: ({ bucket }) =>
    `# S3 switches ACLs off only where the bucket's own lets nobody else in.
aws s3api put-bucket-acl --bucket ${shellWord(bucket)} --acl private &&
aws s3api put-bucket-ownership-controls --bucket ${shellWord(bucket)} \\
  --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`,
  'bucket-policy': ({ bucket, policy }) =>
    `aws s3api put-bucket-policy --bucket ${shellWord(bucket)} --policy ${shellJson(policy)}`,
  'key-policy': ({ keyId, region, policy }) =>
    `aws kms put-key-policy --region ${shellWord(region)} --key-id ${shellWord(keyId)} \\
  --policy-name default --policy ${shellJson(policy)}`,
  're-encrypt': ({ bucket, key }) => {
    const object = shellWord(`s3://${bucket}/${key}`);
    return `aws s3 cp ${object} ${object} --sse AES256`;
  },
  'restore-object': ({ bucket, key }) =>
    // As JSON, because as a word of its own a key such as file://x is taken for a file.
    `# It takes minutes to hours. The restored copy is there for 7 days.
aws s3api restore-object --cli-input-json ${shellJson({
      Bucket: bucket,
      Key: key,
      RestoreRequest: { Days: 7 },
    })}`,
  'origin-access-control': ({ id }) =>
    editCommands({
      what: 'OriginAccessControl',
      id,
      filters: [
        '.OriginAccessControlOriginType = "s3"',
        '.SigningBehavior = "always"',
        '.SigningProtocol = "sigv4"',
      ],
    }),
  'key-group': ({ id, publicKeyIds }) =>
    editCommands({ what: 'KeyGroup', id, filters: [`.Items = ${json(publicKeyIds, 0)}`] }),
  distribution: ({ distributionId, edits }) => distributionCommands(distributionId, edits),
};
