/** The one table: its keys, its two overloaded indexes and the attribute that lets items go. `keys.ts` says what lies where. */
export const tableSchema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    { name: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
  ],
  /** Seconds since 1970; engines may delete late or never, so every read compares it too. */
  ttl: 'ttl',
} as const;
