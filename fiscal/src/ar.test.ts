import { expect, test } from 'vitest'
import { readCode } from './registry.ts'

function link(moneda: string, importe: number | string): string {
  const told = {
    ...{ ver: 1, fecha: '2026-10-13', cuit: 30_000_000_007, ptoVta: 10, tipoCmp: 6, nroCmp: 94 },
    ...{ importe, moneda, ctz: 1, tipoCodAut: 'E', codAut: 70_417_054_367_476 },
  }
  return `https://www.afip.gob.ar/fe/qr/?p=${btoa(JSON.stringify(told))}`
}

test.each([
  ['PES', 12_100, 'ARS', 1_210_000],
  ['PES', '121.5', 'ARS', 12_150],
  ['033', 12_100, 'CLP', 12_100],
  ['033', '12100.00', 'CLP', 12_100],
])(
  'an amount in %s is in the minor units of its currency: %s',
  (moneda, importe, currency, total) => {
    const code = { currency, totalMinor: total }
    expect(readCode(link(moneda, importe))).toMatchObject({ ok: true, code })
  },
)

test('Chile has no hundredths to be charged', () => {
  const refused = { ok: false, reason: 'field', field: 'importe' }
  expect(readCode(link('033', '12100.5'))).toMatchObject(refused)
})
