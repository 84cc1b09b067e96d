/**
 * The API of the VS Code extension CloudFront URL Signer, version 1. This file imports nothing: copy it
 * into your own extension.
 *
 * ```ts
 * const extension = vscode.extensions.getExtension<CloudFrontUrlSigner>(
 *   'cloudfront-url-signer.cloudfront-url-signer',
 * );
 * const signer = await extension?.activate();
 * const links = await signer?.sign('s3://acme-media/a.zip', { expiresIn: '12h' });
 * ```
 *
 * What version 1 has stays as it is. What is added later is optional.
 */
export interface CloudFrontUrlSigner {
  readonly version: 1;

  /**
   * Makes the signed URLs of objects, with the private keys, the settings and the profile of the user.
   * It asks nobody anything, touches no clipboard, and grants what `cloudfrontSigner.copySignedUrl`
   * grants to a script. What was issued is noted in the extension's log and in its list of links,
   * without the signatures.
   *
   * @returns a link for each object, in the order of the objects
   *
   * Rejects with a {@link SignerError} where one of them cannot be signed, and with VS Code's
   * `CancellationError` where the user stops the signing of many.
   */
  sign(
    objects: S3Object | readonly S3Object[],
    options?: SignOptions,
  ): Promise<readonly SignedLink[]>;

  /**
   * Takes a text apart that opens something: a signed URL or signed cookies of CloudFront, a policy, or
   * a presigned URL of S3. Nothing is sent anywhere.
   *
   * Rejects with a {@link SignerError} of the code `link-unreadable` where it is none of these.
   */
  inspect(text: string): Promise<Inspection>;
}

/**
 * An object: `s3://bucket/key`, `bucket/key` or an ARN, or bucket and key. The key is what S3 stores,
 * taken literally: `%20` in it is three characters.
 */
export type S3Object = string | { readonly bucket: string; readonly key: string };

/** What a link shall grant. What is left out is left to the user's settings. */
export interface SignOptions {
  /** A duration, such as `15m`, `12h`, `7d` or `1d12h`. Not together with `expiresAt`. */
  readonly expiresIn?: string;
  /** A moment, such as `2026-12-24 18:00` or `2026-12-24T18:00:00Z`, or epoch seconds. */
  readonly expiresAt?: string | number;
  /** When access begins: a duration from now on, a moment, or epoch seconds. */
  readonly notBefore?: string | number;
  /** One IPv4 address or CIDR range, such as `192.0.2.0/24`. */
  readonly ipAddress?: string;
  readonly hashAlgorithm?: 'SHA1' | 'SHA256';
  /** A domain name or an ID; needed where several distributions lead to an object. */
  readonly distribution?: string;
  /** The ID of the public key, such as `K2JCJMDEHXQW5F`; needed where several keys would do. */
  readonly keyPairId?: string;
  /** Parameters that become part of the URL. Not together with `notBefore` or `ipAddress`. */
  readonly query?: Readonly<Record<string, string>>;
}

/** The signed URL of an object. Whoever has it can open the object until it ends. */
export interface SignedLink {
  readonly bucket: string;
  readonly key: string;
  /** To be handed on as it is: decoded and encoded again, its signature would not cover it. */
  readonly url: string;
  /** In epoch seconds. */
  readonly expiresAt: number;
  readonly keyPairId: string;
}

/**
 * What a text says of itself, without its signature and its encoded policy. Moments are in epoch
 * seconds. What does not apply to its kind, or is not told, is left out or undefined.
 */
export interface Inspection {
  readonly kind: 'signed-url' | 'signed-cookies' | 'policy' | 'presigned-url' | 'unsigned-url';
  /** What is to be known first, in two or three sentences. */
  readonly summary: string;
  /** The URL without what signs it. */
  readonly url?: string | undefined;
  /** What is wrong with it, the worst first. */
  readonly mistakes: readonly Mistake[];
  /** Where in its life it is, by this computer's clock. */
  readonly state?: 'not-yet' | 'alive' | 'expired' | 'unknown';
  readonly expiresAt?: number | undefined;
  /** How long it still opens, in seconds; 0 where it does no more. */
  readonly remainingSeconds?: number | undefined;
  /**
   * `intact`: as the private key has signed it; `mendable`: so once its mistakes are mended; `altered`:
   * not so; `unchecked`: no key is kept here that could tell; `absent`: it has none.
   */
  readonly signature?: 'intact' | 'mendable' | 'altered' | 'unchecked' | 'absent';

  // Of CloudFront's
  readonly policy?: 'canned' | 'custom' | undefined;
  /** What is opened, as it is written. */
  readonly resource?: string | undefined;
  /** What that is, in words. */
  readonly opens?: string;
  readonly notBefore?: number | undefined;
  /** The range of viewers that it opens for, as it is written. */
  readonly ipAddress?: string | undefined;
  readonly keyPairId?: string | undefined;
  readonly hashAlgorithm?: 'SHA1' | 'SHA256' | undefined;
  /** The ID of the private key, among those kept here, that has signed it. */
  readonly signedBy?: string | undefined;

  // Of S3's presigned URLs
  readonly version?: 'SigV4' | 'SigV2';
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly region?: string | undefined;
  readonly signedAt?: number | undefined;
  /** When it ends at the latest: credentials that end take it along. */
  readonly endsBy?: number | undefined;
  /** Whether the credentials that have signed it end by themselves. */
  readonly temporary?: boolean;
}

/** Something that is wrong with a link, or that is good to know of it. */
export interface Mistake {
  /** A stable name. */
  readonly code: string;
  /** What is wrong, a sentence without a full stop. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Whether the link is refused for it. */
  readonly breaks: boolean;
}

/** What a call rejects with. Its message says what is wrong and what to do about it. */
export interface SignerError extends Error {
  /** A stable name, such as `expiry-past`, `private-key-missing` or `distribution-unknown`. */
  readonly code: string;
  /** What is wrong, a sentence without a full stop. */
  readonly title: string;
}
