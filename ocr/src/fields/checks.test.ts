import { expect, test } from 'vitest'
import {
  isBin,
  isInn,
  isMod11of10,
  isPortugueseNif,
  isSpanishCif,
  isTillNumber,
  isUnp,
} from './checks.ts'

const changed = (text: string, at: number) =>
  text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1)

test.each([
  ['ИНН of a company', isInn, '7825706086'],
  ['ИНН of a person', isInn, '771978198509'],
  ['УНП', isUnp, '700849761'],
  ['NIF', isPortugueseNif, '501964843'],
  ['ПИБ', isMod11of10, '101134702'],
])('%s: holds, and one wrong digit breaks it', (_, check, number) => {
  expect(check(number)).toBe(true)
  const survivors = [...number].filter((_, at) => check(changed(number, at)))
  expect(survivors).toEqual([])
})

test('БИН holds, also with its second round; most wrong digits break it', () => {
  expect(isBin('940140000385')).toBe(true)
  const survivors = [...'940140000385'].filter((_, at) => isBin(changed('940140000385', at)))
  expect(survivors.length).toBeLessThanOrEqual(1)
})

test('a Spanish CIF holds with its control', () => {
  expect(isSpanishCif('B12345674')).toBe(true)
  expect(isSpanishCif('B12345675')).toBe(false)
})

test('the till number proves itself, the tax number and the serial number together', () => {
  const [registration, inn, serial] = ['0001604658032924', '7825706086', '0423040012106735']
  expect(isTillNumber(registration, inn, serial)).toBe(true)
  expect(isTillNumber(changed(registration, 9), inn, serial)).toBe(false)
  expect(isTillNumber(registration, changed(inn, 3), serial)).toBe(false)
  expect(isTillNumber(registration, inn, changed(serial, 15))).toBe(false)
})
