import { switchedMapping } from '../../core/keys/rotation.ts';
import { readSetting } from '../../core/settings.ts';
import { askInDialog } from '../messages.ts';
import type { Settings } from '../settings.ts';

/** The settings' mappings that name a key, in words: `acme-media/ on media.example.com`. */
export function mappingsNaming(keyPairId: string, settings: Settings): readonly string[] {
  return settings
    .lists('distributions')
    .flatMap(({ items }) => items)
    .filter((item) => switchedMapping(item, keyPairId, '') !== item)
    .flatMap((item) => readSetting('distributions', [item]).value)
    .map(({ bucket, prefix, domain }) => `${bucket}/${prefix} on ${domain}`);
}

/** Has every mapping that names a key name another one, wherever it is set. */
export async function switchMappings(from: string, to: string, settings: Settings): Promise<void> {
  for (const { target, items } of settings.lists('distributions')) {
    const switched = items.map((item) => switchedMapping(item, from, to));
    if (switched.some((item, index) => item !== items[index])) {
      await settings.set('distributions', switched, target);
    }
  }
}

/**
 * Shows which mappings change, and lets the user have them changed or leave them.
 *
 * @returns whether they are to be changed; undefined where she goes no further
 */
export async function confirmSwitch(
  from: { readonly name: string; readonly keyPairId: string },
  to: { readonly name: string; readonly keyPairId: string },
  mappings: readonly string[],
): Promise<boolean | undefined> {
  const change = 'Change Settings';
  const leave = 'Leave Settings';
  const answer = await askInDialog(
    'info',
    `Sign new links with “${to.name}” (${to.keyPairId}) instead of “${from.name}” (${from.keyPairId})?`,
    [
      'CloudFront takes links of both by now. These mappings in the settings name the old key, and are changed to the new one:',
      mappings.map((mapping) => `• ${mapping}`).join('\n'),
      'Links that the old key has signed go on working until you remove it.',
    ].join('\n\n'),
    change,
    leave,
  );
  return answer === change ? true : answer === leave ? false : undefined;
}
