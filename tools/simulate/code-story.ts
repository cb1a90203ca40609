import { readCode } from '#fiscal/registry'
import { SAFE_TRUST } from '#schema/market'
import { minor } from '#schema/money'
import { isReviewedScan } from '#schema/receipt'
import { likeIt } from '#worker/cells/cell-papers'
import { reviewedJob } from '#worker/cells/cell-reviewed-receipts'
import { personAsked } from '#worker/cells/cell-waiting'
import { Directory } from '#worker/cells/directory'
import { type ReceiptRow, readReceipt } from '#worker/cells/receipt-row'
import { type ReviewRow, readReview } from '#worker/cells/review-row'
import { offerOf } from '#worker/offers/sample.test-data'
import { readForeign } from '#worker/receipts/foreign-scan'
import { type Names, settleIdentities } from '#worker/receipts/settle-identities'
import { type VerifyPorts, verifyReceipt } from '#worker/receipts/verify'
import { contradictionOf } from '#worker/reviews/contradiction'
import { verifyReviewed } from '#worker/reviews/verify-reviewed'
import { askSaleOfCode } from '#worker/sales/vouch-for-code.d1'
import { askAboutCode } from '#worker/verification/code-authority'
import { QUIET, READING, readAs } from './code-evidence.ts'
import { identityOf, NUMBERINGS, type Paper, printPapers } from './code-papers.ts'
import { brokenPromise, isPaid, unfinished } from './code-promises.ts'
import { ControlDatabase } from './control.sqlite.ts'
import { Database } from './database.sqlite.ts'
import { JudgingCell } from './judging-cell.ts'
import { Random } from './random.ts'

/**
 * Codes that prove nothing, told from a seed: papers of Croatia with two numbers each, owners and
 * strangers who scan and photograph them, shops and impostors that feed them, reviewers who see the
 * paper, over the real cell, directory and rules, with calls that are repeated and answers that are
 * lost.
 */
const STEPS = 40
const ROUNDS = 6
const TASKS_MAX = 100
const TYPOS_MAX = 4
const REVIEWS = 8
const ROUND_MS = 86_400_000
const SECOND_MS = 1_000
const STRANGERS = ['wal_8', 'wal_9']
const OFFER = offerOf('codes', {
  target: { code: 'receipt', args: {} },
  reward: { code: 'fixed', args: { amountMinor: minor(100), per: 'receipt' } },
  withoutLines: 'earns',
})

let control: ControlDatabase | null = null

/** Tells one story; answers what promise it broke, or null. */
export async function tellCodeStory(seed: number): Promise<string | null> {
  control ??= new ControlDatabase()
  control.begin()
  const story = new CodeStory(new Random(seed), control)
  try {
    return await story.run()
  } finally {
    story.close()
    control.forget()
  }
}

class CodeStory {
  readonly #random: Random
  readonly #db: ControlDatabase
  readonly #world = new JudgingCell('hr')
  readonly #shards = [0, 1].map(() => Database.open('directory'))
  readonly #directories = this.#shards.map((shard) => new Directory(shard.store()))
  /** Whether the operator lets a bare code pay. */
  readonly #pays: boolean
  #papers: readonly Paper[] = []
  #photos = 0
  #typos = 0
  #isCalm = false

  constructor(random: Random, db: ControlDatabase) {
    this.#random = random
    this.#db = db
    this.#pays = random.chance(0.5)
  }

