import { minor } from '#schema/money'
import { RuScan } from '#schema/receipt'
import { CHAINS } from '../catalogue.ts'
import type { ReceiptBook } from '../receipts/receipt-book.ts'
import type { SignedFields } from './fiscal-sign.ts'
import { readAuthRequest, readTicketRequest, type TicketQuestion } from './request.ts'
import { LINE_FAULTS, type LineFault, type Stage, type TaxSwitches } from './switches.ts'
import { ticketJson } from './ticket.ts'
import {
  AUTH_PATH,
  type FaultName,
  faultReply,
  processingReply,
  resultReply,
  sentReply,
  type TaxReply,
  tokenRefusal,
  tokenReply,
} from './wire.ts'

const SECOND_MS = 1_000
const DAY_MS = 86_400_000
const TOKEN_MS = 3_600_000
/** An answer is kept about a minute. */
const RETENTION_MS = 60_000
const PROCESSING_MS_MIN = 300
const PROCESSING_MS_MAX = 3_000
const POLLS_PER_MINUTE_MAX = 12
/** The operational storage holds two and a half months. */
const STORAGE_MS = 75 * DAY_MS
const USER_TOKEN_CHARS_MAX = 160

/** A request as it came; header values are null when absent. */
export type TaxRequestText = {
  path: string
  action: string
  token: string | null
  userToken: string | null
  body: string
}

/** What the HTTP side does with it: an answer, perhaps late, or trouble on the line. */
export type TaxOutcome = { slowMs: number; reply: TaxReply | { line: LineFault } }

export type TaxDeps = {
  book: ReceiptBook
  switches: TaxSwitches
  masterToken: string
  now(): number
  random(): number
  uuid(): string
  sign(fields: SignedFields): Promise<number>
}

type Message = { question: TicketQuestion; readyAt: number; polls: number[]; answer?: TaxReply }

const KNOWN_DRIVES = new Set(
  CHAINS.flatMap((chain) =>
    chain.stores.flatMap((store) => store.tills.map((till) => till.fiscalDrive)),
  ),
)

/** The question as a scan, or null when its format is not the documented one. */
function scanOf(question: TicketQuestion): RuScan | null {
  const time = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}):\d{2}$/.exec(question.date)?.[1]
  const numbers = [question.sum, question.kind, question.i, question.fp]
  if (time === undefined || numbers.some((text) => !/^\d{1,15}$/.test(text))) return null
  const parsed = RuScan.safeParse({
    time,
    totalMinor: Number(question.sum),
    fn: question.fn,
    i: Number(question.i),
    fp: Number(question.fp),
    kind: Number(question.kind),
  })
  return parsed.success ? { ...parsed.data, totalMinor: minor(parsed.data.totalMinor) } : null
}

function isLineFault(fault: FaultName | LineFault): fault is LineFault {
  return LINE_FAULTS.some((name) => name === fault)
}

/**
 * The tax service's open API for tills, simulated: tokens, asynchronous answers kept for a minute,
 * limits, faults, and the rules by which it tells an unknown receipt (404) from a forged one (406).
 * Tokens and messages live in memory, as they may: whoever lost one asks again by the protocol.
 */
export class TaxService {
  readonly #deps: TaxDeps
  readonly #tokens = new Map<string, number>()
  readonly #messages = new Map<string, Message>()
  #quota = { day: 0, used: 0 }

  constructor(deps: TaxDeps) {
    this.#deps = deps
  }

