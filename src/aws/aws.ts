import type { Aws } from '../core/credentials/session.ts';
import { ok } from '../core/outcome.ts';
import { loadProfileSections, profilesOf } from './configFiles.ts';
import { openSession } from './openSession.ts';

/** The SDK's side of the extension, in a chunk of its own that is loaded on first use. */
export const aws: Aws = {
  async listProfiles() {
    const sections = await loadProfileSections();
    return sections.kind === 'ok' ? ok(profilesOf(sections.value)) : sections;
  },
  openSession,
};
