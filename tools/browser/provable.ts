import { nodePlatform } from '../../ocr/src/engine/node.ts'
import { printOf } from '../../ocr/src/market.ts'
import { photoReader } from '../../ocr/src/read.ts'
import { type Bought, buy } from './outside.ts'
import { codelessPhoto } from './receipt-photo.ts'

/** A till whose number is read without doubt. */
const FISCAL_DRIVE = '9999078900044711'
const TWO_MILKS = [{ gtin: '4676744000017', quantity: 2 }]
/** The reader takes a 3 of this till's face for a 5, and a 7 at an end for another digit. */
const DOUBTFUL = /[37]/
const CLEAR_DATE_DAYS_MAX = 30
const BOUGHT_MAX = 200
const PICTURES_MAX = 5
const DAY_MS = 86_400_000

/**
 * A receipt of which the print alone is enough, and its picture without a code. How many pictures
 * are is measured elsewhere; here one is wanted, so that receipts are bought until the reader, the
 * Worker's own, is sure of one.
 */
export async function provable(sandbox: string): Promise<{ bought: Bought; picture: Buffer }> {
  const read = photoReader(await nodePlatform())
  const latest = new Date().toISOString().slice(0, 10)
  for (let attempt = 0; attempt < PICTURES_MAX; attempt += 1) {
    const bought = await buyLegible(sandbox)
    const picture = await codelessPhoto(bought)
    const options = { latest, print: 'when_needed', ...printOf('ru') } as const
    const reading = await read([new Uint8Array(picture)], options)
    if (reading.ok && reading.trusted) return { bought, picture }
  }
  throw new Error('the reader is sure of no picture')
}

async function buyLegible(sandbox: string): Promise<Bought> {
  const time = `${clearDate()}T12:45`
  for (let count = 0; count < BOUGHT_MAX; count += 1) {
    const wanted = { chain: 'berezka', fiscalDrive: FISCAL_DRIVE, lines: TWO_MILKS, time } as const
    const bought = await buy(sandbox, wanted)
    const { i, fp } = bought.scan
    if (!DOUBTFUL.test(`${i} ${fp}`) && i > 100) return bought
  }
  throw new Error('the till has printed no number that is easily read')
}

/** The latest day before today that is printed without a 3. */
function clearDate(): string {
  for (let days = 1; days < CLEAR_DATE_DAYS_MAX; days += 1) {
    const date = new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
    if (!date.includes('3')) return date
  }
  throw new Error('every day of the month is printed with a 3')
}
