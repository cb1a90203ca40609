import { MARKETS, type MarketCode } from '#schema/market'
import type { AuditFinding } from '#schema/operator'
import type { BankDeskPorts } from '../bank-files/bank-desk.ts'
import { contentOf } from '../bank-files/bank-desk.ts'
import { filesSince } from '../bank-files/bank-files.d1.ts'
import type { Instruction } from '../bank-files/instruction.ts'
import { contradictionOf } from '../bank-files/reconcile.ts'
import {
  instructionRegister,
  instructionsOf,
  instructionsSince,
} from '../bank-files/register.d1.ts'
import { marketOf } from '../cells/market-name.ts'
import { cellNameOf, cellNames, cellOf, openMarkets } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'

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
const HELD_DAYS = 30
const DAY_MS = 86_400_000

/** Contradictions of the last weeks between the books and the bank's register, and altered files. */
export async function bankFindings(
  env: Env,
  settings: Settings,
  now: number,
): Promise<AuditFinding[]> {
  const since = new Date(now - HELD_DAYS * DAY_MS).toISOString()
  const findings = await fileFindings(env, settings, since)
  for (let offset = 0; ; offset += PAGE) {
    const page = await instructionsSince(env.DB, since, PAGE, offset)
    const cellOfOne = ({ market, walletId }: Instruction) =>
      cellNameOf(settings.CELL_MAP, market, walletId)
    for (const [cell, group] of Map.groupBy(page, cellOfOne)) {
      for (const what of await contradictions(env, settings, cell, group)) {
        findings.push({ invariant: 'I6', where: cell, what })
      }
    }
    if (page.length < PAGE) return findings
  }
}

async function contradictions(
  env: Env,
  settings: Settings,
  cell: string,
  instructions: readonly Instruction[],
): Promise<string[]> {
  const held = await cellOf(env, cell).heldPayouts(instructions.map(({ payoutId }) => payoutId))
  const byId = new Map(held.map((payout) => [payout.id, payout]))
  const register = bankRegister(env, settings)
  const found: string[] = []
  for (const instruction of instructions) {
    const payout = byId.get(instruction.payoutId)
    if (contradictionOf(instruction, payout) === null) continue
    // A report may have come between the two readings: the later word of the bank counts.
    const again = (await register.find(instruction.key)) ?? instruction
    const what = contradictionOf(again, payout)
    if (what !== null) found.push(what)
  }
  return found
}

/** Every file is what was made, and its entries add up to what its header says. */
async function fileFindings(env: Env, settings: Settings, since: string): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = []
  for (const file of await filesSince(env.DB, since)) {
    const say = (what: string) =>
      findings.push({ invariant: 'I6', where: `bank file ${file.id}`, what })
    const entries = await instructionsOf(env.DB, [file.id])
    const totalMinor = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    if (entries.length !== file.entries || totalMinor !== file.totalMinor) {
      say(`says ${file.entries} of ${file.totalMinor}, has ${entries.length} of ${totalMinor}`)
    }
    const content = await contentOf({ sealKey: settings.SEAL_KEY, random }, file).catch(() => null)
    if (content === null) say('is not the file that was made')
  }
  return findings
}
