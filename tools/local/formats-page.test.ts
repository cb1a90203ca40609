import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FORMATS } from '#fiscal/registry'
import { FORMATS_PAGE, formatsPage } from './formats-page.ts'
import { ROOT } from './place.ts'

test('the page of formats is what the registry says: npm run -s docs:formats', () => {
  expect(readFileSync(path.join(ROOT, FORMATS_PAGE), 'utf8')).toBe(formatsPage())
})

test('every format has its row', () => {
  for (const { country } of FORMATS) expect(formatsPage()).toContain(`(${country}) |`)
})
