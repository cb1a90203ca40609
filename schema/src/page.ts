import { z } from 'zod'

/** Every list is paged: an opaque cursor and a limit that the server bounds. */
export const PAGE_LIMIT_MAX = 100
export const PAGE_LIMIT_DEFAULT = 30

export const PageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().int().min(1).max(PAGE_LIMIT_MAX))
    .optional(),
})

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export type Page<Item> = { items: Item[]; nextCursor: string | null }
