/** The names of what a report may be asked, for its question and for its address. Apart, since every screen's address is known at once. */

/** What can be asked of a report beside its days. */
export const reportFields = [
  'site',
  'region',
  'medicine',
  'gtin',
  'lot',
  'prescriber',
  'pharmacist',
  'person',
  'patient',
  'months',
] as const;

/** All of it, the days before the rest. */
export const reportSearch = ['month', 'from', 'through', ...reportFields] as const;
