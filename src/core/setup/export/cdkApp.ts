import { cdkCachePolicy } from '../cachePolicies.ts';
import { comment } from '../../notation/comment.ts';
import { indented } from '../../notation/indented.ts';
import { lines, paragraphs } from '../../notation/joined.ts';
import { cdkConstruct, tsObject, tsString } from '../../notation/typeScript.ts';
import { aliasNote, existingBucketNote, NOTES, purpose } from './notes.ts';
import type { SetupNames } from './setupNames.ts';

/**
 * The set-up as an app of CDK 2, in TypeScript.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cloudfront-readme.html
 */
export function cdkApp(names: SetupNames): string {
  const app = paragraphs(
    header(names),
    imports(names),
    names.publicKeyPem === undefined
      ? "const publicKeyPem = readFileSync('public_key.pem', 'utf8');"
      : `const publicKeyPem = \`${names.publicKeyPem}\`;`,
    `export class SignedFilesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

${indented(constructs(names), 2)}
  }
}`,
    `const app = new App();
new SignedFilesStack(app, ${tsString(names.name)}, { env: { region: ${tsString(names.region)} } });`,
  );
  return `${app}\n`;
}

function header(names: SetupNames): string {
  const { publicKeyPem, alias } = names;
  return lines(
    comment('//', purpose(names)),
    ...(publicKeyPem === undefined ? ['//', comment('//', NOTES.keyPair)] : []),
    '//',
    comment('//', 'Save this as bin/signed-files.ts of a CDK project and run:\n  npx cdk deploy'),
    ...(alias === undefined ? [] : ['//', comment('//', aliasNote(alias.domain))]),
    ...(names.bucketExists ? ['//', comment('//', existingBucketNote(names.bucket))] : []),
  );
}

function imports(names: SetupNames): string {
  const core = [
    'App',
    'CfnOutput',
    ...(names.responseOverrides ? ['Duration'] : []),
    ...(names.bucketExists ? [] : ['RemovalPolicy']),
    'Stack',
    'type StackProps',
  ];
  return lines(
    `import { ${core.join(', ')} } from 'aws-cdk-lib';`,
    names.alias && "import * as acm from 'aws-cdk-lib/aws-certificatemanager';",
    "import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';",
    "import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';",
    "import * as iam from 'aws-cdk-lib/aws-iam';",
    "import * as s3 from 'aws-cdk-lib/aws-s3';",
    "import type { Construct } from 'constructs';",
    names.publicKeyPem === undefined ? "import { readFileSync } from 'node:fs';" : undefined,
  );
}

function constructs(names: SetupNames): string {
  const name = tsString(names.name);
  return paragraphs(
    bucket(names),
    constant('publicKey', 'cloudfront.PublicKey', {
      publicKeyName: name,
      encodedKey: 'publicKeyPem',
    }),
    lines(
      comment('//', NOTES.keyGroup),
      constant('keyGroup', 'cloudfront.KeyGroup', { keyGroupName: name, items: '[publicKey]' }),
    ),
    names.responseOverrides
      ? lines(
          comment('//', NOTES.overrides),
          `const cachePolicy = ${cdkCachePolicy('CachePolicy', `${names.name}-overrides`)}`,
        )
      : undefined,
    lines(
      comment('//', NOTES.accessControl),
      constant('originAccessControl', 'cloudfront.S3OriginAccessControl', {
        originAccessControlName: name,
        signing: 'cloudfront.Signing.SIGV4_ALWAYS',
      }),
    ),
    distribution(names),
    bucketPolicy(names),
    OUTPUTS,
  );
}

/** A construct in a variable; its ID is the variable's name with a capital. */
function constant(
  variable: string,
  type: string,
  properties: Readonly<Record<string, string | undefined>>,
): string {
  const id = variable.charAt(0).toUpperCase() + variable.slice(1);
  return `const ${variable} = ${cdkConstruct(type, id, properties)}`;
}

function bucket({ bucket: name, bucketExists, region }: SetupNames): string {
  if (bucketExists) {
    const attributes = tsObject({ bucketName: tsString(name), region: tsString(region) });
    return `const bucket = s3.Bucket.fromBucketAttributes(this, 'Bucket', ${attributes});`;
  }
  return lines(
    comment('//', `${NOTES.bucket} ${NOTES.bucketStays}`),
    constant('bucket', 's3.Bucket', {
      bucketName: tsString(name),
      blockPublicAccess: 's3.BlockPublicAccess.BLOCK_ALL',
      objectOwnership: 's3.ObjectOwnership.BUCKET_OWNER_ENFORCED',
      removalPolicy: 'RemovalPolicy.RETAIN',
    }),
  );
}

function distribution(names: SetupNames): string {
  const { alias, originPath } = names;
  const origin = tsObject({
    originAccessControlId: 'originAccessControl.originAccessControlId',
    originPath: originPath === '' ? undefined : tsString(originPath),
  });
  return lines(
    comment('//', NOTES.ipv6),
    names.listBucket ? comment('//', NOTES.rootObject) : undefined,
    comment('//', NOTES.trusted),
    constant('distribution', 'cloudfront.Distribution', {
      comment: tsString(`Private files of ${names.bucket}`),
      httpVersion: 'cloudfront.HttpVersion.HTTP2_AND_3',
      enableIpv6: 'false',
      defaultRootObject: names.listBucket ? "'index.html'" : undefined,
      domainNames: alias && `[${tsString(alias.domain)}]`,
      certificate:
        alias &&
        `acm.Certificate.fromCertificateArn(this, 'Certificate', ${tsString(alias.certificateArn)})`,
      defaultBehavior: tsObject({
        origin: `origins.S3BucketOrigin.withBucketDefaults(bucket, ${origin})`,
        viewerProtocolPolicy: 'cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS',
        allowedMethods: 'cloudfront.AllowedMethods.ALLOW_GET_HEAD',
        cachePolicy: names.responseOverrides
          ? 'cachePolicy'
          : 'cloudfront.CachePolicy.CACHING_OPTIMIZED',
        trustedKeyGroups: '[keyGroup]',
      }),
    }),
  );
}

function bucketPolicy({ originPath, listBucket }: SetupNames): string {
  const files = `bucket.arnForObjects(${tsString(`${originPath}/*`.slice(1))})`;
  return lines(
    comment('//', NOTES.policy),
    constant('bucketPolicy', 's3.BucketPolicy', { bucket: 'bucket' }),
    statement('AllowCloudFrontRead', 's3:GetObject', files),
    listBucket ? statement('AllowCloudFrontList', 's3:ListBucket', 'bucket.bucketArn') : undefined,
  );
}

function statement(sid: string, action: string, resource: string): string {
  const made = tsObject({
    sid: tsString(sid),
    principals: "[new iam.ServicePrincipal('cloudfront.amazonaws.com')]",
    actions: `[${tsString(action)}]`,
    resources: `[${resource}]`,
    conditions: "{ StringEquals: { 'AWS:SourceArn': distribution.distributionArn } }",
  });
  return `bucketPolicy.document.addStatements(\n${indented(`new iam.PolicyStatement(${made}),`)}\n);`;
}

const OUTPUTS = [
  ['DistributionDomainName', 'distribution.distributionDomainName'],
  ['DistributionId', 'distribution.distributionId'],
  ['KeyPairId', 'publicKey.publicKeyId'],
  ['KeyGroupId', 'keyGroup.keyGroupId'],
]
  .map(([id = '', value = '']) => `new CfnOutput(this, ${tsString(id)}, { value: ${value} });`)
  .join('\n');
