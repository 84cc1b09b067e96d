/** Signs batch after batch on a thread of its own, for `signingPool.ts`. */
import { parentPort } from 'node:worker_threads';
import { signObject } from '../core/cloudfront/signObject.ts';
import { isSigningOrder, type SigningAnswer } from './signingOrder.ts';
import { signPolicy } from './signPolicy.ts';

parentPort?.on('message', (order: unknown) => {
  if (!isSigningOrder(order)) throw new Error('This is no order to sign');
  const results = order.keys.map((key) => signObject(key, order.signing, signPolicy));
  parentPort?.postMessage({ id: order.id, results } satisfies SigningAnswer);
});
