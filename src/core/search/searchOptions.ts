import { fail, ok, type Failure, type Result } from '../outcome.ts';
import { parseS3Location, type S3Location } from '../s3/location.ts';

/** What a script gives to build an index. */
export interface IndexOptions {
  /** The manifest of an S3 Inventory to read; the bucket is listed where it is left out. */
  readonly inventory?: S3Location;
}

/** Reads `{ inventory?: 's3://bucket/…/manifest.json' }`. Errors: `option-invalid`. */
export function parseIndexOptions(raw: object): Result<IndexOptions> {
  const { inventory, ...others } = Object.fromEntries<unknown>(Object.entries(raw));
  const stray = strayOption(others, 'There is one: inventory.');
  if (stray !== undefined) return stray;
  if (inventory === undefined) return ok({});
  const manifest =
    typeof inventory === 'string' && /^s3:\/\//i.test(inventory)
      ? parseS3Location(inventory)
      : undefined;
  // What is no manifest may be a film, which nobody wants to read as a text.
  return manifest?.kind === 'ok' && /(?:^|\/)manifest\.json$/.test(manifest.value.key)
    ? ok({ inventory: manifest.value })
    : invalidInventory('Give the S3 URI of a manifest, such as s3://bucket/…/manifest.json.');
}

/** Reads the options of a command that has none. Errors: `option-invalid`. */
export function parseNoOptions(raw: object): Result<object> {
  return strayOption(raw, 'There are none.') ?? ok({});
}

/** Why an inventory is of no use. */
export function invalidInventory(detail: string): Failure {
  return fail({ code: 'option-invalid', option: 'inventory', detail });
}

function strayOption(raw: object, known: string): Failure | undefined {
  const [option] = Object.keys(raw);
  return option === undefined
    ? undefined
    : fail({ code: 'option-invalid', option, detail: `There is no such option. ${known}` });
}
