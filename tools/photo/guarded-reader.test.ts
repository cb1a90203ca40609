import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picturesIn } from './folder.ts'
import { GuardedReader } from './guarded-reader.ts'
import type { ReadingLine } from './reading-line.ts'

const corpus = (file: string) => new URL(`../../ocr/corpus/${file}`, import.meta.url)
const truths = JSON.parse(readFileSync(corpus('codes/ground-truth.json'), 'utf8'))
const [code = ''] = Object.keys(truths)
let folder: string
const reader = new GuardedReader()

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pictures-'))
  mkdirSync(path.join(folder, 'below'))
  mkdirSync(path.join(folder, 'folder.jpg'))
  copyFileSync(corpus(`codes/${code}`), path.join(folder, 'below', 'CODE.PNG'))
  const whole = readFileSync(corpus(`codes/${code}`))
  writeFileSync(path.join(folder, 'cut.PNG'), whole.subarray(0, whole.length >> 1))
  writeFileSync(path.join(folder, 'words.JPeG'), 'no picture')
  writeFileSync(path.join(folder, '.hidden.jpg'), whole)
  writeFileSync(path.join(folder, 'notes.txt'), 'no picture')
})

afterAll(() => {
  reader.close()
  rmSync(folder, { recursive: true })
})

test('every picture of a folder is named once, whatever the case of its extension', () => {
  expect(picturesIn(folder)).toEqual([path.join('below', 'CODE.PNG'), 'cut.PNG', 'words.JPeG'])
})

test('a picture that cannot be read costs its own line alone', { timeout: 60_000 }, async () => {
  const lines: ReadingLine[] = []
  for (const file of ['gone.jpg', ...picturesIn(folder)]) {
    lines.push(await reader.read({ folder, file, shots: [], print: 'never' }))
  }
  expect(lines.map(({ file, reasons }) => [file, reasons])).toEqual([
    ['gone.jpg', ['photo_unreadable']],
    [path.join('below', 'CODE.PNG'), ['code_not_fiscal']],
    ['cut.PNG', ['photo_damaged']],
    ['words.JPeG', ['photo_format_unknown']],
  ])
  expect(lines[1]?.qr).toBe(truths[code].text)
  expect(lines[1]?.heapMb).toBeGreaterThan(1)
  expect(new Set(lines.map((line) => Object.keys(line).join()))).toHaveLength(1)
})
