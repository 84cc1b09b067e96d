import type { LinkAnswer, ProbeLink } from '../core/cloudfront/linkAnswer.ts';

/** The longest error body that is read. */
const MAXIMUM_BODY = 16_384;

function textOfElement(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

async function beginningOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  let text = '';
  if (body === null) return text;
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAXIMUM_BODY) break;
  }
  return text;
}

function epochSeconds(date: string | null): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time / 1000;
}

/** Asks with GET for one byte, since the answer to a HEAD carries no error body. */
export const probeLink: ProbeLink = async (url, signal): Promise<LinkAnswer> => {
  try {
    const response = await fetch(url, {
      headers: { range: 'bytes=0-0' },
      redirect: 'manual',
      signal,
    });
    const { status, headers } = response;
    const failed = status >= 400;
    const body = failed ? await beginningOf(response.body) : '';
    if (!failed) await response.body?.cancel();
    return {
      kind: 'answer',
      status,
      fromCloudFront: headers.has('x-amz-cf-id') || /cloudfront/i.test(headers.get('via') ?? ''),
      code: textOfElement(body, 'Code'),
      message: textOfElement(body, 'Message'),
      fromOrigin: textOfElement(body, 'HostId') !== undefined || headers.has('x-amz-request-id'),
      date: epochSeconds(headers.get('date')),
    };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { kind: 'unreachable', detail: cause instanceof Error ? cause.message : 'No answer' };
  }
};
