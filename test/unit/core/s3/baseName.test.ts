import { describe, expect, it } from 'vitest';
import { baseName } from '../../../../src/core/s3/baseName.ts';

describe('the last name in a key', () => {
  it.each([
    ['a.txt', 'a.txt'],
    ['photos/2026/a.jpg', 'a.jpg'],
    ['photos/2026/', '2026'],
    ['photos//', 'photos'],
    ['/a', 'a'],
    // There is no name, and something has to be shown.
    ['/', '/'],
    ['//', '//'],
  ])('of %j is %j', (key, name) => {
    expect(baseName(key)).toBe(name);
  });
});
