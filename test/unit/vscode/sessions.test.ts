import { describe, expect, it, vi } from 'vitest';
import type { Aws, Session } from '../../../src/core/credentials/session.ts';
import { cancelled, ok, type Outcome } from '../../../src/core/outcome.ts';
import { createSessions, type Sessions } from '../../../src/vscode/sessions.ts';
import { silentLog } from './silentLog.ts';

const showInputBox = vi.hoisted(() => vi.fn<() => Promise<string | undefined>>());
vi.mock('vscode', () => ({ window: { showInputBox } }));

/** Sessions of a profile that a code opens, and what has been opened and closed of it. */
function sessionsByCode(onLoad: () => void = () => undefined): {
  readonly sessions: Sessions;
  readonly opened: string[];
} {
  const opened: string[] = [];
  // @ts-expect-error A session's ways to read AWS take no part here.
  const openSession: Aws['openSession'] = async (_connection, askMfaCode) => {
    const code = await askMfaCode('device');
    if (code === undefined) return cancelled;
    opened.push(code);
    const session: Pick<Session, 'profile' | 'region' | 'close'> = {
      profile: code,
      region: 'eu-west-1',
      close: () => opened.push(`${code} closed`),
    };
    return ok(session);
  };
  const aws: Aws = { listProfiles: async () => ok([]), openSession };
  const connection = {
    profile: 'work',
    region: undefined,
    endpoint: undefined,
    forcePathStyle: false,
  };
  const sessions = createSessions(
    async () => {
      onLoad();
      return aws;
    },
    () => connection,
    silentLog,
    () => undefined,
  );
  return { sessions, opened };
}

function profileOf(outcome: Outcome<Session>): string | undefined {
  return outcome.kind === 'ok' ? outcome.value.profile : outcome.kind;
}

describe('a session that takes a code to open', () => {
  it('is opened once for all who ask', async () => {
    showInputBox.mockReset().mockResolvedValue('123456');
    const { sessions, opened } = sessionsByCode();
    const both = await Promise.all([
      sessions.current(),
      sessions.current(),
      sessions.current(false),
    ]);
    expect(both.map(profileOf)).toEqual(['123456', '123456', '123456']);
    expect(opened).toEqual(['123456']);
    expect(sessions.open).toBeDefined();
  });

  it('is not opened by those who may not ask, and then by who may', async () => {
    showInputBox.mockReset().mockResolvedValue('123456');
    const { sessions } = sessionsByCode();
    expect(profileOf(await sessions.current(false))).toBe('cancelled');
    expect(profileOf(await sessions.current(false))).toBe('cancelled');
    expect(showInputBox).not.toHaveBeenCalled();
    expect(profileOf(await sessions.current())).toBe('123456');
    expect(profileOf(await sessions.current(false))).toBe('123456');
    expect(showInputBox).toHaveBeenCalledOnce();
  });

  it('is opened once by all who may ask and wait for one who may not', async () => {
    showInputBox.mockReset().mockResolvedValue('123456');
    const { sessions, opened } = sessionsByCode();
    const all = [sessions.current(false), sessions.current(), sessions.current()];
    expect((await Promise.all(all)).map(profileOf)).toEqual(['cancelled', '123456', '123456']);
    expect(opened).toEqual(['123456']);
  });

  it('is given up by all who wait where the user gives no code, and asked for at the next wish', async () => {
    showInputBox.mockReset().mockResolvedValueOnce(undefined).mockResolvedValue('654321');
    const { sessions } = sessionsByCode();
    const both = await Promise.all([sessions.current(), sessions.current()]);
    expect(both.map(profileOf)).toEqual(['cancelled', 'cancelled']);
    expect(showInputBox).toHaveBeenCalledOnce();
    expect(profileOf(await sessions.current(false))).toBe('cancelled');
    expect(profileOf(await sessions.current())).toBe('654321');
  });

  it('is tried again where it could not even be begun', async () => {
    showInputBox.mockReset().mockResolvedValue('123456');
    let fails = true;
    const { sessions } = sessionsByCode(() => {
      if (fails) throw new Error('A part of the extension could not be loaded.');
    });
    await expect(sessions.current()).rejects.toThrow('could not be loaded');
    fails = false;
    expect(profileOf(await sessions.current())).toBe('123456');
  });

  it('serves nobody where it was forgotten while it opened', async () => {
    showInputBox.mockReset().mockResolvedValueOnce('111111').mockResolvedValue('222222');
    const { sessions, opened } = sessionsByCode();
    const first = sessions.current();
    sessions.reset();
    expect(profileOf(await sessions.current())).toBe('222222');
    await first;
    await vi.waitUntil(() => opened.includes('111111 closed'));
    expect(opened).not.toContain('222222 closed');
  });
});
