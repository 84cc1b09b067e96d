import * as vscode from 'vscode';
import { canonicalUrl } from '../../core/cloudfront/canonicalUrl.ts';
import type { Endpoint } from '../../core/cloudfront/distribution.ts';
import { parseSomeOptions, type SignOptions } from '../../core/cloudfront/signOptions.ts';
import type { Link } from '../../core/linkFormats/link.ts';
import { PLAIN_URL } from '../../core/linkFormats/plainUrl.ts';
import { cancelled, ok, type Outcome, type Result } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import type { Commands } from '../commands.ts';
import type { Call } from '../tree/targets.ts';
import { askForEndpoint } from './chooseDistribution.ts';
import { handOut } from './linkForms.ts';
import { objectsOf } from './objectsOf.ts';
import { offerToRemember } from './rememberDistribution.ts';
import { createServing, settleEach, type ServingSource } from './serving.ts';

/** The options that a URL without a signature leaves a meaning to. */
const OPTIONS: readonly string[] = ['distribution', 'format', 'query'];

/** What copying needs. */
export interface UnsignedSource extends ServingSource {
  readCall(args: readonly unknown[]): Result<Call>;
}

/** The command from an object to the URL that its distribution serves it under, without a signature. */
export function unsignedUrlCommands(source: UnsignedSource): Commands {
  return {
    async copyUnsignedUrl(...args) {
      const call = source.readCall(args);
      if (call.kind !== 'ok') return call;
      const options = parseSomeOptions(
        call.value.options ?? {},
        OPTIONS,
        'A URL without a signature',
        source.settings.get('link.templates'),
      );
      if (options.kind !== 'ok') return options;
      const locations = await objectsOf(call.value, 'Object to Copy the URL of', source);
      if (locations.kind !== 'ok') return locations;
      const isScripted = call.value.options !== undefined;
      const endpoints = await endpointsOf(locations.value, options.value, isScripted, source);
      if (endpoints.kind !== 'ok') return endpoints;
      const { format = PLAIN_URL, query } = options.value;
      const links: Link[] = [];
      for (const [index, location] of locations.value.entries()) {
        const endpoint = endpoints.value[index];
        if (endpoint === undefined) break;
        const url = canonicalUrl(endpoint, location.key, query);
        if (url.kind !== 'ok') return url;
        links.push({ location, url: url.value });
      }
      const handedOut = await handOut(links, format);
      if (handedOut.kind === 'ok' && !isScripted) {
        vscode.window.setStatusBarMessage('$(check) Copied without a signature', 3000);
      }
      return handedOut;
    },
  };
}

/** Chosen as for signing, so that it is the same; keys take part in that, but none is needed. */
async function endpointsOf(
  locations: readonly S3Location[],
  options: SignOptions,
  isScripted: boolean,
  source: UnsignedSource,
): Promise<Outcome<readonly Endpoint[]>> {
  const kept = await source.keys.list();
  const stored = kept.kind === 'ok' ? kept.value : [];
  const { whoServes } = createServing(options, isScripted, stored, source);
  const byHand = new Map<string, Endpoint>();

  async function remember(bucket: string, endpoint: Endpoint): Promise<Outcome<Endpoint>> {
    const isDecided = await offerToRemember(bucket, endpoint, undefined, source.settings);
    return isDecided ? ok(endpoint) : cancelled;
  }

  return settleEach(locations, async (location): Promise<Outcome<Endpoint>> => {
    const { bucket } = location;
    const served = await whoServes(location);
    if (served.kind !== 'ok') return served;
    if ('endpoint' in served.value) {
      const { endpoint, isPicked } = served.value;
      return isPicked ? remember(bucket, endpoint) : ok(endpoint);
    }
    const before = byHand.get(bucket);
    if (before !== undefined) return ok(before);
    const typed = await askForEndpoint(bucket, served.value.reason);
    if (typed === undefined) return cancelled;
    byHand.set(bucket, typed);
    return remember(bucket, typed);
  });
}
