import type { LinkAnswer, ProbeLink } from '../core/cloudfront/linkAnswer.ts';
import { causeText } from '../core/errorText.ts';

/** The longest error body that is read. */
const MAXIMUM_BODY = 16_384;

/** The longest text of an error page that is kept. */
const MAXIMUM_PAGE = 600;

function textOfElement(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

function textOfPage(html: string): string {
  return html
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, MAXIMUM_PAGE);
}

async function beginningOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  let text = '';
  if (body === null) return text;
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAXIMUM_BODY) break;
  }
  return text.slice(0, MAXIMUM_BODY);
}

function epochSeconds(date: string | null): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time / 1000;
}

function wholeNumber(text: string | null | undefined): number | undefined {
  return text !== null && text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Of a part the whole is told behind its slash (RFC 9110 section 14.4). */
function sizeOf({ status, headers }: Response): number | undefined {
  const range = headers.get('content-range');
  if (range !== null) return wholeNumber(range.split('/')[1]);
  return status === 200 ? wholeNumber(headers.get('content-length')) : undefined;
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
    const failed = status >= 300;
    const body = failed ? await beginningOf(response.body) : '';
    if (!failed) await response.body?.cancel();
    const contentType = headers.get('content-type') ?? undefined;
    const code = textOfElement(body, 'Code');
    const websiteCode = headers.get('x-amz-error-code') ?? undefined;
    return {
      kind: 'answer',
      status,
      fromCloudFront: headers.has('x-amz-cf-id') || /cloudfront/i.test(headers.get('via') ?? ''),
      code: code ?? websiteCode,
      message: textOfElement(body, 'Message') ?? headers.get('x-amz-error-message') ?? undefined,
      fromOrigin:
        textOfElement(body, 'HostId') !== undefined ||
        headers.has('x-amz-request-id') ||
        websiteCode !== undefined,
      fromWebsite: websiteCode !== undefined && code === undefined,
      page: failed && /html/i.test(contentType ?? '') ? textOfPage(body) : undefined,
      cache: headers.get('x-cache') ?? undefined,
      location: headers.get('location') ?? undefined,
      contentType,
      size: sizeOf(response),
      age: wholeNumber(headers.get('age')),
      date: epochSeconds(headers.get('date')),
    };
  } catch (error) {
    return { kind: 'unreachable', detail: causeText(error) };
  }
};
