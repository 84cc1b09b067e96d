import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, askInDialog, messageText, tell } from '../../../src/vscode/messages.ts';
import { showProblem } from '../../../src/vscode/problems.ts';

const window = vi.hoisted(() => {
  const show = vi.fn<(...shown: readonly unknown[]) => Promise<string | undefined>>();
  return { showInformationMessage: show, showWarningMessage: show, showErrorMessage: show };
});
vi.mock('vscode', () => ({ window }));

const show = window.showInformationMessage;
/** What VS Code makes links of in a notification. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+\)/i;
const KEY = 'Q3 [Download](command:workbench.action.terminal.new).pdf';

beforeEach(() => show.mockReset().mockResolvedValue(undefined));

describe('a message about something with a link in its name', () => {
  it('has no link in it, and reads the same', () => {
    expect(KEY).toMatch(LINK);
    expect(messageText(KEY)).not.toMatch(LINK);
    expect(messageText(KEY).replaceAll('\u2060', '')).toBe(KEY);
  });

  it('is shown without one, of whatever kind it is', async () => {
    tell(KEY);
    await ask('warning', KEY, 'Copy Anyway');
    showProblem({ code: 'object-missing', location: { bucket: 'media', key: KEY } });
    expect(show).toHaveBeenCalledTimes(3);
    for (const [message] of show.mock.calls) {
      expect(message).toContain('[Download]');
      expect(message).not.toMatch(LINK);
    }
  });

  it('shows what would be swallowed, or change how it reads', () => {
    expect(messageText('a\u202Eb')).toBe('a‹U+202E›b');
  });
});

describe('a message with buttons', () => {
  it('gives the one that is clicked', async () => {
    show.mockResolvedValue('Open');
    expect(await ask('info', 'Copied.', 'Open', 'Copy As…')).toBe('Open');
    expect(show).toHaveBeenCalledWith('Copied.', 'Open', 'Copy As…');
  });
});

describe('a message without buttons', () => {
  const LONG = 'This is not a private key in PEM. A PEM begins with “-----BEGIN PRIVATE KEY-----”.';

  it('gets one where it is too long for a line, so that all of it is seen', async () => {
    show.mockResolvedValue('OK');
    expect(await ask('error', LONG)).toBe(undefined);
    expect(show).toHaveBeenCalledWith(LONG, 'OK');
  });

  it('stays without where it fits', () => {
    tell('Private key “Demo” is deleted.');
    expect(show).toHaveBeenCalledWith('Private key “Demo” is deleted.');
  });

  it('stays until it is answered where it is a dialog, with its paragraphs as they are', async () => {
    show.mockResolvedValue('Delete');
    const detail = 'One.\n\nTwo.';
    expect(await askInDialog('warning', 'Delete a\u202Eb?', detail, 'Delete')).toBe('Delete');
    const options = { modal: true, detail };
    expect(show).toHaveBeenCalledWith('Delete a‹U+202E›b?', options, 'Delete');
  });
});
