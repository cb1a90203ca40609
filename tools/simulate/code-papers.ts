import { printHr } from '#fiscal/print/hr'
import { readCode } from '#fiscal/registry'
import type { ControlDatabase } from './control.sqlite.ts'
import type { Random } from './random.ts'

const PAPERS = 3
const SHOPS = ['prt_shop00000001', 'prt_impostor0001']
export const NUMBERINGS = ['zki', 'jir'] as const

/** A paper of Croatia, which its country numbers twice. */
export type Paper = {
  readonly owner: string
  readonly time: string
  readonly totalMinor: number
  readonly links: Readonly<Record<(typeof NUMBERINGS)[number], string>>
  readonly identities: readonly string[]
  /** How many retailers feed it as theirs, each with its JIR. */
  readonly feeds: number
}

export function identityOf(text: string): string {
  const read = readCode(text)
  if (!read.ok) throw new Error(read.reason)
  return read.code.identity
}

/** Papers of few minutes and totals, so that strangers' receipts look alike, and who feeds them. */
export async function printPapers(
  random: Random,
  db: ControlDatabase,
  now: number,
): Promise<readonly Paper[]> {
  await openShops(db, now)
  const papers: Paper[] = []
  for (let index = 0; index < PAPERS; index += 1) {
    const paper = printed(random, index)
    await feed(db, paper, index)
    papers.push(paper)
  }
  return papers
}

function printed(random: Random, index: number): Paper {
  const time = `2026-11-21T18:4${random.int(0, 1)}`
  const totalMinor = 12_550 + random.int(0, 1)
  const online = printHr({ jir: random.uuid(), time: `${time}:07`, totalMinor })
  const zki = `zki=${random.uuid().replaceAll('-', '')}`
  const links = { jir: online, zki: online.replace(/jir=[^&]+/, zki) }
  const identities = NUMBERINGS.map((name) => identityOf(links[name]))
  const feeds = random.pick([0, 0, 1, 2])
  return { owner: `wal_${index}`, time, totalMinor, links, identities, feeds }
}

async function openShops(db: ControlDatabase, now: number): Promise<void> {
  const at = new Date(now).toISOString()
  const opened = SHOPS.map((id, index) =>
    db
      .prepare(
        `INSERT INTO partners (id, name, legal_name, tax_number, kind, contact_name,
           contact_phone, website, words, state, fee_bps, created_at, market)
         VALUES (?1, ?1, ?1, ?2, 'retailer', '', '', '', '', 'active', 0, ?3, 'hr')`,
      )
      .bind(id, String(70_000_000_000 + index), at),
  )
  await db.batch(opened)
}

async function feed(db: ControlDatabase, paper: Paper, number: number): Promise<void> {
  const { time, totalMinor, links, feeds } = paper
  const sales = SHOPS.slice(0, feeds).map((shop) =>
    db
      .prepare(
        `INSERT INTO sales (partner_id, till, number, time, total_minor, currency, operation,
           fiscal, lines) VALUES (?, 'x', ?, ?, ?, 'EUR', 'sale',
           json_object('identity', ?), '[]')`,
      )
      .bind(shop, String(number), time, totalMinor, identityOf(links.jir)),
  )
  await db.batch(sales)
}
