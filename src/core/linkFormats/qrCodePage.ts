import { momentText } from '../expiry.ts';
import { ok, type Result } from '../outcome.ts';
import { escapeHtml } from './htmlLink.ts';
import { linkName, type Link } from './link.ts';
import { qrCode } from './qrCode.ts';

/** How large a code is about to be, in pixels; each module gets a whole number of them. */
const WIDTH = 480;

/**
 * A page with the QR code of a link and what people have to know of it. It loads nothing, runs
 * nothing and sends nothing: its policy forbids all of it.
 *
 * Errors: `qr-code-too-long`.
 */
export function qrCodePage(link: Link): Result<string> {
  const code = qrCode(link.url);
  if (code.kind !== 'ok') return code;
  const { size, path } = code.value;
  const width = size * Math.max(3, Math.floor(WIDTH / size));
  const name = escapeHtml(linkName(link));
  const words =
    link.signed === undefined
      ? 'It opens the object for everybody whom its distribution lets in.'
      : `It ends ${momentText(link.signed.grant.expiresAt)}. Until then it opens the object for everybody who scans it, or a picture of it.`;
  return ok(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${name}</title>
</head>
<body>
<h1>${name}</h1>
<svg role="img" aria-label="QR code of the URL of ${name}" width="${width}" height="${width}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
<rect width="${size}" height="${size}" fill="#fff"/>
<path fill="#000" d="${path}"/>
</svg>
<p>${escapeHtml(words)}</p>
</body>
</html>
`);
}
