import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSettings } from '../../../src/vscode/settings.ts';
import { createLinkForms } from '../../../src/vscode/signing/linkForms.ts';
import { silentLog } from './silentLog.ts';

const { raw, warnings } = vi.hoisted(() => ({
  /** The settings by their names. */
  raw: new Map<string, unknown>(),
  warnings: new Array<string>(),
}));

vi.mock('vscode', () => ({
  window: {
    showWarningMessage: async (message: string) => {
      warnings.push(message);
    },
  },
  workspace: {
    getConfiguration: () => ({
      get: (name: string) => raw.get(name) ?? (name === 'link.templates' ? {} : undefined),
    }),
  },
}));

const state = { keys: () => [], get: () => undefined, update: async () => undefined };

beforeEach(() => {
  raw.clear();
  warnings.length = 0;
});

describe('the format that the settings choose', () => {
  it('is one of the extension’s or one of the user’s own', () => {
    const forms = createLinkForms(createSettings(silentLog), state);
    raw.set('link.format', 'markdown');
    expect(forms.standard().name).toBe('markdown');
    raw.set('link.templates', { Ticket: '${url}' }).set('link.format', 'Ticket');
    expect(forms.standard().name).toBe('Ticket');
    expect(warnings).toEqual([]);
  });

  it('is the URL alone where they name none, and the user is told once for each wrong name', () => {
    const forms = createLinkForms(createSettings(silentLog), state);
    raw.set('link.templates', { Ticket: '${url}' });
    for (const name of ['tickets', 'tickets', 'slack', 'tickets']) {
      raw.set('link.format', name);
      expect(forms.standard().name).toBe('url');
    }
    expect(warnings).toEqual([
      'Setting cloudfrontSigner.link.format has to be one of url, markdown, html, rst, curl, wget, powershell, awscli, json, csv, Ticket, and not “tickets”; the default is used.',
      expect.stringContaining('not “slack”'),
    ]);
  });
});
