import { type S3Answer, xmlAnswer } from './s3Answer.ts';
import { S3Error } from './s3Error.ts';
import { elementText } from './xml.ts';

/** What a bucket's website endpoint serves. */
export interface Website {
  /** The name of the object that a path ending in `/` stands for. */
  readonly index: string;
  /** The key of the page that takes the place of an error's own. */
  readonly error: string | undefined;
}

/** Reads the body of PutBucketWebsite. Errors: `MalformedXML`, `NotImplemented` for redirects. */
export function parseWebsite(xml: string): Website {
  if (/<(?:RedirectAllRequestsTo|RoutingRules)>/.test(xml)) {
    throw new S3Error('NotImplemented', { message: 'Redirects are not implemented.' });
  }
  const index = elementText(xml, 'Suffix');
  if (!index) throw new S3Error('MalformedXML');
  return { index, error: elementText(xml, 'Key') };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export function websiteAnswer({ index, error }: Website): S3Answer {
  return xmlAnswer('WebsiteConfiguration', {
    IndexDocument: { Suffix: index },
    ...(error !== undefined && { ErrorDocument: { Key: error } }),
  });
}
