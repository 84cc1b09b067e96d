import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { parseSignOptions } from '../../src/core/cloudfront/signOptions.ts';
import { FILTERS } from '../../src/core/linkFormats/filters.ts';
import { linkFormats } from '../../src/core/linkFormats/linkFormats.ts';
import { PLACEHOLDERS } from '../../src/core/linkFormats/placeholders.ts';
import { problemWords } from '../../src/core/problem.ts';
import { readSetting, SETTINGS } from '../../src/core/settings.ts';
import { keyItem } from '../../src/vscode/keys/keyTree.ts';
import { linkItem } from '../../src/vscode/ledger/linkTree.ts';
import {
  makeFolder,
  makeObject,
  makeRoot,
  type FolderNode,
  type Root,
} from '../../src/vscode/tree/nodes.ts';
import { headRows } from '../../src/vscode/tree/rows.ts';
import { folderItem, objectItem } from '../../src/vscode/tree/treeItems.ts';
import { someDistribution } from './core/cloudfront/someDistribution.ts';
import { DAY, NOW, someIssued } from './core/ledger/someIssued.ts';

/** As much of VS Code as making a row takes; what it does with one, the in-host suite sees. */
vi.mock('vscode', () => ({
  TreeItem: class {
    contextValue: string | undefined;
  },
  TreeItemCollapsibleState: {},
  ThemeIcon: class {
    id: string | undefined;
  },
  ThemeColor: class {
    id: string | undefined;
  },
  Uri: { from: () => undefined },
  EventEmitter: class {
    event: unknown;
  },
}));

const { contributes, capabilities } = manifest;
const settings = contributes.configuration.properties;
const commands = contributes.commands.map(({ command }) => command);
const views = contributes.views.cloudfrontSigner.map(({ id }) => id);

function settingsWhere(isMeant: (setting: { readonly scope: string }) => boolean): string[] {
  return Object.entries(settings).flatMap(([name, setting]) => (isMeant(setting) ? [name] : []));
}

function entriesOf(command: string) {
  return contributes.menus['view/item/context'].filter(
    (item) => item.command === `cloudfrontSigner.${command}`,
  );
}

