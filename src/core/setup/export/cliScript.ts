import { signingAccessControl } from '../accessControl.ts';
import { CACHING_OPTIMIZED, counted, overridesCachePolicy } from '../cachePolicies.ts';
import { cliText } from '../mends/cliText.ts';
import { createCommand } from '../mends/cloudFrontCommands.ts';
import { comment } from '../../notation/comment.ts';
import { lines, paragraphs } from '../../notation/joined.ts';
import { jqCommand } from '../../notation/jq.ts';
import { json } from '../../notation/json.ts';
import { shellJson, shellWord } from '../../notation/shell.ts';
import { aliasNote, closingCommands, NOTES, purpose } from './notes.ts';
import { bucketDomainName, type SetupNames } from './setupNames.ts';

/**
 * The set-up as a script of bash for AWS CLI 2 and jq.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudfront/
 */
export function cliScript(names: SetupNames): string {
  const script = paragraphs(
    header(names),
    bucket(names),
    publicKey(names),
    keyGroup(names),
    names.responseOverrides ? cachePolicy(names) : undefined,
    accessControl(names),
    distribution(names),
    bucketPolicy(names),
    END,
  );
  return `${script}\n`;
}

function header(names: SetupNames): string {
  const needs = names.publicKeyPem === undefined ? 'AWS CLI 2, jq and openssl' : 'AWS CLI 2 and jq';
  return lines(
    '#!/usr/bin/env bash',
    comment('#', purpose(names)),
    '#',
    comment(
      '#',
      `It needs ${needs}, and ends at the first step that fails: what was made by then stays.`,
    ),
    ...(names.alias === undefined ? [] : ['#', comment('#', aliasNote(names.alias.domain))]),
    'set -euo pipefail',
    `export AWS_PAGER='' AWS_REGION=${names.region} AWS_DEFAULT_REGION=${names.region}`,
  );
}

function bucket({ bucket: name, bucketExists, region }: SetupNames): string {
  if (bucketExists) return lines(comment('#', NOTES.bucket), closingCommands(name));
  // The default region may not be named.
  const place =
    region === 'us-east-1' ? '' : ` --create-bucket-configuration LocationConstraint=${region}`;
  return lines(
    `aws s3api create-bucket --bucket ${shellWord(name)}${place} \\`,
    '  --object-ownership BucketOwnerEnforced >/dev/null',
    comment('#', NOTES.bucket),
    cliText({ kind: 'public-access-block', bucket: name }),
  );
}

function publicKey({ name, publicKeyPem }: SetupNames): string {
  const config = { CallerReference: name, Name: name };
  if (publicKeyPem !== undefined) {
    return creation('key_pair_id', 'PublicKey', { ...config, EncodedKey: publicKeyPem });
  }
  return lines(
    comment('#', 'The private half stays with whoever signs.'),
    '[[ -e private_key.pem ]] ||',
    '  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private_key.pem',
    'public_key=$(openssl pkey -in private_key.pem -pubout)',
    creation('key_pair_id', 'PublicKey', config, { '.EncodedKey': 'public_key' }),
  );
}

function keyGroup({ name }: SetupNames): string {
  return lines(
    comment('#', NOTES.keyGroup),
    creation('key_group_id', 'KeyGroup', { Name: name }, { '.Items[0]': 'key_pair_id' }),
  );
}

function cachePolicy({ name }: SetupNames): string {
  const config = overridesCachePolicy(`${name}-overrides`, counted);
  return lines(comment('#', NOTES.overrides), creation('cache_policy_id', 'CachePolicy', config));
}

function accessControl({ name }: SetupNames): string {
  return lines(
    comment('#', NOTES.accessControl),
    creation('access_control_id', 'OriginAccessControl', signingAccessControl(name)),
  );
}

/** Puts a configuration into a variable, with shell variables at some of its paths. */
function document(variable: string, config: object, variables: Variables): string {
  const filters = Object.entries(variables).map(([path, name]) => `${path} = $${name}`);
  return filters.length === 0
    ? `${variable}=${shellJson(config)}`
    : `${variable}=$(${jqCommand('--null-input', [json(config), ...filters], Object.values(variables))})`;
}

