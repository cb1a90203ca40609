import { MARKETS, type MarketCode } from '#schema/market'
import type { AuditFinding, AuditReport } from '#schema/operator'
import {
  cellsToFreeze,
  checkpointFindings,
  crossFindings,
  type NetworkMirrors,
  type NetworkStatements,
  ownFindings,
  strangerFindings,
} from '../audit/audit.ts'
import type { EndedPayout } from '../audit/cell-proof.ts'
import { askEach } from '../cells/ask-each.ts'
import { marketOf } from '../cells/market-name.ts'
import { NETWORK_BOOK } from '../cells/partner-book.object.ts'
import {
  bookOf,
  budgetOf,
  cellNames,
  cellOf,
  directoryOf,
  openMarkets,
  shardOf,
} from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import type { PayoutProvider } from '../payouts/provider.ts'
import { heldAgainst } from '../payouts/schedule.ts'
import { keepAudit, latestCheckpoints } from './audits.d1.ts'
import { bankFindings, bankTransfersOf, fileFindings } from './bank-files.ts'
import { booksOf, offersOf, partnersOf } from './books.d1.ts'
import { payoutProvider } from './outside.ts'

/** Live traffic moves between two readings: what differs is looked at again before it is believed. */
const LOOKS = 4
const LOOK_AGAIN_MS = 1_500
const CLAIMS_PAGE = 2_000
/** Ended payouts asked about at once. */
const PAYOUTS_PAGE = 20
/** The same of the bank's register, which answers about many at once. */
const REGISTER_PAGE = 500
/** For how long after its end a payout is held against the provider: an end does not change. */
const PAYOUT_DOUBT_MS = 30 * 86_400_000

/** Proves the books of the whole network now, keeps the report, and freezes the cells that fail. */
export async function auditNow(env: Env, settings: Settings, now: number): Promise<AuditReport> {
  const cells = cellNames(settings)
  const markets = openMarkets(settings.CELL_MAP)
  const parts = new AuditParts()
  const networks = await Promise.all(
    markets.map((market) => parts.of(market, () => readMarket(env, market, cells))),
  )
  const proofs = await Promise.all(
    cells.map((name) => parts.of(name, () => cellFindings(env, settings, name))),
  )
  const held = await Promise.all(
    cells.map((name) =>
      parts.of(`payouts of ${name}`, () => payoutFindings(env, settings, name, now)),
    ),
  )
  const history = await parts.of('checkpoints', () => historyFindings(env, settings))
  const register = await parts.of('bank register', () => bankFindings(env, settings, now))
  const files = await parts.of('bank files', () => fileFindings(env, settings, now))
  const found = [...networks, ...proofs, ...held].flatMap((part) => part?.findings ?? [])
  const proved = [...found, ...(history ?? []), ...(register ?? []), ...(files ?? [])]
  const frozenCells = cellsToFreeze(proved, cells)
  for (const name of frozenCells) {
    const why = proved.find(({ where }) => where === name)
    await parts.of(`freezing ${name}`, () =>
      cellOf(env, name).freezePayouts(`audit: ${why?.invariant} ${why?.what}`),
    )
  }
  const findings = [...parts.unfinished, ...proved]
  const every = networks.flatMap((part) => part?.statements ?? [])
  const report: AuditReport = {
    id: crypto.randomUUID(),
    startedAt: new Date(now).toISOString(),
    finishedAt: new Date().toISOString(),
    coherent: findings.length === 0,
    checked: {
      objects: every.length,
      accounts: every.reduce((sum, { proof }) => sum + proof.accounts, 0),
      transfers: every.reduce((sum, { proof }) => sum + proof.transfers, 0),
      receipts: proofs.reduce((sum, cell) => sum + (cell?.receipts ?? 0), 0),
      payouts: held.reduce((sum, cell) => sum + (cell?.checked ?? 0), 0),
    },
    findings: findings.slice(0, 200),
    frozenCells,
  }
  await keepAudit(env.DB, report)
  return report
}

/**
 * The audit's parts, of which one that fails hides no other: it is a finding about itself, and no
 * reason to freeze anybody.
 */
class AuditParts {
  readonly unfinished: AuditFinding[] = []

  async of<Found>(name: string, work: () => Promise<Found>): Promise<Found | null> {
    try {
      return await work()
    } catch (cause) {
      const what = `could not be read: ${String(cause).slice(0, 200)}`
      this.unfinished.push({ invariant: 'I8', where: `audit of ${name}`, what })
      return null
    }
  }
}

async function readMarket(env: Env, market: MarketCode, names: readonly string[]) {
  const read = await readAll(env, market, names)
  const findings = await marketFindings(env, market, read)
  return { findings, statements: [...read.cells, ...read.budgets, ...read.books, read.network] }
}

/** Each market is a network of books of its own: nothing crosses from one to another. */
async function readAll(
  env: Env,
  market: MarketCode,
  cells: readonly string[],
): Promise<NetworkStatements> {
  const ours = (placed: { market: MarketCode }) => placed.market === market
  const [partners, offers] = await Promise.all([partnersOf(env), offersOf(env)])
  const names = cells.filter((name) => marketOf(name).market === market)
  return {
    cells: await Promise.all(names.map((name) => cellOf(env, name).statement())),
    budgets: await askEach(offers.filter(ours), ({ id }) => budgetOf(env, market, id).statement()),
    books: await askEach(partners.filter(ours), ({ id }) => bookOf(env, market, id).statement()),
    network: await bookOf(env, market, NETWORK_BOOK).statement(),
  }
}

