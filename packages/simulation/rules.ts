/**
 * The numbers that the proposals of the simulation go by. They were chosen on seeds 101 to 104, among three sets of
 * levels, and are those that a new country begins with.
 */
import type { DarmonRules } from './darmon-ordering.ts';

export const rules: DarmonRules = {
  policy: { kind: 'service-level', levels: { V: 0.99, E: 0.97, N: 0.95 } },
  horizon: 12,
  shelfShare: 0.5,
};
