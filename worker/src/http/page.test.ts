import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCursor, pageOfRows, pageStart } from './page.ts'
import { Refusal } from './problem.ts'

const key = fc.array(fc.oneof(fc.string({ maxLength: 120 }), fc.maxSafeInteger()), {
  minLength: 1,
  maxLength: 4,
})

function refusalOf(cursor: string, parts: number): string | null {
  try {
    pageStart({ cursor }, parts)
    return null
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error)
  }
}

describe('a cursor', () => {
  it('comes back as the key it was made of, in text that fits a URL', () => {
    fc.assert(
      fc.property(key, (parts) => {
        fc.pre(parts.every((part) => typeof part === 'number' || part.isWellFormed()))
        const cursor = encodeCursor(parts)
        expect(cursor).toMatch(/^[A-Za-z0-9_-]*$/)
        expect(pageStart({ cursor }, parts.length).after).toEqual(parts)
      }),
    )
  })

  it('of another length or making is refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (cursor) => {
        expect(refusalOf(cursor, 5)).toBe('invalid_request')
      }),
    )
    expect(refusalOf(encodeCursor(['a']), 2)).toBe('invalid_request')
  })
})

describe('a page', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const page = (limit: number) =>
    pageOfRows(
      rows.slice(0, limit + 1),
      limit,
      (row) => [row.id],
      (row) => row.id,
    )

  it('leads to the next one only when there is more', () => {
    expect(page(2)).toEqual({ items: ['a', 'b'], nextCursor: encodeCursor(['b']) })
    expect(page(3)).toEqual({ items: ['a', 'b', 'c'], nextCursor: null })
    expect(pageOfRows([], 3, () => [], String)).toEqual({ items: [], nextCursor: null })
  })
})
