import { S3Client } from '@aws-sdk/client-s3';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { loginCommand, profileKind, type ProfileSection } from '../core/credentials/profile.ts';
import type { AskMfaCode, Connection, Session } from '../core/credentials/session.ts';
import { cancelled, fail, ok, type Outcome } from '../core/outcome.ts';
import { accountCloudFront } from './accountCloudFront.ts';
import { GivenUp } from './ask.ts';
import { endpointOf, loadConfigFiles } from './configFiles.ts';
import { s3ObjectStore } from './s3ObjectStore.ts';
import { credentialsProblem } from './translateError.ts';

const EMPTY_SECTION: ProfileSection = {};

/** How long a service may say nothing, before its answer and in the middle of it, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Opens a session: settles the region, gets the credentials, and makes the client of S3. Its
 * credentials are those of every other client, so that an MFA code is asked for once.
 *
 * The region is the setting's, else that of a profile chosen here, else what AWS's own order gives:
 * the environment, the profile; and at last us-east-1, from which S3 redirects to any bucket.
 *
 * @param patience how long a service may say nothing, in milliseconds
 */
export async function openSession(
  { profile, region, endpoint, forcePathStyle }: Connection,
  askMfaCode: AskMfaCode,
  patience = PATIENCE,
): Promise<Outcome<Session>> {
  const files = await loadConfigFiles();
  if (files.kind !== 'ok') return files;
  const sections = files.value.profiles;
  // A variable that is empty names nothing, as for the SDK.
  const named = profile ?? (process.env['AWS_PROFILE'] || undefined);
  if (named !== undefined && !Object.hasOwn(sections, named)) {
    return fail({ code: 'profile-missing', profile: named });
  }
  const section = sections[named ?? 'default'] ?? EMPTY_SECTION;
  const configured = endpointOf('s3', section, files.value);
  if (configured.kind !== 'ok') return configured;
  const address = endpoint ?? configured.value;
  const cloudFrontAddress = endpointOf('cloudfront', section, files.value);
  if (cloudFrontAddress.kind !== 'ok') return cloudFrontAddress;
  const stsAddress = endpointOf('sts', section, files.value);
  if (stsAddress.kind !== 'ok') return stsAddress;
  const kmsAddress = endpointOf('kms', section, files.value);
  if (kmsAddress.kind !== 'ok') return kmsAddress;
  const environment = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'] || undefined;
  const ofProfile = section['region'];
  const settled =
    region ??
    (profile === undefined ? (environment ?? ofProfile) : (ofProfile ?? environment)) ??
    'us-east-1';

  const mfaCodeProvider = async (device: string): Promise<string> => {
    const code = await askMfaCode(device);
    if (code === undefined) throw new GivenUp();
    return code;
  };
  const identity = { profile: named, login: loginCommand(named, sections) };
  const common = {
    region: settled,
    ...(named !== undefined && { profile: named }),
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: patience,
      // The SDK would only warn of it.
      throwOnRequestTimeout: true,
      socketTimeout: patience,
    },
  };
  try {
    const s3 = {
      ...common,
      ...(address !== undefined && { endpoint: address }),
      ...(forcePathStyle && { forcePathStyle }),
      followRegionRedirects: true,
    };
    const client = new S3Client({
      ...s3,
      credentials:
        profile === undefined
          ? fromNodeProviderChain({ mfaCodeProvider, ignoreCache: true })
          : fromIni({ profile, mfaCodeProvider, ignoreCache: true }),
    });
    const { credentials, requestHandler } = client.config;
    // Asked for here, a failure is known for one of credentials and not of S3.
    await credentials();
    const once = new S3Client({ ...s3, credentials, requestHandler, maxAttempts: 1 });
    const at = (endpointUrl: string | undefined) => ({
      ...common,
      credentials,
      ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
    });
    const hasCloudFront = cloudFrontAddress.value !== undefined || isOfAws(address);
    const account = accountCloudFront({
      cloudFront: hasCloudFront ? at(cloudFrontAddress.value) : undefined,
      sts: at(stsAddress.value),
      identity,
    });
    return ok({
      profile: named,
      region: settled,
      store: s3ObjectStore(client, identity, once),
      ...account,
      presigner: async () => {
        const { presigner } = await import('./presigner.ts');
        return presigner(
          client,
          (other) => new S3Client({ ...s3, region: other, credentials }),
          profileKind(section),
          identity,
        );
      },
      inventoryReader: async () => {
        const { inventoryReader } = await import('./inventoryReader.ts');
        return inventoryReader(
          client,
          identity,
          // Where the build puts it, beside what this becomes.
          new URL('./parquetWorker.js', import.meta.url),
        );
      },
      setupReaders: async () => {
        const { setupReaders } = await import('./setupReaders.ts');
        const hasKms = kmsAddress.value !== undefined || isOfAws(address);
        return setupReaders(client, hasKms ? at(kmsAddress.value) : undefined, identity);
      },
      close: () => {
        client.destroy();
        account.close();
      },
    });
  } catch (error) {
    return error instanceof GivenUp ? cancelled : fail(credentialsProblem(error, identity));
  }
}

/** The credentials of another S3 are no business of AWS's, which could do nothing with them. */
function isOfAws(address: string | undefined): boolean {
  if (address === undefined) return true;
  return (
    URL.canParse(address) &&
    /\.(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws)$/.test(new URL(address).hostname)
  );
}
