/** What a log is kept in: three verbs, which a directory, a bucket or a map can keep. */

/** Where a log is read from. */
export interface TileSource {
  /** The bytes at a path relative to the log's prefix; undefined where nothing is. */
  readonly get: (path: string) => Promise<Uint8Array | undefined>;
}

export interface TileStore extends TileSource {
  /**
   * Writes bytes that never change. Of several at once exactly one creates.
   * @returns false where other bytes stand there, which stay; true where these stand there now, whoever wrote them
   */
  readonly putImmutable: (path: string, bytes: Uint8Array) => Promise<boolean>;
  /**
   * Replaces the checkpoint, which `get` reads at `checkpoint`, where it still is the previous one, byte for byte;
   * undefined: where there is none yet. Of several at once at most one succeeds, and it is never undone.
   * @returns whether it was replaced
   */
  readonly swapCheckpoint: (previous: Uint8Array | undefined, next: Uint8Array) => Promise<boolean>;
}

/**
 * Which events are in the log: a projection of the log, never its judge. It may lag behind and be thrown away, since the
 * appender brings it up from the bundles before it decides anything; it must never be ahead.
 */
export interface PositionIndex {
  /** The entries that were recorded are those before this position. */
  readonly size: () => Promise<number>;
  /** Where the entry of each of these events stands, in their order; undefined where it is not among those recorded. */
  readonly positions: (events: readonly string[]) => Promise<readonly (number | undefined)[]>;
  /**
   * Records that these events stand at `from` and behind it. Called again with the same, it changes nothing; with a `from`
   * beyond the size it must refuse. Size and positions move together, or positions first.
   */
  readonly record: (from: number, events: readonly string[]) => Promise<void>;
}
