import type { EmbeddedS3 } from '../s3/startEmbeddedS3.ts';

/** The bucket that the demo distribution is in front of. */
export const DEMO_BUCKET = 'acme-media';

/** The object that `npm start -- --once` makes a link of: a name that an URL has to escape. */
export const DEMO_KEY = 'reports/2026/Q3 résumé (final).txt';

const CHART = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><rect width="120" height="60" fill="#f4f1ff"/><path d="M10 50 L40 30 L70 38 L110 10" fill="none" stroke="#6d4aff" stroke-width="4"/></svg>`;

/** Fills the account with a few buckets as a small company might have them. */
export function putDemoFiles(s3: EmbeddedS3): void {
  const put = (key: string, body: string, type: string, settings = {}): void =>
    s3.putObject(DEMO_BUCKET, key, body, { headers: { 'content-type': type }, ...settings });

  s3.putBucket(DEMO_BUCKET, { created: new Date('2024-02-12T09:30:00Z') });
  s3.putBucket('acme-backups', { created: new Date('2023-06-01T07:00:00Z') });
  s3.putBucket('acme-website', { created: new Date('2022-11-20T14:15:00Z'), region: 'us-east-1' });

  put(DEMO_KEY, 'Third quarter: revenue up 12 %, costs down 3 %.\n', 'text/plain; charset=utf-8');
  put('reports/2026/Q3 figures.csv', 'month,revenue\n07,412\n08,398\n09,451\n', 'text/csv');
  put('reports/2026/chart.svg', CHART, 'image/svg+xml');
  put('reports/2025/annual.json', '{"revenue":4812,"employees":31}\n', 'application/json');
  put('press/logo.svg', CHART, 'image/svg+xml');
  put('press/50% off + more #1.txt', 'Odd names are fine.\n', 'text/plain');
  put('press/発表.md', '# 発表\n', 'text/markdown; charset=utf-8');
  put('videos/2019/launch.mp4', 'No real film.', 'video/mp4', { storageClass: 'GLACIER' });
  put('README.md', '# What is where\n\nReports, press kit, videos.\n', 'text/markdown');
  for (let day = 0; day < 700; day++) {
    const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
    put(`logs/${date}.log`, `${date} ok\n`, 'text/plain', { lastModified: new Date(date) });
  }
  s3.putObject('acme-website', 'index.html', '<!doctype html><title>Acme</title>\n', {
    headers: { 'content-type': 'text/html' },
  });
}
