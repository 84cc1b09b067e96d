import { XMLParser } from 'fast-xml-parser';

/** An element as far as an API looks at it: no attributes, no namespaces. */
export interface XmlElement {
  /** Empty where it holds elements. */
  readonly text: string;
  readonly children: ReadonlyMap<string, readonly XmlElement[]>;
}

const PARSER = new XMLParser({
  ignoreDeclaration: true,
  // A key's PEM ends with a line break that counts.
  trimValues: false,
  parseTagValue: false,
  // Clients write line breaks as references.
  htmlEntities: true,
  isArray: () => true,
});

/**
 * Reads a document.
 *
 * @returns an element whose one child is the root; `undefined` where it is not well-formed
 */
export function readXml(text: string): XmlElement | undefined {
  try {
    return elementOf(PARSER.parse(text, true));
  } catch {
    return undefined;
  }
}

function elementOf(parsed: unknown): XmlElement {
  if (typeof parsed !== 'object' || parsed === null) {
    return { text: String(parsed), children: new Map() };
  }
  const children = Object.entries(parsed)
    // Between elements there is but white space.
    .filter(([name]) => name !== '#text')
    .map(([name, value]) => [name, (Array.isArray(value) ? value : []).map(elementOf)] as const);
  return { text: '', children: new Map(children) };
}
