import * as vscode from 'vscode';
import { parseSomeOptions, type SignOptions } from '../../core/cloudfront/signOptions.ts';
import { isoText } from '../../core/expiry.ts';
import { isJsonObject } from '../../core/json.ts';
import { codeSpan } from '../../core/markdown.ts';
import { fail, ok, type Outcome } from '../../core/outcome.ts';
import { baseName } from '../../core/s3/baseName.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { makeLinks, type LinkMaker } from '../signing/makeLinks.ts';
import { settleEnd } from '../signing/settleEnd.ts';
import { readLocations } from '../tree/targets.ts';
import { confirmationText } from './confirmationText.ts';
import type { Tool } from './tool.ts';

/** The options that can be told in a confirmation. */
const OPTIONS: readonly string[] = [
  'expiresIn',
  'expiresAt',
  'ipAddress',
  'distribution',
  'keyPairId',
];

/** A link as it is put to the user. */
interface Wish {
  readonly location: S3Location;
  readonly options: SignOptions;
  /** In epoch seconds. */
  readonly end: number;
}

/** Signs one object, each time with the user's consent; the link that is made is the one that was shown. */
export function createSignUrl(maker: LinkMaker): Tool {
  /** What was shown, or why there was nothing to show, by the input; until it is signed. */
  const shown = new Map<string, Outcome<Wish>>();

  return {
    async prepare(input) {
      const wish = await readWish(input, maker);
      shown.set(JSON.stringify(input), wish);
      // Without a confirmation it runs at once, and tells the model what is wrong.
      if (wish.kind !== 'ok') return {};
      const { location, options, end } = wish.value;
      return {
        invocationMessage: new vscode.MarkdownString(
          `Signing a URL of ${codeSpan(baseName(location.key))}`,
        ),
        confirmationMessages: {
          // VS Code reads titles as Markdown, too.
          title: 'Make a signed URL?',
          message: new vscode.MarkdownString(confirmationText(location, options, end, maker.now())),
        },
      };
    },
    async run(input) {
      const id = JSON.stringify(input);
      const wish = shown.get(id) ?? fail({ code: 'signing-unconfirmed' });
      shown.delete(id);
      if (wish.kind !== 'ok') return wish;
      const { location, options, end } = wish.value;
      const links = await makeLinks(
        {
          locations: [location],
          // Whoever thinks it over for an hour gets the end that she has seen.
          options: { ...options, expiry: { kind: 'moment', epoch: end } },
          end: 'default',
          isScripted: true,
        },
        maker,
      );
      if (links.kind !== 'ok') return links;
      const urls = links.value.map(({ url }) => url);
      return ok(JSON.stringify({ ...location, url: urls[0], expiresAt: isoText(end) }));
    },
  };
}

async function readWish(input: unknown, maker: LinkMaker): Promise<Outcome<Wish>> {
  if (!isJsonObject(input)) {
    return fail({ code: 'option-invalid', option: 'input', detail: 'Give an object.' });
  }
  const { bucket, key, ...rest } = input;
  const locations = readLocations([{ bucket, key }]);
  if (locations.kind !== 'ok') return locations;
  const [location] = locations.value;
  if (location === undefined || location.key === '') return fail({ code: 'object-unnamed' });
  const options = parseSomeOptions(rest, OPTIONS, 'The tool');
  if (options.kind !== 'ok') return options;
  const end = await settleEnd(options.value.expiry, true, '', maker);
  return end.kind === 'ok' ? ok({ location, options: options.value, end: end.value }) : end;
}
