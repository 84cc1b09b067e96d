import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import { type Rgw, startRgw } from '../dev/s3/rgw.ts';
import { syntheticKey } from '../dev/s3/syntheticObjects.ts';

/** How many uploads are under way at a time. */
const AT_ONCE = 32;

/** A gateway with a bucket of small objects, in folders. */
export async function rgwWithKeys(
  count: number,
): Promise<{ readonly rgw: Rgw; readonly bucket: string; readonly keys: readonly string[] }> {
  const rgw = await startRgw();
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  });
  const bucket = 'many';
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const keys = Array.from({ length: count }, (_, index) => syntheticKey('tree', index, count));
  const left = keys.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const key of left) {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'x' }));
      }
    }),
  );
  client.destroy();
  return { rgw, bucket, keys };
}