  close(): void {
    this.#world.close()
    for (const shard of this.#shards) shard.close()
  }

  async run(): Promise<string | null> {
    this.#world.now += 3 * 3_600_000
    this.#world.publish(OFFER)
    this.#papers = await printPapers(this.#random, this.#db, this.#world.now)
    for (let step = 0; step < STEPS; step += 1) {
      this.#world.now += SECOND_MS
      await this.#step()
    }
    this.#isCalm = true
    await this.#rest()
    const told = {
      papers: this.#papers,
      paper: this.#paperOf,
      receiptsOf: this.#receiptsOf,
      vouchedHolder: this.#vouchedHolder,
      holder: (identity: string) => this.#directory(identity).holderOf(identity),
      isBareCodePaid: this.#pays,
    }
    return brokenPromise(told) ?? unfinished(told)
  }

  async #step(): Promise<void> {
    const random = this.#random
    const paper = random.pick(this.#papers)
    const walletId = random.chance(0.5) ? paper.owner : random.pick(STRANGERS)
    const act = random.int(0, 9)
    if (act < 3) await this.#scan(walletId, paper)
    else if (act < 5) await this.#photograph(walletId, paper)
    else if (act < 7) this.#review()
    else await this.#perform()
  }

  async #submissionOf(
    walletId: string,
    paper: Paper,
    alsoPrinted: readonly string[] = [],
    asked: string | null = null,
  ) {
    const chosen = this.#random.pick(NUMBERINGS)
    const numbering = NUMBERINGS.find((one) => identityOf(paper.links[one]) === asked) ?? chosen
    const text = paper.links[numbering]
    const ports = { keys: { find: async () => null }, isOpen: () => true }
    const read = await readForeign(walletId, text, readCode(text), ports, this.#world.now)
    if (!read.ok) throw new Error(read.code)
    const { submission } = read
    const others = alsoPrinted.filter((identity) => identity !== submission.fingerprint)
    const scan = others.length > 0 ? { ...submission.scan, alsoPrinted: others } : submission.scan
    return { ...submission, scan } as typeof submission
  }

  async #scan(walletId: string, paper: Paper): Promise<void> {
    this.#world.cell.submitMany([await this.#submissionOf(walletId, paper)], this.#world.now)
  }

