import { describe, expect, it } from 'vitest';
import { linkAt } from '../../../../src/core/inspect/linkAt.ts';

const URL = 'https://a.example/b?Expires=1&Signature=c&Key-Pair-Id=d';

/** The URL at each place of a line, as far as there is one. */
function linksIn(line: string): readonly (string | undefined)[] {
  return Array.from(line, (_letter, at) => {
    const link = linkAt(line, at);
    return link && line.slice(link.start, link.end);
  });
}

describe('the URL at a place of a line', () => {
  it.each([
    ['alone', URL],
    ['in quotes', `const a = "${URL}";`],
    ['in other quotes', `const a = '${URL}';`],
    ['in backticks', `see \`${URL}\``],
    ['between angle brackets', `<${URL}>`],
    ['behind a name', `url=${URL} and so on`],
    ['after text without a gap', `a:${URL}\tb`],
  ])('is found %s, from each of its letters', (_where, line) => {
    const links = linksIn(line);
    const start = line.indexOf('https');
    expect(links.slice(start, start + URL.length)).toEqual(Array(URL.length).fill(URL));
  });

  it('is none beside it', () => {
    expect(linkAt(`x ${URL} y`, 0)).toBeUndefined();
    expect(linkAt(`x ${URL} yes`, URL.length + 4)).toBeUndefined();
    expect(linkAt('', 0)).toBeUndefined();
    expect(linkAt('no link at all', 5)).toBeUndefined();
    expect(linkAt(`${URL} `, 10_000)).toBeUndefined();
  });

  it('is the one of several that the place is in', () => {
    const other = URL.replace('a.example', 'other.example');
    const line = `${URL},${other}`;
    expect(linksIn(line)[3]).toBe(`${URL},`);
    expect(linksIn(line)[URL.length + 5]).toBe(other);
  });

  it('may have another one in it', () => {
    const line = `https://a.example/?next=${URL}`;
    expect(linkAt(line, 3)).toEqual({ start: 0, end: line.length });
  });

  it('is found at once, however long the line is', () => {
    const begun = performance.now();
    for (const filling of ['a', 'https://', ' ']) {
      const line = filling.repeat(2_000_000);
      for (let place = 0; place < 100; place++) linkAt(line, line.length / 2 + place);
    }
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
