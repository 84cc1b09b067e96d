import { createPublicKey } from 'node:crypto';
import { normalizeOriginPath, parseDomain } from '../../cloudfront/distribution.ts';
import { findPemBlocks, writePem } from '../../keys/pem.ts';
import { fail, ok, type Failure, type Result } from '../../outcome.ts';
import { parseS3Location } from '../../s3/location.ts';
import type { SetupForm } from './exportSetup.ts';
import { nameAfter, type SetupNames } from './setupNames.ts';

function refuse(option: string, detail: string): Failure {
  return fail({ code: 'option-invalid', option, detail });
}

/**
 * Reads the name of a bucket that is to be made. A dot is legal and no part of one here, because
 * the certificate of the bucket's endpoint does not cover such names.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 *
 * Errors: `option-invalid`.
 */
export function parseNewBucket(text: string): Result<string> {
  return /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(text)
    ? ok(text)
    : refuse('bucket', 'Give 3 to 63 small letters, digits and hyphens.');
}

/** Reads the name of a bucket that there is. Errors: `location-invalid`, `option-invalid`. */
export function parseBucket(text: string): Result<string> {
  const place = parseS3Location(text);
  if (place.kind === 'ok' && place.value.key === '') return ok(place.value.bucket);
  return place.kind === 'ok' ? refuse('bucket', 'Give the name of the bucket alone.') : place;
}

/**
 * Reads a region that CloudFront serves from alike everywhere: in China an alias is needed, and
 * GovCloud has no CloudFront.
 *
 * Errors: `option-invalid`.
 */
export function parseRegion(text: string): Result<string> {
  return /^(?!cn-|us-gov-|us-iso|eusc-)[a-z]{2}(?:-[a-z]+)+-\d$/.test(text)
    ? ok(text)
    : refuse('region', 'Give a region of AWS outside China and GovCloud, such as eu-west-1.');
}

/**
 * Reads an origin path, with or without slashes around it. Only what a URL carries as it is can stand
 * both in it and, for the bucket policy, in the keys.
 *
 * Errors: `option-invalid`.
 */
export function parseOriginPath(text: string): Result<string> {
  const path = normalizeOriginPath(text);
  return /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)*$/.test(path) && path.length <= 255
    ? ok(path)
    : refuse('originPath', 'Give letters, digits, hyphens, dots, underscores and slashes.');
}

/** Reads an alternate domain name, which may begin with `*.`. Errors: `option-invalid`. */
export function parseAlias(text: string): Result<string> {
  const [, star = '', name = ''] = /^(\*\.)?(.*)$/s.exec(text.trim()) ?? [];
  const domain = parseDomain(name);
  return domain.kind === 'ok' && /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(domain.value.domain)
    ? ok(star + domain.value.domain)
    : refuse('alias', 'Give a domain name, such as files.example.com.');
}

/**
 * Reads the ARN of a certificate that CloudFront takes.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 *
 * Errors: `option-invalid`.
 */
export function parseCertificateArn(text: string): Result<string> {
  return /^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/.test(text)
    ? ok(text)
    : refuse(
        'certificateArn',
        'Give the ARN of a certificate in ACM, which for CloudFront has to be in us-east-1.',
      );
}

/** Reads a public key that CloudFront takes, and no private one. Errors: `option-invalid`. */
function parsePublicKey(text: string): Result<string> {
  const refusal = refuse('publicKeyPem', 'Give an RSA 2048 or ECDSA P-256 public key in PEM.');
  const [block, ...others] = findPemBlocks(text) ?? [];
  if (block?.label.endsWith('PRIVATE KEY')) {
    return refuse('publicKeyPem', 'This is a private key. It belongs into no template.');
  }
  if (block?.label !== 'PUBLIC KEY' || others.length > 0) return refusal;
  try {
    const key = createPublicKey(writePem(block));
    const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
    const isTaken =
      key.asymmetricKeyType === 'rsa' ? modulusLength === 2048 : namedCurve === 'prime256v1';
    return isTaken ? ok(key.export({ type: 'spki', format: 'pem' }).toString()) : refusal;
  } catch {
    return refusal;
  }
}

