import type { Outcome } from '../outcome.ts';
import type { S3Location, S3Place } from '../s3/location.ts';
import type { InventoryFile } from './inventoryManifest.ts';
import type { KeyRow } from './keySegment.ts';

/** How S3 is told to list a bucket again and again. */
export interface InventoryConfiguration {
  /** Such as `CSV`. */
  readonly format: string;
  /** Whether it is of all the objects of its bucket. */
  readonly isWhole: boolean;
  /** Where each list has a folder, named after its time. */
  readonly place: S3Place;
}

/** What reads the inventories that S3 makes. A signal that fires gives `cancelled`. */
export interface InventoryReader {
  /** The inventories that are made of a bucket. Errors: `access-denied`, and those of S3. */
  listConfigurations(
    bucket: string,
    signal: AbortSignal,
  ): Promise<Outcome<readonly InventoryConfiguration[]>>;

  /** An object as a text. Errors: `object-missing`, `access-denied`, and those of S3. */
  readText(location: S3Location, signal: AbortSignal): Promise<Outcome<string>>;

  /**
   * The text of a file that is packed with gzip, piece by piece; a piece is cut anywhere. What is not
   * an `ok` is the last that comes.
   *
   * Errors: those of `readText`, and at the end `inventory-unreadable` where it is not what its MD5
   * says.
   */
  readPacked(
    file: InventoryFile,
    signal: AbortSignal,
  ): AsyncGenerator<Outcome<string>, void, undefined>;

  /**
   * The objects that a Parquet file lists, some thousand at a time. What is not an `ok` is the last
   * that comes.
   *
   * Errors: those of `readText`, and `inventory-unreadable` where it is not what its MD5 says, or no
   * list of objects.
   */
  readParquet(
    file: InventoryFile,
    signal: AbortSignal,
  ): AsyncGenerator<Outcome<readonly KeyRow[]>, void, undefined>;
}
