import * as vscode from 'vscode';
import { addressText } from '../../../core/cloudfront/optionsSummary.ts';
import { parseIpv4Range } from '../../../core/cloudfront/policy.ts';
import { ok, type Outcome } from '../../../core/outcome.ts';
import type { SignOptions } from '../../../core/cloudfront/signOptions.ts';
import { cancellable } from '../../cancellable.ts';
import { typedPick, type TypedItem } from '../typedPick.ts';
import type { LinkFacts } from './linkFacts.ts';
import {
  checkingSetup,
  unlessExcluded,
  type Change,
  type OptionFlow,
  type Step,
} from './optionStep.ts';
import { QUERY_EXCLUDES } from './queryExclusion.ts';

/** Asks from which addresses links work. */
export const addressStep: Step = unlessExcluded(QUERY_EXCLUDES, async (flow) => {
  const { draft, source } = flow;
  const { ipAddress, ...anywhere } = draft;
  const any: TypedItem<Change> = { label: 'Any Address', alwaysShow: true, choice: anywhere };
  const service = source.settings.get('link.addressService');
  const own: TypedItem<Change>[] = service === undefined ? [] : [ownItem(service, flow)];
  let warnings: readonly TypedItem<Change>[] = [];
  const loading = flow.facts().then((facts) => {
    warnings = ipv6Warnings(facts, flow);
  });
  return typedPick<Change>({
    title: flow.title,
    placeholder: 'From which IPv4 address or range? 198.51.100.7, 198.51.100.0/24 …',
    itemsFor: (text) => [
      ...(text === '' ? [] : [rangeItem(text, draft)]),
      ...own,
      any,
      ...warnings,
    ],
    value: flow.typed === '' ? addressText(ipAddress ?? '') : flow.typed,
    hasBack: true,
    loading,
  });
});

function rangeItem(text: string, draft: SignOptions): TypedItem<Change> {
  const range = parseIpv4Range(text);
  if (range === undefined) {
    const isIpv6 = text.includes(':');
    return {
      label: `$(error) ${text} is no IPv4 address or range`,
      detail: isIpv6
        ? 'A policy can name IPv4 addresses alone.'
        : 'Give four numbers from 0 to 255, and if wished how many bits they share: 198.51.100.0/24.',
      alwaysShow: true,
      choice: undefined,
    };
  }
  const count = 2 ** (32 - Number(range.split('/')[1]));
  return {
    label: text,
    description:
      count === 1 ? 'one address' : `${range} · ${count.toLocaleString('en-US')} addresses`,
    alwaysShow: true,
    choice: { ...draft, ipAddress: range },
  };
}

/** The user's own address, as a service of hers sees it. */
function ownItem(service: string, { draft, source }: OptionFlow): TypedItem<Change> {
  const { host } = new URL(service);
  const ask = async (): Promise<Outcome<SignOptions>> => {
    const address = await cancellable(`Asking ${host} for your address…`, (signal) =>
      source.askAddress(service, signal),
    );
    if (address.kind === 'problem') return address;
    return ok(address.kind === 'ok' ? { ...draft, ipAddress: address.value } : draft);
  };
  const description = `asks ${host}`;
  return { label: '$(globe) My Address', description, alwaysShow: true, choice: ask };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValuesEnableIPv6 */
function ipv6Warnings({ routes }: LinkFacts, flow: OptionFlow): readonly TypedItem<Change>[] {
  const open = routes.find(({ distribution }) => distribution.ipv6);
  if (open === undefined) return [];
  return [
    { label: '', kind: vscode.QuickPickItemKind.Separator, choice: undefined },
    {
      label: '$(warning) Viewers who come by IPv6 are refused',
      description: 'Check Set-Up tells what helps',
      detail: `Distribution ${open.distribution.id} answers by IPv6 too; a policy names IPv4 alone.`,
      alwaysShow: true,
      choice: checkingSetup(flow),
    },
  ];
}
