import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { nodePlatform } from './engine/node.ts'
import { printMinor } from './fields/amounts.ts'
import { type PhotoReader, photoReader, type Reading } from './read.ts'
import { wireOf } from './wire.ts'

const corpus = (file: string) =>
  new Uint8Array(readFileSync(new URL(`../corpus/${file}`, import.meta.url)))
const truthsOf = (folder: string): [file: string, truth: Record<string, unknown>][] =>
  Object.entries(JSON.parse(new TextDecoder().decode(corpus(`${folder}/ground-truth.json`))))

const LATEST = '2026-12-31'
let read: PhotoReader

beforeAll(async () => {
  read = photoReader(await nodePlatform())
})

function taken(reading: Reading) {
  if (!reading.ok) throw new Error(reading.code)
  return reading
}

describe('codes in the wild', () => {
  test.each(truthsOf('codes'))('%s', async (file, { text }) => {
    const bytes = corpus(`codes/${file}`)
    const reading = taken(await read([bytes], { latest: LATEST, print: 'never' }))
    expect(reading.codes.map((code) => code.text)).toContain(text)
    expect(reading.trusted).toBe(false)
  })
})

test('a reading leaves the Worker as plain data, its fields placed on the photo', async () => {
  const reading = taken(
    await read([corpus('scans/hardware.jpg')], { latest: LATEST, print: 'always' }),
  )
  const wire = wireOf(reading)
  expect(structuredClone(wire)).toEqual(wire)
  if (!wire.ok) throw new Error(wire.code)
  const { corners = [], shot = -1 } = wire.fields?.totalMinor ?? {}
  const { width, height } = wire.shots[shot] ?? { width: 0, height: 0 }
  expect(corners).toHaveLength(4)
  for (const { x, y } of corners) {
    expect(x > 0 && x < width && y > 0 && y < height).toBe(true)
  }
})

describe('openly licensed scans', () => {
  test.each(truthsOf('scans'))('%s', async (file, { date, total }) => {
    const bytes = corpus(`scans/${file}`)
    const { fields, trusted } = taken(await read([bytes], { latest: LATEST, print: 'always' }))
    expect(fields?.date?.value).toBe(date)
    expect(printMinor(fields?.totalMinor?.value ?? 0)).toBe(String(total))
    expect(trusted).toBe(false)
  })
})

test('a hostile file is refused with its code', async () => {
  const reading = await read([new TextEncoder().encode('<svg onload="x()"/>')], {
    latest: LATEST,
    print: 'always',
  })
  expect(reading).toMatchObject({ ok: false, code: 'photo_svg' })
})

test('a cut-off picture is damaged, not a crash', async () => {
  const bytes = corpus('scans/hardware.jpg').slice(0, 4000)
  const reading = await read([bytes], { latest: LATEST, print: 'never' })
  expect(reading.ok ? reading.codes : reading.code).toEqual(reading.ok ? [] : 'photo_damaged')
})
