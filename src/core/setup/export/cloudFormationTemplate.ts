import { comment } from '../../notation/comment.ts';
import { indented } from '../../notation/indented.ts';
import { lines, paragraphs } from '../../notation/joined.ts';
import { yaml, yamlString } from '../../notation/yaml.ts';
import { CACHING_OPTIMIZED, overridesCachePolicy } from '../cachePolicies.ts';
import { aliasNote, existingBucketNote, NOTES, purpose } from './notes.ts';
import { bucketDomainName, type SetupNames } from './setupNames.ts';

/**
 * The set-up as a CloudFormation template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CloudFront.html
 */
export function cloudFormationTemplate(names: SetupNames): string {
  const resources = paragraphs(
    names.bucketExists ? undefined : bucket(names),
    publicKey(names),
    keyGroup(names),
    names.responseOverrides ? cachePolicy(names) : undefined,
    accessControl(names),
    distribution(names),
    bucketPolicy(names),
  );
  const template = paragraphs(
    header(names),
    names.publicKeyPem === undefined ? PARAMETERS : undefined,
    `Resources:\n${indented(resources)}`,
    OUTPUTS,
  );
  return `${template}\n`;
}

function header(names: SetupNames): string {
  const { name, region, publicKeyPem, alias } = names;
  const deploy = `aws cloudformation deploy --region ${region} --stack-name ${name} --template-file FILE`;
  const parameter = '--parameter-overrides "PublicKeyPem=$(cat public_key.pem)"';
  return lines(
    comment('#', purpose(names)),
    '#',
    ...(publicKeyPem === undefined ? [comment('#', NOTES.keyPair), '#'] : []),
    comment('#', 'Save this as FILE and create the stack:'),
    ...(publicKeyPem === undefined
      ? [comment('#', `  ${deploy} \\`), comment('#', `    ${parameter}`)]
      : [comment('#', `  ${deploy}`)]),
    ...(alias === undefined ? [] : ['#', comment('#', aliasNote(alias.domain))]),
    ...(names.bucketExists ? ['#', comment('#', existingBucketNote(names.bucket))] : []),
    `AWSTemplateFormatVersion: '2010-09-09'`,
    `Description: ${yamlString(purpose(names))}`,
  );
}

const PARAMETERS = `Parameters:
  PublicKeyPem:
    Type: String
    Description: Public half of the key pair, in PEM, RSA 2048 or ECDSA P-256`;

function bucket({ bucket: name }: SetupNames): string {
  return `${comment('#', NOTES.bucket)}
Bucket:
  Type: AWS::S3::Bucket
  ${comment('#', NOTES.bucketStays)}
  DeletionPolicy: Retain
  UpdateReplacePolicy: Retain
  Properties:
    BucketName: ${yamlString(name)}
    PublicAccessBlockConfiguration:
      BlockPublicAcls: true
      IgnorePublicAcls: true
      BlockPublicPolicy: true
      RestrictPublicBuckets: true
    OwnershipControls:
      Rules:
        - ObjectOwnership: BucketOwnerEnforced`;
}

function publicKey({ name, publicKeyPem }: SetupNames): string {
  const encodedKey =
    publicKeyPem === undefined ? '!Ref PublicKeyPem' : `|\n${indented(publicKeyPem.trimEnd(), 4)}`;
  return `PublicKey:
  Type: AWS::CloudFront::PublicKey
  Properties:
    PublicKeyConfig:
      Name: ${yamlString(name)}
      CallerReference: ${yamlString(name)}
      EncodedKey: ${encodedKey}`;
}

function keyGroup({ name }: SetupNames): string {
  return `${comment('#', NOTES.keyGroup)}
KeyGroup:
  Type: AWS::CloudFront::KeyGroup
  Properties:
    KeyGroupConfig:
      Name: ${yamlString(name)}
      Items:
        - !Ref PublicKey`;
}

