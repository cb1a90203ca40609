import { describe, expect, test } from 'vitest'
import { bareIban, holderFits, ibanChecks, ibanInGroups } from './iban.ts'
import { PayoutDestination } from './payout.ts'

/** Examples of the registry itself: no account of anybody. */
const EXAMPLES = [
  'AT611904300234573201',
  'DE89370400440532013000',
  'KZ86125KZT5004100100',
  'NO9386011117947',
  'MT84MALT011000012345MTLCAST001S',
  'UA213223130000026007233566001',
]

test.each(EXAMPLES)('an account number with right check digits is taken: %s', (iban) => {
  expect(ibanChecks(iban)).toBe(true)
})

describe('money never leaves for a number that is none', () => {
  test('any one character altered, any two neighbours swapped', () => {
    for (const iban of EXAMPLES) {
      for (let at = 2; at < iban.length; at += 1) {
        const [head, one, two, tail] = [
          iban.slice(0, at),
          iban[at] ?? '',
          iban[at + 1] ?? '',
          iban.slice(at + 2),
        ]
        const other = one === '7' ? '3' : '7'
        expect(ibanChecks(head + other + two + tail), `${iban} at ${at}`).toBe(false)
        if (one !== two && two !== '') expect(ibanChecks(head + two + one + tail)).toBe(false)
      }
    }
  })

  test.each([
    ['of another country’s length', 'AT6119043002345732010'],
    ['cut short', 'AT6119043002345732'],
    ['of a country without such numbers', 'US611904300234573201'],
    ['in small letters', 'at611904300234573201'],
    ['with blanks', 'AT61 1904 3002 3457 3201'],
    ['with look-alike letters', 'АТ611904300234573201'],
    ['with digits of another script', 'AT61190430023457320١'],
    ['empty', ''],
  ])('%s', (_, text) => {
    expect(ibanChecks(text)).toBe(false)
  })

  test('check digits that the standard never gives, although they divide', () => {
    // 00 and 97, 01 and 98, 02 and 99 leave the same remainder: one account, one spelling.
    for (let account = 0; account < 400; account += 1) {
      const bban = String(account).padStart(16, '0')
      const right = Array.from({ length: 100 }, (_, digits) => String(digits).padStart(2, '0'))
      const taken = right.filter((digits) => ibanChecks(`AT${digits}${bban}`))
      expect(taken).toHaveLength(1)
    }
  })
})

test('a number is the same number however it was typed', () => {
  expect(bareIban(' at61 1904\u00a03002 3457 3201\u200b')).toBe('AT611904300234573201')
  expect(ibanInGroups('at6119043002')).toBe('AT61 1904 3002')
})

describe('whose account', () => {
  const taken = (holder: string) => {
    const read = PayoutDestination.safeParse({ code: 'iban', iban: 'at61 1904', holder })
    return read.data?.code === 'iban' ? read.data.holder : null
  }

  test('is written in the Latin letters of Europe, one spelling for each', () => {
    expect(taken(' Jürgen O’Neill-Ștefan ')).toBe('Jürgen O’Neill-Ștefan')
    expect(taken('Ju\u0308rgen Dvořák')).toBe('Jürgen Dvořák')
  })

  test('may be written in Cyrillic, that of Kazakh too, where banks keep it so', () => {
    expect(taken(' Әлия Қасымова-Өтеген ')).toBe('Әлия Қасымова-Өтеген')
    expect(holderFits('Әлия Қасымова', 'latin_or_cyrillic')).toBe(true)
    expect(holderFits('Aliya Qasymova', 'latin_or_cyrillic')).toBe(true)
    // Kills "one list of letters for every market".
    expect(holderFits('Әлия Қасымова', 'latin')).toBe(false)
  })

  test.each(['x', 'Anna <b>', 'Анна Obraztsova', 'Anna\nMuster', 'A'.repeat(71), 'Аnna Muster'])(
    'is refused before money is set aside: %j',
    (holder) => expect(taken(holder)).toBeNull(),
  )
})
