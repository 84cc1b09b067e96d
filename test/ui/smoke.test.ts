import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { useWorkbench } from './harness/workbench.ts';

describe('the packaged extension', () => {
  const workbench = useWorkbench();

  it('is installed, with what it needs and nothing else', async () => {
    const extensions = path.join(workbench().dataDir, 'extensions');
    const installed = (await readdir(extensions)).filter((name) =>
      name.startsWith('cloudfront-url-signer.cloudfront-url-signer-'),
    );
    expect(installed).toHaveLength(1);
    const files = await readdir(path.join(extensions, String(installed[0])), {
      recursive: true,
      withFileTypes: true,
    });
    const strays = files
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(
          path.join(extensions, String(installed[0])),
          path.join(entry.parentPath, entry.name),
        ),
      )
      .filter(
        (file) =>
          !/^(package(\.nls.*)?\.json|readme\.md|changelog\.md|LICENSE\.txt|\.vsixmanifest|dist\/ThirdPartyNotices\.txt|dist\/[\w-]+\.js|api\/cloudfront-url-signer\.d\.ts|media\/.+)$/.test(
            file,
          ),
      );
    expect(strays).toEqual([]);
  });

  it('has its container in the activity bar, with the view of buckets', async () => {
    await workbench().openView();
    await workbench().screenshot('smoke-view');
    await expect.poll(() => workbench().view().innerText()).toMatch(/Buckets/i);
  });

  it('lists its commands in the palette', async () => {
    const { page, quickInput } = workbench();
    const manifest = await readFile(path.resolve('package.json'), 'utf8');
    expect(manifest).toContain('"cloudfrontSigner.copySignedUrl"');
    await expect
      .poll(
        async () => {
          await page.keyboard.press('F1');
          await quickInput.type('>CloudFront: ');
          await page.waitForTimeout(500);
          const labels = await quickInput.labels();
          await workbench().screenshot('smoke-palette');
          await quickInput.cancel();
          return labels;
        },
        { timeout: 30_000, interval: 500 },
      )
      .toEqual(expect.arrayContaining([expect.stringContaining('Copy CloudFront Signed URL')]));
  });
});
