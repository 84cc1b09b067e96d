import { describe, expect, it } from 'vitest';
import { inTime } from '../../../src/vscode/inTime.ts';

/** It tries every way to cut the letters into pieces, of which there are 2 to the power of 59. */
const endless = (): boolean => /(a+)+$/.test(`${'a'.repeat(60)}!`);

describe('inTime', () => {
  it('gives what the work gives', () => {
    expect(inTime(() => [1, 2])).toEqual({ value: [1, 2] });
    expect(inTime(() => undefined)).toEqual({ value: undefined });
  });

  it('stops an expression that never ends, and works on', () => {
    const begun = performance.now();
    expect(inTime(endless)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(inTime(() => /a+$/.test('aaa'))).toEqual({ value: true });
  });

  it('lets an error of the work through', () => {
    const wrong = new RangeError('wrong');
    expect(() =>
      inTime(() => {
        throw wrong;
      }),
    ).toThrow(wrong);
  });
});
