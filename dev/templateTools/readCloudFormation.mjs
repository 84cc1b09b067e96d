/**
 * Reads CloudFormation templates, a JSON list of texts on standard input, and writes a list of what
 * AWS's own validator finds wrong and of the data they stand for.
 * Plain JavaScript, because it runs in a process of its own.
 */
import { createRequire } from 'node:module';
import { json } from 'node:stream/consumers';
import { parseDocument } from 'yaml';

const require = createRequire(import.meta.url);
// CDK brings the validator along.
const ofCdk = createRequire(require.resolve('aws-cdk-lib/package.json'));
const { CompositeEngine, TemplateContent } = ofCdk('@aws/cloudformation-validate');

/** The short forms of functions, which read as the long ones. */
const customTags = [
  { tag: '!Ref', resolve: (text) => ({ Ref: text }) },
  { tag: '!Sub', resolve: (text) => ({ 'Fn::Sub': text }) },
  { tag: '!GetAtt', resolve: (text) => ({ 'Fn::GetAtt': text.split('.') }) },
];

const engine = new CompositeEngine();
const read = (text) => {
  const { status, diagnostics } = engine.validateTemplate(new TemplateContent(text));
  const document = parseDocument(text, { customTags });
  return {
    status,
    findings: diagnostics
      .filter(({ severity }) => severity !== 'INFO')
      .map(({ ruleId, message, entity, propertyPath }) => ({
        rule: ruleId,
        words: `${entity?.logicalId ?? 'template'} ${propertyPath ?? ''}: ${message}`,
      })),
    errors: document.errors.map(({ message }) => message),
    data: document.errors.length === 0 ? document.toJS() : null,
  };
};
const texts = await json(process.stdin);
process.stdout.write(JSON.stringify(texts.map(read)));
