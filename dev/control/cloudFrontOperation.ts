import type { Distribution, DistributionStore } from '../edge/distributionStore.ts';
import type { S3Answer } from '../s3/s3Answer.ts';
import type { SignedRequest } from '../s3/sigV4.ts';

/** What an operation works on. */
export interface CloudFrontContext {
  readonly request: SignedRequest;
  readonly store: DistributionStore;
  /** Out of the path; empty where that names none. */
  readonly id: string;
  /** Now, as ISO 8601. */
  readonly time: string;
  /** Has a distribution that was changed be `InProgress` for as long as that takes. */
  readonly deploy: (distribution: Distribution) => void;
}

/** Operations by method and path, such as `PUT distribution/Id/config`. */
export type CloudFrontOperations = Readonly<
  Record<
    string,
    {
      /** As in the IAM action, such as `UpdateDistribution`. */
      readonly name: string;
      readonly run: (context: CloudFrontContext) => S3Answer;
    }
  >
>;