  /** Strangers send a picture of their own making; what its print says nobody can know. */
  async #photograph(walletId: string, paper: Paper): Promise<void> {
    const { cell, now } = this.#world
    const waiting = this.#receiptsOf(paper).find(
      (row) => row.walletId === walletId && personAsked(cell.ctx, row) === 'possible',
    )
    this.#photos += 1
    const id = `pho_${String(this.#photos).padStart(6, '0')}`
    const order = { id, key: id, walletId, userId: walletId, shots: [1] }
    const forReceiptId = waiting && (this.#isCalm || this.#random.chance(0.7)) ? waiting.id : null
    if (!('id' in cell.openPhoto({ ...order, forReceiptId }, now))) return
    cell.photoPart(walletId, id, 1)
    cell.completePhoto(walletId, id, now)
    cell.beginReading(id, now)
    const shown = this.#printed(walletId, paper)
    // Asked about a receipt, people photograph that one in the end.
    const asked = this.#isCalm && waiting ? waiting.fingerprint : null
    const submission = await this.#submissionOf(walletId, paper, shown, asked)
    const isRead = this.#random.chance(0.7) || this.#isCalm
    const identity = isRead ? ({ kind: 'here', submission } as const) : null
    cell.photoRead(id, { kind: 'read', reading: READING, reasons: [], identity }, now)
  }

  /** What its print shows: both numbers, or a doctored one's, which are those of another paper. */
  #printed(walletId: string, paper: Paper): readonly string[] {
    if (this.#random.chance(0.5)) return walletId === paper.owner ? paper.identities : []
    if (this.#isCalm || this.#random.chance(0.7)) return []
    return [this.#random.pick(this.#random.pick(this.#papers).identities)]
  }

  /** A reviewer takes an open case, sees the paper, and may mistype its total. */
  #review(): void {
    const { cell } = this.#world
    const open = cell.ctx.sql.all<{ id: string }>(
      "SELECT id FROM reviews WHERE state = 'open' AND kind <> 'spot_check' ORDER BY id",
    )
    const [first] = open
    if (first === undefined) return
    const row = readReview(cell.ctx.sql, this.#isCalm ? first.id : this.#random.pick(open).id)
    const receipt = row?.receiptId ? readReceipt(cell.ctx.sql, row.receiptId) : null
    if (!row || !receipt) return
    if (row.kind === 'collision') this.#compare(row, receipt)
    else this.#vouch(row, receipt)
  }

  #compare(row: ReviewRow, receipt: ReceiptRow): void {
    const own = this.#paperOf(receipt)
    const others = (row.evidence?.distinctFrom ?? []).flatMap(
      (id) => readReceipt(this.#world.cell.ctx.sql, id) ?? [],
    )
    const isSame = others.some((other) => this.#paperOf(other) === own)
    if (isSame) this.#decline(row, 'already_used')
    else this.#decide(row, { outcome: 'approve', document: null, distinctFrom: [] }, null)
  }

  #vouch(row: ReviewRow, receipt: ReceiptRow): void {
    const paper = this.#paperOf(receipt)
    if (row.walletId !== paper.owner) {
      this.#decline(row, 'altered')
      return
    }
    const isTypo = this.#typos < TYPOS_MAX && this.#random.chance(0.3)
    if (isTypo) this.#typos += 1
    const typo = isTypo ? 1_000 : 0
    const { time } = paper
    const totalMinor = minor(paper.totalMinor + typo)
    const said = { time, totalMinor, taxNumber: null }
    // As the route asks it, before the cell is asked.
    if ('text' in receipt.scan && contradictionOf(receipt.scan, said) !== null) return
    const apart = alike(this.#world, receipt).filter(
      (id) => this.#paperOf(this.#world.row(id)) !== paper,
    )
    const { document, evidence } = readAs(time, totalMinor, apart)
    this.#decide(row, { outcome: 'approve', document, distinctFrom: apart }, evidence)
  }

  #decline(row: ReviewRow, reason: 'altered' | 'already_used'): void {
    this.#decide(row, { outcome: 'decline', reason, note: '' }, null)
  }

  #decide(row: ReviewRow, decision: Decided, evidence: ReviewRow['evidence']): void {
    const { cell, now } = this.#world
    for (const by of ['usr_a', 'usr_b']) {
      const { version = 0 } = readReview(cell.ctx.sql, row.id) ?? {}
      const reviewer = { id: by, hasColleagues: true }
      const order = { id: row.id, decision: { ...decision, version }, evidence, reviewer }
      const answer = cell.decideReview(order, now)
      if ('problem' in answer || answer.result === 'decided') return
    }
  }

  /** One task that waits; some are performed twice, and some answers are lost. */
  async #perform(): Promise<boolean> {
    const { cell, now } = this.#world
    const due = cell
      .dueOutside(now, 100)
      .filter(({ body }) => ['claim', 'verify', 'release'].includes(body.kind))
    const [first] = due
    if (first === undefined) return false
    const { body } = this.#isCalm ? first : this.#random.pick(due)
    const times = !this.#isCalm && this.#random.chance(0.2) ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      if (body.kind === 'claim') this.#claim(body.receiptId)
      if (body.kind === 'verify') await this.#verify(body.receiptId)
      if (body.kind === 'release') this.#release(body.receiptId)
    }
    this.#fund()
    return true
  }

  #isLost(): boolean {
    return !this.#isCalm && this.#random.chance(0.2)
  }

  #claim(receiptId: string): void {
    const { cell, now } = this.#world
    const { fingerprint, contentKey } = this.#world.row(receiptId)
    const claim = { fingerprint, contentKey, receiptId, ownerMasked: '' }
    const [outcome] = this.#directory(fingerprint).claimMany([claim], now)
    if (outcome && !this.#isLost()) cell.claimAnswered(receiptId, outcome, now)
  }

  #release(receiptId: string): void {
    const { cell, now } = this.#world
    const { fingerprint, contentKey, purchasedAt: time, totalMinor } = this.#world.row(receiptId)
    cell.unmarkPaper({ time, totalMinor, receiptId }, now)
    const free = (identity: string) => {
      const claim = { fingerprint: identity, receiptId, contentKey }
      return this.#directory(identity).release(claim, false, now)
    }
    const others = free(fingerprint)
    if (this.#isLost()) return
    for (const other of others) free(other)
    cell.claimReleased(receiptId, now)
  }

  async #verify(receiptId: string): Promise<void> {
    const { cell, now } = this.#world
    const row = this.#world.row(receiptId)
    const settle = this.#settle(receiptId)
    const answer: VerifyPorts['answer'] = async (_, result) => {
      if (!this.#isLost()) cell.authorityAnswered(receiptId, result, now)
    }
    if (reviewedJob(cell.ctx, receiptId) !== null) {
      return verifyReviewed({
        job: async () => reviewedJob(cell.ctx, receiptId),
        settle,
        closeRivals: async (vouched) => cell.closeRivals({ ...vouched, receiptId }, now),
        markEverywhere: async (mark) => cell.markPaper(mark, now),
        answer: async (result) => cell.authorityAnswered(receiptId, result, now),
      })
    }
    if (isReviewedScan(row.scan)) return
    const job = { cell: 'hr.cell-0', receiptId, scan: row.scan, ownerMasked: '', sale: null }
    await verifyReceipt(job, {
      ...QUIET,
      authority: { ask: (scan) => this.#ask(scan) },
      settle: (_, names) => settle(names),
      noteMoment: async (moment) => this.#directory(moment.moment).noteMoment(moment),
      answer,
    })
  }

  #settle(receiptId: string) {
    return (names: Names) =>
      settleIdentities({ receiptId, ownerMasked: '' }, names, (identity) => {
        const directory = this.#directory(identity)
        return {
          noteIdentities: async (id, others) => directory.noteIdentities(id, others),
          settle: async (one, by) => directory.settle(one, by, this.#world.now),
          claimPrinted: async (one, by) => directory.claimPrinted(one, by, this.#world.now),
        }
      })
  }

  async #ask(scan: Parameters<VerifyPorts['authority']['ask']>[0]) {
    if (!('text' in scan)) throw new Error('not a code')
    const at = new Date(this.#world.now).toISOString()
    return askAboutCode(scan, {
      keys: { find: async () => null },
      ownerOf: async () => null,
      policy: async () => ({ ...SAFE_TRUST, reference: this.#pays ? 'pays' : 'confirm' }),
      lookUp: () => null,
      sale: (code) => askSaleOfCode(this.#db, code, at),
    })
  }

  /** Whoever waits for the budget gets it: money is told of elsewhere. */
  #fund(): void {
    const { sql } = this.#world.cell.ctx
    const waits = sql.all("SELECT 1 FROM receipts WHERE state = 'awaiting_budget' LIMIT 1")
    if (waits.length > 0) this.#world.lease(OFFER.offerId, 1_000_000)
  }

  #directory(identity: string): Directory {
    const sum = [...identity].reduce((total, letter) => total + letter.charCodeAt(0), 0)
    const directory = this.#directories[sum % this.#directories.length]
    if (!directory) throw new Error('no such shard')
    return directory
  }

  /** Nothing is lost any more: every owner shows the paper, and everybody's question is answered. */
  async #rest(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      this.#world.now += ROUND_MS
      for (const paper of this.#papers) {
        const own = this.#receiptsOf(paper).filter(({ walletId }) => walletId === paper.owner)
        if (own.length === 0) await this.#scan(paper.owner, paper)
        if (this.#paidOf(paper).length === 0) await this.#photograph(paper.owner, paper)
      }
      // The last question is answered as well, whatever a reviewer has mistyped before.
      for (let review = 0; review < REVIEWS; review += 1) {
        this.#review()
        for (let task = 0; task < TASKS_MAX && (await this.#perform()); task += 1);
      }
    }
  }

  #receipts(): ReceiptRow[] {
    const { sql } = this.#world.cell.ctx
    const ids = sql.all<{ id: string }>('SELECT id FROM receipts ORDER BY id')
    return ids.flatMap(({ id }) => readReceipt(sql, id) ?? [])
  }

  #paperOf = ({ scan, fingerprint }: ReceiptRow): Paper => {
    const paper = this.#papers.find(({ identities }) => identities.includes(fingerprint))
    if (!paper) throw new Error(`nobody has printed ${JSON.stringify(scan)}`)
    return paper
  }

  #receiptsOf = (paper: Paper) => this.#receipts().filter((row) => this.#paperOf(row) === paper)
  #paidOf = (paper: Paper) => this.#receiptsOf(paper).filter(isPaid)

  #vouchedHolder = (identity: string): ReceiptRow | null => {
    const query = 'SELECT receipt_id AS id FROM claims WHERE fingerprint = ? AND vouched = 1'
    const held = this.#shards.flatMap((shard) => shard.store().all<{ id: string }>(query, identity))
    return held[0] ? this.#world.row(held[0].id) : null
  }
}

/** What the reviewer is shown as alike, of other wallets. */
function alike({ cell }: JudgingCell, { walletId, id, purchasedAt, totalMinor }: ReceiptRow) {
  const seller = { taxNumber: '', retailerId: '', storeId: '' }
  const purchase = { ...seller, time: purchasedAt, totalMinor, walletId, receiptId: id }
  return likeIt(cell.ctx, purchase).flatMap((one) => (one.isSameWallet ? [] : one.receiptId))
}

type Decided =
  | {
      outcome: 'approve'
      document: ReviewRow['document']
      distinctFrom: string[]
    }
  | { outcome: 'decline'; reason: 'altered' | 'already_used'; note: string }
