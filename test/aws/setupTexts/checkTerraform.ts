import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TEMPLATE_TOOLS } from '../../../dev/templateTools/install.ts';
import { type Fields, fieldsOf, itemsOf } from './jsonData.ts';

/** What the provider takes and has; see `condenseAwsProvider.mjs`. */
const PROVIDER = fieldsOf(
  JSON.parse(readFileSync(path.join(TEMPLATE_TOOLS, 'awsProvider.json'), 'utf8')),
);

/** What Terraform itself gives every resource. */
const OF_ALL_RESOURCES = ['lifecycle'];

/**
 * Checks the resources, data sources and references of a configuration against the schema of the AWS
 * provider.
 *
 * @param data what the parser made of it
 * @param whole whether all that is required has to be there
 * @returns what is wrong, in words
 */
export function checkTerraform(data: Fields, { whole }: { readonly whole: boolean }) {
  const declared = [
    ...blocksOf('resources', data['resource']),
    ...blocksOf('dataSources', data['data']),
  ];
  const names = new Map(declared.map(({ address, schema }) => [address, schema]));
  return [
    ...declared.flatMap(({ address, schema, body }) =>
      schema === undefined
        ? [`${address}: there is no such resource`]
        : checkBody(address, body, fieldsOf(schema['arguments']), whole),
    ),
    ...checkReferences(JSON.stringify(data), names),
  ];
}

interface Declared {
  readonly address: string;
  readonly schema: Fields | undefined;
  readonly body: Fields;
}

function blocksOf(kind: 'resources' | 'dataSources', byType: unknown): readonly Declared[] {
  const schemas = fieldsOf(PROVIDER[kind]);
  return Object.entries(fieldsOf(byType ?? {})).flatMap(([type, byName]) =>
    Object.entries(fieldsOf(byName)).flatMap(([name, bodies]) =>
      itemsOf(bodies).map((body) => ({
        address: `${kind === 'dataSources' ? 'data.' : ''}${type}.${name}`,
        schema: type in schemas ? fieldsOf(schemas[type]) : undefined,
        body: fieldsOf(body),
      })),
    ),
  );
}

function checkBody(at: string, body: Fields, schema: Fields, whole: boolean): readonly string[] {
  const missing = Object.entries(schema)
    .filter(([name, argument]) => fieldsOf(argument)['required'] === true && !(name in body))
    .map(([name]) => `${at}: ${name} is required`);
  return [
    ...(whole ? missing : []),
    ...Object.entries(body).flatMap(([name, value]) => {
      if (OF_ALL_RESOURCES.includes(name)) return [];
      const inner = `${at}.${name}`;
      if (!(name in schema)) return [`${inner}: there is no such argument`];
      const { block, type } = fieldsOf(schema[name]);
      if (block === undefined)
        return isOfType(value, type) ? [] : [`${inner}: it is no ${String(type)}`];
      const bodies = Array.isArray(value) ? value : undefined;
      return (
        bodies?.flatMap((one) => checkBody(inner, fieldsOf(one), fieldsOf(block), whole)) ?? [
          `${inner}: it is a block`,
        ]
      );
    }),
  ];
}

function isOfType(value: unknown, type: unknown): boolean {
  if (typeof value === 'string' && /^\$\{.*\}$/s.test(value)) return true;
  if (type === 'string[]')
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === type;
}

function checkReferences(
  text: string,
  names: ReadonlyMap<string, Fields | undefined>,
): readonly string[] {
  const references = text.matchAll(/((?:data\.)?aws_\w+\.\w+)\.(\w+)/g);
  return Array.from(references).flatMap(([reference, address = '', attribute]) => {
    const schema = names.get(address);
    return schema !== undefined && itemsOf(schema['attributes']).includes(attribute)
      ? []
      : [`${reference}: there is no such value`];
  });
}
