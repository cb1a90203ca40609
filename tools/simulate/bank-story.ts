import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { PayoutDestination } from '#schema/payout'
import {
  type BankDeskPorts,
  confirmReport,
  makeFile,
  takeReport,
} from '#worker/bank-files/bank-desk'
import {
  type FileRow,
  findFile,
  listFiles,
  messageIdOf,
  viewOf,
} from '#worker/bank-files/bank-files.d1'
import { createBankTransfers } from '#worker/bank-files/bank-transfers'
import { contentForBank } from '#worker/bank-files/content'
import { contradictionOf } from '#worker/bank-files/reconcile'
import { instructionRegister, instructionsSince } from '#worker/bank-files/register.d1'
import { askResubmission, confirmResubmission } from '#worker/bank-files/resubmission'
import { Cell } from '#worker/cells/cell'
import { isEnd, type PayoutRow, readPayout } from '#worker/cells/cell-payouts'
import { readFlag } from '#worker/cells/flags'
import { Refusal } from '#worker/http/problem'
import { clearingOffer, walletAvailable, walletPaying } from '#worker/ledger/account'
import { maskDestination } from '#worker/payouts/mask'
import type { WayToAsk } from '#worker/payouts/schedule'
import { BankStandIn } from './bank-stand-in.ts'
import { ControlDatabase } from './control.sqlite.ts'
import { Database } from './database.sqlite.ts'
import { Random } from './random.ts'

/**
 * Payouts by files of the operator's bank, told from a seed: the real cell, the real register and
 * desk over their real schemas, three members of staff, a bank, and everything that gets lost.
 */
const START = Date.UTC(2026, 10, 22, 6)
const WALLETS = ['wal_00000000000000000001', 'wal_00000000000000000002']
const FUNDED = 10_000_000
const STEPS = 80
const STEPS_PER_LOOK = 5
const ROUNDS = 4
const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS
const REASON = { reason: 'not in the list' }
const SEAL_KEY = btoa('bank-story-key-of-no-worth-12345')
const ACCOUNT = {
  name: 'Kopilka',
  iban: 'KZ68555KOP0000000001',
  bic: 'KOPBKZKA',
  taxNumber: '260240000019',
  purpose: 'Cashback',
  codes: null,
}
const DESTINATION: PayoutDestination = {
  code: 'iban',
  iban: 'KZ86125KZT5004100100',
  holder: 'Anna Muster',
  personalNumber: '900505300003',
}

let control: ControlDatabase | null = null

/** Tells one story; answers what promise it broke, or null. */
export async function tellBankStory(seed: number): Promise<string | null> {
  control ??= new ControlDatabase()
  control.begin()
  const database = Database.open('cell')
  try {
    return await new BankStory(new Random(seed), control, database).run()
  } finally {
    database.close()
    control.forget()
  }
}

class BankStory {
  readonly #random: Random
  readonly #db: ControlDatabase
  readonly #cell: Cell
  readonly #bank: BankStandIn
  readonly #ports: BankDeskPorts
  readonly #provider: ReturnType<typeof createBankTransfers>
  readonly #payouts: string[] = []
  /** Reports that the bank has written: brought in any order, some twice. */
  readonly #mail: { fileId: string; text: string }[] = []
  /** MsgIds of reports that the bank has never written. */
  readonly #forged = new Set<string>()
  /** Files that somebody has downloaded: an old one may be handed in after its successor. */
  readonly #downloads: { fileId: string; content: string }[] = []
  #now = START
  #faults = true
  /** Nobody looks after the bank's reports for long. */
  readonly #isSlow: boolean
  #bug: string | null = null

