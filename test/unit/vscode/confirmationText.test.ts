import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { confirmationText } from '../../../src/vscode/tools/confirmationText.ts';

const NOW = 1_795_600_000;
const END = NOW + 6 * 86_400;

/** What a person reads, and the elements that it stands in. */
function shown(key: string, options = {}): { readonly text: string; readonly tags: Set<string> } {
  const markdown = confirmationText({ bucket: 'films', key }, options, END, NOW);
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const text = html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return { text, tags: new Set(Array.from(html.matchAll(/<(\w+)/g), ([, tag = '']) => tag)) };
}

describe('what is put to the user before a link is made', () => {
  it('names the object, who can open it, and until when', () => {
    const { text } = shown('a/b.mp4');
    expect(text).toContain('Object: s3://films/a/b.mp4');
    expect(text).toContain('Opens for: Anyone with the link');
    expect(text).toMatch(/Until: \w{3}, \d{1,2} \w{3} 2026, \d{2}:\d{2} .+ \(6 days from now\)/);
    expect(text).not.toMatch(/Distribution|Signed by/);
    expect(text).toContain('The chat gets the link, and so does its language model.');
  });

  it('names all that was chosen beside', () => {
    const { text } = shown('a', {
      ipAddress: '192.0.2.0/24',
      distribution: { domain: 'media.example.com', protocol: 'https' },
      keyPairId: 'K2JCJMDEHXQW5F',
    });
    expect(text).toContain('Opens for: From 192.0.2.0/24 only');
    expect(text).toContain('Distribution: media.example.com');
    expect(text).toContain('Signed by: K2JCJMDEHXQW5F');
    expect(shown('a', { distribution: { id: 'E1EXAMPLE' } }).text).toContain(
      'Distribution: E1EXAMPLE',
    );
  });

  it.each([
    '[Download](command:workbench.action.terminal.new)',
    '![](https://example.com/a.png)',
    '<a href="https://example.com">a</a>',
    'https://example.com www.example.com',
    '`a` **b** _c_ ~~d~~ $(rocket) | e',
    '&lt;b&gt;',
    '`',
    '``a` ',
    '# a',
  ])('shows the key %s as it is, and as nothing else', (key) => {
    const { text, tags } = shown(key);
    expect(text).toContain(`Object: s3://films/${key}\n`);
    expect([...tags].toSorted()).toEqual(['code', 'li', 'p', 'ul']);
  });

  it('keeps lines of a key in one, so that none looks like another row', () => {
    expect(shown('a\n- Until: 1970').text).toContain('Object: s3://films/a␊- Until: 1970\n');
  });
});
