import { KEY_REFUSALS, type KeyRefusal } from './keys/refusal.ts';
import { s3Uri, type S3Location } from './s3/location.ts';

/** What of AWS was asked. */
export type AwsService = 'S3' | 'CloudFront' | 'KMS' | 'STS' | 'The credential service';

/** What each kind of expected failure says beside its code. None carries a secret. */
interface ProblemData {
  // Credentials
  'profile-missing': { readonly profile: string };
  'credentials-missing': { readonly profile: string | undefined };
  'credentials-expired': {
    readonly profile: string | undefined;
    /** The shell command that signs in again, where one does. */
    readonly login: string | undefined;
  };
  'credentials-refused': { readonly profile: string | undefined; readonly detail: string };
  'credentials-failed': { readonly profile: string | undefined; readonly detail: string };
  'config-invalid': { readonly detail: string };
  // AWS
  'access-denied': {
    /** Undefined where the request is about no bucket. */
    readonly bucket: string | undefined;
    /** The IAM action that is lacking. */
    readonly permission: string;
  };
  'bucket-missing': { readonly bucket: string };
  'bucket-elsewhere': { readonly bucket: string; readonly region: string | undefined };
  'network-unreachable': { readonly service: AwsService; readonly detail: string };
  throttled: object;
  'clock-skewed': object;
  'service-failed': { readonly service: AwsService; readonly detail: string };
  'policy-unreadable': object;
  // Changes of an account's CloudFront
  'cloudfront-absent': object;
  'name-taken': { readonly kind: 'public key' | 'key group'; readonly name: string };
  'quota-reached': { readonly quota: string };
  'key-group-missing': { readonly id: string };
  'public-key-in-use': { readonly keyPairId: string };
  'public-key-missing': { readonly keyPairId: string; readonly accountId: string };
  'change-overtaken': { readonly resource: string };
  'account-differs': { readonly accountId: string; readonly expected: string };
  'object-missing': { readonly location: S3Location };
  'object-archived': { readonly location: S3Location; readonly storageClass: string };
  // What is to be signed
  'location-invalid': { readonly text: string };
  'object-unnamed': object;
  'nothing-to-sign': object;
  /** A folder or a bucket is among what is selected. */
  'folder-selected': object;
  /** Lines count from one; the text is the beginning of the first of those that are wrong. */
  'list-line-invalid': { readonly line: number; readonly text: string; readonly wrong: number };
  'links-too-many': { readonly maximum: number };
  'prefix-unnamed': object;
  'prefix-divided': { readonly prefix: string; readonly parts: readonly string[] };
  'prefix-too-wide': {
    readonly prefix: string;
    readonly domain: string;
    /** Of the behaviors that lead to something else, by their names. */
    readonly behaviors: readonly string[];
  };
  'uri-unknown': object;
  'option-invalid': { readonly option: string; readonly detail: string };
  'key-unreachable': { readonly key: string; readonly reason: UnreachableReason };
  'url-too-long': { readonly bytes: number };
  'query-reserved': { readonly name: string };
  // Which distribution
  'distribution-unknown': {
    readonly location: S3Location;
    /** Why the account’s distributions could not be seen, a sentence without a full stop. */
    readonly unseen: string | undefined;
  };
  'distribution-disabled': { readonly domain: string };
  'domain-invalid': { readonly text: string };
  'key-outside-origin-path': { readonly key: string; readonly originPath: string };
  'link-refused': { readonly domain: string; readonly status: number; readonly cause: string };
  'link-unchecked': { readonly domain: string; readonly detail: string };
  // Private keys
  'private-key-missing': { readonly keyPairId: string | undefined };
  'private-key-refused': { readonly reason: KeyRefusal };
  'passphrase-needed': object;
  'passphrase-wrong': object;
  'key-pair-id-invalid': { readonly text: string };
  /** None was given, and none found in the account; the cause is a sentence without a full stop. */
  'key-pair-id-unknown': { readonly cause: string };
  'key-untrusted': {
    readonly location: S3Location;
    readonly domain: string;
    /** Of the own keys that would have to be trusted. */
    readonly keyPairIds: readonly string[];
  };
  'key-pair-id-taken': { readonly keyPairId: string; readonly name: string };
  'file-unreadable': { readonly file: string; readonly detail: string };
  'file-unwritable': { readonly file: string; readonly detail: string };
  'secret-store-unavailable': { readonly detail: string };
  // S3 Inventory
  'inventory-unreadable': {
    /** S3 URI of the manifest, or of one of its files. */
    readonly file: string;
    readonly detail: string;
  };
  'inventory-format': { readonly format: string };
  // Expiry
  'expiry-invalid': { readonly text: string };
  'expiry-past': { readonly text: string };
  'expiry-too-far': object;
  'expiry-over-maximum': { readonly maximum: string };
  'not-before-after-expiry': object;
  // From where a link works
  'address-unknown': {
    /** Host of the service that was asked. */
    readonly service: string;
    readonly detail: string;
  };
  // Copying
  'qr-code-too-long': { readonly bytes: number; readonly maximum: number };
  'cookie-too-long': { readonly bytes: number; readonly maximum: number };
  // A link that was issued here
  'issued-link-unknown': object;
  'issued-link-ended': { readonly id: string; readonly ended: string };
  'issued-links-many': { readonly location: S3Location; readonly objects: number };
  // A link that somebody has
  'link-unnamed': object;
  'link-unreadable': object;
  // What is named in an editor
  'editor-missing': object;
  'editor-readonly': object;
  'text-changed': object;
  'text-unmatched': { readonly sought: 'object' | 'signature' };
  'url-unsignable': {
    /** Without its query. */
    readonly url: string;
    readonly reason: UnsignableReason;
    /** Why the account’s distributions could not be seen, a sentence without a full stop. */
    readonly unseen?: string;
  };
  // Language models
  'workspace-untrusted': object;
  'signing-unconfirmed': object;
  // Signing
  'signing-failed': { readonly detail: string };
  'self-check-failed': { readonly detail: string };
}

