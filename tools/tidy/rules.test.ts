import { expect, test } from 'vitest'
import {
  ambientReads,
  defaultExports,
  longFunctions,
  longLines,
  namesIn,
  wayArounds,
} from './code.ts'
import { importsOf } from './imports.ts'
import {
  applicationViolations,
  layerViolations,
  PLATFORM_TYPES,
  pureFiles,
  purityViolations,
} from './layers.ts'
import { migrationViolations, nameViolations } from './names.ts'
import { parseSource } from './tree.ts'

const source = (text: string, file = 'worker/src/offers/evaluate.ts') => parseSource(file, text)

function importsBetween(files: Record<string, string>) {
  return Object.entries(files).flatMap(([file, text]) => importsOf(parseSource(file, text)))
}

test('a line of 101 columns is found, a long text of one literal is not', () => {
  expect(longLines(source(`const a = ${'1 + '.repeat(25)}1`))).toHaveLength(1)
  expect(longLines(source(`const a = {\n  text: '${'a'.repeat(120)}',\n}`))).toEqual([])
})

test('a function of 71 lines is found, one of 70 is not', () => {
  const ofLines = (lines: number) => `function f() {\n${'f()\n'.repeat(lines - 2)}}`
  expect(longFunctions(source(ofLines(71)))).toEqual([
    'worker/src/offers/evaluate.ts:1 is a function of 71 lines',
  ])
  expect(longFunctions(source(ofLines(70)))).toEqual([])
  expect(longFunctions(source(`describe('x', () => {\n${'f()\n'.repeat(90)}})`))).toEqual([])
})

test('a clock, chance or environment in code is found, in a comment it is not', () => {
  const text = 'const a = [Date.now(), new Date(), Math.random, process.env.X] // Date.now()'
  expect(ambientReads(source(text))).toHaveLength(4)
  expect(ambientReads(source('const a = new Date(0)'))).toEqual([])
})

test('ways around types, tests and rules are found', () => {
  expect(wayArounds(source('const a: any = 1'))).toHaveLength(1)
  expect(wayArounds(source('const a = b as unknown as string'))).toHaveLength(1)
  expect(wayArounds(source('// @ts-ignore\nf()'))).toHaveLength(1)
  expect(wayArounds(source('// biome-ignore lint/a/b: no\nf()'))).toHaveLength(1)
  const reason = '// biome-ignore lint/a/b: the platform calls it without arguments\nf()'
  expect(wayArounds(source(reason))).toEqual([])
  expect(wayArounds(source("test.only('x', f)", 'a/b.test.ts'))).toHaveLength(1)
  expect(wayArounds(source("describe.skip('x', f)", 'a/b.test.ts'))).toHaveLength(1)
})

test('default exports are found outside the places of frameworks', () => {
  expect(defaultExports(source('export default f'))).toHaveLength(1)
  expect(defaultExports(source('export default f', 'web/pages/wallet.tsx'))).toEqual([])
})

test('names that say nothing, wrong case and gaps between migrations are found', () => {
  const bad = ['a/utils.ts', 'a/date-helpers.ts', 'a/payoutService.ts', 'a/x.repository.ts']
  expect(nameViolations(bad)).toHaveLength(bad.length)
  expect(nameViolations(['a/cell.object.ts', 'a/tax-service.ts', 'web/pages/_app.tsx'])).toEqual([])
  const gap = ['schema/sql/cell/0001_a.sql', 'schema/sql/cell/0003_b.sql']
  expect(migrationViolations(gap)).toHaveLength(1)
  expect(migrationViolations(gap.slice(0, 1))).toEqual([])
})

test('imports against the layout are found', () => {
  const bad = {
    'schema/src/a.ts': "import { Hono } from 'hono'",
    'fiscal/src/a.ts': "import { x } from '#worker/matching/gtin'",
    'web/src/a.ts': "import { x } from '#worker/offers/evaluate'",
    'sandbox/src/a.ts': "import { x } from '#worker/payouts/payout'",
    'worker/src/b.ts': "import { x } from '../../tools/start.ts'",
    'worker/src/payouts/routes.ts': "import { x } from './yookassa.fetch.ts'",
    'worker/src/offers/a.ts': "import { x } from '../composition/desk.ts'",
    'worker/src/c.ts': "import worker from './index.ts'",
    'ocr/src/a.ts': "import { x } from '#worker/matching/gtin'",
    'worker/src/d.ts': "export * from './e'",
  }
  expect(layerViolations(importsBetween(bad))).toHaveLength(Object.keys(bad).length)
  const good = {
    'web/src/a.ts': "import type { App } from '../../worker/src/app.ts'",
    'worker/src/composition/a.ts': "import { x } from '../payouts/yookassa.fetch.ts'",
    'worker/src/env.ts': "import type { Cell } from './cells/cell.object.ts'",
  }
  expect(layerViolations(importsBetween(good))).toEqual([])
})

test('an adapter that the domain reaches through another file is found', () => {
  const files = {
    'worker/src/offers/evaluate.ts': "import { x } from './middle.ts'",
    'worker/src/offers/middle.ts': "import { y } from './offers.d1.ts'",
    'worker/src/offers/offers.d1.ts': '',
  }
  const imports = importsBetween(files)
  expect(pureFiles(Object.keys(files), imports)).toContain('worker/src/offers/middle.ts')
  expect(purityViolations(Object.keys(files), imports)).toHaveLength(1)
})

test('the platform in what the application reaches is found, even as a type', () => {
  const imports = importsBetween({
    'worker/src/app.ts': "import type { Ports } from './ports.ts'",
    'worker/src/ports.ts': "import type { Cell } from './cells/cell.object.ts'",
  })
  expect(applicationViolations(imports)).toHaveLength(1)
  expect(namesIn(source('let db: D1Database'), PLATFORM_TYPES)).toHaveLength(1)
})
