import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downloadName } from '../../../../src/core/linkFormats/downloadName.ts';
import { hostileKey } from './someLink.ts';

describe('the name to save an object under', () => {
  it.each([
    ['photos/Übung 1 [neu].jpg', 'Übung 1 [neu].jpg'],
    ['a.tar.gz', 'a.tar.gz'],
    ["it's $5 & more.txt", "it's $5 & more.txt"],
    ['photos/2026/', '2026'],
    // Out of the folder, in one system or another.
    ['a\\..\\b.txt', 'a_.._b.txt'],
    ['C:x', 'C_x'],
    ['//', '__'],
    // Hidden, the home folder, an option.
    ['.bashrc', '_bashrc'],
    ['a/-rf', '_rf'],
    ['~', '_'],
    [' a', '_a'],
    // What one system or another refuses.
    ['what? <a> "b" | *.txt', 'what_ _a_ _b_ _ _.txt'],
    ['a. . ', 'a'],
    ['line\nfeed\0.txt', 'line␊feed␀.txt'],
    ['invoice\u202efdp.exe', 'invoice‹U+202E›fdp.exe'.replace(/[<>]/g, '_')],
    // Devices.
    ['NUL', '_NUL'],
    ['con.txt', '_con.txt'],
    ['Aux .tar.gz', '_Aux .tar.gz'],
    ['com¹', '_com¹'],
    ['lpt0.a', '_lpt0.a'],
    ['console.txt', 'console.txt'],
    ['com10', 'com10'],
  ])('of %j is %j', (key, name) => {
    expect(downloadName(key)).toBe(name);
  });

  it('is short enough for any file system, and keeps its ending', () => {
    const name = downloadName(`${'日'.repeat(300)}.parquet`);
    expect(name).toMatch(/^日+\.parquet$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(140);
    expect(Buffer.byteLength(downloadName('\u{1f600}'.repeat(200)))).toBeLessThanOrEqual(140);
    expect(Buffer.from(downloadName(`a${'\u{1f600}'.repeat(200)}`)).toString()).not.toContain(
      '\ufffd',
    );
  });

  it('stays in its folder and is no surprise there, whatever the key', () => {
    fc.assert(
      fc.property(hostileKey, (key) => {
        const name = downloadName(key);
        expect(name).not.toMatch(/^$|^[-.~ ]|[. ]$|[<>:"/\\|?*\p{Cc}\p{Bidi_Control}]/u);
        expect(name.split('.')[0]?.trimEnd()).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)$/i);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(141);
      }),
      { numRuns: 2000 },
    );
  });
});