/** The stable names of problems, which scripted callers match. */
export type ProblemCode = keyof ProblemData;

/** An expected failure, as data; of any kind where `C` is left out. */
export type Problem<C extends ProblemCode = ProblemCode> = {
  [K in C]: { readonly code: K } & ProblemData[K];
}[C];

/** Why no URL can carry a key: see {@link canonicalUrl}. */
export type UnreachableReason = 'empty' | 'dot-segment' | 'lone-surrogate' | 'rewritten';

/** Why a URL that is found somewhere cannot be signed: see `readObjectReference`. */
export type UnsignableReason = 'domain-unknown' | 'no-bucket' | 'no-object' | 'query';

/** A cure that a click runs. */
export interface Action {
  readonly title: string;
  /** A command ID of this extension or of VS Code. */
  readonly command: string;
  readonly args?: readonly unknown[];
}

/** A problem in words, the same in a notification, a tree row and a rejection. */
export interface ProblemWords {
  /** What is wrong, a sentence without a full stop. */
  readonly title: string;
  /** What to do about it, in whole sentences. */
  readonly remedy: string;
  readonly actions: readonly Action[];
}

type WordsTable = {
  readonly [C in ProblemCode]: (
    problem: Problem<C>,
  ) => Omit<ProblemWords, 'actions'> & Partial<ProblemWords>;
};

const selectProfile: Action = {
  title: 'Select Profile…',
  command: 'cloudfrontSigner.selectProfile',
};
const addBucket: Action = { title: 'Add Bucket…', command: 'cloudfrontSigner.addBucket' };
/** Imports a private key. */
export const importKey: Action = {
  title: 'Import Private Key…',
  command: 'cloudfrontSigner.importPrivateKey',
};

/** Looks for what is in the way of an object's links. */
function checkSetup(location: S3Location): Action {
  return { title: 'Check Set-Up', command: 'cloudfrontSigner.checkSetup', args: [location] };
}

/** Opens the settings at one below `cloudfrontSigner.`. */
export function openSettings(title: string, setting: string): Action {
  return {
    title,
    command: 'workbench.action.openSettings',
    args: [`cloudfrontSigner.${setting}`],
  };
}

