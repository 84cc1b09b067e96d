import * as vscode from 'vscode';
import type { Route, Standing } from '../../core/cloudfront/route.ts';
import { visibleText } from '../../core/s3/visibleText.ts';

const STANDING_WORDS: { readonly [S in Standing]: string | undefined } = {
  ready: undefined,
  untrusted: 'trusts none of the keys kept here',
  unrestricted: 'unrestricted: serves without a signature',
  disabled: 'disabled: serves nothing',
};

/** What came of the pick: a route, or that another name is to be typed. */
export type RoutePick = Route | 'another';

/** A route as something to choose: the name that links begin with, and what is to be known of it. */
export function routeItem(
  { distribution, endpoint }: Route,
  standing: Standing,
): vscode.QuickPickItem {
  const words = [
    STANDING_WORDS[standing],
    distribution.deployed ? undefined : 'being deployed',
    distribution.id,
    endpoint.originPath === '' ? undefined : `origin path ${endpoint.originPath}`,
    distribution.comment === '' ? undefined : distribution.comment,
  ];
  return {
    label: endpoint.domain,
    description: visibleText(words.filter((word) => word !== undefined).join(' · ')),
  };
}

/** Asks which of several distributions, or of several names of one, links go through. */
export async function pickRoute(
  bucket: string,
  routes: readonly Route[],
  standingOf: (route: Route) => Standing,
): Promise<RoutePick | undefined> {
  const items = routes.map((route) => ({
    ...routeItem(route, standingOf(route)),
    pick: route,
  }));
  const another = { label: 'Another Domain Name…', alwaysShow: true, pick: 'another' as const };
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { pick: RoutePick }>(
    [...items, another],
    {
      title: `Distribution for “${bucket}”`,
      placeHolder: 'Which one shall the links go through?',
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  return picked?.pick;
}
