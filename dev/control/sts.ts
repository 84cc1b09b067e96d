import { createHash } from 'node:crypto';
import { accountOf, userArn } from '../s3/identity.ts';
import { xmlDocument } from '../s3/xml.ts';
import type { ControlService } from './controlService.ts';
import { ServiceError } from './serviceError.ts';
import { xmlErrorAnswer } from './xmlErrorAnswer.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/**
 * STS's query API, as far as it tells a caller who it is.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const stsService: ControlService = {
  name: 'sts',
  findOperation: ({ body }) => {
    const name = new URLSearchParams(body.toString('utf8')).get('Action') ?? '';
    if (name !== 'GetCallerIdentity') {
      throw new ServiceError('InvalidAction', 400, `Could not find operation ${name}.`);
    }
    return {
      name,
      // AWS: no permissions are required, and none can be denied.
      isFree: true,
      run: ({ user, requestId }) => ({
        status: 200,
        headers: { 'content-type': 'text/xml' },
        body: Buffer.from(
          xmlDocument(
            'GetCallerIdentityResponse',
            {
              GetCallerIdentityResult: {
                Arn: userArn(user),
                UserId: userId(user.name),
                Account: accountOf(user),
              },
              ResponseMetadata: { RequestId: requestId },
            },
            NAMESPACE,
          ),
        ),
      }),
    };
  },
  errorAnswer: (error, requestId) => xmlErrorAnswer(error, requestId, NAMESPACE),
};

/** The unique ID of a user, which is another one than its name: `AIDA` and 16 capitals and digits. */
function userId(name: string): string {
  return `AIDA${createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase()}`;
}
