import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { migrate, type SqlStore, statementsOf } from './sql-store.ts'

const FOLDER = fileURLToPath(new URL('../../../schema/sql/cell/', import.meta.url).href)

/** Remembers the statements it was given; knows which migrations were noted. */
function recorder(): { store: SqlStore; ran: string[]; noted: string[] } {
  const ran: string[] = []
  const noted: string[] = []
  const store: SqlStore = {
    all: (query, ...values) => {
      ran.push(query)
      if (query.startsWith('INSERT INTO migrations')) noted.push(String(values[0]))
      return []
    },
    transaction: (work) => {
      const before = [ran.length, noted.length]
      try {
        return work()
      } catch (cause) {
        ran.length = before[0] ?? 0
        noted.length = before[1] ?? 0
        throw cause
      }
    },
  }
  return { store, ran, noted }
}

describe('a schema file', () => {
  it('is cut into whole statements, triggers in one piece, and loses none', () => {
    for (const file of readdirSync(FOLDER)) {
      const text = readFileSync(`${FOLDER}${file}`, 'utf8')
      const statements = statementsOf(text)
      const begun =
        text.match(
          /^(CREATE (TABLE|(UNIQUE )?INDEX|TRIGGER)|(DROP|ALTER) TABLE|DROP INDEX|(UPDATE|INSERT INTO) \w+)/gm,
        ) ?? []
      expect(statements, file).toHaveLength(begun.length)
      for (const statement of statements) {
        expect(statement).toMatch(/^(CREATE|DROP|ALTER|UPDATE|INSERT) /)
        expect(statement).toMatch(/;$/)
        expect(statement.includes('CREATE TRIGGER')).toBe(/END;$/.test(statement))
      }
    }
  })

  it('that fails in the middle leaves nothing behind and is tried again', () => {
    const { store, noted } = recorder()
    const broken: SqlStore = {
      ...store,
      all: (query, ...values) => {
        if (query.includes('broken')) throw new Error('syntax')
        return store.all(query, ...values)
      },
    }
    const sql = 'CREATE TABLE good (a TEXT);\nCREATE TABLE broken (a TEXT);\n'
    expect(() => migrate(broken, [{ name: '0001_x', sql }])).toThrow('syntax')
    expect(noted).toEqual([])
    migrate(store, [{ name: '0001_x', sql }])
    expect(noted).toEqual(['0001_x'])
  })
})