  async handle(request: TaxRequestText): Promise<TaxOutcome> {
    const isAuth = request.path === AUTH_PATH
    const read = isAuth
      ? readAuthRequest(request.action, request.body)
      : readTicketRequest(request.action, request.body)
    const slowMs = this.#deps.switches.slowMs()
    if (read.kind === 'invalid') return { slowMs, reply: faultReply(read.fault, read.subject) }
    const stage: Stage = read.kind
    const fault = this.#deps.switches.fault(stage)
    if (fault !== null) {
      return { slowMs, reply: isLineFault(fault) ? { line: fault } : faultReply(fault) }
    }
    if (read.kind === 'auth') return { slowMs, reply: this.#authenticate(read.masterToken) }
    const denied = this.#checkHeaders(request)
    if (denied !== null) return { slowMs, reply: faultReply(denied) }
    const reply =
      read.kind === 'send' ? this.#take(read.question) : await this.#poll(read.messageId)
    return { slowMs, reply }
  }

  #authenticate(masterToken: string): TaxReply {
    if (masterToken !== this.#deps.masterToken) return tokenRefusal('Мастер-токен не найден')
    const now = this.#deps.now()
    for (const [token, expiresAt] of this.#tokens) {
      if (expiresAt <= now) this.#tokens.delete(token)
    }
    const token = this.#deps.uuid().replaceAll('-', '')
    this.#tokens.set(token, now + TOKEN_MS)
    return tokenReply(token, now + TOKEN_MS)
  }

  /** Headers sent twice arrive joined by a comma, which no token contains. */
  #checkHeaders({ token, userToken }: TaxRequestText): FaultName | null {
    const isBad = (value: string) => value === '' || value.includes(',')
    if (token === null || isBad(token)) return 'headers_missing'
    if (userToken === null && this.#deps.switches.needsUserToken()) return 'headers_missing'
    if (userToken !== null && (isBad(userToken) || userToken.length > USER_TOKEN_CHARS_MAX)) {
      return 'headers_missing'
    }
    return (this.#tokens.get(token) ?? 0) > this.#deps.now() ? null : 'token_denied'
  }

  #take(question: TicketQuestion): TaxReply {
    const now = this.#deps.now()
    const day = Math.floor((now + 3 * 3_600_000) / DAY_MS)
    if (this.#quota.day !== day) this.#quota = { day, used: 0 }
    if (this.#quota.used >= this.#deps.switches.dailyLimit()) return faultReply('daily_limit')
    this.#quota.used += 1
    for (const [id, message] of this.#messages) {
      if (message.readyAt + RETENTION_MS < now) this.#messages.delete(id)
    }
    const spread = PROCESSING_MS_MAX - PROCESSING_MS_MIN
    const processingMs =
      this.#deps.switches.processingMs() ?? PROCESSING_MS_MIN + this.#deps.random() * spread
    const messageId = this.#deps.uuid()
    this.#messages.set(messageId, { question, readyAt: now + processingMs, polls: [] })
    return sentReply(messageId)
  }

  async #poll(messageId: string): Promise<TaxReply> {
    const now = this.#deps.now()
    const message = this.#messages.get(messageId)
    if (message === undefined || message.readyAt + RETENTION_MS < now) {
      return faultReply('message_not_found', messageId)
    }
    const polls = message.polls.filter((at) => at > now - 60 * SECOND_MS)
    message.polls = [...polls, now]
    const last = polls.at(-1) ?? 0
    if (polls.length >= POLLS_PER_MINUTE_MAX || now - last < SECOND_MS) return faultReply('rate')
    if (now < message.readyAt) return processingReply()
    message.answer ??= await this.#answer(message.question)
    return message.answer
  }

  async #answer(question: TicketQuestion): Promise<TaxReply> {
    const { method } = question
    const forced = this.#deps.switches.code()
    if (forced !== null) return resultReply(method, forced, null)
    const scan = scanOf(question)
    if (scan === null) return resultReply(method, '400', null)
    const code = await this.#judge(scan, JSON.stringify(question))
    const receipt = this.#deps.book.find(scan.fn, scan.i)
    if (method === 'CheckTicket') {
      // A check asks for the sign only: a receipt that has not arrived may still be correct.
      return resultReply(method, code === '404' && KNOWN_DRIVES.has(scan.fn) ? '200' : code, null)
    }
    if (code !== '200' || receipt === null) return resultReply(method, code, null)
    const ticket = ticketJson(receipt, this.#deps.switches.shape(), this.#deps.switches.wrong())
    return resultReply(method, '200', ticket)
  }

  async #judge(scan: RuScan, question: string): Promise<'200' | '404' | '406'> {
    const { book, now, sign } = this.#deps
    if (book.wasRefused(question)) return '406'
    if ((await sign(scan)) !== scan.fp) {
      if (!KNOWN_DRIVES.has(scan.fn)) return '404'
      book.rememberRefusal(question)
      return '406'
    }
    const receipt = book.find(scan.fn, scan.i)
    const isHere = receipt !== null && receipt.deliveredAt <= now()
    return isHere && receipt.issuedAt > now() - STORAGE_MS ? '200' : '404'
  }
}