type Variables = Readonly<Record<string, string>>;

function creation(
  variable: string,
  what: 'PublicKey' | 'KeyGroup' | 'OriginAccessControl' | 'CachePolicy',
  config: object,
  variables: Variables = {},
): string {
  return lines(
    document('config', config, variables),
    `${variable}=$(${createCommand(what, '"$config"')})`,
  );
}

function distribution(names: SetupNames): string {
  const { alias } = names;
  const read = counted(['HEAD', 'GET']);
  const config = {
    CallerReference: names.name,
    Comment: `Private files of ${names.bucket}`,
    Enabled: true,
    HttpVersion: 'http2and3',
    IsIPV6Enabled: false,
    DefaultRootObject: names.listBucket ? 'index.html' : '',
    ...(alias && {
      Aliases: counted([alias.domain]),
      ViewerCertificate: {
        ACMCertificateArn: alias.certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SSLSupportMethod: 'sni-only',
      },
    }),
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: 'bucket',
          DomainName: bucketDomainName(names),
          OriginPath: names.originPath,
          S3OriginConfig: { OriginAccessIdentity: '' },
        },
      ],
    },
    DefaultCacheBehavior: {
      TargetOriginId: 'bucket',
      ViewerProtocolPolicy: 'redirect-to-https',
      AllowedMethods: { ...read, CachedMethods: read },
      Compress: true,
      CachePolicyId: CACHING_OPTIMIZED,
      TrustedKeyGroups: { Enabled: true, Quantity: 1 },
    },
  };
  return lines(
    comment('#', NOTES.trusted),
    comment('#', NOTES.ipv6),
    names.listBucket ? comment('#', NOTES.rootObject) : undefined,
    document('config', config, {
      '.Origins.Items[0].OriginAccessControlId': 'access_control_id',
      '.DefaultCacheBehavior.TrustedKeyGroups.Items[0]': 'key_group_id',
      ...(names.responseOverrides && {
        '.DefaultCacheBehavior.CachePolicyId': 'cache_policy_id',
      }),
    }),
    'distribution=$(aws cloudfront create-distribution --query Distribution --output json \\',
    '  --distribution-config "$config")',
    'distribution_id=$(jq --raw-output .Id <<<"$distribution")',
    'distribution_arn=$(jq --raw-output .ARN <<<"$distribution")',
  );
}

function bucketPolicy(names: SetupNames): string {
  const { bucket: name, originPath } = names;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      statement('AllowCloudFrontRead', 's3:GetObject', `${name}${originPath}/*`),
      ...(names.listBucket ? [statement('AllowCloudFrontList', 's3:ListBucket', name)] : []),
    ],
  };
  return lines(
    comment('#', NOTES.policy),
    document('policy', policy, {
      '.Statement[].Condition.StringEquals["AWS:SourceArn"]': 'distribution_arn',
    }),
    names.bucketExists ? merging(name) : undefined,
    `aws s3api put-bucket-policy --bucket ${shellWord(name)} --policy "$policy"`,
  );
}

function statement(sid: string, action: string, resource: string): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: action,
    Resource: `arn:aws:s3:::${resource}`,
  };
}

/** What a bucket's policy says already stays: other distributions may read by it. */
function merging(name: string): string {
  return `# What the policy of the bucket says by now stays.
errors=$(mktemp)
if present=$(aws s3api get-bucket-policy --bucket ${shellWord(name)} --query Policy --output text 2>"$errors"); then
  policy=$(jq --argjson present "$present" --arg id "$distribution_id" '
    .Statement[].Sid += $id | .Statement = ([$present.Statement] | flatten) + .Statement
  ' <<<"$policy")
elif ! grep --quiet NoSuchBucketPolicy "$errors"; then
  cat "$errors" >&2
  exit 1
fi
rm "$errors"`;
}

const END = `# Links work once every edge location has the distribution, which takes minutes.
aws cloudfront wait distribution-deployed --id "$distribution_id"
printf '%s\\n' \\
  "Distribution domain name: $(jq --raw-output .DomainName <<<"$distribution")" \\
  "Distribution ID: $distribution_id" \\
  "Key pair ID: $key_pair_id" \\
  "Key group ID: $key_group_id"`;
