import { CACHING_OPTIMIZED, terraformCachePolicy } from '../cachePolicies.ts';
import { comment } from '../../notation/comment.ts';
import { hclAttributes, hclBlock, hclString, type HclEntry } from '../../notation/hcl.ts';
import { indented } from '../../notation/indented.ts';
import { lines, paragraphs } from '../../notation/joined.ts';
import { aliasNote, NOTES, purpose } from './notes.ts';
import type { SetupNames } from './setupNames.ts';

/**
 * The set-up as a root module of Terraform.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export function terraformModule(names: SetupNames): string {
  const module = paragraphs(
    header(names),
    provider(names),
    bucket(names),
    bucketSettings(names),
    publicKey(names),
    keyGroup(names),
    names.responseOverrides
      ? lines(
          comment('#', NOTES.overrides),
          terraformCachePolicy('files', `${names.name}-overrides`),
        )
      : undefined,
    accessControl(names),
    distribution(names),
    bucketPolicy(names),
    OUTPUTS,
  );
  return `${module}\n`;
}

function header(names: SetupNames): string {
  const { publicKeyPem, alias } = names;
  return lines(
    comment('#', purpose(names)),
    ...(publicKeyPem === undefined ? ['#', comment('#', NOTES.keyPair)] : []),
    '#',
    comment('#', 'Save this as main.tf and run:\n  terraform init && terraform apply'),
    ...(alias === undefined ? [] : ['#', comment('#', aliasNote(alias.domain))]),
  );
}

function provider({ region }: SetupNames): string {
  return paragraphs(
    hclBlock('terraform', [
      {
        block: 'required_providers',
        body: hclAttributes({ aws: { source: 'hashicorp/aws', version: '>= 5.0' } }),
      },
    ]),
    hclBlock('provider "aws"', hclAttributes({ region })),
  );
}

function resource(type: string, body: readonly HclEntry[]): string {
  return hclBlock(`resource "aws_${type}" "files"`, body);
}

/** The bucket's reference: a resource, or a data source where it is there. */
function bucketOf({ bucketExists }: SetupNames): string {
  return bucketExists ? 'data.aws_s3_bucket.files' : 'aws_s3_bucket.files';
}

function bucket({ bucket: name, bucketExists }: SetupNames): string {
  if (bucketExists)
    return hclBlock('data "aws_s3_bucket" "files"', hclAttributes({ bucket: name }));
  return resource('s3_bucket', [
    ...hclAttributes({ bucket: name }),
    {
      note: NOTES.bucketStays,
      block: 'lifecycle',
      body: hclAttributes({ prevent_destroy: true }),
    },
  ]);
}

function bucketSettings(names: SetupNames): string {
  const id = { name: 'bucket', value: `${bucketOf(names)}.id` };
  const isClosed = {
    block_public_acls: true,
    ignore_public_acls: true,
    block_public_policy: true,
    restrict_public_buckets: true,
  };
  return paragraphs(
    lines(
      comment('#', NOTES.bucket),
      resource('s3_bucket_public_access_block', [id, ...hclAttributes(isClosed)]),
    ),
    resource('s3_bucket_ownership_controls', [
      id,
      { block: 'rule', body: hclAttributes({ object_ownership: 'BucketOwnerEnforced' }) },
    ]),
  );
}

function publicKey({ name, publicKeyPem }: SetupNames): string {
  const encodedKey =
    publicKeyPem === undefined
      ? 'file("${path.module}/public_key.pem")'
      : `<<-PEM\n${indented(publicKeyPem.trimEnd())}\nPEM`;
  return resource('cloudfront_public_key', [
    ...hclAttributes({ name }),
    { name: 'encoded_key', value: encodedKey },
  ]);
}

function keyGroup({ name }: SetupNames): string {
  const items = { name: 'items', value: '[aws_cloudfront_public_key.files.id]' };
  return lines(
    comment('#', NOTES.keyGroup),
    resource('cloudfront_key_group', [...hclAttributes({ name }), items]),
  );
}

function accessControl({ name }: SetupNames): string {
  const config = {
    name,
    origin_access_control_origin_type: 's3',
    signing_behavior: 'always',
    signing_protocol: 'sigv4',
  };
  return lines(
    comment('#', NOTES.accessControl),
    resource('cloudfront_origin_access_control', hclAttributes(config)),
  );
}

