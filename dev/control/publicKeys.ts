import { createPublicKey } from 'node:crypto';
import type { PublicKey } from '../edge/distributionStore.ts';
import { newId } from '../edge/newDistribution.ts';
import { cloudFrontError } from './cloudFrontError.ts';
import type { CloudFrontOperations } from './cloudFrontOperation.ts';
import { publicKeyConfig } from './cloudFrontShapes.ts';
import {
  createdAnswer,
  findMatching,
  readOperations,
  removeItem,
  type ResourceKind,
} from './resourceKind.ts';
import { readDocument } from './xmlShape.ts';

const PUBLIC_KEY: ResourceKind<PublicKey> = {
  name: 'PublicKey',
  plural: 'PublicKeys',
  path: 'public-key',
  missing: 'NoSuchPublicKey',
  all: (store) => store.PublicKeys,
  config: ({ PublicKeyConfig: config }) => publicKeyConfig.write(config),
  whole: ({ Id, CreatedTime, PublicKeyConfig: config }) => ({
    Id,
    CreatedTime,
    PublicKeyConfig: publicKeyConfig.write(config),
  }),
  summary: ({ Id, CreatedTime, PublicKeyConfig: { Name, EncodedKey, Comment } }) => ({
    Id,
    Name,
    CreatedTime,
    EncodedKey,
    Comment,
  }),
};

export const publicKeyOperations: CloudFrontOperations = {
  ...readOperations(PUBLIC_KEY),
  'POST public-key': {
    name: 'CreatePublicKey',
    run: (context) => {
      const { request, store, time } = context;
      const config = readDocument(request.body, 'PublicKeyConfig', publicKeyConfig);
      if (
        store.PublicKeys.some(
          ({ PublicKeyConfig: { CallerReference: reference, Name: name } }) =>
            reference === config.CallerReference || name === config.Name,
        )
      ) {
        throw cloudFrontError('PublicKeyAlreadyExists');
      }
      if (!isAccepted(config.EncodedKey)) {
        throw cloudFrontError(
          'InvalidArgument',
          'Your request contains an invalid Encoded Key: it is not the PEM of an RSA 2048 or ECDSA P-256 public key.',
        );
      }
      const key: PublicKey = { Id: newId('K'), CreatedTime: time, PublicKeyConfig: config };
      store.PublicKeys.push(key);
      return createdAnswer(PUBLIC_KEY, key, context);
    },
  },
  'DELETE public-key/Id': {
    name: 'DeletePublicKey',
    run: (context) => {
      const { PublicKeys: keys, KeyGroups: groups } = context.store;
      const key = findMatching(PUBLIC_KEY, context);
      if (groups.some(({ KeyGroupConfig: { Items } }) => Items.includes(key.Id))) {
        throw cloudFrontError('PublicKeyInUse');
      }
      return removeItem(keys, key);
    },
  },
};

/**
 * Whether a PEM is a public key that CloudFront verifies signatures with. A private key, of which
 * Node would take the public half, is none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
function isAccepted(pem: string): boolean {
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) return false;
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey(pem);
    return type === 'rsa'
      ? details?.modulusLength === 2048
      : type === 'ec' && details?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
