import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  referenceAt,
  referencesIn,
  referencesSelected,
  type Span,
} from '../../../../src/core/references/referencesIn.ts';

function textsOf(text: string, spans: readonly Span[]): readonly string[] {
  return spans.map(({ start, end }) => text.slice(start, end));
}

function found(text: string): readonly string[] {
  return textsOf(text, referencesIn(text));
}

function selected(text: string): readonly string[] {
  return textsOf(text, referencesSelected(text));
}

describe('the references in a text', () => {
  it.each(['s3://films/2026/a.mp4', 'https://cdn.example.com/a.mp4?b=c&d=e#t=10'])(
    'end where %s does',
    (name) => {
      const texts = [
        name,
        `see ${name} now`,
        `x = "${name}";`,
        `x = '${name}'`,
        `\`${name}\``,
        `<${name}>`,
        `(${name})`,
        `[${name}](#here)`,
        `[film](${name})`,
        `[film](${name} "title")`,
        `**${name}**`,
        `_${name}_`,
        `| ${name} |`,
        `|${name}|`,
        `{${name}}`,
        `${name}(see below)`,
        `[a: ${name}](b)`,
        `“${name}”`,
        `It is ${name}.`,
        `Is it ${name}?!`,
        `${name}, and more`,
        `见${name}。`,
        `<a href="${name}">x</a>`,
        `<p>${name}</p>`,
        `&quot;${name}&quot;`,
        `&lt;${name}&gt;.`,
        `{ "url": "${name}\\n" }`,
        `url: ${name}\r\n`,
      ];
      expect(texts.map((text) => [text, ...found(text)])).toEqual(
        texts.map((text) => [text, name]),
      );
    },
  );

  it('are several in a list without a gap', () => {
    expect(found('s3://a/b,s3://c/d;https://e/f, s3://g/h,i')).toEqual([
      's3://a/b',
      's3://c/d',
      'https://e/f',
      's3://g/h,i',
    ]);
  });

  it('keep brackets that they open themselves, and punctuation within', () => {
    for (const name of [
      's3://films/a(1).mp4',
      's3://films/a(1)',
      'https://a.example/b_[c].d;e=f',
    ]) {
      expect(found(`(${name})`)).toEqual([name]);
    }
  });

  it('may have another one in them', () => {
    const name = 'https://a.example/?next=https://b.example/c';
    expect(found(name)).toEqual([name]);
  });

  it('are none where there is nothing behind the scheme, or a template', () => {
    const texts = [
      '',
      's3://',
      'https://.',
      's3a://films/a',
      'xs3://films/a',
      `s3://films/\${name}.mp4`,
      's3://{bucket}/a',
      's3://films/{ name }',
      's3://films/x{ name }',
      'https://a.example/{id}',
      `s3://films/${'a'.repeat(20_000)}`,
    ];
    expect(texts.filter((text) => found(text).length > 0)).toEqual([]);
  });

  it('lie apart and in their order, whatever the text is', () => {
    const piece = fc.constantFrom(
      's3://',
      'https://',
      'a',
      ',',
      '.',
      '(',
      ')',
      '{',
      '*',
      ' ',
      '&gt;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        let before = 0;
        for (const { start, end } of referencesIn(text)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(text.slice(start, end)).toMatch(/^(?:s3|https):\/\/.*[^.,]$/);
          before = end;
        }
      }),
    );
  });

  it.each(['a', 's3://', 's3://a,', 'https://a(', 'https://)', 's3://a ', '*s3://a', '&amp;', '.'])(
    'are found at once in a line of millions of letters of %j',
    (filling) => {
      const line = filling.repeat(3_000_000 / filling.length);
      const begun = performance.now();
      referencesIn(line);
      for (let place = 0; place < 100; place++) referenceAt(line, line.length / 2 + place);
      expect(performance.now() - begun).toBeLessThan(2_000);
    },
  );
});

describe('the reference at a place', () => {
  const line = 'a s3://films/b, c';

  it('is the one that the place is in, or at the end of', () => {
    const places = Array.from({ length: line.length + 1 }, (_, at) => referenceAt(line, at));
    expect(places.flatMap((span, at) => (span === undefined ? [] : [at]))).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 2),
    );
    expect(places[5]).toEqual({ start: 2, end: 14 });
  });

  it('is where it is in a line that is long', () => {
    const before = ' '.repeat(100_000);
    expect(referenceAt(before + line, 100_005)).toEqual({ start: 100_002, end: 100_014 });
  });
});

describe('the references in what is selected', () => {
  it('are those in the text', () => {
    expect(selected('s3://films/a and s3://films/b')).toEqual(['s3://films/a', 's3://films/b']);
    expect(selected('see s3://films/a b')).toEqual(['s3://films/a']);
    expect(selected('s3://films/a\ns and more')).toEqual(['s3://films/a']);
    expect(selected('https://a.example/b and more')).toEqual(['https://a.example/b']);
    expect(selected('"s3://films/a", "b"')).toEqual(['s3://films/a']);
  });

  it('are an S3 URI with spaces where that is all, taken literally', () => {
    for (const uri of ['s3://films/a b.mp4', 's3://films/Q3 résumé (final), v2.']) {
      expect(selected(uri)).toEqual([uri]);
      expect(selected(`  ${uri} `)).toEqual([uri]);
    }
  });
});