async function marketFindings(
  env: Env,
  market: MarketCode,
  statements: NetworkStatements,
): Promise<AuditFinding[]> {
  return [
    ...ownFindings(statements),
    ...(await settledCrossFindings(env, market, statements)),
    ...strangerFindings(statements),
  ]
}

/** All of them asked at once: what moves between two answers is the less. */
async function mirrorsOf(
  env: Env,
  market: MarketCode,
  known: NetworkStatements,
): Promise<NetworkMirrors> {
  const [cells, budgets, books, network] = await Promise.all([
    Promise.all(known.cells.map(({ name }) => cellOf(env, name).mirrors())),
    Promise.all(known.budgets.map(({ name }) => budgetOf(env, market, name).mirrors())),
    Promise.all(known.books.map(({ name }) => bookOf(env, market, name).mirrors())),
    bookOf(env, market, NETWORK_BOOK).mirrors(),
  ])
  return { cells, budgets, books, network }
}

/** What differs between objects, and still does after a few looks. */
async function settledCrossFindings(
  env: Env,
  market: MarketCode,
  statements: NetworkStatements,
): Promise<AuditFinding[]> {
  let findings = crossFindings(statements)
  for (let look = 1; look < LOOKS && findings.length > 0; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
    const again = crossFindings(await mirrorsOf(env, market, statements))
    const still = new Set(again.map(({ where, what }) => `${where} ${what.split(' by ')[0]}`))
    findings = findings.filter(({ where, what }) => still.has(`${where} ${what.split(' by ')[0]}`))
  }
  return findings
}

async function cellFindings(env: Env, settings: Settings, name: string) {
  const cell = cellOf(env, name)
  const own = await cell.proveCell()
  const findings: AuditFinding[] = own.map((finding) => ({ ...finding, where: name }))
  let receipts = 0
  let after = ''
  for (;;) {
    const page = await cell.creditedReceipts(after, CLAIMS_PAGE)
    receipts += page.length
    for (const id of await withoutClaim(env, settings, page)) {
      findings.push({ invariant: 'I4', where: name, what: `${id} is credited without its claim` })
    }
    after = page.at(-1)?.id ?? ''
    if (page.length < CLAIMS_PAGE) break
  }
  return { findings, receipts }
}

/** What the provider says about the cell's payouts that ended lately, against what the cell says. */
async function payoutFindings(env: Env, settings: Settings, name: string, now: number) {
  const { market } = marketOf(name)
  const isByFiles = MARKETS[market].account?.carrier === 'bank_file'
  const size = isByFiles ? REGISTER_PAGE : PAYOUTS_PAGE
  const findings: AuditFinding[] = []
  let checked = 0
  let after = ''
  for (;;) {
    const page = await cellOf(env, name).endedPayouts(now - PAYOUT_DOUBT_MS, after, size)
    const provider = isByFiles
      ? await bankTransfersOf(env, market, page)
      : payoutProvider(env, settings, market)
    const outcomes = await Promise.all(page.map((payout) => ask(provider, payout)))
    for (const [index, payout] of page.entries()) {
      const outcome = outcomes[index]
      const meaning = outcome ? heldAgainst(payout, outcome) : 'agrees'
      if (meaning === 'asked') await cellOf(env, name).nudgePayout(payout.id)
      if (meaning !== 'contradicts') continue
      const what = `payout ${payout.id} ${payout.state}, the provider says ${outcome?.kind}`
      findings.push({ invariant: 'I6', where: name, what })
    }
    checked += page.length
    after = page.at(-1)?.id ?? ''
    if (page.length < size) return { findings, checked }
  }
}

/** One that the provider never named is searched by our id: it may have been accepted late. */
function ask(provider: PayoutProvider, payout: EndedPayout) {
  const { id, walletId, amountMinor, providerId, firstSentAt } = payout
  const asked = { id, walletId, amountMinor, firstSentAt }
  return providerId === null ? provider.find(asked) : provider.look(providerId, asked)
}

async function withoutClaim(
  env: Env,
  settings: Settings,
  credited: readonly { id: string; fingerprint: string }[],
): Promise<string[]> {
  const shards = Map.groupBy(credited, ({ fingerprint }) =>
    shardOf(fingerprint, settings.DIRECTORY_SHARDS),
  )
  const answers = await Promise.all(
    [...shards].map(([shard, group]) => directoryOf(env, shard).withoutClaim(group)),
  )
  return answers.flat()
}

/** Every book against what left it before. */
async function historyFindings(env: Env, settings: Settings): Promise<AuditFinding[]> {
  const [kept, books] = await Promise.all([latestCheckpoints(env.DB), booksOf(env, settings)])
  const found = await askEach(kept, async (checkpoint) => {
    const book = books.get(checkpoint.object)
    return book ? [{ ...checkpoint, found: await book.checkpointAt(checkpoint.sequence) }] : []
  })
  return checkpointFindings(found.flat())
}
