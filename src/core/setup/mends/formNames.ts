import type { ChangeText } from './changeTexts.ts';

/** The forms that a change is written out in, as people call them. */
export const FORM_NAMES: Readonly<Record<ChangeText['form'], string>> = {
  json: 'JSON',
  cli: 'AWS CLI',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
  cdk: 'CDK (TypeScript)',
};
