import { describe, expect, it } from 'vitest';

import { causeText, errorText } from '../../../src/core/errorText.ts';

describe('errorText', () => {
  it('is what an error says', () => {
    expect(errorText(new TypeError('No such file'))).toBe('No such file');
  });

  it.each([[undefined], [null], ['No such file'], [{ message: 'No such file' }], [new Error('')]])(
    'is a sentence of its own where %j says nothing as an error',
    (thrown) => {
      expect(errorText(thrown)).toBe('It gave no reason');
    },
  );
});

describe('causeText', () => {
  it('is what the cause says, else the error itself', () => {
    const cause = new Error('connect ECONNREFUSED');
    expect(causeText(new TypeError('fetch failed', { cause }))).toBe('connect ECONNREFUSED');
    expect(causeText(new TypeError('fetch failed'))).toBe('fetch failed');
  });

  it('is a sentence of its own where there is no error', () => {
    expect(causeText('fetch failed')).toBe('It gave no reason');
  });
});