function parseName(text: string): Result<string> {
  return /^[A-Za-z][A-Za-z0-9-]{0,49}$/.test(text)
    ? ok(text)
    : refuse('name', 'Give letters, digits and hyphens, a letter first, and 50 at most.');
}

/** The options of a scripted export, each read by itself. */
interface Given extends Partial<Omit<SetupNames, 'alias'>> {
  readonly form?: SetupForm;
  readonly alias?: string;
  readonly certificateArn?: string;
}

type Parser = (raw: unknown) => Result<Given>;

/** An option that is a text. */
function textOption<K extends keyof Given>(
  option: K,
  parse: (text: string) => Result<Required<Given>[K]>,
): Parser {
  return (raw) => {
    if (typeof raw !== 'string') return refuse(option, 'Give a text.');
    const parsed = parse(raw);
    return parsed.kind === 'ok' ? ok({ [option]: parsed.value }) : parsed;
  };
}

/** An option that is on or off. */
function flagOption(option: 'bucketExists' | 'responseOverrides' | 'listBucket'): Parser {
  return (raw) =>
    typeof raw === 'boolean' ? ok({ [option]: raw }) : refuse(option, 'Give true or false.');
}

const PARSERS: { readonly [O in keyof Given]-?: Parser } = {
  bucket: textOption('bucket', parseBucket),
  form: textOption('form', (form) =>
    form === 'cloudformation' || form === 'terraform' || form === 'cdk' || form === 'cli'
      ? ok(form)
      : refuse('form', 'Give cloudformation, terraform, cdk or cli.'),
  ),
  name: textOption('name', parseName),
  region: textOption('region', parseRegion),
  originPath: textOption('originPath', parseOriginPath),
  alias: textOption('alias', parseAlias),
  certificateArn: textOption('certificateArn', parseCertificateArn),
  publicKeyPem: textOption('publicKeyPem', parsePublicKey),
  bucketExists: flagOption('bucketExists'),
  responseOverrides: flagOption('responseOverrides'),
  listBucket: flagOption('listBucket'),
};

function hasParser(option: string): option is keyof Given {
  return Object.hasOwn(PARSERS, option);
}

/**
 * Reads the options of a scripted export: `bucket` and `form`, and what else of {@link SetupNames}
 * is to be other than usual. Every one that is given takes effect or is refused, and so is a name
 * that is none.
 *
 * @param region the one to take where none is given
 *
 * Errors: `option-invalid`, `location-invalid`.
 */
export function parseSetupOptions(
  raw: object,
  region: string,
): Result<{ readonly names: SetupNames; readonly form: SetupForm }> {
  let given: Given = {};
  for (const [option, value] of Object.entries(raw)) {
    if (!hasParser(option)) {
      return refuse(
        option,
        `There is no such option. There are: ${Object.keys(PARSERS).join(', ')}.`,
      );
    }
    if (value === undefined) continue;
    const parsed = PARSERS[option](value);
    if (parsed.kind !== 'ok') return parsed;
    given = { ...given, ...parsed.value };
  }
  const { bucket, form, alias, certificateArn, bucketExists = false } = given;
  if (bucket === undefined) return refuse('bucket', 'Give the name of a bucket.');
  if (form === undefined) return refuse('form', 'Give cloudformation, terraform, cdk or cli.');
  if ((alias === undefined) !== (certificateArn === undefined)) {
    return refuse('certificateArn', 'Give alias and certificateArn together, or neither.');
  }
  const named = bucketExists ? ok(bucket) : parseNewBucket(bucket);
  if (named.kind !== 'ok') return named;
  const place = parseRegion(given.region ?? region);
  if (place.kind !== 'ok') return place;
  return ok({
    form,
    names: {
      name: given.name ?? nameAfter(bucket),
      bucket,
      bucketExists,
      region: place.value,
      originPath: given.originPath ?? '',
      alias:
        alias === undefined || certificateArn === undefined
          ? undefined
          : { domain: alias, certificateArn },
      publicKeyPem: given.publicKeyPem,
      responseOverrides: given.responseOverrides ?? false,
      listBucket: given.listBucket ?? false,
    },
  });
}
