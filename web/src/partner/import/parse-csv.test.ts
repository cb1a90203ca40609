import { describe, expect, it } from 'vitest'
import { parseCsv } from './parse-csv.ts'

function bytes(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer
}

describe('a file is read', () => {
  it('with semicolons, a byte order mark and quoted separators, as Excel saves it', () => {
    expect(parseCsv(bytes('\ufeffgtin;name\r\n4607025392408;"Сыр; твёрдый"\r\n\r\n'))).toEqual({
      ok: true,
      heads: ['gtin', 'name'],
      rows: [{ gtin: '4607025392408', name: 'Сыр; твёрдый' }],
    })
  })

  it('in windows-1251, which is what Russian Excel writes', () => {
    // "имя" as a head, "чай" as a value.
    const cp1251 = Uint8Array.from([
      0xe8, 0xec, 0xff, 0x2c, 0x62, 0x0a, 0xf7, 0xe0, 0xe9, 0x2c, 0x31,
    ])
    expect(parseCsv(cp1251.buffer)).toEqual({
      ok: true,
      heads: ['имя', 'b'],
      rows: [{ имя: 'чай', b: '1' }],
    })
  })
})

describe('a file is refused in words of its own', () => {
  it.each([
    ['empty', ''],
    ['empty', 'gtin,name\n'],
    ['unreadable', 'gtin,name\n"4607,молоко\n'],
  ] as const)('%s', (code, text) => {
    expect(parseCsv(bytes(text))).toEqual({ ok: false, code })
  })
})
