/** A request that an API refuses, in the API's own words. */
export class ServiceError extends Error {
  /** By which clients tell one from another. */
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
