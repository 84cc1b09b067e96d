import { parseOwnAddress, type AskAddress } from '../core/cloudfront/ownAddress.ts';
import { causeText } from '../core/errorText.ts';
import { cancelled, fail } from '../core/outcome.ts';

/** How long the service may take, in milliseconds. */
const PATIENCE = 10_000;

/** The longest answer that can be an address with white space around it, in bytes. */
const MAXIMUM_ANSWER = 256;

/** Asks with GET, by the proxy settings that all requests go by. Leads to no other host. */
export const askAddress: AskAddress = async (service, signal) => {
  const { host } = new URL(service);
  const refuse = (detail: string) => fail({ code: 'address-unknown', service: host, detail });
  try {
    const response = await fetch(service, {
      headers: { accept: 'text/plain' },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    const answer = await beginningOf(response);
    if (!response.ok) return refuse(`It answered ${response.status}`);
    if (answer.length > MAXIMUM_ANSWER) return refuse('Its answer is longer than an address');
    return parseOwnAddress(answer, host);
  } catch (error) {
    if (signal.aborted) return cancelled;
    return refuse(causeText(error));
  }
};

/** As much of the body as tells whether it is too long. */
async function beginningOf({ body }: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAXIMUM_ANSWER) break;
  }
  return text;
}
