import { callerContext, principalOf } from '../s3/access.ts';
import { ACCOUNT, userArn } from '../s3/identity.ts';
import { awsManagedKey, findKmsKey, type KmsKey } from '../s3/kmsKeys.ts';
import { evaluatePolicy, type PolicyDocument, parsePolicyDocument } from '../s3/policyDocument.ts';
import type { S3Answer } from '../s3/s3Answer.ts';
import { S3Error } from '../s3/s3Error.ts';
import type { SignedRequest } from '../s3/sigV4.ts';
import type { ControlCall, ControlService } from './controlService.ts';
import { ServiceError } from './serviceError.ts';

/** What every request names in `X-Amz-Target` before the operation. */
export const KMS_TARGET = 'TrentService.';

/** KMS's errors, all with status 400. */
type KmsErrorCode =
  | 'AccessDeniedException'
  | 'MalformedPolicyDocumentException'
  | 'NotFoundException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** Codes that other services have other words for. */
const RENAMED: Readonly<Record<string, string>> = {
  InvalidClientTokenId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
};

interface KmsContext {
  readonly call: ControlCall;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly keys: KmsKey[];
}

const OPERATIONS: Readonly<Record<string, (context: KmsContext) => S3Answer>> = {
  DescribeKey: (context) => {
    const key = findKey(context, { byAlias: true });
    authorize(key, 'kms:DescribeKey', context.call);
    return jsonAnswer(200, {
      KeyMetadata: {
        AWSAccountId: ACCOUNT,
        KeyId: key.KeyId,
        Arn: key.Arn,
        Enabled: key.Enabled,
        KeyState: key.Enabled ? 'Enabled' : 'Disabled',
        KeyManager: key.KeyManager,
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        Origin: 'AWS_KMS',
        MultiRegion: false,
      },
    });
  },
  GetKeyPolicy: (context) => {
    const key = findKey(context);
    checkPolicyName(context);
    authorize(key, 'kms:GetKeyPolicy', context.call);
    return jsonAnswer(200, { Policy: key.Policy, PolicyName: 'default' });
  },
  PutKeyPolicy: (context) => {
    const key = findKey(context);
    checkPolicyName(context);
    authorize(key, 'kms:PutKeyPolicy', context.call);
    const { Policy: policy, BypassPolicyLockoutSafetyCheck: bypass } = context.parameters;
    const document = parseKeyPolicy(policy);
    if (bypass !== true && !allows(document, key, 'kms:PutKeyPolicy', context.call)) {
      throw kmsError(
        'MalformedPolicyDocumentException',
        'The new key policy will not allow you to update the key policy in the future.',
      );
    }
    key.Policy = document.text;
    return { status: 200, headers: { 'content-type': CONTENT_TYPE }, body: Buffer.alloc(0) };
  },
};

/**
 * KMS's JSON API over the keys of an account, each in the region of its ARN.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html
 */
export function kmsService(keys: KmsKey[]): ControlService {
  return {
    name: 'kms',
    findOperation: ({ headers }) => {
      const name = (headers.get('x-amz-target') ?? '').slice(KMS_TARGET.length);
      const run = OPERATIONS[name];
      if (run === undefined) throw kmsError('UnknownOperationException', '');
      return {
        name,
        run: (call) => run({ call, parameters: readParameters(call.request), keys }),
      };
    },
    errorAnswer: ({ status, code, message }) => {
      const own = RENAMED[code] ?? (code.endsWith('Exception') ? code : `${code}Exception`);
      return jsonAnswer(status < 500 ? 400 : status, { __type: own, message });
    },
  };
}

function readParameters({ body }: SignedRequest): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Refused below.
  }
  throw kmsError('ValidationException', 'The request body is not a JSON object.');
}

/** @param byAlias whether an alias is as good as an ID: only where a key is described */
function findKey(
  { call, parameters, keys }: KmsContext,
  { byAlias = false }: { readonly byAlias?: boolean } = {},
): KmsKey {
  const { region } = call;
  const id = parameters['KeyId'];
  if (typeof id !== 'string') throw kmsError('ValidationException', 'KeyId is required.');
  if (/(?:^|:)alias\/aws\/s3$/.test(id) && byAlias) return awsManagedKey(keys, region);
  const key = findKmsKey(keys, id);
  if (key === undefined || key.Arn.split(':')[3] !== region) {
    throw kmsError('NotFoundException', `Key '${id}' does not exist`);
  }
  return key;
}

function checkPolicyName({ parameters }: KmsContext): void {
  const { PolicyName: name = 'default' } = parameters;
  if (name !== 'default') throw kmsError('NotFoundException', 'No such policy exists');
}

/** A key's policy has the first and the last word, even on whether the account's own count. */
function authorize(key: KmsKey, action: string, call: ControlCall): void {
  if (!allows(parsePolicyDocument(key.Policy), key, action, call)) {
    throw kmsError(
      'AccessDeniedException',
      `User: ${userArn(call.user)} is not authorized to perform: ${action} on resource: ${key.Arn} because no resource-based policy allows the ${action} action`,
    );
  }
}

function allows(
  policy: PolicyDocument,
  { Arn: resource }: KmsKey,
  action: string,
  { caller }: ControlCall,
): boolean {
  const question = {
    principal: principalOf(caller),
    action,
    resource,
    context: callerContext(caller),
  };
  return evaluatePolicy(policy, question) === 'allow';
}

function parseKeyPolicy(text: unknown): PolicyDocument {
  if (typeof text !== 'string') throw kmsError('ValidationException', 'Policy is required.');
  try {
    return parsePolicyDocument(text);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    throw kmsError('MalformedPolicyDocumentException', error.message);
  }
}

const CONTENT_TYPE = 'application/x-amz-json-1.1';

function jsonAnswer(status: number, content: object): S3Answer {
  return {
    status,
    headers: { 'content-type': CONTENT_TYPE },
    body: Buffer.from(JSON.stringify(content)),
  };
}

function kmsError(code: KmsErrorCode, message: string): ServiceError {
  return new ServiceError(code, 400, message);
}
