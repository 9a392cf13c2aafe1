/** ABC classes of a site's medicines by the value of their use: the few that make up most of it are looked at most often. */
import * as z from 'zod';

export const abcClasses = ['A', 'B', 'C'] as const;
export const AbcClass = z
  .enum(abcClasses)
  .meta({ id: 'AbcClass', description: 'Class by value of use: A is most of it' });
export type AbcClass = z.infer<typeof AbcClass>;

/** Classes A and B end with the medicine that reaches these shares of the whole value. */
const shares = { A: 0.8, B: 0.95 } as const;

/** The class of each medicine, the dearest use first. What was not used, or has no price, is C. */
export const classify = (values: ReadonlyMap<string, number>): Map<string, AbcClass> => {
  const all = [...values].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const total = all.reduce((sum, [, value]) => sum + value, 0);
  let before = 0;
  return new Map(
    all.map(([medicine, value]) => {
      const reached = before;
      before += value;
      // what reaches the share still belongs to the class, so that one dear medicine is not left to C
      if (value === 0 || reached >= shares.B * total) return [medicine, 'C'] as const;
      return [medicine, reached >= shares.A * total ? 'B' : 'A'] as const;
    }),
  );
};
