import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri } from 'vscode';
import { fail, ok, type Outcome } from '../../../src/core/outcome.ts';
import type { S3Location } from '../../../src/core/s3/location.ts';
import { createUriHandler } from '../../../src/vscode/uriHandler.ts';

const window = vi.hoisted(() => {
  const show = vi.fn<(...shown: readonly unknown[]) => Promise<string | undefined>>();
  return { showWarningMessage: show, showErrorMessage: show };
});
vi.mock('vscode', () => ({ window }));

const shown = window.showWarningMessage;
const reveal = vi.fn<(location: S3Location) => Promise<Outcome<void>>>();
const warn = vi.fn<(line: string) => void>();

// @ts-expect-error Only warnings take part here.
const log: Parameters<typeof createUriHandler>[0]['log'] = { warn };
const handler = createUriHandler({ log, knows: async (bucket) => bucket === 'films', reveal });

async function open(path: string, query = ''): Promise<void> {
  // @ts-expect-error Only the parts that are read.
  const uri: Uri = { path, query, fragment: '' };
  await handler.handleUri(uri);
}

beforeEach(() => {
  shown.mockReset().mockResolvedValue(undefined);
  reveal.mockReset().mockResolvedValue(ok(undefined));
  warn.mockReset();
});

describe('an address that shows an object', () => {
  it('shows it at once where its bucket is in the view', async () => {
    await open('/reveal/films/a b.mp4');
    expect(reveal.mock.calls).toEqual([[{ bucket: 'films', key: 'a b.mp4' }]]);
    expect(shown).not.toHaveBeenCalled();
  });

  it('asks first where its bucket is not, and contacts nobody where that is declined', async () => {
    await open('/reveal/others/a\u202Eb');
    expect(reveal).not.toHaveBeenCalled();
    const [message, options, button] = shown.mock.calls[0] ?? [];
    expect(message).toBe('Show s3://others/a‹U+202E›b?');
    expect(options).toMatchObject({ modal: true });
    expect(button).toBe('Show It');
    shown.mockResolvedValue('Show It');
    await open('/reveal/others/a');
    expect(reveal.mock.calls).toEqual([[{ bucket: 'others', key: 'a' }]]);
  });

  it('says what is wrong where it cannot be shown', async () => {
    const location = { bucket: 'films', key: 'a' };
    reveal.mockResolvedValue(fail({ code: 'object-missing', location }));
    await open('/reveal/films/a');
    expect(String(shown.mock.calls[0]?.[0])).toContain('“a” is not in bucket “films”');
    expect(warn.mock.calls[0]?.[0]).toContain('object-missing');
  });
});

it.each([
  ['/sign/films/a', ''],
  ['/reveal/films/a', 'profile=admin'],
  [`/reveal/films/${'%'.repeat(1e6)}`, ''],
])('any other address is refused in words, and nobody contacted', async (path, query) => {
  await open(path, query);
  expect(reveal).not.toHaveBeenCalled();
  expect(String(shown.mock.calls[0]?.[0])).toMatch(/^This address shows no object\. .*\/reveal\//);
});
