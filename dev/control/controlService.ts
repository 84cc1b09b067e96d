import type { Caller } from '../s3/access.ts';
import type { AccountUser } from '../s3/identity.ts';
import type { S3Answer } from '../s3/s3Answer.ts';
import type { SignedRequest } from '../s3/sigV4.ts';
import type { ServiceError } from './serviceError.ts';

/** One of the APIs, by the protocol that it speaks. */
export interface ControlService {
  /** As it stands in signatures and in IAM actions. */
  readonly name: 'cloudfront' | 'kms' | 'sts';
  /** Errors: the service's own where it knows no such operation. */
  readonly findOperation: (request: SignedRequest) => ControlOperation;
  readonly errorAnswer: (error: ServiceError, requestId: string) => S3Answer;
}

/** An operation that a request asks for. */
export interface ControlOperation {
  /** As in the IAM action, such as `ListDistributions`. */
  readonly name: string;
  /** Whether everybody may who proves who it is. */
  readonly isFree?: boolean;
  readonly run: (asked: ControlCall) => S3Answer;
}

/** Who asks for an operation, and how. */
export interface ControlCall {
  readonly user: AccountUser;
  readonly caller: Caller;
  readonly request: SignedRequest;
  /** That the request is signed for. */
  readonly region: string;
  readonly requestId: string;
}
