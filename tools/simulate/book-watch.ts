import { createHash } from 'node:crypto'
import type { Complain } from './complaint.ts'
import type { Database } from './database.sqlite.ts'

export type SeenTransfer = {
  readonly sequence: number
  readonly id: string
  readonly currency: string
  readonly debit: string
  readonly credit: string
  readonly amountMinor: number
  readonly code: string
  readonly reference: string
  readonly walletId: string | null
  readonly at: number
  readonly hash: Uint8Array
}

const SELECT = `SELECT sequence, id, currency, debit, credit, amount_minor AS amountMinor, code,
  reference, wallet_id AS walletId, at, hash FROM transfers WHERE sequence > ? ORDER BY sequence`

/** Accounts that may never be below zero, and the ones that may never be above. */
const NEVER_BELOW = /^(wallet|escrow|reserved|unallocated|committed|fees):|^funds$/
const NEVER_ABOVE = /^bank$|^claims:/

/** Reads a book as a stranger would: its own sums, its own hashes, its own memory of the past. */
export class BookWatch {
  readonly balances = new Map<string, number>()
  readonly #where: string
  readonly #database: Database
  readonly #complain: Complain
  readonly #hashes: string[] = []
  readonly #ids = new Set<string>()
  #hash: Uint8Array = new Uint8Array(32)

  constructor(where: string, database: Database, complain: Complain) {
    this.#where = where
    this.#database = database
    this.#complain = complain
  }

  balance(code: string): number {
    return this.balances.get(code) ?? 0
  }

  /** The transfers since the last look: numbered, chained and added up. */
  look(): SeenTransfer[] {
    const rows = this.#database.all<SeenTransfer>(SELECT, this.#hashes.length)
    const changed = new Set<string>()
    for (const row of rows) {
      this.#follow(row)
      this.#move(row.debit, -row.amountMinor)
      this.#move(row.credit, row.amountMinor)
      changed.add(row.debit).add(row.credit)
    }
    for (const code of changed) this.#checkAccount(code)
    return rows
  }

  /** The whole past and every balance once more: nothing was changed behind our back. */
  lookAgain(): void {
    const rows = this.#database.all<SeenTransfer>(SELECT, 0)
    if (rows.length !== this.#hashes.length) this.#say('I10', 'transfers have vanished or appeared')
    for (const [index, row] of rows.entries()) {
      const known = this.#hashes[index]
      if (hex(row.hash) !== known) this.#say('I10', `transfer ${row.sequence} was changed`)
    }
    for (const code of this.balances.keys()) this.#checkAccount(code)
  }

  #follow(row: SeenTransfer): void {
    if (row.sequence !== this.#hashes.length + 1) {
      this.#say('I10', `sequence ${row.sequence} after ${this.#hashes.length}`)
    }
    if (!Number.isSafeInteger(row.amountMinor) || row.amountMinor <= 0) {
      this.#say('I1', `${row.id} moves ${row.amountMinor}`)
    }
    if (this.#ids.has(row.id)) this.#say('I10', `${row.id} was posted twice`)
    this.#ids.add(row.id)
    this.#hash = linkOf(this.#hash, row)
    const stored = hex(row.hash)
    if (hex(this.#hash) !== stored) this.#say('I10', `the chain breaks at ${row.sequence}`)
    this.#hashes.push(stored)
  }

  #move(code: string, amountMinor: number): void {
    this.balances.set(code, this.balance(code) + amountMinor)
  }

  #checkAccount(code: string): void {
    const balance = this.balance(code)
    const [row] = this.#database.all<{ balance: number }>(
      'SELECT balance_minor AS balance FROM accounts WHERE code = ?',
      code,
    )
    if (row?.balance !== balance) {
      this.#say('I2', `${code} says ${row?.balance}, its transfers sum to ${balance}`)
    }
    if (NEVER_BELOW.test(code) && balance < 0) this.#say('I5', `${code} stands at ${balance}`)
    if (NEVER_ABOVE.test(code) && balance > 0) this.#say('I5', `${code} stands at ${balance}`)
  }

  #say(invariant: 'I1' | 'I2' | 'I5' | 'I10', what: string): void {
    this.#complain(invariant, this.#where, what)
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

function linkOf(previous: Uint8Array, row: SeenTransfer): Uint8Array {
  const { hash: _, ...fields } = row
  return createHash('sha256')
    .update(previous)
    .update(JSON.stringify(Object.values(fields)))
    .digest()
}
