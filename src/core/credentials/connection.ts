/** Who asks S3, and where: all that the settings, the choice of profile and the AWS files decide. */
export interface Connection {
  /** Undefined for the SDK's default chain. */
  readonly profile: string | undefined;
  /** What overrides the region of the profile and of the environment. */
  readonly region: string | undefined;
  /** What overrides `endpoint_url` of the config file. */
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
}
