import type { ZodType } from 'zod'

/** Short forms for the parts that every route's contract repeats. */

/** A JSON body of one schema. */
export function jsonBody<Schema extends ZodType>(schema: Schema) {
  return { body: { content: { 'application/json': { schema } }, required: true as const } }
}

/** One good answer: JSON of one schema under one status. */
export function answer<Status extends number, Schema extends ZodType>(
  status: Status,
  schema: Schema,
) {
  const response = { description: 'Done', content: { 'application/json': { schema } } }
  return { [status]: response } as { [Key in Status]: typeof response }
}

/** Done, and nothing to say. */
export const NO_CONTENT = { 204: { description: 'Done' } } as const
