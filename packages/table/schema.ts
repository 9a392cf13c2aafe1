/**
 * The one table: its keys, its three overloaded indexes and the attribute that lets items go. `keys.ts` says what lies where.
 * The indexes hold keys alone: a change of an item whose index keys stay costs no index write, and lists read the
 * items themselves, strongly.
 */
export const tableSchema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    { name: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
    { name: 'gsi3', partitionKey: 'gsi3pk', sortKey: 'gsi3sk' },
  ],
  projection: 'KEYS_ONLY',
  /** Rises when items of an earlier shape can no longer be read; a deployed table is migrated, a local one begins again. */
  items: 4,
  /** Seconds since 1970; engines may delete late or never, so every read compares it too. */
  ttl: 'ttl',
} as const;
