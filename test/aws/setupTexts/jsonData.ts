/** A JSON object by its names. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws Error where it is no object */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`It is no object: ${JSON.stringify(value)}`);
  }
  return { ...value };
}

/** @throws Error where it is no list */
export function itemsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`It is no list: ${JSON.stringify(value)}`);
  return value;
}
