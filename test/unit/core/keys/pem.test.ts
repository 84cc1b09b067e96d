import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPemBlocks, isBase64, writePem, type PemBlock } from '../../../../src/core/keys/pem.ts';

const anyBlock: fc.Arbitrary<PemBlock> = fc.record({
  label: fc.constantFrom('PRIVATE KEY', 'RSA PRIVATE KEY', 'CERTIFICATE', 'X9 42'),
  dekInfo: fc.option(
    fc.constantFrom(`AES-256-CBC,${'0123456789ABCDEF'.repeat(2)}`, 'DES-EDE3-CBC,0123456789ABCDEF'),
    { nil: undefined },
  ),
  base64: fc
    .uint8Array({ minLength: 1, maxLength: 300 })
    .map((bytes) => Buffer.from(bytes).toString('base64')),
});

const anyLineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', ' ', '', '\n    ', ' \t\r\n');

it('finds what was written, whatever became of the line ends', () => {
  const anyFile = fc.tuple(fc.array(anyBlock, { maxLength: 3 }), anyLineEnd);
  fc.assert(
    fc.property(anyFile, ([blocks, lineEnd]) => {
      const text = blocks.map(writePem).join('').replaceAll('\n', lineEnd);
      expect(findPemBlocks(text)).toEqual(blocks);
    }),
    { numRuns: 1000 },
  );
});

it('finds blocks among other text', () => {
  const text = `Bag Attributes\n  a: b\n-----BEGIN A-----\nAAAA\n-----END A-----\nthe end\n`;
  expect(findPemBlocks(text)).toEqual([{ label: 'A', dekInfo: undefined, base64: 'AAAA' }]);
});

it('writes lines of 64 characters', () => {
  const block = { label: 'A', dekInfo: undefined, base64: 'B'.repeat(68) };
  expect(writePem(block)).toBe(`-----BEGIN A-----\n${'B'.repeat(64)}\nBBBB\n-----END A-----\n`);
});

describe('a file with a block that is not whole has none:', () => {
  it.each([
    ['no end', '-----BEGIN A-----\nAAAA\n'],
    ['the end of another one', '-----BEGIN A-----\nAAAA\n-----END B-----\n'],
    ['a second without an end', '-----BEGIN A-----\nAAAA\n-----END A-----\n-----BEGIN A-----\nAA'],
    ['nothing in it', '-----BEGIN A-----\n-----END A-----\n'],
    ['a foreign character in it', '-----BEGIN A-----\nAA?A\n-----END A-----\n'],
    ['a character too few in it', '-----BEGIN A-----\nAAA\n-----END A-----\n'],
    ['one begun in it', '-----BEGIN A-----\nAAAA\n-----BEGIN A-----\nAAAA\n-----END A-----\n'],
  ])('%s', (_name, text) => {
    expect(findPemBlocks(text)).toBeUndefined();
  });
});

it.each(['', 'no PEM', '-----END A-----', '---- BEGIN SSH2 PUBLIC KEY ----'])(
  'finds no block where none is begun: %j',
  (text) => {
    expect(findPemBlocks(text)).toEqual([]);
  },
);

describe('base64', () => {
  it('is what any bytes are written in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(isBase64(Buffer.from(bytes).toString('base64'))).toBe(true);
      }),
    );
  });

  it.each(['', 'A', 'AA', 'AAA', 'A===', '====', 'AA=A', 'AAAA=', 'AA-_', 'AA\nAA', 'AAÄA'])(
    'is not %j',
    (text) => {
      expect(isBase64(text)).toBe(false);
    },
  );
});
