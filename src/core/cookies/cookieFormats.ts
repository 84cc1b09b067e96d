import { comment } from '../notation/comment.ts';
import { shellSingleQuoted } from '../notation/shell.ts';
import { tsString } from '../notation/typeScript.ts';
import type { SignedCookies } from './signedCookies.ts';

/** A way to write signed cookies as one text. */
export interface CookieFormat {
  /** What scripts call it. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  /** What comes of it, in a few words. */
  readonly description: string;
  write(cookies: SignedCookies): string;
}

/**
 * Lines of an answer's head. They have no Domain, so that they hold for the host alone that answers
 * with them, and no end of their own, which AWS advises against.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html
 * https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2
 */
const SET_COOKIE: CookieFormat = {
  name: 'set-cookie',
  label: 'Set-Cookie Lines',
  description: 'for the head of an answer of that host',
  write: ({ cookies, path, isSecure }) =>
    cookies
      .map(([name, value]) =>
        [`Set-Cookie: ${name}=${value}`, `Path=${path}`, ...secure(isSecure), 'HttpOnly'].join(
          '; ',
        ),
      )
      .join('\n'),
};

/** An argument of curl, which sends the cookies to whatever it is given. https://curl.se/docs/manpage.html#-b */
const CURL: CookieFormat = {
  name: 'curl-cookies',
  label: 'curl Arguments',
  description: "--cookie 'CloudFront-Policy=…'",
  write: ({ cookies }) =>
    `--cookie ${shellSingleQuoted(cookies.map(([name, value]) => `${name}=${value}`).join('; '))}`,
};

/**
 * A file of cookies as curl, wget and others read it: of each, the host, whether those below it get
 * it as well, path, whether over HTTPS alone, end, name and value.
 * https://curl.se/docs/http-cookies.html
 */
const JAR: CookieFormat = {
  name: 'cookie-jar',
  label: 'Netscape Cookie Jar',
  description: 'a file for curl, wget, yt-dlp …',
  write: ({ cookies, host, path, isSecure, expiresAt }) => {
    const lines = cookies.map((cookie) =>
      [host, 'FALSE', path, isSecure ? 'TRUE' : 'FALSE', expiresAt, ...cookie].join('\t'),
    );
    return ['# Netscape HTTP Cookie File', ...lines, ''].join('\n');
  },
};

/** https://developer.mozilla.org/docs/Web/API/Document/cookie */
const CONSOLE: CookieFormat = {
  name: 'console',
  label: 'JavaScript for the Browser’s Console',
  description: 'document.cookie = …',
  write: ({ cookies, host, path, isSecure }) =>
    [
      comment(
        '//',
        `For the console of a browser that shows a page of ${host}; elsewhere it has no effect.`,
      ),
      ...cookies.map(([name, value]) => {
        const cookie = [`${name}=${value}`, `path=${path}`, ...secure(isSecure)].join('; ');
        return `document.cookie = ${tsString(cookie)};`;
      }),
    ].join('\n'),
};

function secure(isSecure: boolean): readonly string[] {
  return isSecure ? ['Secure'] : [];
}

/** Every way there is to write signed cookies. */
export const COOKIE_FORMATS: readonly CookieFormat[] = [SET_COOKIE, CURL, JAR, CONSOLE];
