import type { S3Answer } from '../s3/s3Answer.ts';
import { xmlDocument } from '../s3/xml.ts';
import type { ServiceError } from './serviceError.ts';

/** An error as the XML protocols have it. */
export function xmlErrorAnswer(
  { status, code, message }: ServiceError,
  requestId: string,
  namespace: string,
): S3Answer {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: Buffer.from(
      xmlDocument('ErrorResponse', { Error: error, RequestId: requestId }, namespace),
    ),
  };
}
