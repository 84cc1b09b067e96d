import { cdkApp } from './cdkApp.ts';
import { cliScript } from './cliScript.ts';
import { cloudFormationTemplate } from './cloudFormationTemplate.ts';
import type { SetupNames } from './setupNames.ts';
import { terraformModule } from './terraformModule.ts';

/** A whole set-up in each of its forms: a file's text, with a line feed at its end. */
export interface SetupTexts {
  readonly cloudFormation: string;
  readonly terraform: string;
  readonly cdk: string;
  readonly cli: string;
}

/**
 * Writes out a set-up for a bucket that has none: the bucket closed, a distribution that alone reads
 * it and that serves nobody without a signature, and the key that signs. The same names give the
 * same texts, and no text holds a secret.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function exportSetup(names: SetupNames): SetupTexts {
  return {
    cloudFormation: cloudFormationTemplate(names),
    terraform: terraformModule(names),
    cdk: cdkApp(names),
    cli: cliScript(names),
  };
}