describe('settings', () => {
  it('are those that are read, and no other, with the same default', () => {
    const inCode = Object.entries(SETTINGS).map(([name, { fallback }]) => [
      `cloudfrontSigner.${name}`,
      fallback,
    ]);
    const inManifest = Object.entries(settings).map(([name, setting]) => [name, setting.default]);
    expect(Object.fromEntries(inManifest)).toEqual(Object.fromEntries(inCode));
  });

  it('offer what can be read, and bound what cannot', () => {
    for (const hash of settings['cloudfrontSigner.link.hashAlgorithm'].enum) {
      expect(readSetting('link.hashAlgorithm', hash).complaint).toBeUndefined();
    }
    const [offered] = settings['cloudfrontSigner.link.format'].anyOf;
    expect(offered?.enum).toEqual(linkFormats([]).map(({ name }) => name));
    for (const name of ['listing.pageSize', 'ledger.keepDays'] as const) {
      const { minimum, maximum } = settings[`cloudfrontSigner.${name}`];
      const refusals = [minimum - 1, minimum, maximum, maximum + 1].map(
        (number) => readSetting(name, number).complaint !== undefined,
      );
      expect(refusals).toEqual([true, false, false, true]);
    }
  });

  it('describe a distribution by what is read of it', () => {
    const { properties, required } = settings['cloudfrontSigner.distributions'].items;
    const [mapping] = readSetting('distributions', [
      { bucket: 'films', domain: 'a.example' },
    ]).value;
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(mapping ?? {}).toSorted());
    expect(required).toEqual(['bucket', 'domain']);
    for (const protocol of properties.protocol.enum) {
      const raw = [{ bucket: 'films', domain: 'a.example', protocol }];
      expect(readSetting('distributions', raw).value).toMatchObject([{ protocol }]);
    }
  });

  it('describe a preset by the options that scripts have, and no other', () => {
    const { properties } = settings['cloudfrontSigner.presets'].additionalProperties;
    const refused = parseSignOptions({ none: 1 });
    const told = refused.kind === 'problem' ? problemWords(refused.problem).remedy : '';
    expect(told).toContain(`There are: ${[...Object.keys(properties), 'preset'].join(', ')}.`);
  });

  it('tell every placeholder and every filter of a template, as the README does', async () => {
    const told = settings['cloudfrontSigner.link.templates'].markdownDescription;
    const readme = await readFile(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');
    const names = [
      ...Object.keys(PLACEHOLDERS).map((name) => `\`\${${name}}\``),
      ...Object.keys(FILTERS).map((name) => `\`${name}\``),
    ];
    for (const text of [told, readme]) {
      expect(names.filter((name) => !text.includes(name))).toEqual([]);
    }
  });

  it('of the account stay on the machine, and those that are the user’s own with the user', () => {
    expect(settingsWhere(({ scope }) => scope === 'machine-overridable')).toEqual([
      'cloudfrontSigner.aws.profile',
      'cloudfrontSigner.aws.region',
    ]);
    expect(settingsWhere(({ scope }) => scope === 'application')).toEqual([
      'cloudfrontSigner.s3.endpoint',
      'cloudfrontSigner.s3.forcePathStyle',
      'cloudfrontSigner.link.addressService',
      'cloudfrontSigner.ledger.keepDays',
      'cloudfrontSigner.ledger.notifyBefore',
    ]);
  });

  it('of what is signed may differ from folder to folder', () => {
    expect(settingsWhere(({ scope }) => scope === 'resource')).toEqual([
      'cloudfrontSigner.distributions',
      'cloudfrontSigner.expiry.default',
      'cloudfrontSigner.expiry.presets',
      'cloudfrontSigner.expiry.maximum',
      'cloudfrontSigner.link.format',
      'cloudfrontSigner.link.templates',
      'cloudfrontSigner.link.hashAlgorithm',
      'cloudfrontSigner.presets',
    ]);
  });

  it('that choose who is asked, or what is signed, an untrusted workspace does not make', () => {
    const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(restrictedConfigurations).toEqual(
      expect.arrayContaining([
        'cloudfrontSigner.aws.profile',
        'cloudfrontSigner.aws.region',
        'cloudfrontSigner.s3.endpoint',
        'cloudfrontSigner.s3.forcePathStyle',
        'cloudfrontSigner.buckets',
        'cloudfrontSigner.distributions',
        'cloudfrontSigner.expiry.default',
        'cloudfrontSigner.expiry.maximum',
        'cloudfrontSigner.link.format',
        'cloudfrontSigner.link.templates',
        'cloudfrontSigner.link.addressService',
        'cloudfrontSigner.presets',
        'cloudfrontSigner.ledger.enabled',
      ]),
    );
    const unknown = restrictedConfigurations.filter((name) => !Object.hasOwn(settings, name));
    expect(unknown).toEqual([]);
  });
});

describe('commands', () => {
  it('have a name of their own, below CloudFront', () => {
    expect(new Set(commands).size).toBe(commands.length);
    for (const { command, category, title } of contributes.commands) {
      expect(command).toMatch(/^cloudfrontSigner\.[a-z][A-Za-z0-9]+$/);
      expect(category).toBe('CloudFront');
      expect(title).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('end with … where they ask something, and nowhere else', () => {
    const asking = contributes.commands.flatMap(({ command, title }) =>
      title.endsWith('…') ? [command.replace('cloudfrontSigner.', '')] : [],
    );
    expect(asking).toEqual([
      'copySignedUrl',
      'copySignedUrlAs',
      'replaceWithSignedUrl',
      'copySignedUrlFromEditor',
      'copySignedUrlWithOptions',
      'signPrefix',
      'signFolder',
      'signList',
      'selectProfile',
      'importPrivateKey',
      'createKeyPair',
      'uploadPublicKey',
      'rotateKey',
      'manageKeys',
      'addBucket',
      'openLocation',
      'searchObjects',
      'filterPrefix',
      'compareWithPresigned',
      'copyPresignedUrl',
      'copyMend',
      'exportSetup',
      'forgetAllLinks',
      'filterLinks',
    ]);
  });

  it('wake the extension when they are called, and nothing else does', () => {
    expect(manifest.activationEvents).toEqual([]);
  });
});

describe('menus, keys and welcomes', () => {
  const places = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  const conditions = [...places, ...contributes.viewsWelcome].flatMap((place) =>
    'when' in place && place.when !== undefined ? [place.when] : [],
  );

  it('run commands that there are', () => {
    const linked = contributes.viewsWelcome.flatMap(({ contents }) => commandsLinkedIn(contents));
    expect(linked).not.toEqual([]);
    const unknown = [...places.map(({ command }) => command), ...linked].filter(
      (command) => !commands.includes(command),
    );
    expect(unknown).toEqual([]);
  });

  it('belong to views that there are', () => {
    const named = conditions.flatMap((condition) =>
      Array.from(condition.matchAll(/(?:view|focusedView) == ([\w.]+)/g), ([, view = '']) => view),
    );
    expect(named).not.toEqual([]);
    const welcoming = contributes.viewsWelcome.map(({ view }) => view);
    expect([...named, ...welcoming].filter((view) => !views.includes(view))).toEqual([]);
  });

  it('never take a key from another view', () => {
    for (const { when } of contributes.keybindings) {
      expect(when).toMatch(/^focusedView == cloudfrontSigner\.\w+/);
    }
  });
});

function commandsLinkedIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\(command:([^)]*)\)/g), ([, command = '']) => command);
}

