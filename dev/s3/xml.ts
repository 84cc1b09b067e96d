/** What an XML element holds: text, or elements by name, a list standing for repeated ones. */
export type XmlContent = string | number | boolean | XmlElements;

/**
 * Elements by name, in order; an absent value leaves the element out. A name may have attributes
 * behind it, written as they are to appear.
 */
export interface XmlElements {
  readonly [name: string]: XmlContent | readonly XmlContent[] | undefined;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * A document with one root element.
 *
 * @param namespace S3's unless given; its errors have none
 */
export function xmlDocument(
  root: string,
  content: XmlContent,
  namespace = root === 'Error' ? undefined : S3_NAMESPACE,
): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `${DECLARATION}<${root}${attribute}>${inner(content)}</${root}>`;
}

// A page of a listing has some thousands of elements: this makes no lists of them.
function elements(content: XmlElements): string {
  let written = '';
  for (const [name, value] of Object.entries(content)) {
    if (isList(value)) for (const one of value) written += element(name, one);
    else if (value !== undefined) written += element(name, value);
  }
  return written;
}

function element(name: string, content: XmlContent): string {
  const [bare] = name.includes(' ') ? name.split(' ', 1) : [name];
  return `<${name}>${inner(content)}</${bare}>`;
}

function isList(
  value: XmlContent | readonly XmlContent[] | undefined,
): value is readonly XmlContent[] {
  return Array.isArray(value);
}

function inner(content: XmlContent): string {
  return typeof content === 'object' ? elements(content) : escapeText(String(content));
}

/** Control characters become references, though XML 1.0 has none for them: S3 does the same. */
export function escapeText(text: string): string {
  if (!ESCAPED.test(text)) return text;
  return text.replaceAll(
    new RegExp(ESCAPED, 'g'),
    (character) => NAMED[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}

// eslint-disable-next-line no-control-regex -- these are what it is about
const ESCAPED = /[&<>"\u0000-\u0008\u000a-\u001f]/;

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * The text of the first element of a name, however deep; `undefined` where there is none. It is for
 * the few small documents that clients send here, in which no name means two things.
 */
export function elementText(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return text?.trim().replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => UNESCAPED[entity] ?? '');
}

const UNESCAPED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};