function distribution(names: SetupNames): string {
  const { alias, originPath } = names;
  const origin: readonly HclEntry[] = [
    ...hclAttributes({ origin_id: 'bucket' }),
    { name: 'domain_name', value: `${bucketOf(names)}.bucket_regional_domain_name` },
    ...hclAttributes({ origin_path: originPath === '' ? undefined : originPath }),
    {
      name: 'origin_access_control_id',
      value: 'aws_cloudfront_origin_access_control.files.id',
    },
  ];
  const cachePolicy = names.responseOverrides
    ? { name: 'cache_policy_id', value: 'aws_cloudfront_cache_policy.files.id' }
    : { name: 'cache_policy_id', value: `${hclString(CACHING_OPTIMIZED)} # CachingOptimized` };
  const certificate =
    alias === undefined
      ? { cloudfront_default_certificate: true }
      : {
          acm_certificate_arn: alias.certificateArn,
          minimum_protocol_version: 'TLSv1.2_2021',
          ssl_support_method: 'sni-only',
        };
  return resource('cloudfront_distribution', [
    ...hclAttributes({
      comment: `Private files of ${names.bucket}`,
      enabled: true,
      http_version: 'http2and3',
      aliases: alias && [alias.domain],
    }),
    { note: NOTES.ipv6, name: 'is_ipv6_enabled', value: 'false' },
    ...(names.listBucket
      ? [{ note: NOTES.rootObject, name: 'default_root_object', value: '"index.html"' }]
      : []),
    { block: 'origin', body: origin },
    {
      block: 'default_cache_behavior',
      body: [
        ...hclAttributes({
          target_origin_id: 'bucket',
          viewer_protocol_policy: 'redirect-to-https',
          allowed_methods: ['GET', 'HEAD'],
          cached_methods: ['GET', 'HEAD'],
          compress: true,
        }),
        cachePolicy,
        {
          note: NOTES.trusted,
          name: 'trusted_key_groups',
          value: '[aws_cloudfront_key_group.files.id]',
        },
      ],
    },
    {
      block: 'restrictions',
      body: [{ block: 'geo_restriction', body: hclAttributes({ restriction_type: 'none' }) }],
    },
    { block: 'viewer_certificate', body: hclAttributes(certificate) },
  ]);
}

function bucketPolicy(names: SetupNames): string {
  const arn = `${bucketOf(names)}.arn`;
  const statements = lines(
    statement('AllowCloudFrontRead', 's3:GetObject', `"\${${arn}}${names.originPath}/*"`),
    names.listBucket ? statement('AllowCloudFrontList', 's3:ListBucket', arn) : undefined,
  );
  const policy = `jsonencode({
  Version = "2012-10-17"
  Statement = [
${indented(statements, 2)}
  ]
})`;
  return lines(
    comment('#', names.bucketExists ? `${NOTES.policy} ${existingPolicy(names)}` : NOTES.policy),
    resource('s3_bucket_policy', [
      { name: 'bucket', value: `${bucketOf(names)}.id` },
      { name: 'policy', value: policy },
    ]),
  );
}

function statement(sid: string, action: string, resourceArn: string): string {
  return `{
  Sid       = "${sid}"
  Effect    = "Allow"
  Principal = { Service = "cloudfront.amazonaws.com" }
  Action    = "${action}"
  Resource  = ${resourceArn}
  Condition = {
    StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.files.arn }
  }
},`;
}

function existingPolicy({ bucket: name }: SetupNames): string {
  return `This is the whole policy of the bucket and takes the place of the one it has: put the statements of that in here too.
  aws s3api get-bucket-policy --bucket ${name} --query Policy --output text`;
}

const OUTPUTS = [
  ['distribution_domain_name', 'aws_cloudfront_distribution.files.domain_name'],
  ['distribution_id', 'aws_cloudfront_distribution.files.id'],
  ['key_pair_id', 'aws_cloudfront_public_key.files.id'],
  ['key_group_id', 'aws_cloudfront_key_group.files.id'],
]
  .map(([name = '', value = '']) => hclBlock(`output "${name}"`, [{ name: 'value', value }]))
  .join('\n\n');
