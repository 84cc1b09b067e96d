import { type Fields, fieldsOf, itemsOf } from './jsonData.ts';

/**
 * The resources of a CloudFormation template, in a form in which templates of different origin can be
 * compared: references name the type of what they refer to, and what is up to the writer, such as
 * the IDs of origins, is the same everywhere.
 *
 * @returns them by their types, of which the template has each once
 */
export function resourcesOf(template: Fields): ReadonlyMap<string, Fields> {
  const resources = fieldsOf(template['Resources']);
  const typeOf = (logicalId: string): string =>
    logicalId in resources ? String(fieldsOf(resources[logicalId])['Type']) : logicalId;
  return new Map(
    Object.keys(resources)
      .filter((logicalId) => typeOf(logicalId) !== 'AWS::CDK::Metadata')
      .map((logicalId) => {
        const { Type, Properties, Metadata: _, ...rest } = fieldsOf(resources[logicalId]);
        return [String(Type), { ...rest, ...fieldsOf(plain(resolved(Properties, typeOf))) }];
      }),
  );
}

/** Functions carried out as far as that goes without an account. */
function resolved(value: unknown, typeOf: (logicalId: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolved(item, typeOf));
  if (typeof value !== 'object' || value === null) return value;
  const fields = fieldsOf(value);
  if ('Ref' in fields) return `<${typeOf(String(fields['Ref']))}>`;
  if ('Fn::GetAtt' in fields) return attribute(itemsOf(fields['Fn::GetAtt']).join('.'), typeOf);
  if ('Fn::Sub' in fields) {
    return String(fields['Fn::Sub']).replaceAll(/\$\{([^}]+)\}/g, (_match, name: string) =>
      attribute(name, typeOf),
    );
  }
  if ('Fn::Join' in fields) {
    const [separator, parts] = itemsOf(fields['Fn::Join']);
    return itemsOf(resolved(parts, typeOf)).join(String(separator));
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, content]) => [name, resolved(content, typeOf)]),
  );
}

function attribute(path: string, typeOf: (logicalId: string) => string): string {
  const [logicalId = '', ...names] = path.split('.');
  return [`<${typeOf(logicalId)}>`, ...names].join('.');
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? value.trim() : value;
  }
  const { Id, TargetOriginId, CallerReference, ...rest } = fieldsOf(value);
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, content]) => [name, plain(content)])),
    ...(Id !== undefined && { Id: 'origin' }),
    ...(TargetOriginId !== undefined && { TargetOriginId: 'origin' }),
    ...(CallerReference !== undefined && { CallerReference: 'reference' }),
  };
}
