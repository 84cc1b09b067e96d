/** What a viewer gets for a URL; `unreachable` where there is no answer at all. */
export type LinkAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Whether CloudFront itself answered, rather than something else at that address. */
      readonly fromCloudFront: boolean;
      /** `Code` and `Message` of an error, where it has them. */
      readonly code: string | undefined;
      readonly message: string | undefined;
      /** Whether the error came from S3 through CloudFront: S3's errors name their request. */
      readonly fromOrigin: boolean;
      /** Whether it is an error of a website endpoint, which tells it in its headers. */
      readonly fromWebsite: boolean;
      /** What an error page says, without its markup. */
      readonly page: string | undefined;
      /** What CloudFront says of how it came about, such as `Hit from cloudfront`. */
      readonly cache: string | undefined;
      /** Where a redirect leads. */
      readonly location: string | undefined;
      readonly contentType: string | undefined;
      /** Of the whole object, in bytes. */
      readonly size: number | undefined;
      /** How long it has lain in a cache, in seconds. */
      readonly age: number | undefined;
      /** The clock of whoever answered, in epoch seconds. */
      readonly date: number | undefined;
    }
  | { readonly kind: 'unreachable'; readonly detail: string };

/**
 * Whether an answer to a request for the first byte gives something: 206, 200 by whoever heeds no
 * ranges, or 416 where there are no bytes. A page in the place of an error may be it, too.
 * https://www.rfc-editor.org/rfc/rfc9110#section-14
 */
export function givesContent({ status }: { readonly status: number }): boolean {
  return status === 200 || status === 206 || status === 416;
}

/** Asks for the first byte behind a URL. */
export type ProbeLink = (url: string, signal: AbortSignal) => Promise<LinkAnswer>;
