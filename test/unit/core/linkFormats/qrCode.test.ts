import jsQR from 'jsqr';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { qrCode } from '../../../../src/core/linkFormats/qrCode.ts';
import { qrCodePage } from '../../../../src/core/linkFormats/qrCodePage.ts';
import { fail } from '../../../../src/core/outcome.ts';
import { valueOf } from '../valueOf.ts';
import { SIGNED_URL, someLink, unsignedLink } from './someLink.ts';

/** The pixels of a module. */
const SCALE = 4;

/** What a reader of another make sees in a code that is drawn by its path. */
function scanned(url: string): string | undefined {
  const { size, path } = valueOf(qrCode(url));
  const width = size * SCALE;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = Number(y) * SCALE; row < (Number(y) + 1) * SCALE; row += 1) {
      const from = row * width + Number(x) * SCALE;
      for (let pixel = from; pixel < from + Number(length) * SCALE; pixel += 1) {
        pixels.fill(0, pixel * 4, pixel * 4 + 3);
      }
    }
  }
  return jsQR(pixels, width, width)?.data;
}

describe('a QR code', () => {
  it('is read as the very URL', () => {
    expect(scanned(SIGNED_URL)).toBe(SIGNED_URL);
  });

  it.each([20, 100, 352, 1000, 2000])('may be of %d bytes', (length) => {
    const url = 'https://a.example/'.padEnd(length, '-aB9~_');
    expect(scanned(url)).toBe(url);
  });

  it('holds 2953 bytes, and a longer URL is refused with the reason', () => {
    const longest = 'https://a.example/'.padEnd(2953, '-aB9~_');
    expect(valueOf(qrCode(longest)).size).toBe(177 + 8);
    expect(qrCode(`${longest}x`)).toEqual(
      fail({ code: 'qr-code-too-long', bytes: 2954, maximum: 2953 }),
    );
  });

  it('has four light modules around it', () => {
    const { size, path } = valueOf(qrCode(SIGNED_URL));
    const rows = Array.from(path.matchAll(/M(\d+) (\d+)h(\d+)/g), (run) =>
      run.slice(1).map(Number),
    );
    const ends = rows.map(([x = 0, , length = 0]) => x + length);
    expect(Math.min(...rows.map(([x = 0]) => x))).toBe(4);
    expect(Math.min(...rows.map(([, y = 0]) => y))).toBe(4);
    expect(Math.max(...ends)).toBe(size - 4);
    expect(Math.max(...rows.map(([, y = 0]) => y + 1))).toBe(size - 4);
  });
});

interface PageNode {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly PageNode[];
  readonly value?: string;
}

function within(node: PageNode): readonly PageNode[] {
  return [node, ...(node.childNodes ?? []).flatMap(within)];
}

function attribute(node: PageNode | undefined, name: string): string | undefined {
  return node?.attrs?.find((attr) => attr.name === name)?.value;
}

describe('the page of a code', () => {
  const key = 'a/"><script>x</script>\u202e.jpg';
  const nodes = within(parse(valueOf(qrCodePage(someLink(key)))));
  const texts = nodes.flatMap(({ value }) => value ?? []).join('');

  it('loads, runs and sends nothing', () => {
    const policies = nodes.filter((node) => attribute(node, 'http-equiv') !== undefined);
    expect(policies.map((node) => attribute(node, 'content'))).toEqual(["default-src 'none'"]);
    const names = new Set(nodes.map(({ nodeName }) => nodeName));
    expect([...names].toSorted()).toEqual([
      '#document',
      '#documentType',
      '#text',
      'body',
      'h1',
      'head',
      'html',
      'meta',
      'p',
      'path',
      'rect',
      'svg',
      'title',
    ]);
    const attributes = nodes.flatMap(({ attrs = [] }) => attrs.map(({ name }) => name));
    expect(attributes.filter((name) => /^on|src|href|style|action/.test(name))).toEqual([]);
  });

  it('says what it shows, and when the link ends, to the eye and to a screen reader', () => {
    const [picture] = nodes.filter(({ nodeName }) => nodeName === 'svg');
    expect(attribute(picture, 'role')).toBe('img');
    for (const text of [attribute(picture, 'aria-label'), texts]) {
      expect(text).toContain('script>‹U+202E›.jpg');
    }
    expect(texts).toContain('2026-12-24 17:00 UTC. Until then');
  });

  it('says no end of a URL that has none', () => {
    expect(valueOf(qrCodePage(unsignedLink('a')))).not.toMatch(/ends|Until/);
  });

  it('is refused where the URL is too long', () => {
    const link = { ...someLink('a'), url: 'https://a.example/'.padEnd(3000, 'x') };
    expect(qrCodePage(link)).toMatchObject({ problem: { code: 'qr-code-too-long', bytes: 3000 } });
  });
});
