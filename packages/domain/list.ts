/** Lists at the edge: a page of items and an opaque cursor to the next. */
import * as z from 'zod';

const maxPage = 100;

export const PageQuery = z.object({
  cursor: z
    .string()
    .max(400)
    .regex(/^[A-Za-z0-9_-]+$/)
    .exactOptional(),
  limit: z.coerce.number().int().min(1).max(maxPage).exactOptional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** The answer of a list: `next` is absent on the last page. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().exactOptional() });
