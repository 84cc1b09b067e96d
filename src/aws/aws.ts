import type { Aws } from '../core/credentials/session.ts';
import { ok } from '../core/outcome.ts';
import { loadConfigFiles, profilesOf } from './configFiles.ts';
import { openSession } from './openSession.ts';

/** The SDK's side of the extension, in a chunk of its own that is loaded on first use. */
export const aws: Aws = {
  async listProfiles() {
    const files = await loadConfigFiles();
    return files.kind === 'ok' ? ok(profilesOf(files.value)) : files;
  },
  openSession,
};
