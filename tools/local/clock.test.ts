import { expect, test } from 'vitest'
import { isDue, schedules } from './clock.ts'

const at = (time: string) => Date.parse(`2026-11-21T${time}:30Z`)

test('a schedule is due in its minute and in no other', () => {
  expect(isDue('*/5 * * * *', at('10:05'))).toBe(true)
  expect(isDue('*/5 * * * *', at('10:06'))).toBe(false)
  expect(isDue('17 1 * * *', at('01:17'))).toBe(true)
  expect(isDue('17 1 * * *', at('02:17'))).toBe(false)
  expect(isDue('0 0,12 * * 6', at('12:00'))).toBe(true)
  expect(isDue('0 0,12 * * 5', at('12:00'))).toBe(false)
})

test('every schedule of the Worker is one that the local clock can follow', async () => {
  const crons = await schedules()
  expect(crons.length).toBeGreaterThan(0)
  for (const cron of crons) expect(typeof isDue(cron, at('00:00'))).toBe('boolean')
  expect(() => isDue('0 9-17 * * *', at('09:00'))).toThrow('follow')
})
