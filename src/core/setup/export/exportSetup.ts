import type { ChangeText } from '../mends/changeTexts.ts';
import { cdkApp } from './cdkApp.ts';
import { cliScript } from './cliScript.ts';
import { cloudFormationTemplate } from './cloudFormationTemplate.ts';
import type { SetupNames } from './setupNames.ts';
import { terraformModule } from './terraformModule.ts';

/** A form that a whole set-up is written in. */
export type SetupForm = Exclude<ChangeText['form'], 'json'>;

/** A whole set-up in each form: a file's text, with a line feed at its end. */
export type SetupTexts = Readonly<Record<SetupForm, string>>;

/**
 * Writes out a set-up for a bucket that has none: the bucket closed, a distribution that alone reads
 * it and that serves nobody without a signature, and the key that signs. The same names give the
 * same texts, and no text holds a secret.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function exportSetup(names: SetupNames): SetupTexts {
  return {
    cloudformation: cloudFormationTemplate(names),
    terraform: terraformModule(names),
    cdk: cdkApp(names),
    cli: cliScript(names),
  };
}