describe('the walkthrough', () => {
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

  it('is one of six steps at most', () => {
    expect(contributes.walkthroughs.length).toBe(1);
    expect(steps.length).toBeLessThanOrEqual(6);
  });

  it.each(steps)('has something to do in its step $id, and ends it when it is done', (step) => {
    const ways = [...commands, ...views.map((view) => `${view}.focus`)];
    const linked = commandsLinkedIn(step.description);
    expect(linked).not.toEqual([]);
    expect(linked.filter((command) => !ways.includes(command))).toEqual([]);
    const ending = step.completionEvents.map((event) => event.replace(/^onCommand:/, ''));
    expect(ending).not.toEqual([]);
    expect(ending.filter((command) => !commands.includes(command))).toEqual([]);
  });

  it.each(steps)('pictures its step $id in the colors of the theme', async ({ media }) => {
    const svg = await readFile(path.resolve(import.meta.dirname, '../..', media.svg), 'utf8');
    expect(media.altText).not.toBe('');
    const colors = Array.from(svg.matchAll(/(?:fill|stroke)="([^"]*)"/g), ([, color]) => color);
    expect(colors).not.toEqual([]);
    expect(colors.filter((color) => !/^(?:none|var\(--vscode-.*\))$/.test(color ?? ''))).toEqual(
      [],
    );
    // Its page allows no style of its own.
    expect(svg).not.toMatch(/<style|style=/);
  });
});

function inBucket(origin: Root['origin']): FolderNode {
  return makeRoot('films', '', { origin, region: undefined });
}

