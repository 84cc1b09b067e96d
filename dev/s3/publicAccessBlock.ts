import { S3Error } from './s3Error.ts';
import { elementText } from './xml.ts';

/**
 * The four settings of Block Public Access, under S3's own names.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
 */
export interface PublicAccessBlock {
  /** Refuses public ACLs from now on. */
  readonly BlockPublicAcls: boolean;
  /** Has public ACLs open nothing. */
  readonly IgnorePublicAcls: boolean;
  /** Refuses public bucket policies from now on. */
  readonly BlockPublicPolicy: boolean;
  /** Has a public policy let in nobody but services and the owner's account. */
  readonly RestrictPublicBuckets: boolean;
}

/**
 * What a new bucket has.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
export const ALL_BLOCKED: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** Reads the body of PutPublicAccessBlock; what it leaves out is off. Errors: `MalformedXML`. */
export function parsePublicAccessBlock(xml: string): PublicAccessBlock {
  if (!xml.includes('<PublicAccessBlockConfiguration')) throw new S3Error('MalformedXML');
  const isOn = (name: string): boolean => {
    const text = elementText(xml, name)?.toLowerCase() ?? 'false';
    if (text !== 'true' && text !== 'false') throw new S3Error('MalformedXML');
    return text === 'true';
  };
  return {
    BlockPublicAcls: isOn('BlockPublicAcls'),
    IgnorePublicAcls: isOn('IgnorePublicAcls'),
    BlockPublicPolicy: isOn('BlockPublicPolicy'),
    RestrictPublicBuckets: isOn('RestrictPublicBuckets'),
  };
}
