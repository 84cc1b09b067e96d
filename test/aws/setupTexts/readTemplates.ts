import { execFile } from 'node:child_process';
import { READERS } from '../../../dev/templateTools/install.ts';
import { type Fields, fieldsOf, itemsOf } from './jsonData.ts';

/** What AWS's own validator and a YAML parser make of a CloudFormation template. */
export interface ReadCloudFormation {
  /** By rule, such as `F3002`: what the template should not have. */
  readonly findings: readonly { readonly rule: string; readonly words: string }[];
  /** Of the YAML parser. */
  readonly errors: readonly string[];
  /** With functions in their long forms. */
  readonly data: Fields;
}

export async function readCloudFormation(
  texts: readonly string[],
): Promise<readonly ReadCloudFormation[]> {
  return (await read('cloudFormation', texts)).map((result) => ({
    findings: itemsOf(result['findings']).map((finding) => {
      const { rule, words } = fieldsOf(finding);
      return { rule: String(rule), words: String(words) };
    }),
    errors: itemsOf(result['errors']).map(String),
    data: fieldsOf(result['data'] ?? {}),
  }));
}

/** What HashiCorp's own parser and formatter make of a Terraform configuration. */
export interface ReadTerraform {
  readonly error: string | undefined;
  /** Blocks are lists, expressions `${…}`. */
  readonly data: Fields;
  /** As `terraform fmt` writes it. */
  readonly formatted: string;
}

export async function readTerraform(texts: readonly string[]): Promise<readonly ReadTerraform[]> {
  return (await read('terraform', texts)).map(({ error, data, formatted }) => ({
    error: typeof error === 'string' ? error : undefined,
    data: fieldsOf(data ?? {}),
    formatted: String(formatted),
  }));
}

async function read(
  reader: keyof typeof READERS,
  texts: readonly string[],
): Promise<readonly Fields[]> {
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [READERS[reader]],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
    );
    child.stdin?.end(JSON.stringify(texts));
  });
  return itemsOf(JSON.parse(output)).map(fieldsOf);
}
