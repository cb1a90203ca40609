import { BANK_FILE_HAND_IN_DAYS_MAX } from '#schema/bank-file'
import { MARKETS, type MarketCode } from '#schema/market'
import { wallMinuteIn } from '../offers/wall.ts'
import { executionDateAfter } from './pain-001.ts'

/** When a file that was written at a moment is for; pure. */
const DAY_MS = 86_400_000

/** The day on which the bank is to execute it, by the market's calendar. */
export const executionDateOf = (writtenAt: string, market: MarketCode): string =>
  executionDateAfter(wallMinuteIn(writtenAt, MARKETS[market].timeZone).slice(0, 10))

/** From then on nobody takes it to the bank any more. */
export function handInEndsAt(writtenAt: string, market: MarketCode): string {
  const days = 1 + BANK_FILE_HAND_IN_DAYS_MAX
  const start = Date.parse(`${executionDateOf(writtenAt, market)}T00:00:00Z`)
  return new Date(start + days * DAY_MS).toISOString()
}
