import { hashText } from '../../../core/cloudfront/optionsSummary.ts';
import type { HashAlgorithm } from '../../../core/cloudfront/signedUrl.ts';
import { parseSignOptions } from '../../../core/cloudfront/signOptions.ts';
import { nameOf } from '../../../core/cloudfront/writtenOptions.ts';
import { linkFormats } from '../../../core/linkFormats/linkFormats.ts';
import { visibleText } from '../../../core/s3/visibleText.ts';
import { routeItem } from '../pickRoute.ts';
import { faultItem, typedPick, type TypedItem } from '../typedPick.ts';
import { refusalItem, WAITING, type Change, type Step } from './optionStep.ts';

/** Asks over which hash signatures are made. */
export const hashStep: Step = async ({ draft, title, source }) => {
  const { hashAlgorithm: _, ...standard } = draft;
  const of = (hash: HashAlgorithm, description: string): TypedItem<Change> => ({
    label: hashText(hash),
    description,
    choice: { ...draft, hashAlgorithm: hash },
  });
  return typedPick<Change>({
    title,
    placeholder: 'Sign over which hash?',
    hasBack: true,
    itemsFor: () => [
      {
        label: 'As in the Settings',
        description: hashText(source.settings.get('link.hashAlgorithm')),
        choice: standard,
      },
      of('SHA1', 'what CloudFront assumes where the URL does not say'),
      of('SHA256', 'adds Hash-Algorithm=SHA256 to the URL'),
    ],
  });
};

/** Asks which distribution links go through. */
export const distributionStep: Step = async ({ draft, title, typed, facts }) => {
  const { distribution, ...found } = draft;
  const none: TypedItem<Change> = {
    label: 'As Settings and Account Have It',
    alwaysShow: true,
    choice: found,
  };
  let known: readonly TypedItem<Change>[] = [WAITING];
  const loading = facts().then(({ choices, unseen }) => {
    const routes = choices.map(({ route, standing }): TypedItem<Change> => {
      const { domain, protocol } = route.endpoint;
      return {
        ...routeItem(route, standing),
        choice: { ...draft, distribution: { domain, protocol } },
      };
    });
    known =
      routes.length === 0 && unseen !== undefined
        ? [refusalItem('None is found by itself', `${unseen}. Type a domain name or an ID.`)]
        : routes;
  });
  return typedPick<Change>({
    title,
    placeholder: 'Through which distribution? A domain name, or an ID',
    value: typed === '' ? (distribution ? nameOf(distribution) : '') : typed,
    hasBack: true,
    loading,
    itemsFor(text) {
      if (text === '' || known.some(({ label }) => label === text)) return [...known, none];
      const named = parseSignOptions({ distribution: text });
      const item: TypedItem<Change> =
        named.kind === 'ok'
          ? { label: text, alwaysShow: true, choice: { ...draft, ...named.value } }
          : faultItem(text, named);
      return [item, ...known.filter(({ label }) => label.includes(text)), none];
    },
  });
};

/** Asks which private key signs. */
export const keyStep: Step = async ({ draft, title, source }) => {
  const { keyPairId: _, ...found } = draft;
  const stored = await source.keys.list();
  const keys = stored.kind === 'ok' ? stored.value : [];
  return typedPick<Change>({
    title,
    placeholder: 'Sign with which key?',
    hasBack: true,
    itemsFor: () => [
      { label: 'The One That Is Trusted', choice: found },
      ...keys.map(({ name, keyPairId, kind }): TypedItem<Change> => ({
        label: `$(key) ${visibleText(name)}`,
        description: `${keyPairId} · ${kind}`,
        choice: { ...draft, keyPairId },
      })),
    ],
  });
};

/** Asks how links are written. */
export const formatStep: Step = async ({ draft, title, source }) => {
  const { format: _, ...standard } = draft;
  return typedPick<Change>({
    title,
    placeholder: 'Copy as …',
    hasBack: true,
    itemsFor: () => [
      {
        label: 'As in the Settings',
        description: source.forms.standard().label,
        choice: standard,
      },
      ...linkFormats(source.settings.get('link.templates')).map((format): TypedItem<Change> => ({
        label: visibleText(format.label),
        description: format.description,
        choice: { ...draft, format },
      })),
    ],
  });
};
