/**
 * What makes a repeat the same request: who asks, the hash of the key, and the keyed hash of the body, so that whoever
 * reads a table of them learns nothing.
 */
export interface Once {
  readonly person: string;
  readonly keyHash: string;
  readonly bodyHash: string;
}
