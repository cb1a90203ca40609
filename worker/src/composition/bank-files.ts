import { MARKETS, type MarketCode } from '#schema/market'
import type { AuditFinding } from '#schema/operator'
import type { BankDeskPorts } from '../bank-files/bank-desk.ts'
import { type FileRow, filesSince } from '../bank-files/bank-files.d1.ts'
import { createBankTransfers, readingOnce } from '../bank-files/bank-transfers.ts'
import { contentOf } from '../bank-files/content.ts'
import type { Instruction } from '../bank-files/instruction.ts'
import { contradictionOf, lagsBehind } from '../bank-files/reconcile.ts'
import {
  instructionRegister,
  instructionsOf,
  instructionsSince,
  instructionsUnder,
} from '../bank-files/register.d1.ts'
import { marketOf } from '../cells/market-name.ts'
import { cellNameOf, cellNames, cellOf, openMarkets } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import type { AskedPayout, PayoutProvider } from '../payouts/provider.ts'

/** The bank's files on this platform: what the desk works on, and what the audit holds against it. */

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

export function bankRegister(env: Env, { SEAL_KEY }: Settings) {
  return instructionRegister(env.DB, { sealKey: SEAL_KEY, random, now: Date.now })
}

export function bankDeskPorts(env: Env, settings: Settings): BankDeskPorts {
  return {
    db: env.DB,
    sealKey: settings.SEAL_KEY,
    random,
    markets: openMarkets(settings.CELL_MAP).filter(
      (market) => MARKETS[market].account?.carrier === 'bank_file',
    ),
    account: (market) => settings.BANK_ACCOUNTS[market],
    frozenIn: (market) => frozenIn(env, settings, market),
    async nudge({ market, walletId, payoutId }) {
      await cellOf(env, cellNameOf(settings.CELL_MAP, market, walletId)).nudgePayout(payoutId)
    },
  }
}

/** Which wallets' cells have stopped their payouts. */
async function frozenIn(env: Env, settings: Settings, market: MarketCode) {
  const cells = cellNames(settings).filter((name) => marketOf(name).market === market)
  const whys = await Promise.all(cells.map((name) => cellOf(env, name).payoutsFrozen()))
  const frozen = new Set(cells.filter((_, index) => whys[index] !== null))
  return (walletId: string) => frozen.has(cellNameOf(settings.CELL_MAP, market, walletId))
}

const PAGE = 500
const FILES_PAGE = 100
const HELD_DAYS = 30
const DAY_MS = 86_400_000

/**
 * Contradictions of the last weeks between the books and the bank's register. A cell that has not
 * heard what the bank said is told.
 */
export async function bankFindings(
  env: Env,
  settings: Settings,
  now: number,
): Promise<AuditFinding[]> {
  const since = new Date(now - HELD_DAYS * DAY_MS).toISOString()
  const findings: AuditFinding[] = []
  for (let after = ''; ; ) {
    const page = await instructionsSince(env.DB, since, PAGE, after)
    after = page.at(-1)?.key ?? ''
    const cellOfOne = ({ market, walletId }: Instruction) =>
      cellNameOf(settings.CELL_MAP, market, walletId)
    for (const [cell, group] of Map.groupBy(page, cellOfOne)) {
      for (const what of await contradictions(env, cell, group)) {
        findings.push({ invariant: 'I6', where: cell, what })
      }
    }
    if (page.length < PAGE) return findings
  }
}

async function contradictions(
  env: Env,
  cell: string,
  instructions: readonly Instruction[],
): Promise<string[]> {
  const held = await cellOf(env, cell).heldPayouts(instructions.map(({ payoutId }) => payoutId))
  const byId = new Map(held.map((payout) => [payout.id, payout]))
  for (const instruction of instructions) {
    const { payoutId } = instruction
    if (lagsBehind(instruction, byId.get(payoutId))) await cellOf(env, cell).nudgePayout(payoutId)
  }
  const doubted = instructions.filter(
    (instruction) => contradictionOf(instruction, byId.get(instruction.payoutId)) !== null,
  )
  if (doubted.length === 0) return []
  // A report may have come between the two readings: the later word of the bank counts.
  const again = await instructionsUnder(
    env.DB,
    doubted.map(({ key }) => key),
  )
  return again
    .map((instruction) => contradictionOf(instruction, byId.get(instruction.payoutId)))
    .filter((what) => what !== null)
}

/** Every file of the last weeks is what was made, and adds up to what its header says. */
export async function fileFindings(
  env: Env,
  settings: Settings,
  now: number,
): Promise<AuditFinding[]> {
  const since = new Date(now - HELD_DAYS * DAY_MS).toISOString()
  const findings: AuditFinding[] = []
  for (let after: FileRow | null = null; ; ) {
    const page: FileRow[] = await filesSince(env.DB, since, FILES_PAGE, after)
    for (const file of page) {
      for (const what of await faultsOf(env, settings, file)) {
        findings.push({ invariant: 'I6', where: `bank file ${file.id}`, what })
      }
    }
    after = page.at(-1) ?? null
    if (page.length < FILES_PAGE) return findings
  }
}

async function faultsOf(env: Env, settings: Settings, file: FileRow): Promise<string[]> {
  const faults: string[] = []
  const entries = await instructionsOf(env.DB, [file.id])
  const totalMinor = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (entries.length !== file.entries || totalMinor !== file.totalMinor) {
    const header = `${file.entries} of ${file.totalMinor}`
    faults.push(`says ${header}, has ${entries.length} of ${totalMinor}`)
  }
  const ports = { db: env.DB, sealKey: settings.SEAL_KEY }
  for (let number = 0; number <= file.resubmitted; number += 1) {
    const content = await contentOf(ports, file, number).catch(() => null)
    if (content === null) faults.push('is not the file that was made')
  }
  return faults
}

/** What the bank said of many payouts, by one reading of its register. */
export async function bankTransfersOf(
  env: Env,
  market: MarketCode,
  asked: readonly AskedPayout[],
): Promise<PayoutProvider> {
  const register = await readingOnce(market, asked, (keys) => instructionsUnder(env.DB, keys))
  return createBankTransfers(register, market)
}
