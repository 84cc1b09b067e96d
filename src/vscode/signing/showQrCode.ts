import * as vscode from 'vscode';
import { linkName, type Link } from '../../core/linkFormats/link.ts';
import { ok, type Result } from '../../core/outcome.ts';

/**
 * Shows the QR code of a link in an editor tab. The tab is not brought back after a restart, because
 * what is in it opens the object.
 *
 * Errors: `qr-code-too-long`.
 */
export async function showQrCode(link: Link): Promise<Result<void>> {
  const { qrCodePage } = await import('../../core/linkFormats/qrCodePage.ts');
  const page = qrCodePage(link);
  if (page.kind !== 'ok') return page;
  const panel = vscode.window.createWebviewPanel(
    'cloudfrontSigner.qrCode',
    `QR Code: ${linkName(link)}`,
    vscode.ViewColumn.Active,
    { enableScripts: false, enableForms: false, enableCommandUris: false, localResourceRoots: [] },
  );
  panel.webview.html = page.value;
  return ok(undefined);
}
