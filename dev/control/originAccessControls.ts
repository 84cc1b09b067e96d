import type { OriginAccessControl } from '../edge/distributionStore.ts';
import { newId } from '../edge/newDistribution.ts';
import { cloudFrontError } from './cloudFrontError.ts';
import type { CloudFrontContext, CloudFrontOperations } from './cloudFrontOperation.ts';
import { originAccessControlConfig } from './cloudFrontShapes.ts';
import {
  createdAnswer,
  findMatching,
  readOperations,
  type ResourceKind,
  wholeAnswer,
} from './resourceKind.ts';
import { readDocument } from './xmlShape.ts';

const ORIGIN_ACCESS_CONTROL: ResourceKind<OriginAccessControl> = {
  name: 'OriginAccessControl',
  plural: 'OriginAccessControls',
  path: 'origin-access-control',
  missing: 'NoSuchOriginAccessControl',
  all: (store) => store.OriginAccessControls,
  config: ({ OriginAccessControlConfig: config }) => originAccessControlConfig.write(config),
  whole: ({ Id, OriginAccessControlConfig: config }) => ({
    Id,
    OriginAccessControlConfig: originAccessControlConfig.write(config),
  }),
  summary: ({ Id, OriginAccessControlConfig: config }) => ({
    Id,
    ...originAccessControlConfig.write(config),
  }),
};

export const originAccessControlOperations: CloudFrontOperations = {
  ...readOperations(ORIGIN_ACCESS_CONTROL),
  'POST origin-access-control': {
    name: 'CreateOriginAccessControl',
    run: (context) => {
      const control: OriginAccessControl = {
        Id: newId('E'),
        OriginAccessControlConfig: readConfig(context),
      };
      context.store.OriginAccessControls.push(control);
      return createdAnswer(ORIGIN_ACCESS_CONTROL, control, context);
    },
  },
  'PUT origin-access-control/Id/config': {
    name: 'UpdateOriginAccessControl',
    run: (context) => {
      const control = findMatching(ORIGIN_ACCESS_CONTROL, context);
      control.OriginAccessControlConfig = readConfig(context, control);
      return wholeAnswer(ORIGIN_ACCESS_CONTROL, control, context);
    },
  },
};

/** @param updated the one that is to have it, where there is one already */
function readConfig(
  { request, store }: CloudFrontContext,
  updated?: OriginAccessControl,
): OriginAccessControl['OriginAccessControlConfig'] {
  const root = 'OriginAccessControlConfig';
  const config = readDocument(request.body, root, originAccessControlConfig);
  const others = store.OriginAccessControls.filter((other) => other !== updated);
  if (others.some(({ OriginAccessControlConfig: { Name } }) => Name === config.Name)) {
    throw cloudFrontError('OriginAccessControlAlreadyExists');
  }
  return config;
}
