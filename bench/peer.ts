/** What a peer signs with: canned policies, RSA and SHA-1, which is all that every one knows. */
export interface PeerKey {
  readonly keyPairId: string;
  /** Private RSA key, PKCS#8 in PEM. */
  readonly pem: string;
  /** In epoch seconds. */
  readonly expiresAt: number;
}

/** Another program that makes the same signed URLs. */
export interface Peer {
  readonly name: string;
  /** How many URLs it is given at a time: few where each takes long. */
  readonly batch: number;
  sign(urls: readonly string[]): Promise<PeerAnswer>;
  close(): Promise<void>;
}

/** What a peer made of a list of URLs. */
export interface PeerAnswer {
  /** In microseconds, for the whole list. */
  readonly took: number;
  readonly signed: readonly string[];
}
