import { VERSION_PARAMETER } from '../../../core/cloudfront/optionsSummary.ts';
import { withParameter } from '../../../core/cloudfront/queryParameters.ts';
import { localText } from '../../../core/expiry.ts';
import { problemWords } from '../../../core/problem.ts';
import type { ObjectVersion } from '../../../core/s3/objectStore.ts';
import type { TypedItem } from '../typedPick.ts';
import { whereForwarded, type Parameter } from './forwardedStep.ts';
import { refusalItem, type Change, type OptionFlow, type Step } from './optionStep.ts';

const VERSION: Parameter = {
  name: VERSION_PARAMETER,
  without: 'Links open the latest version.',
  mend: 'Forward it, and allow CloudFront s3:GetObjectVersion on the bucket.',
};

/** Asks which version of an object links open. */
export const versionStep: Step = whereForwarded(VERSION, (flow) => {
  const { draft, locations, source } = flow;
  const [only, another] = locations;
  const latest: TypedItem<Change> = {
    label: 'The Latest',
    alwaysShow: true,
    choice: withParameter(draft, VERSION_PARAMETER, undefined),
  };
  if (only === undefined || another !== undefined) {
    const detail = `The links are for ${locations.length} objects.`;
    return {
      placeholder: 'Which version?',
      itemsFor: () => [latest, refusalItem('A version is of one object', detail)],
    };
  }
  const of = (id: string, description: string): TypedItem<Change> => ({
    label: id,
    description,
    choice: withParameter(draft, VERSION_PARAMETER, id),
  });
  let listed: readonly TypedItem<Change>[] = [];
  const loading = versionsOf(only.bucket, only.key, source).then((versions) => {
    listed =
      typeof versions === 'string'
        ? [refusalItem('S3 does not list the versions', `${versions}. Type an ID.`)]
        : versions.map((version) => of(version.id, versionText(version)));
  });
  return {
    placeholder: 'Which version? Type its ID, or choose one',
    value: draft.query?.[VERSION_PARAMETER] ?? '',
    itemsFor: (text) =>
      text === '' || listed.some(({ label }) => label === text)
        ? [latest, ...listed]
        : [{ ...of(text, ''), alwaysShow: true }, latest, ...listed],
    loading,
  };
});

/** The versions, or why they cannot be had, without a full stop. */
async function versionsOf(
  bucket: string,
  key: string,
  source: OptionFlow['source'],
): Promise<readonly ObjectVersion[] | string> {
  const session = await source.session(false);
  const { signal } = new AbortController();
  const versions =
    session.kind === 'ok'
      ? await session.value.store.listVersions({ bucket, key }, signal)
      : session;
  if (versions.kind === 'ok') return versions.value;
  return versions.kind === 'problem' ? problemWords(versions.problem).title : 'It was not asked';
}

function versionText({ isLatest, size, modified }: ObjectVersion): string {
  const words = [
    isLatest ? 'latest' : '',
    modified === undefined ? '' : localText(modified.getTime() / 1000),
    `${size.toLocaleString('en-US')} bytes`,
  ];
  return words.filter((word) => word !== '').join(' · ');
}
