import { isDeepStrictEqual } from 'node:util';
import type { ItemList } from '../edge/distributionStore.ts';
import { type XmlContent, xmlDocument, type XmlElements } from '../s3/xml.ts';
import { cloudFrontError } from './cloudFrontError.ts';
import { readXml, type XmlElement } from './readXml.ts';

/** How a value is read from an element and written as what an element holds. */
export interface Shape<T> {
  /** Errors: those of CloudFront for what is not valid. */
  readonly read: (element: XmlElement, name: string) => T;
  readonly write: (value: T) => XmlContent;
  /** What an absent element stands for; without it the element is required. */
  readonly absent?: () => T | undefined;
}

/** A shape for each field of a structure. */
type Fields<T> = { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> };

export const text = leaf((content) => content);

export const flag = leaf((content, name) => {
  if (content !== 'true' && content !== 'false') throw invalid(name);
  return content === 'true';
});

export const integer = leaf((content, name) => {
  if (!/^\d+$/.test(content)) throw invalid(name);
  return Number(content);
});

/** One of the words that the API knows. */
export function choice<const T extends string>(...words: readonly T[]): Shape<T> {
  return leaf((content, name) => {
    const word = words.find((one) => one === content);
    if (word === undefined) throw invalid(name);
    return word;
  });
}

/** What may be absent. */
export function optional<T>(shape: Shape<T>): Shape<T> {
  return { ...shape, absent: () => undefined };
}

/** What an absent element stands for too. */
export function orElse<T>(shape: Shape<T>, absent: () => T): Shape<T> {
  return { ...shape, absent };
}

/** A list with its `Quantity`, which has to be right. */
export function list<T>(member: string, shape: Shape<T>): Shape<ItemList<T>> {
  return listBeside<T, object>({}, member, shape);
}

/** A list with its `Quantity` and with other fields beside it. */
export function listBeside<T, More extends object>(
  fields: Fields<More>,
  member: string,
  shape: Shape<T>,
): Shape<ItemList<T> & More> {
  const members = bareList(member, shape);
  const more = structure(fields);
  return {
    read: ({ text: own, children }, name) => {
      const { Quantity: quantity, Items: items, ...others } = Object.fromEntries(children);
      const read = items?.[0] === undefined ? [] : members.read(items[0], 'Items');
      if (quantity?.[0]?.text !== String(read.length)) {
        throw cloudFrontError('InconsistentQuantities');
      }
      const rest = { text: own, children: new Map(Object.entries(others)) };
      return { ...more.read(rest, name), Items: read };
    },
    write: (value) => ({
      ...more.write(value),
      Quantity: value.Items.length,
      Items: value.Items.length === 0 ? undefined : members.write(value.Items),
    }),
  };
}

/** A list without a `Quantity`. */
export function bareList<T>(member: string, shape: Shape<T>): Shape<T[]> {
  return {
    read: ({ children }) =>
      (children.get(member) ?? []).map((element) => shape.read(element, member)),
    write: (values) => ({ [member]: values.map(shape.write) }),
  };
}

/** A shape of named fields, which may stand among others. */
interface Structure<T> extends Shape<T> {
  readonly write: (value: T) => XmlElements;
}

/**
 * A structure of named fields.
 *
 * @param neutral what every account here has in one way alone: it is written so, and a request that
 * wants it otherwise is refused
 */
export function structure<T extends object>(
  fields: Fields<T>,
  neutral: XmlElements = {},
): Structure<T> {
  const neutralElements = readXml(xmlDocument('Neutral', neutral))?.children.get('Neutral')?.[0];
  return {
    read: ({ children }) => {
      for (const [name, [element]] of children) {
        const expected = neutralElements?.children.get(name)?.[0];
        if (!(name in fields) && !isDeepStrictEqual(outline(element), outline(expected))) {
          throw notImplemented(name);
        }
      }
      const value: Partial<T> = {};
      for (const name in fields) {
        const element = children.get(name)?.[0];
        const shape = fields[name];
        const read = element === undefined ? shape.absent?.() : shape.read(element, name);
        if (read !== undefined) value[name] = read;
      }
      assertWhole(value, fields);
      return value;
    },
    write: (value) => {
      const written: Record<string, XmlContent> = {};
      for (const name in fields) {
        const field = value[name];
        if (field !== undefined && field !== null) written[name] = fields[name].write(field);
      }
      return { ...written, ...neutral };
    },
  };
}

/** Reads a document whose root is of a shape. Errors: `MissingBody`, `MalformedInput` … */
export function readDocument<T>(body: Buffer, root: string, shape: Shape<T>): T {
  if (body.length === 0) throw cloudFrontError('MissingBody');
  const element = readXml(body.toString('utf8'))?.children.get(root)?.[0];
  if (element === undefined) throw cloudFrontError('MalformedInput');
  return shape.read(element, root);
}

function leaf<T extends string | number | boolean>(
  read: (content: string, name: string) => T,
): Shape<T> {
  return { read: ({ text: content }, name) => read(content, name), write: (value) => value };
}

function assertWhole<T extends object>(value: Partial<T>, fields: Fields<T>): asserts value is T {
  for (const name in fields) {
    if (!(name in value) && fields[name].absent === undefined) {
      throw cloudFrontError('InvalidArgument', `The parameter ${name} is required.`);
    }
  }
}

/** What an element holds, as a plain value without what is empty. */
function outline(element: XmlElement | undefined): unknown {
  const entries = [...(element?.children ?? [])]
    .map(([name, elements]) => [name, elements.map(outline)] as const)
    .filter(([, values]) => values.some((value) => value !== ''));
  return entries.length === 0 ? (element?.text ?? '') : Object.fromEntries(entries);
}

function invalid(name: string) {
  return cloudFrontError('InvalidArgument', `The parameter ${name} is not valid.`);
}

function notImplemented(name: string) {
  return cloudFrontError('NotImplemented', `Nothing here implements such a “${name}”.`);
}
