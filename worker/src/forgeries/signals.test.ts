import { describe, expect, it } from 'vitest'
import { defaultForgeryRules } from '#schema/forgery'
import { movedSuddenly, type SeenPaper, type Surroundings, signalsOf } from './signals.ts'

const paper: SeenPaper = {
  market: 'ru',
  till: '9999078900042237',
  number: 41_000,
  time: '2026-11-21T18:42',
  totalMinor: 128_450,
}
const alone: Surroundings = { before: null, after: null, twinTills: 0 }
const signals = (changed: Partial<SeenPaper>, around: Partial<Surroundings> = {}) =>
  signalsOf(
    { ...paper, ...changed },
    { ...alone, ...around },
    defaultForgeryRules(changed.market ?? 'ru'),
  ).map(({ signal }) => signal)

describe('a receipt among others', () => {
  it('is above suspicion when nothing speaks against it', () => {
    const before = { number: 40_999, time: '2026-11-21T18:41' }
    const after = { number: 41_001, time: '2026-11-21T18:44' }
    expect(signals({}, { before, after, twinTills: 3 })).toEqual([])
  })

  it('is noticed for a number that no drive holds, or a sum that nobody pays', () => {
    expect(signals({ number: 500_000 })).toEqual([])
    expect(signals({ number: 500_001 })).toEqual(['impossible_number'])
    // Another country's devices count on for years.
    expect(signals({ market: 'de', number: 500_001 })).toEqual([])
    expect(signals({ totalMinor: 300_000_001 })).toEqual(['impossible_range'])
    // The bound is worth the same everywhere; a peso of Chile has no hundredth.
    expect(signals({ market: 'cl', totalMinor: 30_000_001 })).toEqual(['impossible_range'])
    expect(signals({ market: 'cl', totalMinor: 30_000_000 })).toEqual([])
    expect(signals({ market: 'at', totalMinor: 3_000_001 })).toEqual(['impossible_range'])
    expect(signals({ market: 'kz', totalMinor: 1_800_000_000 })).toEqual([])
  })

  it.each([
    ['an earlier document is younger', 'before', '2026-11-21T20:43', ['number_against_time']],
    ['by no more than clocks are put right', 'before', '2026-11-21T20:42', []],
    ['a later document is older', 'after', '2026-11-21T16:41', ['number_against_time']],
    ['by no more than that', 'after', '2026-11-21T16:42', []],
  ] as const)('whose numbers run against time is noticed: %s', (_, side, time, expected) => {
    expect(signals({}, { [side]: { number: 41_000, time } })).toEqual(expected)
  })

  it('has neighbours only where its till counts', () => {
    const before = { number: 1, time: '2026-12-21T18:41' }
    expect(signals({}, { before })).toEqual(['number_against_time'])
    expect(signals({ number: null }, { before })).toEqual([])
    expect(signals({ till: '' }, { before })).toEqual([])
  })

  it('by what its market has decided, and never by a signal without points', () => {
    const rules = defaultForgeryRules('ru')
    const around = { ...alone, twinTills: 2 }
    const said = (points: number) =>
      signalsOf(paper, around, { ...rules, same_total_and_minute: { points, threshold: 2 } })
    expect(said(7)).toEqual([{ signal: 'same_total_and_minute', points: 7, seen: '2' }])
    expect(said(0)).toEqual([])
  })

  it('with the total and minute of many other tills is noticed', () => {
    expect(signals({}, { twinTills: 4 })).toEqual(['same_total_and_minute'])
  })
})

const RULE = defaultForgeryRules('ru').till_in_two_places

describe('a till', () => {
  const known = { place: 'г. Москва, ул. Лесная, д. 41', seenAt: '2026-11-20T10:00:00Z' }

  it.each([
    ['Г.МОСКВА УЛ ЛЕСНАЯ Д 41', known.place],
    ['Москва, Лесная, 41', known.place],
    ['125196, Россия, город Москва, улица Лесная, дом 41, пом. II', known.place],
    ['Moskva, Lesnaya, 41', known.place],
    ['д. 41', known.place],
    ['Kärntner Straße 5, 1010 Wien', 'WIEN KARNTNER STR. 5'],
    ['1000 Ljubljana, Čopova ulica 3', 'Copova 3'],
  ])('that stands where it stood is left alone: %s', (place, before) => {
    const at = '2026-11-20T11:00:00Z'
    expect(movedSuddenly({ ...known, place: before }, { place, at }, RULE)).toBe(false)
  })

  it.each([
    ['Россия, город Казань, улица Баумана, дом 41', 'Россия, город Москва, улица Лесная, дом 41'],
    ['Уфа, Мира, 1', known.place],
    ['Graz, Herrengasse 5', 'Wien, Kärntner Straße 5'],
  ])('that stands in another city is noticed: %s', (place, before) => {
    const at = '2026-11-20T11:00:00Z'
    expect(movedSuddenly({ ...known, place: before }, { place, at }, RULE)).toBe(true)
  })

  it('cannot stand elsewhere within days, and may after a while', () => {
    const place = 'г. Казань, ул. Баумана, д. 5'
    expect(movedSuddenly(known, { place, at: '2026-11-20T12:00:00Z' }, RULE)).toBe(true)
    expect(movedSuddenly(known, { place, at: '2026-11-18T12:00:00Z' }, RULE)).toBe(true)
    expect(movedSuddenly(known, { place, at: '2026-11-24T12:00:00Z' }, RULE)).toBe(false)
  })
})
