import { openSession } from '../src/aws/openSession.ts';
import type { ObjectStore } from '../src/core/s3/objectStore.ts';
import { awsEnvironment } from '../test/awsEnvironment.ts';
import type { ListingAccess } from './listingPeers.ts';

/**
 * Gives the store that the extension would have.
 *
 * @param dir for its configuration
 */
export async function withStore(
  { endpoint, accessKeyId, secretAccessKey }: ListingAccess,
  dir: string,
  use: (store: ObjectStore) => Promise<void>,
): Promise<void> {
  for (const [name, value] of Object.entries(await awsEnvironment(dir))) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  process.env['AWS_ACCESS_KEY_ID'] = accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = secretAccessKey;
  const session = await openSession(
    { profile: undefined, region: 'us-east-1', endpoint, forcePathStyle: true },
    async () => undefined,
  );
  if (session.kind !== 'ok') throw new Error(`No session: ${JSON.stringify(session)}`);
  await use(session.value.store);
  session.value.close();
}
