import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A temporary access key as AWS hands it out. */
export interface TemporaryKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What a credential service was asked. */
interface CredentialRequest {
  /** `AssumeRole`, `AssumeRoleWithWebIdentity` or `GetRoleCredentials`. */
  readonly action: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** STS and the portal of IAM Identity Center, as far as credential providers ask them. */
export interface CredentialServices {
  readonly endpoint: string;
  readonly requests: readonly CredentialRequest[];
  close(): Promise<void>;
}

/**
 * Starts them on loopback. Every request is granted `key`, but for a role that asks for an MFA code
 * and is given a wrong one, and a portal's token that is not `portalToken`.
 */
export async function startCredentialServices(
  key: TemporaryKey,
  { mfaCode, portalToken }: { readonly mfaCode: string; readonly portalToken: string },
): Promise<CredentialServices> {
  const requests: CredentialRequest[] = [];
  const end = new Date(Date.now() + 3_600_000);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const body = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const isPortal = url.pathname === '/federation/credentials';
      const parameters = new Map(isPortal ? url.searchParams : body);
      const action = isPortal ? 'GetRoleCredentials' : (body.get('Action') ?? '');
      requests.push({ action, parameters });
      if (isPortal) {
        const isSignedIn = request.headers['x-amz-sso_bearer_token'] === portalToken;
        response.writeHead(isSignedIn ? 200 : 401, {
          'content-type': 'application/json',
          ...(!isSignedIn && { 'x-amzn-errortype': 'UnauthorizedException' }),
        });
        response.end(
          JSON.stringify(
            isSignedIn
              ? { roleCredentials: { ...key, expiration: end.getTime() } }
              : { message: 'Session token not found or invalid' },
          ),
        );
        return;
      }
      const needsCode = parameters.has('SerialNumber');
      const isGranted = !needsCode || parameters.get('TokenCode') === mfaCode;
      response.writeHead(isGranted ? 200 : 403, { 'content-type': 'text/xml' });
      response.end(
        isGranted
          ? `<${action}Response><${action}Result><Credentials><AccessKeyId>${key.accessKeyId}</AccessKeyId><SecretAccessKey>${key.secretAccessKey}</SecretAccessKey><SessionToken>${key.sessionToken}</SessionToken><Expiration>${end.toISOString()}</Expiration></Credentials></${action}Result></${action}Response>`
          : '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