function cachePolicy({ name }: SetupNames): string {
  const config = overridesCachePolicy(`${name}-overrides`, (items) => items);
  return `${comment('#', NOTES.overrides)}
CachePolicy:
  Type: AWS::CloudFront::CachePolicy
  Properties:
    CachePolicyConfig:
${yaml(config, 6)}`;
}

function accessControl({ name }: SetupNames): string {
  return `${comment('#', NOTES.accessControl)}
OriginAccessControl:
  Type: AWS::CloudFront::OriginAccessControl
  Properties:
    OriginAccessControlConfig:
      Name: ${yamlString(name)}
      OriginAccessControlOriginType: s3
      SigningBehavior: always
      SigningProtocol: sigv4`;
}

function distribution(names: SetupNames): string {
  const { alias, originPath } = names;
  const domainName = names.bucketExists
    ? yamlString(bucketDomainName(names))
    : '!GetAtt Bucket.RegionalDomainName';
  const config = lines(
    `Comment: ${yamlString(`Private files of ${names.bucket}`)}`,
    'Enabled: true',
    'HttpVersion: http2and3',
    comment('#', NOTES.ipv6),
    'IPV6Enabled: false',
    ...(names.listBucket ? [comment('#', NOTES.rootObject), 'DefaultRootObject: index.html'] : []),
    alias && yaml({ Aliases: [alias.domain] }),
    alias &&
      yaml({
        ViewerCertificate: {
          AcmCertificateArn: alias.certificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      }),
    'Origins:',
    '  - Id: bucket',
    `    DomainName: ${domainName}`,
    originPath === '' ? undefined : `    OriginPath: ${yamlString(originPath)}`,
    '    OriginAccessControlId: !GetAtt OriginAccessControl.Id',
    '    S3OriginConfig:',
    `      OriginAccessIdentity: ''`,
    'DefaultCacheBehavior:',
    '  TargetOriginId: bucket',
    '  ViewerProtocolPolicy: redirect-to-https',
    '  AllowedMethods: [GET, HEAD]',
    '  Compress: true',
    `  CachePolicyId: ${names.responseOverrides ? '!Ref CachePolicy' : `${CACHING_OPTIMIZED} # CachingOptimized`}`,
    comment('#', NOTES.trusted, 2),
    '  TrustedKeyGroups:',
    '    - !Ref KeyGroup',
  );
  return `Distribution:
  Type: AWS::CloudFront::Distribution
  Properties:
    DistributionConfig:
${indented(config, 3)}`;
}

function bucketPolicy({ bucket: name, bucketExists, originPath, listBucket }: SetupNames): string {
  const arn = bucketExists ? `arn:\${AWS::Partition}:s3:::${name}` : '${Bucket.Arn}';
  const statements = lines(
    statement('AllowCloudFrontRead', 's3:GetObject', `${arn}${originPath}/*`),
    listBucket ? statement('AllowCloudFrontList', 's3:ListBucket', arn) : undefined,
  );
  return `${comment('#', NOTES.policy)}
BucketPolicy:
  Type: AWS::S3::BucketPolicy
  Properties:
    Bucket: ${bucketExists ? yamlString(name) : '!Ref Bucket'}
    PolicyDocument:
      Version: '2012-10-17'
      Statement:
${indented(statements, 4)}`;
}

function statement(sid: string, action: string, resource: string): string {
  return `- Sid: ${sid}
  Effect: Allow
  Principal:
    Service: cloudfront.amazonaws.com
  Action: ${action}
  Resource: !Sub '${resource}'
  Condition:
    StringEquals:
      AWS:SourceArn: !Sub 'arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Distribution}'`;
}

const OUTPUTS = `Outputs:
  DistributionDomainName:
    Value: !GetAtt Distribution.DomainName
  DistributionId:
    Value: !Ref Distribution
  KeyPairId:
    Description: What links name as Key-Pair-Id
    Value: !Ref PublicKey
  KeyGroupId:
    Value: !Ref KeyGroup`;
