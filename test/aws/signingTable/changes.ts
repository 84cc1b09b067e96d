/** A link without some of CloudFront's parameters. */
export function without(name: string): (url: string) => string {
  return (url) =>
    url.replace(new RegExp(`([?&])${name}=[^&]*(&?)`), (_all, before, after) =>
      after === '' ? '' : before,
    );
}

/** A link with another value of a parameter that it has. */
export function withOther(
  name: string,
  change: string | ((value: string) => string),
): (url: string) => string {
  return (url) =>
    url.replace(new RegExp(`(?<=[?&]${name}=)[^&]*`), (value) =>
      typeof change === 'string' ? change : change(value),
    );
}

/** A link with one more parameter. */
export function withMore(parameter: string): (url: string) => string {
  return (url) => `${url}&${parameter}`;
}

/** A link with another path. */
export function withPath(change: (path: string) => string): (url: string) => string {
  return (url) => url.replace(/(?<=\/\/[^/]*)\/[^?]*/, change);
}

/** Another character in the middle of a signature or policy, of the same alphabet. */
export function oneCharacterOff(value: string): string {
  const middle = Math.floor(value.length / 2);
  return `${value.slice(0, middle)}${value[middle] === 'A' ? 'B' : 'A'}${value.slice(middle + 1)}`;
}

/** The policy as its own text. */
export function inPolicy(change: (text: string) => string): (value: string) => string {
  return (value) =>
    Buffer.from(change(Buffer.from(fromCloudFront(value), 'base64').toString()))
      .toString('base64')
      .replaceAll('+', '-')
      .replaceAll('=', '_')
      .replaceAll('/', '~');
}

function fromCloudFront(value: string): string {
  return value.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
}
