import { DurableObject } from 'cloudflare:workers'
import {
  type AskedName,
  type ChannelBook,
  type ChannelName,
  type ChannelNote,
  type ChannelPlan,
  type LookUpPlan,
  type LookUpTaken,
  noteChannel,
  type Taken,
  takeChannel,
  takeLookUp,
} from '../verification/channels.ts'
import type { FnsToken } from '../verification/fns-token.ts'

/**
 * What all consumers share about those who vouch for a market's receipts: the tax service's
 * temporary token (each refresh counts against the daily quota), and how each channel is doing.
 */
export class AuthorityObject extends DurableObject {
  #channels: ChannelBook | null = null

  async readToken(): Promise<FnsToken | null> {
    return (await this.ctx.storage.get<FnsToken>('token')) ?? null
  }

  async writeToken(token: FnsToken): Promise<void> {
    await this.ctx.storage.put('token', token)
  }

  async channels(): Promise<ChannelBook> {
    this.#channels ??= (await this.ctx.storage.get<ChannelBook>('channels')) ?? {}
    return this.#channels
  }

  /** The next channel of a question that has tried these, counted; see `takeChannel`. */
  async take(plans: readonly ChannelPlan[], tried: readonly ChannelName[]): Promise<Taken> {
    const { book, taken } = takeChannel(await this.channels(), plans, tried, Date.now())
    await this.#keep(book)
    return taken
  }

  /** Whether a country's look-up may be asked now, counted; see `takeLookUp`. */
  async takeLookUp(plan: LookUpPlan): Promise<LookUpTaken> {
    const { book, taken } = takeLookUp(await this.channels(), plan, Date.now())
    await this.#keep(book)
    return taken
  }

  /** What an answer said about its channel. */
  async noteChannel(name: AskedName, note: ChannelNote): Promise<void> {
    await this.#keep(noteChannel(await this.channels(), name, note, Date.now()))
  }

  /** Answers before the write is durable: a lost count is worth less than the question's time. */
  async #keep(book: ChannelBook): Promise<void> {
    if (book === this.#channels) return
    this.#channels = book
    await this.ctx.storage.put('channels', book, { allowUnconfirmed: true })
  }
}