describe('the context menu', () => {
  const front = {
    distribution: someDistribution(),
    domain: 'films.example.com',
    restricted: 'all',
  } as const;
  const prefix = makeFolder(inBucket('listed'), 'a/');
  const entry = {
    kind: 'object',
    key: 'a/b',
    size: 1,
    modified: undefined,
    etag: undefined,
    storageClass: 'STANDARD',
    archived: false,
  } as const;
  const file = makeObject(prefix, entry);
  const archive = makeObject(prefix, { ...entry, archived: true });

  const ROWS: Readonly<Record<string, string | undefined>> = {
    pinned: folderItem(inBucket('pinned'), '').contextValue,
    opened: folderItem(inBucket('opened'), '').contextValue,
    listed: folderItem(inBucket('listed'), '').contextValue,
    served: folderItem(inBucket('listed'), '', [front]).contextValue,
    prefix: folderItem(prefix, '').contextValue,
    'served, filtered': folderItem(inBucket('listed'), 'x', [front]).contextValue,
    'pinned, filtered': folderItem(inBucket('pinned'), 'x').contextValue,
    'prefix, filtered': folderItem(prefix, 'x').contextValue,
    object: objectItem(file).contextValue,
    'archived object': objectItem(archive).contextValue,
    // It says something about the level it is in; a click is all that it takes.
    row: headRows(prefix, 'x', false)[0]?.contextValue,
    key: keyItem({ keyPairId: 'K2JCJMDEHXQW5F', name: 'Mine', kind: 'RSA 2048' }).contextValue,
    'pending key': keyItem({ pendingId: '1', name: 'Mine', kind: 'RSA 2048' }).contextValue,
    link: linkItem(someIssued(), NOW).contextValue,
    'link that ended': linkItem(someIssued(), NOW + 2 * DAY).contextValue,
    'link of a prefix': linkItem(someIssued({ grant: { resource: 'https://a.example/*' } }), NOW)
      .contextValue,
    'links of many': linkItem(someIssued({ objects: 250 }), NOW).contextValue,
  };

  const objects = ['object', 'archived object'];
  const keys = ['key', 'pending key'];
  const links = Object.keys(ROWS).filter((row) => row.startsWith('link'));
  const folders = Object.keys(ROWS).filter(
    (row) => ![...objects, ...keys, ...links, 'row'].includes(row),
  );

  it('knows every row by what it is', () => {
    expect(Object.values(ROWS)).not.toContain(undefined);
  });

  it.each([
    ['copySignedUrl', objects],
    ['copySignedUrlAs', objects],
    ['copySignedUrlWithOptions', objects],
    ['quickCopySignedUrl', objects],
    ['filterPrefix', folders],
    ['searchObjects', folders],
    ['folderSize', folders],
    ['buildIndex', folders],
    ['refresh', folders],
    ['clearFilter', ['served, filtered', 'pinned, filtered', 'prefix, filtered']],
    ['checkSetup', [...folders, ...objects]],
    ['copyS3Uri', [...folders, ...objects]],
    ['copyKey', ['prefix', 'prefix, filtered', ...objects]],
    ['copyArn', [...folders, ...objects]],
    ['copyUnsignedUrl', objects],
    ['copyPresignedUrl', objects],
    ['compareWithPresigned', objects],
    ['openInConsole', [...folders, ...objects]],
    ['openDistributionInConsole', ['served', 'served, filtered', ...objects]],
    ['pinBucket', ['opened', 'listed', 'served', 'served, filtered', 'prefix', 'prefix, filtered']],
    ['removeBucket', ['pinned', 'pinned, filtered']],
    ['rotateKey', ['key']],
    ['manageKeys', keys],
    ['uploadPublicKey', ['pending key']],
    ['copyLinkAgain', ['link', 'link of a prefix']],
    ['verifyLink', ['link']],
    ['revealLink', links],
    ['forgetLink', links],
  ])('has %s on: %j', (command, rows) => {
    const entries = entriesOf(command);
    expect(entries).not.toEqual([]);
    for (const { when } of entries) expect(rowsOf(when)).toEqual(rows.toSorted());
  });

  it('has signFolder on folders, and on whatever is selected beside them', () => {
    const [alone, selected, ...others] = entriesOf('signFolder').map(({ when }) => when);
    expect(others).toEqual([]);
    expect(alone).toContain(' !listMultiSelection ');
    expect(rowsOf(alone ?? '')).toEqual(folders.toSorted());
    expect(selected).toContain(' listMultiSelection ');
    expect(rowsOf(selected ?? '')).toEqual([...folders, ...objects].toSorted());
  });

  /** The rows that an entry is shown on. */
  function rowsOf(when: string): readonly string[] {
    const pattern = new RegExp(/viewItem =~ \/(.*)\/$/.exec(when)?.[1] ?? '$^');
    return Object.keys(ROWS)
      .filter((row) => pattern.test(ROWS[row] ?? ''))
      .toSorted();
  }
});

describe('pictures', () => {
  const files = [
    manifest.icon,
    ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
    ...contributes.views.cloudfrontSigner.map(({ icon }) => icon),
  ];

  it.each(files)('%s is there', (file) => {
    expect(existsSync(path.resolve(import.meta.dirname, '../..', file))).toBe(true);
  });

  it('of the inline and title buttons are codicons', () => {
    const { menus } = contributes;
    const buttons = [...menus['view/title'], ...menus['view/item/context']]
      .filter(({ group }) => /^(?:inline|navigation@)/.test(group))
      .map(({ command }) => command);
    for (const { command, icon } of contributes.commands) {
      const needed = buttons.includes(command) ? /^\$\([a-z-]+\)$/ : /^(?:\$\([a-z-]+\))?$/;
      expect(icon ?? '').toMatch(needed);
    }
  });
});