  constructor(random: Random, db: ControlDatabase, database: Database) {
    this.#random = random
    this.#isSlow = random.chance(0.5)
    this.#db = db
    this.#bank = new BankStandIn(random, () => this.#now)
    this.#cell = new Cell({
      sql: database.store(),
      name: 'kz.cell-0',
      rules: MARKETS.kz,
      market: () => {
        throw new Error('nothing is judged here')
      },
      receiptId: () => '',
      changed: () => undefined,
    })
    const seal = { sealKey: SEAL_KEY, random: (bytes: number) => this.#bytes(bytes) }
    const register = instructionRegister(db, { ...seal, now: () => this.#now })
    this.#provider = createBankTransfers(register, 'kz')
    this.#ports = {
      ...seal,
      db,
      markets: ['kz'],
      account: () => ACCOUNT,
      frozenIn: async () => () => false,
      nudge: async ({ payoutId }) => {
        if (this.#lost(0.3)) throw new Error('not reached')
        this.#cell.nudgePayout(payoutId, this.#now)
      },
    }
  }

  async run(): Promise<string | null> {
    this.#fund()
    for (let step = 0; step < STEPS; step += 1) {
      this.#now += this.#random.int(1, this.#random.chance(0.1) ? 30 * HOUR_MS : 60_000)
      await this.#step()
      const isLook = step % STEPS_PER_LOOK === 0
      const broken = this.#bug ?? (isLook ? await this.#contradiction() : null)
      if (broken !== null) return `step ${step}: ${broken}`
    }
    this.#faults = false
    for (let round = 0; round < ROUNDS; round += 1) await this.#rest(round)
    return this.#bug ?? (await this.#contradiction()) ?? (await this.#end())
  }

  async #step(): Promise<void> {
    const work = this.#random.weighted<() => Promise<unknown>>([
      [3, async () => this.#request()],
      [8, () => this.#askAll()],
      [3, () => this.#make()],
      [4, () => this.#handIn()],
      [1, () => this.#sendAgain()],
      [3, async () => this.#bank.work()],
      [7, () => this.#report()],
      [9, () => this.#bring()],
    ])
    await work()
  }

  #request(): void {
    const id = this.#random.uuid()
    const walletId = this.#random.pick(WALLETS)
    const amountMinor = minor(this.#random.int(60_000, 90_000))
    const person = {
      adultConfirmedAt: this.#now,
      reauthenticatedAt: this.#now,
      phoneChangedAt: null,
      bankKnown: true,
      contentTag: id,
    }
    const answer = this.#cell.requestPayout(
      {
        walletId,
        request: { id, amountMinor, destination: DESTINATION },
        person,
        destinationSealed: 'sealed',
        destinationMasked: maskDestination(DESTINATION),
        bankName: null,
      },
      this.#now,
    )
    if (answer.ok) this.#payouts.push(id)
  }

  /** Questions about several payouts beside one another, as an alarm asks them. */
  async #askAll(): Promise<void> {
    const asked = this.#payouts.filter(() => !this.#lost(0.4))
    await Promise.all(asked.map((id) => this.#guarded(() => this.#ask(id))))
  }

  async #ask(id: string): Promise<void> {
    const question = this.#cell.beginPayoutQuestion(id, this.#now)
    if (!question || this.#lost(0.15)) return
    const outcome = await this.#answerTo(question.way, question.row)
    // The answer is lost with the cell that asked.
    if (!this.#lost(0.2)) this.#cell.payoutAnswered(question.row, outcome, this.#now)
  }

  #answerTo(way: WayToAsk, row: PayoutRow) {
    const { id, amountMinor, walletId, providerId } = row
    const asked = { id, amountMinor, walletId, firstSentAt: row.firstSentAt ?? this.#now }
    if (way === 'find') return this.#provider.find(asked)
    if (way === 'look' && providerId !== null) {
      return isEnd(row.state)
        ? this.#provider.look(providerId, asked)
        : this.#provider.pursue(providerId, asked)
    }
    return this.#provider.send({ ...asked, destination: DESTINATION, description: '' })
  }

  /** Two people make files at one moment, now and then under one id. */
  async #make(): Promise<void> {
    const first = this.#random.uuid()
    const second = this.#random.chance(0.3) ? first : this.#random.uuid()
    const make = (id: string, actorId: string) =>
      this.#guarded(() => makeFile(this.#ports, { id, market: 'kz' }, this.#doer(actorId)))
    await Promise.all([make(first, 'usr_finance'), make(second, 'usr_admin')])
  }

  async #handIn(): Promise<void> {
    for (const id of await this.#files()) {
      const file = this.#lost(0.4) ? null : await findFile(this.#db, id)
      if (!file) continue
      await this.#guarded(async () => {
        const content = await contentForBank(this.#ports, file, this.#doer('').at)
        const download = { fileId: id, content }
        // Downloaded, and left lying or lost on its way.
        this.#downloads.push(download)
        if (!this.#lost(0.2)) this.#take(download)
      })
    }
    const isOld = this.#downloads.length > 0 && this.#lost(0.3)
    if (isOld) this.#take(this.#random.pick(this.#downloads))
  }

  #take({ fileId, content }: { fileId: string; content: string }): void {
    const refusal = this.#bank.take(content)
    if (refusal !== null) this.#mail.push({ fileId, text: refusal })
  }

  /** Two people say of a file that it is not at the bank, and are wrong as often as right. */
  async #sendAgain(): Promise<void> {
    for (const id of await this.#files()) {
      const file = this.#lost(0.6) ? null : await findFile(this.#db, id)
      if (!file) continue
      const people = ['usr_finance', 'usr_admin', 'usr_third']
      const asker = this.#doer(this.#random.pick(people))
      const confirmer = this.#doer(this.#random.pick(people))
      const number = file.resubmitted + 1
      await this.#guarded(() => askResubmission(this.#ports, file, REASON, asker))
      await this.#guarded(() => confirmResubmission(this.#ports, file, number, confirmer))
      const written = await findFile(this.#db, id)
      if (written && written.resubmitted >= number) await this.#carry(written)
    }
  }

  /** Somebody waits for what was written again, and for what the bank says of it at once. */
  async #carry(file: FileRow): Promise<void> {
    if (this.#lost(0.3)) return
    const content = await contentForBank(this.#ports, file, this.#doer('').at)
    const refusal = this.#bank.take(content)
    if (refusal !== null) await this.#deliver({ fileId: file.id, text: refusal })
  }

  async #report(): Promise<void> {
    this.#bank.work(!this.#faults)
    for (const fileId of await this.#files()) {
      const messageId = messageIdOf(fileId)
      if (!this.#bank.has(messageId) || this.#lost(0.2)) continue
      this.#mail.push({ fileId, text: this.#bank.report(messageId, this.#lost(0.3)) })
      if (this.#lost(0.1)) this.#forge(fileId)
    }
  }

  /** The person who is to bring the bank's word writes one that the bank has never said. */
  #forge(fileId: string): void {
    const text = this.#bank.forge(messageIdOf(fileId))
    this.#forged.add(/STS-\d+/.exec(text)?.[0] ?? '')
    this.#mail.push({ fileId, text })
  }

  async #bring(): Promise<void> {
    if (!this.#isSlow) {
      if (this.#mail.length > 0) await this.#deliver(this.#random.pick(this.#mail))
    } else if (this.#random.chance(0.15)) {
      // Left lying for days, and taken from the top of the heap.
      for (const letter of this.#mail.toReversed()) await this.#deliver(letter)
    }
  }

  async #deliver({ fileId, text }: { fileId: string; text: string }): Promise<void> {
    const file = await findFile(this.#db, fileId)
    if (!file) return
    const bytes = new Uint8Array(new TextEncoder().encode(text))
    const actorId = file.madeBy === 'usr_admin' ? 'usr_finance' : 'usr_admin'
    await this.#guarded(() => takeReport(this.#ports, file, bytes, this.#doer(actorId)))
    if (this.#lost(0.3)) return
    const { reports } = await viewOf(this.#db, file)
    for (const { hash, messageId, refusals, confirmedAt } of reports) {
      // Somebody compares the report with the bank's site, and does not find a forged one there.
      if (this.#forged.has(messageId) || refusals === 0 || confirmedAt !== null) continue
      const confirmer = this.#random.pick(['usr_finance', 'usr_admin', 'usr_third'])
      const doer = this.#doer(this.#faults ? confirmer : 'usr_third')
      await this.#guarded(() => confirmReport(this.#ports, file, hash, doer))
    }
  }

  /** A file whose day went by before it came to the bank: two people write it again. */
  async #writeStale(): Promise<void> {
    for (const id of await this.#files()) {
      const file = await findFile(this.#db, id)
      if (!file || this.#bank.has(messageIdOf(id))) continue
      await this.#guarded(async () => {
        const number = file.resubmitted + 1
        const [one, other] = [this.#doer('usr_finance'), this.#doer('usr_admin')]
        const { resubmissions } = await askResubmission(this.#ports, file, REASON, one)
        const isOther = resubmissions.some(
          ({ confirmedAt, askerId }) => confirmedAt === null && askerId === other.actorId,
        )
        await confirmResubmission(this.#ports, file, number, isOther ? one : other)
      })
    }
  }

  /**
   * Nothing is lost any more: everybody does everything that is left, and the last rounds are of
   * a time when no version of a file comes to the bank any more.
   */
  async #rest(round: number): Promise<void> {
    this.#now += round < ROUNDS / 2 ? 2 * HOUR_MS : WEEK_MS
    await this.#askAll()
    await this.#make()
    if (round === 0) await this.#writeStale()
    await this.#handIn()
    const before = this.#mail.length
    await this.#report()
    for (const letter of this.#mail.slice(before)) await this.#deliver(letter)
    for (const id of this.#payouts) this.#cell.nudgePayout(id, this.#now)
    await this.#askAll()
  }

  /** The books and the register, and a cell that stands still though the bank is honest. */
  async #contradiction(): Promise<string | null> {
    const frozen = readFlag(this.#cell.ctx.sql, 'payouts_frozen')
    if (frozen !== null) return `frozen: ${frozen}`
    for (const instruction of await instructionsSince(this.#db, '', 1_000, '')) {
      const row = readPayout(this.#cell.ctx, instruction.payoutId) ?? undefined
      const found = contradictionOf(instruction, row)
      if (found !== null) return found
      const { times } = this.#bank.left(instruction.key)
      if (row?.state === 'arrived' && times === 0) return `payout ${row.id} arrived, never paid`
    }
    return null
  }

  async #end(): Promise<string | null> {
    const instructions = await instructionsSince(this.#db, '', 1_000, '')
    const paidOut = new Map<string, number>()
    for (const id of this.#payouts) {
      const row = readPayout(this.#cell.ctx, id)
      const keys = instructions.filter(({ payoutId }) => payoutId === id).map(({ key }) => key)
      const left = keys.map((key) => this.#bank.left(key))
      const times = left.reduce((sum, one) => sum + one.times, 0)
      const stays = left.reduce((sum, one) => sum + one.stays, 0)
      if (!row || !isEnd(row.state)) return `payout ${id} has no end: ${row?.state}`
      if (times > 1) return `payout ${id} left the bank ${times} times`
      if (stays !== (row.state === 'arrived' ? 1 : 0)) {
        return `payout ${id} ${row.state}, and ${stays} stay with the recipient`
      }
      const soFar = paidOut.get(row.walletId) ?? 0
      paidOut.set(row.walletId, soFar + stays * row.amountMinor)
    }
    const { book } = this.#cell.ctx
    for (const wallet of WALLETS) {
      const kept = book.balance(walletAvailable(wallet)) + book.balance(walletPaying(wallet))
      const whole = kept + (paidOut.get(wallet) ?? 0)
      if (whole !== FUNDED) return `${wallet} of ${FUNDED} makes ${whole}`
    }
    return null
  }

  #fund(): void {
    const debit = clearingOffer('off_story')
    const code = 'reward' as const
    const amountMinor = minor(FUNDED)
    const posts = WALLETS.map((wallet) => {
      const credit = walletAvailable(wallet)
      return { id: `rcp_story:${wallet}`, debit, credit, amountMinor, code, reference: 'rcp_story' }
    })
    this.#cell.ctx.book.post(posts, this.#now)
  }

  async #files(): Promise<string[]> {
    const { items } = await listFiles(this.#db, { after: null, limit: 1_000 })
    return items.map(({ id }) => id)
  }

  /** A refusal is an answer; anything else is a bug. */
  async #guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (cause) {
      if (!(cause instanceof Refusal)) this.#bug = `thrown: ${cause}`
    }
  }

  #doer(actorId: string) {
    return { actorId, at: new Date(this.#now).toISOString(), requestId: 'story' }
  }

  #lost(share: number): boolean {
    return this.#faults && this.#random.chance(share)
  }

  #bytes(count: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length: count }, () => this.#random.bits() & 255)
  }
}
