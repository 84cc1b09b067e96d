/**
 * Writes awsProvider.json: what Terraform's AWS provider takes for the resources that the extension
 * writes. Run by hand when there are more of them or the provider has changed, because the package
 * with the provider's schema, as types of CDK for Terraform, has 400 MB.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PACKAGE = '@cdktf/provider-aws@21.22.1';
const RESOURCES = [
  'cloudfront_cache_policy',
  'cloudfront_distribution',
  'cloudfront_key_group',
  'cloudfront_origin_access_control',
  'cloudfront_public_key',
  'kms_key_policy',
  's3_bucket',
  's3_bucket_ownership_controls',
  's3_bucket_policy',
  's3_bucket_public_access_block',
];
const DATA_SOURCES = ['s3_bucket', 'iam_policy_document'];

const dir = mkdtempSync(path.join(tmpdir(), 'aws-provider-'));
const inDir = { cwd: dir, encoding: 'utf8' };
execFileSync('npm', ['pack', '--silent', PACKAGE], inDir);
execFileSync('sh', ['-c', 'tar xzf *.tgz package/lib package/package.json'], inDir);
const manifest = JSON.parse(readFileSync(path.join(dir, 'package/package.json'), 'utf8'));
const read = (prefix, names) =>
  Object.fromEntries(
    names.map((name) => {
      const folder = prefix + name.replaceAll('_', '-');
      const types = readFileSync(path.join(dir, 'package/lib', folder, 'index.d.ts'), 'utf8');
      return [`aws_${name}`, readTypes(types)];
    }),
  );
const provider = {
  version: manifest.cdktf.provider.version,
  resources: read('', RESOURCES),
  dataSources: read('data-aws-', DATA_SOURCES),
};
writeFileSync(
  path.join(import.meta.dirname, 'awsProvider.json'),
  JSON.stringify(provider, null, 2),
);
rmSync(dir, { recursive: true });

/** The arguments of a resource, with those of its blocks within, and the attributes it has. */
function readTypes(types) {
  const interfaces = new Map(
    Array.from(types.matchAll(/^export interface (\w+).*?\{\n(.*?)^\}/gms), ([, name, body]) => [
      name,
      body,
    ]),
  );
  const argumentsOf = (body) =>
    Object.fromEntries(
      Array.from(
        body.matchAll(/#(\w+) \w+#\w+\}.*?readonly \w+(\??): (.*?);\n/gs),
        ([, name, optional, type]) => {
          const inner = interfaces.get(type.split(/[[ |]/, 1)[0]);
          return [
            name,
            {
              ...(optional === '' && { required: true }),
              ...(inner === undefined
                ? { type: type.replace(' | cdktf.IResolvable', '') }
                : { block: argumentsOf(inner), ...(type.includes('[]') && { many: true }) }),
            },
          ];
        },
      ),
    );
  const config = [...interfaces].find(
    ([name]) => name.endsWith('Config') && new RegExp(`config\\??: ${name}\\b`).test(types),
  );
  const [, resourceClass = ''] =
    /^export declare class \w+ extends cdktf\.Terraform(?:Resource|DataSource) \{\n(.*?)^\}/ms.exec(
      types,
    ) ?? [];
  const attributes = Array.from(resourceClass.matchAll(/^ {4}get (\w+)\(\)/gm), ([, name]) =>
    name.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
  ).filter((name) => !name.endsWith('_input'));
  return { arguments: argumentsOf(config?.[1] ?? ''), attributes };
}
