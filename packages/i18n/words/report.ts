import { reportCare } from './report-care.ts';
import { reportFrame } from './report-frame.ts';
import { reportStock } from './report-stock.ts';
import { reportSupply } from './report-supply.ts';

/**
 * All that reports say: a file for each group of them. A report names its words by `<kind>.<section>`, `column.`,
 * `figure.`, `check.`, `note.` and `word.`; what several have is said once, by the frame.
 */
export const report = { ...reportCare, ...reportStock, ...reportSupply, ...reportFrame };
