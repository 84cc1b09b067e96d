import type { CloudFrontWriter } from '../cloudfront/cloudFrontWriter.ts';
import type { RememberingReader } from '../cloudfront/rememberingReader.ts';
import type { Outcome, Result } from '../outcome.ts';
import type { ObjectStore } from '../s3/objectStore.ts';
import type { Presigner } from '../s3/presignedUrl.ts';
import type { InventoryReader } from '../search/inventoryReader.ts';
import type { SetupReaders } from '../setup/gatherFacts.ts';
import type { Profile } from './profile.ts';

/** Who asks S3, and where: what the settings and the choice of profile decide. */
export interface Connection {
  /** Undefined for the SDK's default chain. */
  readonly profile: string | undefined;
  /** Overrides the region of the profile and of the environment. */
  readonly region: string | undefined;
  /** Overrides `endpoint_url` of the config file. */
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
}

/** A connection with its credentials had and its region settled. */
export interface Session {
  /** Undefined where the default chain found credentials without one. */
  readonly profile: string | undefined;
  readonly region: string;
  readonly store: ObjectStore;
  /** The account's CloudFront; its client is loaded when it is first asked. */
  readonly cloudFront: RememberingReader;
  /**
   * What changes it, loaded when it is first asked for; the reader forgets what was changed. Errors:
   * `cloudfront-absent`.
   */
  cloudFrontWriter(): Promise<Result<CloudFrontWriter>>;
  /** What makes S3's own URLs; loaded when it is first asked for. */
  presigner(): Promise<Presigner>;
  /** What reads the inventories that S3 makes; loaded when it is first asked for. */
  inventoryReader(): Promise<InventoryReader>;
  /** What reads how buckets and their keys are set up; loaded when it is first asked for. */
  setupReaders(): Promise<SetupReaders>;
  /** Ends the connections that are kept open. */
  close(): void;
}

/** Asks the user for the code of an MFA device; undefined where she cancels. */
export type AskMfaCode = (device: string) => Promise<string | undefined>;

/** The ways to AWS that the rest of the extension has; implemented in the room `aws`. */
export interface Aws {
  /** The profiles of the shared files, by name. Errors: `config-invalid`. */
  listProfiles(): Promise<Result<readonly Profile[]>>;
  /** Errors: the `credentials-…` codes, `profile-missing`, `config-invalid`, `network-unreachable`. */
  openSession(connection: Connection, askMfaCode: AskMfaCode): Promise<Outcome<Session>>;
}
