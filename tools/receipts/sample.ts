import { Random } from '../simulate/random.ts'
import { TILL_MARKETS, type TillMarketCode } from './markets.ts'
import { printPaper, type Till } from './paper.ts'
import { type Faults, photograph } from './photograph.ts'
import { makeReceipt, type Receipt } from './receipt.ts'

export type Sample = {
  readonly file: string
  readonly bytes: Uint8Array
  readonly receipt: Receipt
  /** An entry of `ground-truth.json`. */
  readonly truth: object
}

const MARKETS = Object.keys(TILL_MARKETS) as TillMarketCode[]

function tillOf(random: Random): Till {
  const cellWidth = random.int(13, 18)
  return {
    columns: random.int(32, 40),
    cellWidth,
    cellHeight: Math.round(cellWidth * 1.9),
    burn: random.int(62, 90) / 100,
  }
}

/** Faults of an ordinary photo: each is there now and then, none hides the print. */
function faultsOf(random: Random): Faults {
  return {
    tilt: random.chance(0.5) ? random.int(-70, 70) / 10 : random.pick([-34, -18, 22, 41, 90]),
    perspective: random.chance(0.5) ? random.int(0, 8) / 100 : 0,
    blur: random.chance(0.35) ? 1 : 0,
    fading: random.int(0, 30) / 100,
    folds: random.int(0, 3),
    shadow: random.int(0, 45) / 100,
    noise: random.int(0, 9),
    quality: random.int(55, 92),
  }
}

/** What a test wants of a sample beside its seed. */
type Wanted = {
  readonly market?: TillMarketCode
  readonly hasCode?: boolean
  /** Codes that lie on the paper besides its own. */
  readonly strange?: readonly string[]
}

/** The sample of a seed; `faults` and `wanted` override what the seed would choose. */
export async function sampleOf(
  seed: number,
  faults: Partial<Faults> = {},
  wanted: Wanted = {},
): Promise<Sample> {
  const random = new Random(seed)
  const market = wanted.market ?? MARKETS[seed % MARKETS.length] ?? 'ru'
  const receipt = makeReceipt(market, random)
  // Half of those that had a code have lost it.
  const keepsCode = receipt.code !== null && random.chance(0.5)
  const hasCode = wanted.hasCode ?? keepsCode
  const own = receipt.lines.filter((line) => hasCode || !('code' in line))
  const lines = [...own, ...(wanted.strange ?? []).map((code) => ({ code }))]
  const paper = printPaper(lines, tillOf(random))
  const bytes = await photograph(paper, { ...faultsOf(random), ...faults }, random)
  return { file: `${market}-${seed}.jpg`, bytes, receipt, truth: truthOf(receipt, hasCode) }
}

function truthOf(receipt: Receipt, hasCode: boolean): object {
  const { date, time, totalMinor, items, scan, code } = receipt
  return {
    date,
    time,
    total: totalMinor / 100,
    items: items.map(({ name, quantity, sumMinor }) => ({
      name,
      qty: quantity,
      sum: sumMinor / 100,
    })),
    ...(scan !== null && { fn: scan.fn, fd: String(scan.i), fp: String(scan.fp) }),
    ...(code !== null && hasCode && { qr_expected: code }),
  }
}
