import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, instantOfWall, isTimeZone, isWallMinute, mondayOf, wallMinuteIn } from './wall.ts'

it('turns an instant into the wall clock of a zone', () => {
  expect(wallMinuteIn('2026-11-21T21:00:59.999Z', 'Europe/Moscow')).toBe('2026-11-22T00:00')
  expect(wallMinuteIn('2026-11-21T21:00:00.000Z', 'Asia/Kamchatka')).toBe('2026-11-22T09:00')
})

it('finds the instant of a wall clock again, in zones of whole and broken hours', () => {
  const zones = ['Europe/Moscow', 'Asia/Vladivostok', 'Asia/Kathmandu', 'America/St_Johns']
  const instants = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2028-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (date, zone) => {
      const minute = wallMinuteIn(date.toISOString(), zone)
      expect(wallMinuteIn(instantOfWall(minute, zone), zone)).toBe(minute)
    }),
  )
})

it('reads a minute that the clock skips or repeats', () => {
  // Berlin, 2026: 29 March skips from 02:00 to 03:00, 25 October goes back from 03:00 to 02:00.
  expect(instantOfWall('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  expect(instantOfWall('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
})

it('knows which minutes and zones exist', () => {
  expect(isWallMinute('2026-02-28T23:59')).toBe(true)
  expect(isWallMinute('2026-02-29T23:59')).toBe(false)
  expect(isWallMinute('2026-11-21T24:00')).toBe(false)
  expect(isTimeZone('Europe/Moscow')).toBe(true)
  expect(isTimeZone('Europe/Moskau')).toBe(false)
})

it('counts days over months and begins weeks on Monday', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(mondayOf('2026-11-22')).toBe('2026-11-16')
  expect(mondayOf('2026-11-23')).toBe('2026-11-23')
})
