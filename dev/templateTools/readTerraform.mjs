/**
 * Reads Terraform configurations, a JSON list of texts on standard input, and writes a list of what
 * HashiCorp's own parser makes of them and of how `terraform fmt` would write them.
 * Plain JavaScript, because it runs in a process of its own.
 */
import { json } from 'node:stream/consumers';
import { format } from '@cdktf/hcl-tools';
import { parse } from '@cdktf/hcl2json';

const results = [];
for (const text of await json(process.stdin)) {
  results.push(
    await parse('main.tf', text).then(
      async (data) => ({ error: null, data, formatted: await format(text) }),
      (error) => ({ error: String(error), data: null, formatted: null }),
    ),
  );
}
process.stdout.write(JSON.stringify(results));
