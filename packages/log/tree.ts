/**
 * A tree that grows, holding only its right edge: what the appender goes on from and the verifier adds up to. Some
 * kilobytes whatever the size.
 */
import { emptyRoot, hashBytes, nodeHash } from './sha256.ts';
import { hashesOn, rootOfSome, type Tile, tileWidth } from './tiles.ts';

/** Told of each tile as soon as it is full, lower levels first. `bytes` is the listener's to keep. */
export type OnTile = (tile: Tile & { readonly level: number }, bytes: Uint8Array) => void;

export interface GrowingTree {
  readonly size: () => number;
  /** Adds a leaf by its hash. */
  readonly add: (leaf: Uint8Array) => void;
  /** MTH of all leaves so far. */
  readonly root: () => Uint8Array;
  /** The partial tiles of the present size, lower levels first; the bytes are copies. */
  readonly partials: () => { readonly tile: Tile & { readonly level: number }; readonly bytes: Uint8Array }[];
}

/**
 * @param size leaves that stand already
 * @param edge the bytes of the partial tile of each level at that size, empty where a level has none
 */
export const growTree = (onTile: OnTile, size = 0, edge: readonly Uint8Array[] = []): GrowingTree => {
  let count = size;
  const levels = edge.map((bytes) => {
    const tile = new Uint8Array(tileWidth * hashBytes);
    tile.set(bytes);
    return { tile, width: bytes.length / hashBytes };
  });

  const addTo = (level: number, hash: Uint8Array): void => {
    levels[level] ??= { tile: new Uint8Array(tileWidth * hashBytes), width: 0 };
    const at = levels[level];
    at.tile.set(hash, at.width * hashBytes);
    at.width += 1;
    if (at.width < tileWidth) return;
    const index = hashesOn(level, count) / tileWidth - 1;
    onTile({ level, index, width: tileWidth }, at.tile.slice());
    at.width = 0;
    addTo(level + 1, rootOfSome(at.tile, 0, tileWidth));
  };

  return {
    size: () => count,
    add(leaf) {
      count += 1;
      addTo(0, leaf);
    },
    root() {
      // the full subtrees of the right edge from small to large, each folded under the next
      let root: Uint8Array | undefined;
      for (const { tile, width } of levels)
        for (let [end, bit] = [width, 1]; end > 0; bit *= 2) {
          if ((end & bit) === 0) continue;
          end -= bit;
          const full = rootOfSome(tile, end, bit);
          root = root ? nodeHash(full, root) : full;
        }
      return root ? root.slice() : emptyRoot;
    },
    partials() {
      return levels.flatMap(({ tile, width }, level) =>
        width === 0
          ? []
          : [
              {
                tile: { level, index: Math.floor(hashesOn(level, count) / tileWidth), width },
                bytes: tile.slice(0, width * hashBytes),
              },
            ],
      );
    },
  };
};