function quoted(text: string): string {
  return `“${text}”`;
}

/** What others have said, ended like a sentence where they did not. */
function sentence(text: string): string {
  const said = text.trim();
  if (said === '') return 'No reason was given.';
  return /[.!?…]["'”’)]?$/.test(said) ? said : `${said}.`;
}

function ofProfile(profile: string | undefined): string {
  return profile === undefined ? 'the default credential chain' : `profile ${quoted(profile)}`;
}

const UNREACHABLE: { readonly [R in UnreachableReason]: string } = {
  empty: 'An empty key names no object.',
  'dot-segment':
    'It has a “.” or “..” between slashes, and browsers and download tools remove those from a URL before they send it. Copy the object to another key.',
  'lone-surrogate':
    'It is not valid Unicode, so it has no UTF-8 form. Copy the object to another key.',
  rewritten: 'A browser would rewrite its URL before sending it. Copy the object to another key.',
};

const UNSIGNABLE: { readonly [R in UnsignableReason]: string } = {
  'domain-unknown':
    'Neither the account nor the setting cloudfrontSigner.distributions has a distribution of this name.',
  'no-bucket':
    'Its distribution takes it from elsewhere than a bucket. Only objects in S3 are signed.',
  'no-object': 'It names a bucket or a folder. Name an object.',
  query: 'One of its parameters is there twice, or is no valid UTF-8. Put that right first.',
};

const WORDS: WordsTable = {
  'profile-missing': ({ profile }) => ({
    title: `AWS profile ${quoted(profile)} does not exist`,
    remedy: 'It is in neither the AWS config file nor the credentials file. Choose another one.',
    actions: [selectProfile],
  }),
  'credentials-missing': ({ profile }) => ({
    title:
      profile === undefined
        ? 'No AWS credentials found'
        : `No credentials in profile ${quoted(profile)}`,
    remedy:
      'Choose a profile of your AWS config file, or create one with “aws configure” or “aws configure sso”.',
    actions: [selectProfile],
  }),
  'credentials-expired': ({ profile, login }) => ({
    title: `Session expired: ${ofProfile(profile)}`,
    remedy:
      login === undefined ? 'Renew the credentials, then retry.' : `Sign in again with “${login}”.`,
    actions: [
      ...(login === undefined
        ? []
        : [
            {
              title: `Open Terminal: ${login}`,
              command: 'cloudfrontSigner.openLoginTerminal',
              args: [login],
            },
          ]),
      selectProfile,
    ],
  }),
  'credentials-refused': ({ profile, detail }) => ({
    title: `AWS refused the credentials of ${ofProfile(profile)}`,
    remedy: `AWS said: ${sentence(detail)} Correct the access key or choose another profile.`,
    actions: [selectProfile],
  }),
  'credentials-failed': ({ profile, detail }) => ({
    title: `The credentials of ${ofProfile(profile)} could not be had`,
    remedy: sentence(detail),
    actions: [selectProfile],
  }),
  'config-invalid': ({ detail }) => ({
    title: 'The AWS config file cannot be used',
    remedy: sentence(detail),
    actions: [selectProfile],
  }),
  'access-denied': ({ bucket, permission }) => {
    if (bucket !== undefined) {
      return {
        title: `Access denied: bucket ${quoted(bucket)}`,
        remedy: `The profile lacks ${permission} on it, or a bucket policy denies it.`,
        actions: [selectProfile],
      };
    }
    return permission === 's3:ListAllMyBuckets'
      ? {
          title: 'This profile may not list buckets',
          remedy: `It lacks ${permission}. Add the buckets you work with by name.`,
          actions: [addBucket, selectProfile],
        }
      : {
          title: `This profile lacks ${permission}`,
          remedy: 'Have it added to the profile’s policy, or choose another profile.',
          actions: [selectProfile],
        };
  },
  'bucket-missing': ({ bucket }) => ({
    title: `No such bucket: ${quoted(bucket)}`,
    remedy: 'Check its name, and that the profile belongs to the right partition or endpoint.',
  }),
  'bucket-elsewhere': ({ bucket, region }) => ({
    title: `Bucket ${quoted(bucket)} is in ${region === undefined ? 'another region' : `region ${region}`}`,
    remedy: 'The endpoint in use does not lead there. Set the region that the bucket is in.',
    actions: [openSettings('Open Region Setting', 'aws.region')],
  }),
  'network-unreachable': ({ service, detail }) => ({
    title: `${service} cannot be reached`,
    remedy: `${sentence(detail)} Check the network, the proxy and the endpoint settings.`,
    actions: service === 'S3' ? [openSettings('Open Endpoint Setting', 's3.endpoint')] : [],
  }),
  throttled: () => ({
    title: 'AWS asks to slow down',
    remedy: 'Too many requests reach it just now. Retry in a moment.',
  }),
  'clock-skewed': () => ({
    title: 'The clock of this computer is wrong',
    remedy: 'AWS refuses requests that are off by more than 15 minutes. Set the clock, then retry.',
  }),
  'service-failed': ({ service, detail }) => ({
    title: `${service} answered with an error`,
    remedy: sentence(detail),
    actions: [{ title: 'Show Log', command: 'cloudfrontSigner.showLog' }],
  }),
  'policy-unreadable': () => ({
    title: 'The policy cannot be read',
    remedy: 'It is no policy document of a form that is known here. Look at it in the console.',
  }),
  'cloudfront-absent': () => ({
    title: 'There is no CloudFront behind this S3',
    remedy:
      'The endpoint in use is not AWS’s, and the profile sets none for CloudFront. Choose a profile of the AWS account.',
    actions: [selectProfile],
  }),
  'name-taken': ({ kind, name }) => ({
    title: `CloudFront has a ${kind} called ${quoted(name)} already`,
    remedy: 'Each name is given once in an account. Choose another one.',
  }),
  'quota-reached': ({ quota }) => ({
    title: `The quota on ${quota} is reached`,
    remedy:
      'Remove one that is no longer needed, or have AWS raise the quota in the Service Quotas console.',
  }),
  'key-group-missing': ({ id }) => ({
    title: `There is no key group ${quoted(id)}`,
    remedy: 'It was deleted, or it is in another account. Choose another one, or another profile.',
    actions: [selectProfile],
  }),
  'public-key-in-use': ({ keyPairId }) => ({
    title: `The public key ${keyPairId} is still in use`,
    remedy:
      'CloudFront deletes it when it is in no key group and in no field-level encryption profile any more.',
  }),
  'public-key-missing': ({ keyPairId, accountId }) => ({
    title: `Account ${accountId} has no public key ${keyPairId}`,
    remedy: 'Choose the profile of the account that has it.',
    actions: [selectProfile],
  }),
  'change-overtaken': ({ resource }) => ({
    title: `Others are changing ${quoted(resource)} at the same time`,
    remedy: 'Nothing of theirs was overwritten. Retry in a moment.',
  }),
  'account-differs': ({ accountId, expected }) => ({
    title: `This profile is of account ${accountId}, and the key of account ${expected}`,
    remedy: 'Choose the profile that the rotation began with.',
    actions: [selectProfile],
  }),
  'object-missing': ({ location }) => ({
    title: `${quoted(location.key)} is not in bucket ${quoted(location.bucket)}`,
    remedy: 'A link to it answers 403 or 404 until the object is there.',
  }),
  'object-archived': ({ location, storageClass }) => ({
    title: `${quoted(location.key)} is archived (${storageClass})`,
    remedy: 'No link can serve it before it is restored.',
  }),
  'location-invalid': ({ text }) => ({
    title: `${quoted(text)} names no place in S3`,
    remedy: 'Give s3://bucket/key, bucket/key, or arn:aws:s3:::bucket/key.',
  }),
  'object-unnamed': () => ({
    title: 'No object was named',
    remedy: 'Select an object in the view, or give an S3 URI.',
  }),
  'prefix-unnamed': () => ({
    title: 'No folder was named',
    remedy: 'Select one folder or bucket in the view, or give s3://bucket/prefix/.',
  }),
  'prefix-divided': ({ prefix, parts }) => ({
    title: `Nothing serves all of ${prefix === '' ? 'the bucket' : quoted(prefix)}`,
    remedy: `Parts of it are served each by itself: ${parts.map(quoted).join(', ')}. Sign them one by one.`,
  }),
  'prefix-too-wide': ({ prefix, domain, behaviors }) => ({
    title: `A link to all of ${prefix === '' ? 'the bucket' : quoted(prefix)} would open more than that at ${domain}`,
    remedy: `There ${behaviors.join(' and ')} ${behaviors.length === 1 ? 'takes' : 'take'} the same key for something else. Sign a part that it does not reach into.`,
  }),
  'nothing-to-sign': () => ({
    title: 'There is no object to sign',
    remedy: 'Nothing is there, or nothing that fits the filter.',
  }),
  'folder-selected': () => ({
    title: 'A folder is among what is selected',
    remedy:
      'A link opens one object. Select objects alone, or sign all that is in the folders, too.',
    actions: [
      { title: 'Sign All Objects Below…', command: 'cloudfrontSigner.signFolder' },
      { title: 'Sign Prefix…', command: 'cloudfrontSigner.signPrefix' },
    ],
  }),
  'list-line-invalid': ({ line, text, wrong }) => ({
    title: `Line ${line} names no object: ${quoted(text)}`,
    remedy: `${wrong === 1 ? '' : `It is the first of ${wrong} such lines. `}Give an S3 URI, an ARN or a key on each.`,
  }),
  'links-too-many': ({ maximum }) => ({
    title: `There are more than ${maximum} links`,
    remedy: 'That is too many for the clipboard. Name a file with the option “file”.',
  }),
  'uri-unknown': () => ({
    title: 'This address shows no object',
    remedy:
      'It has to end with /reveal/bucket/key, the key percent-encoded and nothing after it. Ask for a right one where it came from.',
  }),
  'option-invalid': ({ option, detail }) => ({
    title: `The option ${quoted(option)} cannot be used`,
    remedy: sentence(detail),
  }),
  'key-unreachable': ({ key, reason }) => ({
    title: `${quoted(key)} cannot be shared by URL`,
    remedy: UNREACHABLE[reason],
  }),
  'url-too-long': ({ bytes }) => ({
    title: `The URL would be ${bytes} bytes long`,
    remedy: 'CloudFront accepts at most 8192. Use a shorter key or fewer query parameters.',
  }),
  'query-reserved': ({ name }) => ({
    title: `The query parameter ${quoted(name)} is reserved`,
    remedy:
      'CloudFront keeps Expires, Policy, Signature, Key-Pair-Id and Hash-Algorithm for itself.',
  }),
  'distribution-unknown': ({ location, unseen }) => ({
    title: `No distribution is known for ${quoted(location.key)} in bucket ${quoted(location.bucket)}`,
    remedy: `${unseen ?? 'None of the account leads to it'}. Add one to the setting cloudfrontSigner.distributions.`,
    actions: [openSettings('Open Distributions Setting', 'distributions'), checkSetup(location)],
  }),
  'distribution-disabled': ({ domain }) => ({
    title: `The distribution of ${domain} is disabled`,
    remedy: 'It serves nothing before it is enabled.',
  }),
  'domain-invalid': ({ text }) => ({
    title: `${quoted(text)} is not a domain name`,
    remedy:
      'Give the distribution’s domain name or one of its alternate domain names alone, such as d111111abcdef8.cloudfront.net.',
  }),
  'key-outside-origin-path': ({ key, originPath }) => ({
    title: `${quoted(key)} is outside the origin path ${quoted(originPath)}`,
    remedy: 'That origin serves nothing else. Correct the mapping, or use another distribution.',
    actions: [openSettings('Open Distributions Setting', 'distributions')],
  }),
  'link-refused': ({ domain, status, cause }) => ({
    title: `${domain} answered ${status} to a signed URL of this key`,
    remedy: sentence(cause),
  }),
  'link-unchecked': ({ domain, detail }) => ({
    title: `${domain} could not be reached to check it`,
    remedy: `${sentence(detail)} Check the domain name and the network.`,
  }),
  'private-key-missing': ({ keyPairId }) => ({
    title:
      keyPairId === undefined
        ? 'There is no private key to sign with'
        : `There is no private key for key pair ID ${quoted(keyPairId)}`,
    remedy: 'Import the private key whose public half CloudFront trusts.',
    actions: [importKey],
  }),
  'private-key-refused': ({ reason }) => ({ ...KEY_REFUSALS[reason], actions: [importKey] }),
  'passphrase-needed': () => ({
    title: 'The private key is encrypted',
    remedy: 'Give its passphrase.',
  }),
  'passphrase-wrong': () => ({
    title: 'The passphrase does not open the private key',
    remedy: 'Nothing was stored. Try again with the right passphrase.',
    actions: [importKey],
  }),
  'key-pair-id-invalid': ({ text }) => ({
    title: `${quoted(text)} is not a key pair ID`,
    remedy:
      'It is the ID of the public key in CloudFront: K and capitals or digits, such as K2JCJMDEHXQW5F (APKA… for a legacy key pair).',
  }),
  'key-pair-id-unknown': ({ cause }) => ({
    title: 'The key pair ID was not given, and could not be found',
    remedy: `${cause}. Give the ID that CloudFront shows beside the public key.`,
  }),
  'key-untrusted': ({ location, domain, keyPairIds }) => ({
    title: `${domain} trusts none of the private keys that are kept here`,
    remedy: `Import one whose public half is in a trusted key group of the cache behavior, or add ${keyPairIds.join(' or ')} to one.`,
    actions: [importKey, checkSetup(location)],
  }),
  'key-pair-id-taken': ({ keyPairId, name }) => ({
    title: `The private key ${quoted(name)} is kept under ${keyPairId}`,
    remedy: 'CloudFront gives each public key an ID of its own. Look for the right one.',
  }),
  'file-unwritable': ({ file, detail }) => ({
    title: `${quoted(file)} cannot be written`,
    remedy: sentence(detail),
  }),
  'file-unreadable': ({ file, detail }) => ({
    title: `${quoted(file)} cannot be read`,
    remedy: sentence(detail),
  }),
  'secret-store-unavailable': ({ detail }) => ({
    title: 'The secret store of VS Code is not available',
    remedy: `${sentence(detail)} On Linux a keyring such as gnome-keyring or KWallet has to run and be unlocked.`,
  }),
  'inventory-unreadable': ({ file, detail }) => ({
    title: `${quoted(file)} cannot be used for an index`,
    remedy: `${sentence(detail)} The index is as it was before.`,
  }),
  'inventory-format': ({ format }) => ({
    title: `The S3 Inventory is in ${format}`,
    remedy:
      'CSV and Parquet are read. Have the inventory of the bucket written as one of them, or list the bucket instead.',
  }),
  'expiry-invalid': ({ text }) => ({
    title: `${quoted(text)} is not an expiry`,
    remedy: 'Give a duration (15m, 12h, 7d, 1d12h) or a moment (2026-12-24 18:00).',
  }),
  'expiry-past': ({ text }) => ({
    title: `${quoted(text)} is in the past`,
    remedy: 'A link with this expiry would never work. Give a later one.',
  }),
  'expiry-too-far': () => ({
    title: 'The expiry is too far away',
    remedy: 'CloudFront takes moments up to 2038-01-19 03:14:07 UTC.',
  }),
  'expiry-over-maximum': ({ maximum }) => ({
    title: `The expiry is over the maximum of ${maximum}`,
    remedy: 'The setting cloudfrontSigner.expiry.maximum bounds it.',
    actions: [openSettings('Open Maximum Setting', 'expiry.maximum')],
  }),
  'not-before-after-expiry': () => ({
    title: 'The link would end before it begins',
    remedy: 'Give a not-before that is earlier than the expiry.',
  }),
  'address-unknown': ({ service, detail }) => ({
    title: `${service} did not tell your address`,
    remedy: `${sentence(detail)} Type the address, or set another service.`,
    actions: [openSettings('Open Service Setting', 'link.addressService')],
  }),
  'qr-code-too-long': ({ bytes, maximum }) => ({
    title: `The URL is too long for a QR code: ${bytes} bytes`,
    remedy: `The largest QR code holds ${maximum}. Use a shorter key, fewer query parameters, or an ECDSA key, whose signatures are shorter.`,
  }),
  'cookie-too-long': ({ bytes, maximum }) => ({
    title: `The longest cookie would have ${bytes} bytes`,
    remedy: `Browsers keep no cookie of more than ${maximum}. Sign a shorter prefix.`,
  }),
  'issued-link-unknown': () => ({
    title: 'The link is not in the list',
    remedy:
      'It may have been forgotten, or its end is longer ago than the setting cloudfrontSigner.ledger.keepDays keeps it.',
    actions: [openSettings('Open Days Setting', 'ledger.keepDays')],
  }),
  'issued-link-ended': ({ id, ended }) => ({
    title: `The link ended ${ended}`,
    remedy: 'One like it can be signed that lives as long, from now on.',
    actions: [{ title: 'Renew', command: 'cloudfrontSigner.renewLink', args: [id] }],
  }),
  'issued-links-many': ({ location, objects }) => ({
    title: `Which ${objects} objects got a link is not kept`,
    remedy: 'Only their number and their place are. Select the objects there, and copy anew.',
    actions: [
      {
        title: 'Open S3 Location…',
        command: 'cloudfrontSigner.openLocation',
        args: [s3Uri(location)],
      },
    ],
  }),
  'link-unnamed': () => ({
    title: 'No link was given',
    remedy: 'Select one in an editor, put the cursor on one, or copy one.',
  }),
  'link-unreadable': () => ({
    title: 'Nothing in it opens anything',
    remedy:
      'Give a signed URL or signed cookies of CloudFront, a policy, or a presigned URL of S3.',
  }),
  'editor-missing': () => ({
    title: 'There is no text to work on',
    remedy: 'Open one, and put the cursor on an S3 URI or a URL.',
  }),
  'editor-readonly': () => ({
    title: 'This text is read-only',
    remedy: 'Nothing was replaced. A signed URL can be copied from it all the same.',
  }),
  'text-changed': () => ({
    title: 'The text has changed meanwhile',
    remedy: 'Nothing was replaced. Run the command again.',
  }),
  'text-unmatched': ({ sought }) =>
    sought === 'object'
      ? {
          title: 'No object is named here',
          remedy: 'Put the cursor on an S3 URI or on the URL of a distribution, or select some.',
        }
      : {
          title: 'No CloudFront signed URL is here',
          remedy: 'Put the cursor on one, or select a text that has some.',
        },
  'url-unsignable': ({ url, reason, unseen }) => ({
    title: `${quoted(url)} cannot be signed`,
    remedy:
      unseen === undefined
        ? UNSIGNABLE[reason]
        : `${unseen}, and the setting cloudfrontSigner.distributions has no distribution of this name.`,
    actions:
      reason === 'domain-unknown'
        ? [openSettings('Open Distributions Setting', 'distributions')]
        : [],
  }),
  'workspace-untrusted': () => ({
    title: 'This workspace is not trusted',
    remedy:
      'What is in it could lead a language model, so none may list objects or sign here. The user has to trust the workspace first.',
  }),
  'signing-unconfirmed': () => ({
    title: 'Nobody has confirmed this link',
    remedy: 'The user confirms each one. Call the tool again, so that she is asked.',
  }),
  'signing-failed': ({ detail }) => ({
    title: 'The private key could not sign',
    remedy: `${sentence(detail)} Where SHA-1 is switched off on this computer, set cloudfrontSigner.link.hashAlgorithm to SHA256.`,
    actions: [openSettings('Open Hash Algorithm Setting', 'link.hashAlgorithm')],
  }),
  'self-check-failed': ({ detail }) => ({
    title: 'The signed URL failed its own check and was not copied',
    remedy: `${sentence(detail)} Please report this with the object’s key.`,
    actions: [{ title: 'Show Log', command: 'cloudfrontSigner.showLog' }],
  }),
};

/** Puts a problem into words. */
export function problemWords<C extends ProblemCode>(problem: Problem<C>): ProblemWords {
  return { actions: [], ...WORDS[problem.code](problem) };
}
