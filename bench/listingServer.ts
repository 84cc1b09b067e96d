/**
 * The embedded S3 in a process of its own, with buckets of keys that are computed: `bench/listing.ts`
 * forks it, and talks to it by messages.
 */
import { KEY_SHAPES, syntheticObjects } from '../dev/s3/syntheticObjects.ts';
import { startEmbeddedS3 } from '../dev/s3/startEmbeddedS3.ts';
import { bucketName, isServerOrder, LISTER, type ServerNews, SIZES } from './listingStage.ts';

const s3 = await startEmbeddedS3({ identities: [LISTER] });
for (const shape of KEY_SHAPES) {
  for (const size of SIZES) {
    s3.putBucket(bucketName(shape, size), { objects: syntheticObjects(shape, size) });
  }
}
let endFaults = (): void => undefined;
tell();

process.on('message', (order) => {
  if (!isServerOrder(order)) throw new Error(`No order: ${JSON.stringify(order)}`);
  s3.latency = order.latency;
  endFaults();
  const { slowDown, dropped } = order;
  const ends = [
    s3.injectFault({ kind: 'slow-down', when: () => Math.random() < slowDown }),
    s3.injectFault({ kind: 'drop-connection', when: () => Math.random() < dropped }),
  ];
  endFaults = () => ends.forEach((end) => end());
  tell();
});
// The end of the bench is the end of this.
process.on('disconnect', () => process.exit());

function tell(): void {
  const { user, system } = process.cpuUsage();
  const news: ServerNews = {
    endpoint: s3.endpoint,
    requests: s3.requests.length,
    failed: s3.requests.filter(({ status }) => status !== 200).length,
    busy: (user + system) / 1000,
  };
  process.send?.(news);
}
