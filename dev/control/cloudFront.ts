import type { Distribution, DistributionStore } from '../edge/distributionStore.ts';
import { cloudFrontError } from './cloudFrontError.ts';
import type { CloudFrontOperations } from './cloudFrontOperation.ts';
import type { ControlService } from './controlService.ts';
import { distributionOperations } from './distributions.ts';
import { keyGroupOperations } from './keyGroups.ts';
import { originAccessControlOperations } from './originAccessControls.ts';
import { policyOperations } from './policies.ts';
import { publicKeyOperations } from './publicKeys.ts';
import { CLOUDFRONT_NAMESPACE } from './resourceKind.ts';
import { xmlErrorAnswer } from './xmlErrorAnswer.ts';

const OPERATIONS: CloudFrontOperations = {
  ...distributionOperations,
  ...keyGroupOperations,
  ...publicKeyOperations,
  ...originAccessControlOperations,
  ...policyOperations,
};

/** The version of the API in the path of every request. */
export const CLOUDFRONT_PATH = '/2020-05-31/';

/**
 * CloudFront's REST-XML API over the data of an account. AWS wants it signed for us-east-1, which
 * clients do only where nobody gives them an endpoint: here every region is good.
 *
 * @param deploy has a distribution that was changed be `InProgress` for as long as that takes
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html
 */
export function cloudFrontService(
  store: DistributionStore,
  now: () => number,
  deploy: (distribution: Distribution) => void,
): ControlService {
  return {
    name: 'cloudfront',
    findOperation: ({ method, rawPath }) => {
      const [kind = '', id, ...rest] = rawPath.slice(CLOUDFRONT_PATH.length).split('/');
      const path = [kind, ...(id === undefined ? [] : ['Id']), ...rest].join('/');
      const operation = OPERATIONS[`${method} ${path}`];
      if (operation === undefined) throw cloudFrontError('NotImplemented');
      return {
        name: operation.name,
        run: ({ request }) => {
          const time = new Date(now()).toISOString();
          return operation.run({ request, store, id: id ?? '', time, deploy });
        },
      };
    },
    errorAnswer: (error, requestId) => xmlErrorAnswer(error, requestId, CLOUDFRONT_NAMESPACE),
  };
}
