/**
 * The configuration of an origin access control that signs every request for S3, in the names that
 * CloudFront's API and CloudFormation share.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html
 */
export function signingAccessControl(name: string): object {
  return {
    Name: name,
    OriginAccessControlOriginType: 's3',
    SigningBehavior: 'always',
    SigningProtocol: 'sigv4',
  };
}
