import { abortAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BankFile, BankFilePreview, BankFileSummary, BankQueue } from '#schema/bank-file'
import { minor } from '#schema/money'
import type { AuditLogEntry, AuditReport, OperatorPayout } from '#schema/operator'
import type { Payout, PayoutDestination } from '#schema/payout'
import type { Wallet } from '#schema/wallet'
import type { KeptOrder } from '../../sandbox/src/bank/bank.object.ts'
import { type FileRow, findFile } from '../src/bank-files/bank-files.d1.ts'
import { contentForBank } from '../src/bank-files/content.ts'
import { askResubmission, confirmResubmission } from '../src/bank-files/resubmission.ts'
import { NETWORK_BOOK } from '../src/cells/partner-book.object.ts'
import { bookOf, cellNameOf, cellOf } from '../src/cells/route-of.ts'
import { auditNow } from '../src/composition/audits.ts'
import { bankDeskPorts } from '../src/composition/bank-files.ts'
import { transactionId } from '../src/payouts/transaction-id.ts'
import { type Caller, good, inMarket, signInOperator } from './actors.ts'
import { eventually, follow, settings, submit } from './journey-steps.ts'
import {
  issueOne,
  newShopper,
  offerVersion,
  publish,
  registerOffers,
  turn,
  world,
} from './market-world.ts'
import { codeOf, order, provenAgo } from './payout-steps.ts'

/** Tenge leave a Kazakh wallet by the operator's bank once, or come back, whatever it answers. */

const OFFER = 'off_kazakhstan09'
const BALANCE = 100_000_00
const AMOUNT = 1_000_00
const ACCOUNT: PayoutDestination = {
  code: 'iban',
  iban: 'KZ86125KZT5004100100',
  holder: 'Әлия Қасымова',
  personalNumber: '900505300003',
}

let person: Caller
let shopper: Caller
/** Makes files. */
let finance: Caller
/** Brings the bank's answers. */
let admin: Caller
/** Stands behind the answers that give money back. */
let third: Caller

beforeAll(async () => {
  const reward = { code: 'percent', args: { rateBps: 10_000 } } as const
  const offer = { ...offerVersion(OFFER, { reward }), market: 'kz' as const }
  await publish([{ offer, budgetMinor: BALANCE * 2 }], 'kz')
  person = await newShopper()
  shopper = inMarket(person, 'kz')
  await good(await person.call('POST', '/v1/me/adult', { dateOfBirth: '1990-05-05' }))
  await provenAgo(person, 0)
  const paper = await issueOne({
    chain: 'dastarkhan',
    lines: [{ name: 'Сүт', priceMinor: BALANCE }],
  })
  const credited = await follow(person, await submit(person, paper.qr))
  expect(credited).toMatchObject({ market: 'kz', state: 'credited', rewardMinor: BALANCE })
  finance = await signInOperator(world, 'finance')
  admin = await signInOperator(world, 'admin')
  third = await signInOperator(world, 'finance', 'third@operator.test')
})

const cellName = () => cellNameOf(settings.CELL_MAP, 'kz', person.walletId)
const cell = () => cellOf(env, cellName())
const wallet = async () => good<Wallet>(await shopper.call('GET', '/v1/wallet'))
/** What a wallet holds when that much has left it for good. */
const less = ({ availableMinor, payingMinor }: Wallet, amountMinor: number) => ({
  availableMinor: availableMinor - amountMinor,
  payingMinor,
})
const asked = (changes: Parameters<typeof order>[0] = {}) =>
  order({ amountMinor: minor(AMOUNT), destination: ACCOUNT, ...changes })
const keyOf = async ({ id, amountMinor }: Payout) =>
  (await transactionId('kz', { id, amountMinor, walletId: person.walletId })).replaceAll('-', '')

/** Asked for, and waiting for a file: the cell has kept its key. */
async function withdraw(): Promise<Payout> {
  const payout = await good<Payout>(await shopper.call('POST', '/v1/payouts', asked()))
  const key = await keyOf(payout)
  await eventually(async () => {
    await cell().nudgePayout(payout.id)
    const row = await env.DB.prepare(
      'SELECT confirmed_at AS at FROM bank_instructions WHERE key = ?',
    )
      .bind(key)
      .first<{ at: string | null }>()
    if (!row?.at) throw new Error('not confirmed yet')
  })
  return payout
}

async function makeFile(id: string = crypto.randomUUID()): Promise<BankFile> {
  return good<BankFile>(await finance.call('POST', '/v1/operator/bank-files', { id, market: 'kz' }))
}

async function download({ id }: { id: string }, caller = finance): Promise<string> {
  const answer = await caller.call('GET', `/v1/operator/bank-files/${id}/content`)
  expect(answer.status).toBe(200)
  return answer.text()
}

const bank = (path: string, init: RequestInit = {}) =>
  env.SANDBOX.fetch(`http://sandbox.test${path}`, init)

/** Hands the file in at the bank. */
async function handIn(file: BankFile): Promise<Response> {
  return bank('/bank/files', { method: 'PUT', body: await download(file) })
}

/** The bank executes what it has, in its mood, and writes a report. */
async function bankSays({ messageId }: BankFile, mood?: string): Promise<string> {
  if (mood) await turn({ key: 'bank.answer', value: mood, remaining: 1 })
  const path = `/bank/files/${messageId}/reports`
  const { id } = await good<{ id: number }>(await bank(path, { method: 'POST' }))
  return (await bank(`/bank/reports/${id}`)).text()
}

const bring = (file: { id: string }, report: string | Uint8Array, caller = admin) =>
  caller.call('POST', `/v1/operator/bank-files/${file.id}/reports`, report, {
    'content-type': 'application/xml',
  })

const confirm = ({ id }: { id: string }, hash: string, caller = third) =>
  caller.call('POST', `/v1/operator/bank-files/${id}/reports/${hash}/confirmation`)

/** Brought by one person and confirmed by another. */
async function settle(file: BankFile, report: string): Promise<BankFile> {
  const { reports } = await good<BankFile>(await bring(file, report))
  return good<BankFile>(await confirm(file, reports[0]?.hash ?? ''))
}

/** What the bank has paid under a payout's key: more than one would be money paid twice. */
async function paidBy(payout: Payout): Promise<KeptOrder['transfers']> {
  const { items } = await (await bank('/api/bank')).json<{ items: KeptOrder[] }>()
  const key = await keyOf(payout)
  return items.flatMap(({ transfers }) =>
    transfers.filter(({ endToEndId, status }) => endToEndId === key && status === 'ACSC'),
  )
}

async function followUntil({ id }: Payout, state: Payout['state']): Promise<Payout> {
  return await eventually(async () => {
    const seen = await good<Payout>(await shopper.call('GET', `/v1/payouts/${id}`))
    if (seen.state !== state) throw new Error(`still ${seen.state}`)
    return seen
  })
}

const entryOf = ({ items }: BankFile, { id }: Payout) =>
  items.find(({ payoutId }) => payoutId === id)

/** A payout whose file the bank has. */
async function filed(): Promise<{ payout: Payout; file: BankFile }> {
  const payout = await withdraw()
  const file = await makeFile()
  expect((await handIn(file)).status).toBe(201)
  return { payout, file }
}

describe('a withdrawal of tenge', () => {
  test('waits for the file, leaves in it, and arrives by the bank’s word', async () => {
    const before = await wallet()
    const payout = await withdraw()
    expect(payout.destination.masked).toBe('KZ•• … 0100')
    const queue = await good<{ items: BankQueue[] }>(
      await finance.call('GET', '/v1/operator/bank-queues'),
    )
    expect(queue.items).toMatchObject([{ market: 'kz', entries: 1, totalMinor: AMOUNT }])
    const file = await makeFile()
    expect(file).toMatchObject({ entries: 1, totalMinor: AMOUNT, currency: 'KZT' })
    expect((await good<Payout>(await shopper.call('GET', `/v1/payouts/${payout.id}`))).state).toBe(
      'on_its_way',
    )
    expect((await handIn(file)).status).toBe(201)
    const after = await good<BankFile>(await bring(file, await bankSays(file)))
    expect(entryOf(after, payout)).toMatchObject({ standing: 'settled', trouble: null })
    await followUntil(payout, 'arrived')
    expect(await paidBy(payout)).toMatchObject([{ amountMinor: AMOUNT, currency: 'KZT' }])
    expect(await wallet()).toMatchObject(less(before, AMOUNT))
    await eventually(async () => {
      const reference = { account: null, reference: payout.id, before: null }
      const booked = await bookOf(env, 'kz', NETWORK_BOOK).transfers(reference, 10)
      expect(booked).toMatchObject([{ code: 'payout_paid', amountMinor: AMOUNT, credit: 'bank' }])
    })
    const { items } = await good<{ items: BankFileSummary[] }>(
      await admin.call('GET', '/v1/operator/bank-files'),
    )
    expect(items.find(({ id }) => id === file.id)).toMatchObject({
      standings: { settled: 1 },
      troubled: 0,
    })
  })

  test('that the bank would refuse is refused before anything is posted', async () => {
    const refusal = async (changes: Partial<PayoutDestination>) => {
      const destination = { ...ACCOUNT, ...changes } as PayoutDestination
      return codeOf(await shopper.call('POST', '/v1/payouts', asked({ destination })))
    }
    expect(await refusal({ iban: 'AT611904300234573201' })).toBe('iban_foreign')
    expect(await refusal({ personalNumber: '900505300004' })).toBe('personal_number_invalid')
    expect(await refusal({ personalNumber: undefined })).toBe('personal_number_invalid')
  })
})

describe('a file', () => {
  test('is one for ever: the same id, the same bytes, and nobody else’s payouts', async () => {
    const payout = await withdraw()
    const id = crypto.randomUUID()
    const [first, second] = [await makeFile(id), await makeFile(id)]
    expect(second).toEqual(first)
    const content = await download(first)
    expect(await download(first, admin)).toBe(content)
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content))
    const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'))
    expect(first.hash).toBe(hash.join(''))
    expect(content).toContain('<Nm>Әлия Қасымова</Nm>')
    expect(content).toContain(await keyOf(payout))
    const other = await finance.call('POST', '/v1/operator/bank-files', {
      id: crypto.randomUUID(),
      market: 'kz',
    })
    expect(await codeOf(other)).toBe('bank_file_empty')
    // The bank's own memory of MsgId is the last guard: the same file again is none.
    expect((await handIn(first)).status).toBe(201)
    expect((await handIn(first)).status).toBe(422)
  })

  test('made by two people at one moment takes each payout once', async () => {
    const payouts = [await withdraw(), await withdraw(), await withdraw()]
    const answers = await Promise.all(
      [finance, admin, finance, admin].map((caller) =>
        caller.call('POST', '/v1/operator/bank-files', { id: crypto.randomUUID(), market: 'kz' }),
      ),
    )
    const bodies = await Promise.all(answers.map((one) => one.json<Partial<BankFile>>()))
    const files = bodies.flatMap(({ items }) => items ?? [])
    // Kills "read what waits, then write the file": a payout in two files is paid twice.
    expect(files.map(({ payoutId }) => payoutId).sort()).toEqual(payouts.map(({ id }) => id).sort())
  })

  test('never takes an instruction that its cell has not confirmed', async () => {
    const payout = asked()
    const key = 'f'.repeat(32)
    await env.DB.prepare(
      `INSERT INTO bank_instructions (key, market, wallet_id, payout_id, amount_minor, currency,
         destination_masked, destination_sealed, asked_at)
       VALUES (?, 'kz', 'wal_x', ?, 1, 'KZT', 'x', 'x', ?)`,
    )
      .bind(key, payout.id, new Date().toISOString())
      .run()
    const entry = env.DB.prepare(
      'INSERT INTO bank_file_entries SELECT ?, id FROM bank_files LIMIT 1',
    )
    await expect(entry.bind(key).run()).rejects.toThrow('only a confirmed instruction')
    for (const change of ['amount_minor = 2', "wallet_id = 'wal_y'", 'destination_sealed = NULL']) {
      const update = env.DB.prepare(`UPDATE bank_instructions SET ${change} WHERE key = ?`)
      await expect(update.bind(key).run()).rejects.toThrow('never changed')
    }
  })

  test('leaves out a cell whose books are in doubt', async () => {
    const payout = await withdraw()
    await cell().freezePayouts('a test')
    const draft = { id: crypto.randomUUID(), market: 'kz' }
    const next = '/v1/operator/bank-queues/kz'
    const held = await good<BankFilePreview>(await admin.call('GET', next))
    expect(held).toMatchObject({ entries: 0, totalMinor: 0, frozenEntries: 1 })
    const frozen = await finance.call('POST', '/v1/operator/bank-files', draft)
    expect(await codeOf(frozen)).toBe('bank_file_empty')
    await cell().freezePayouts(null)
    const foretold = await good<BankFilePreview>(await admin.call('GET', next))
    const { entries, totalMinor, frozenEntries } = foretold
    const made = await makeFile(draft.id)
    expect([made.entries, made.totalMinor, frozenEntries]).toEqual([entries, totalMinor, 0])
    expect(entryOf(made, payout)).toBeDefined()
  })

  test('is written down with who made it, took it and answered it', async () => {
    const { file } = await filed()
    await bring(file, await bankSays(file))
    const { items } = await good<{ items: AuditLogEntry[] }>(
      await admin.call('GET', '/v1/operator/audit-log'),
    )
    const ours = items.filter(({ subject }) => subject === file.id).map(({ action }) => action)
    expect(ours.sort()).toEqual(['bank_file.download', 'bank_file.make', 'bank_file.report'])
  })
})

describe('a file that never entered the bank', () => {
  const again = ({ id }: { id: string }, caller: Caller, reason = 'Импорт прерван') =>
    caller.call('POST', `/v1/operator/bank-files/${id}/resubmissions`, { reason })
  const confirmAgain = ({ id }: { id: string }, caller: Caller, number = 1) =>
    caller.call('POST', `/v1/operator/bank-files/${id}/resubmissions/${number}/confirmation`)

  test('goes again under its own id once a second person has confirmed it', async () => {
    const payout = await withdraw()
    const made = await makeFile()
    const first = await download(made)
    const said = await good<BankFile>(await again(made, finance))
    expect(said.resubmissions).toMatchObject([{ number: 1, confirmedAt: null }])
    // Said twice, or by another meanwhile, it is said once; alone it changes nothing.
    expect(await good<BankFile>(await again(made, admin, 'Мне тоже'))).toEqual(said)
    expect(await codeOf(await confirmAgain(made, finance))).toBe('second_person_needed')
    expect(await codeOf(await confirmAgain(made, admin, 2))).toBe('not_found')
    expect(await download(made)).toBe(first)
    const after = await good<BankFile>(await confirmAgain(made, admin))
    expect(await good<BankFile>(await confirmAgain(made, third))).toEqual(after)
    expect(after.hash).not.toBe(said.hash)
    const second = await download(after)
    // Kills "a new id for the file that is sent again": the bank would take both.
    const undated = (text: string) => text.replace(/<CreDtTm>.*|<Dt>.*/g, '')
    expect(undated(second)).toBe(undated(first))
    expect(second).toContain(`<MsgId>${made.messageId}</MsgId>`)
    expect((await handIn(after)).status).toBe(201)
    await good(await bring(after, await bankSays(after)))
    await followUntil(payout, 'arrived')
    expect(await paidBy(payout)).toHaveLength(1)
  })

  test('and is there after all is refused by the bank, and paid once', async () => {
    const { payout, file } = await filed()
    await good(await again(file, admin))
    const written = await good<BankFile>(await confirmAgain(file, finance))
    const { report } = await (await handIn(written)).json<{ report: number }>()
    const refusal = await settle(file, await (await bank(`/bank/reports/${report}`)).text())
    expect(refusal).toMatchObject({ troubled: 1, standings: { on_its_way: 1 } })
    expect(await codeOf(await again(file, admin))).toBe('bank_file_answered')
    await good(await bring(file, await bankSays(file)))
    await followUntil(payout, 'arrived')
    expect(await paidBy(payout)).toHaveLength(1)
  })

  test('is not refused for both by a refusal of one for its day', async () => {
    const { payout, file } = await filed()
    await good(await again(file, admin))
    const written = await good<BankFile>(await confirmAgain(file, finance))
    const { report } = await (await handIn(written)).json<{ report: number }>()
    const duplicate = await (await bank(`/bank/reports/${report}`)).text()
    const reason = duplicate.replace(/<Cd>DU01<\/Cd>/g, '<Cd>DT01</Cd>')
    expect(reason).not.toBe(duplicate)
    // A third person has compared it with the bank's site, and it is there: as a refusal of one.
    const refusal = await settle(file, reason)
    expect(refusal).toMatchObject({ troubled: 1, standings: { on_its_way: 1, refused: 0 } })
    // Said of each transfer it is no more than that, as long as a version may come to the bank.
    const paid = await bankSays(file)
    const each = paid
      .replace('<TxSts>ACSC</TxSts>', '<TxSts>RJCT</TxSts>')
      .replace(/<MsgId>[^<]+/, '<MsgId>EACH')
    expect(each).toContain('RJCT')
    expect(await settle(file, each)).toMatchObject({ standings: { on_its_way: 1, refused: 0 } })
    await good(await bring(file, await bankSays(file)))
    await followUntil(payout, 'arrived')
    expect(await paidBy(payout)).toHaveLength(1)
  })

  test('is given out for some days, and asked for anew when nobody looked for days', async () => {
    const made = await makeFile(await waiting())
    const ports = bankDeskPorts(env, settings)
    const row = { ...(await findFile(env.DB, made.id)) } as FileRow
    const doer = ({ userId }: Caller, days: number) => {
      const at = new Date(Date.parse(row.madeAt) + days * 86_400_000).toISOString()
      return { actorId: userId, at, requestId: 'test' }
    }
    const draft = { reason: 'Импорт прерван' }
    await askResubmission(ports, row, draft, doer(finance, 0))
    const late = confirmResubmission(ports, row, 1, doer(admin, 3))
    await expect(late).rejects.toMatchObject({ code: 'bank_question_expired' })
    const anew = await askResubmission(ports, row, { reason: 'И сегодня нет' }, doer(admin, 3))
    expect(anew.resubmissions).toMatchObject([{ number: 1, reason: 'И сегодня нет' }])
    // Kills "who asked first may not confirm": it is of whoever said it last.
    const own = confirmResubmission(ports, row, 1, doer(admin, 3))
    await expect(own).rejects.toMatchObject({ code: 'second_person_needed' })
    expect(await contentForBank(ports, row, row.madeAt)).toContain(made.messageId)
    const stale = contentForBank(ports, row, made.handInEndsAt)
    await expect(stale).rejects.toMatchObject({ code: 'bank_file_stale' })
    const written = await confirmResubmission(ports, row, 1, doer(finance, 3.5))
    expect(written.handInEndsAt > made.handInEndsAt).toBe(true)
    const next = { ...(await findFile(env.DB, made.id)) } as FileRow
    expect(await contentForBank(ports, next, made.handInEndsAt)).toContain(made.messageId)
    const past = contentForBank(ports, next, written.handInEndsAt)
    await expect(past).rejects.toMatchObject({ code: 'bank_file_stale' })
    // Kills "the bank has it": it was another person who came between the reading and the asking.
    const behind = askResubmission(ports, row, draft, doer(third, 4))
    await expect(behind).rejects.toMatchObject({ code: 'not_now' })
    expect((await handIn(written)).status).toBe(201)
    await good(await bring(written, await bankSays(written)))
    expect(await contentForBank(ports, next, doer(third, 90).at)).toContain(made.messageId)
  })

  test('is sent again neither when answered, nor frozen, nor old, nor elsewhere', async () => {
    const { payout, file } = await filed()
    await good(await again(file, finance))
    await cell().freezePayouts('a test')
    expect(await codeOf(await confirmAgain(file, admin))).toBe('bank_file_frozen')
    await cell().freezePayouts(null)
    await good(await bring(file, await bankSays(file)))
    expect(await codeOf(await confirmAgain(file, admin))).toBe('bank_file_answered')
    const update = (changes: string) =>
      env.DB.prepare(`UPDATE bank_resubmissions SET ${changes} WHERE file_id = ?`).bind(file.id)
    const confirmed = "confirmed_at = 'now', hash = hex(zeroblob(32)), content_sealed = ''"
    await expect(update(`confirmed_by = asked_by, ${confirmed}`).run()).rejects.toThrow()
    const byAnother = update(`confirmed_by = 'usr_x', ${confirmed}`).run()
    await expect(byAnother).rejects.toThrow('never changed')
    await followUntil(payout, 'arrived')
    const old = { ...(await findFile(env.DB, (await makeFile(await waiting())).id)) } as FileRow
    const at = new Date(Date.parse(old.madeAt) + 61 * 86_400_000).toISOString()
    const doer = { actorId: third.userId, at, requestId: 'test' }
    const ports = bankDeskPorts(env, settings)
    const late = askResubmission(ports, old, { reason: 'Забыли' }, doer)
    await expect(late).rejects.toMatchObject({ code: 'bank_file_too_old' })
    const elsewhere = { ...settings, BANK_ACCOUNTS: otherBank() }
    await good(await again(old, finance))
    const now = { ...doer, at: new Date().toISOString() }
    const moved = confirmResubmission(bankDeskPorts(env, elsewhere), old, 1, now)
    await expect(moved).rejects.toMatchObject({ code: 'bank_file_other_account' })
  })

  /** A payout more, for a file of its own. */
  async function waiting(): Promise<string> {
    await withdraw()
    return crypto.randomUUID()
  }

  function otherBank() {
    const { kz } = settings.BANK_ACCOUNTS
    if (!kz) throw new Error('the tests have no account in tenge')
    return { kz: { ...kz, bic: 'OTHRKZKA' } }
  }
})

describe('the bank’s answer', () => {
  test('refuses one: its money comes back with the reason, the others arrive', async () => {
    const before = await wallet()
    const payouts = [await withdraw(), await withdraw()]
    const file = await makeFile()
    await handIn(file)
    const after = await settle(file, await bankSays(file, 'reject_one'))
    const refused = after.items.find(({ standing }) => standing === 'refused')
    expect(refused?.reason).toBe('AC04')
    const back = payouts.find(({ id }) => id === refused?.payoutId)
    const paid = payouts.find(({ id }) => id !== refused?.payoutId)
    if (!back || !paid) throw new Error('the file lacks a payout')
    expect((await followUntil(back, 'came_back')).reason).toBe('AC04')
    await followUntil(paid, 'arrived')
    expect(await paidBy(back)).toEqual([])
    expect(await wallet()).toMatchObject(less(before, AMOUNT))
  })

  test('refuses the whole file: everything comes back', async () => {
    const { payout, file } = await filed()
    await settle(file, await bankSays(file, 'reject_all'))
    expect((await followUntil(payout, 'came_back')).reason).toBe('AM04')
  })

  test('brought again, or by two at once, changes nothing', async () => {
    const before = await wallet()
    const { payout, file } = await filed()
    const report = await bankSays(file)
    const answers = await Promise.all([1, 2, 3].map(() => bring(file, report)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await followUntil(payout, 'arrived')
    const again = await good<BankFile>(await bring(file, report))
    expect(again.reports).toHaveLength(1)
    expect(await wallet()).toMatchObject(less(before, AMOUNT))
  })

  test('of yesterday, brought after that of today, does not undo it', async () => {
    const { payout, file } = await filed()
    const early = await bankSays(file, 'accepted')
    const late = await bankSays(file)
    await good(await bring(file, late))
    await followUntil(payout, 'arrived')
    const after = await good<BankFile>(await bring(file, early))
    expect(entryOf(after, payout)).toMatchObject({ standing: 'settled', trouble: null })
  })

  test.each([
    ['wrong_amount', 'MISMATCH'],
    ['wrong_currency', 'MISMATCH'],
    ['strange', 'BLCK'],
  ])('%s proves nothing, and says so, until the bank says it right', async (mood, words) => {
    const { payout, file } = await filed()
    const after = await good<BankFile>(await bring(file, await bankSays(file, mood)))
    expect(after).toMatchObject({ troubled: 1, standings: { on_its_way: 1 } })
    await eventually(async () => {
      const path = `/v1/operator/payouts/${payout.id}`
      const seen = await good<OperatorPayout>(await admin.call('GET', path))
      expect([seen.state, seen.lastError]).toEqual(['on_its_way', expect.stringContaining(words)])
    })
    await good(await bring(file, await bankSays(file)))
    await followUntil(payout, 'arrived')
  })

  test('that the file is a duplicate gives nothing back: the first one is paid', async () => {
    const { payout, file } = await filed()
    const { report } = await (await handIn(file)).json<{ report: number }>()
    const refusal = await (await bank(`/bank/reports/${report}`)).text()
    const after = await settle(file, refusal)
    expect(after).toMatchObject({ troubled: 1, standings: { on_its_way: 1, refused: 0 } })
    await good(await bring(file, await bankSays(file)))
    await followUntil(payout, 'arrived')
  })

  test('is of a time after the file was made, and not of tomorrow', async () => {
    const { payout, file } = await filed()
    const right = await bankSays(file)
    const saidAfter = (ms: number) =>
      right.replace(/(?<=<CreDtTm>)[^<]+/, new Date(Date.parse(file.madeAt) + ms).toISOString())
    for (const ms of [-2 * 3_600_000, 2 * 3_600_000]) {
      expect(await codeOf(await bring(file, saidAfter(ms)))).toBe('bank_report_wrong_time')
    }
    await good(await bring(file, saidAfter(-1_800_000)))
    await followUntil(payout, 'arrived')
  })

  test('about another file, or about nothing, is refused and kept nowhere', async () => {
    const { payout, file } = await filed()
    const right = await bankSays(file)
    const key = await keyOf(payout)
    const stranger = right.replaceAll(key, 'e'.repeat(32))
    const dtd = right.replace('<Document', '<!DOCTYPE x [<!ENTITY a "b">]><Document')
    for (const [report, code] of [
      [await bankSays(file, 'other_file'), 'bank_report_of_other_file'],
      [stranger, 'bank_report_of_other_file'],
      [dtd, 'bank_report_unreadable'],
      [await bankSays(file, 'twice'), 'bank_report_unreadable'],
      [right.slice(0, -20), 'bank_report_unreadable'],
      [new Uint8Array([0xff, 0xfe, 0x3c, 0]), 'bank_report_unreadable'],
      [right.replace('002.001.10', '002.001.03'), 'bank_report_wrong_type'],
      [`${right}${' '.repeat(600_000)}`, 'body_too_large'],
    ] as const) {
      expect(await codeOf(await bring(file, report)), code).toBe(code)
    }
    const path = `/v1/operator/bank-files/${file.id}`
    expect((await good<BankFile>(await admin.call('GET', path))).reports).toEqual([])
    await good(await bring(file, right))
    await followUntil(payout, 'arrived')
  })

  test('gives nothing back until a third person stands behind it', async () => {
    const { payout, file } = await filed()
    const refusal = await bankSays(file, 'reject_one')
    const brought = await good<BankFile>(await bring(file, refusal))
    const [report] = brought.reports
    const hash = report?.hash ?? ''
    expect(report).toMatchObject({ refusals: 1, confirmedAt: null })
    // Kills "whoever brings a report is believed": one's own refusal is quickly written.
    expect(brought.standings).toMatchObject({ on_its_way: 1, refused: 0 })
    for (const caller of [finance, admin]) {
      expect(await codeOf(await confirm(file, hash, caller))).toBe('third_person_needed')
    }
    expect(await codeOf(await confirm(file, 'a'.repeat(64)))).toBe('not_found')
    const by = async (who: string, key: string) =>
      env.DB.prepare(`UPDATE bank_reports SET confirmed_by = ${who}, confirmed_at = 'now'
        WHERE hash = ?`)
        .bind(key)
        .run()
    const maker = '(SELECT made_by FROM bank_files WHERE id = file_id)'
    await expect(by(maker, hash)).rejects.toThrow('never changed')
    await expect(by('brought_by', hash)).rejects.toThrow('CHECK')
    const after = await good<BankFile>(await confirm(file, hash))
    expect(after.standings).toMatchObject({ on_its_way: 0, refused: 1 })
    expect((await good<BankFile>(await confirm(file, hash))).reports).toEqual(after.reports)
    await expect(by("'usr_other'", hash)).rejects.toThrow('never changed')
    await followUntil(payout, 'came_back')
  })

  test('is not brought by whoever made the file', async () => {
    const { file } = await filed()
    const report = await bankSays(file)
    expect(await codeOf(await bring(file, report, finance))).toBe('other_person_needed')
    await good(await bring(file, report))
  })
})

describe('nothing is lost or paid twice', () => {
  test('when everything dies between the steps', async () => {
    const payout = await good<Payout>(await shopper.call('POST', '/v1/payouts', asked()))
    await abortAllDurableObjects()
    const key = await keyOf(payout)
    await eventually(async () => {
      await cell().nudgePayout(payout.id)
      const query = 'SELECT confirmed_at AS at FROM bank_instructions WHERE key = ?'
      const row = await env.DB.prepare(query).bind(key).first<{ at: string | null }>()
      expect(row?.at).toBeTruthy()
    })
    const file = await makeFile()
    await abortAllDurableObjects()
    await handIn(file)
    const report = await bankSays(file)
    await good(await bring(file, report))
    await abortAllDurableObjects()
    await good(await bring(file, report))
    await followUntil(payout, 'arrived')
    expect(await paidBy(payout)).toHaveLength(1)
  })

  test('when the bank sends it back after it had arrived: once, and in both books', async () => {
    const before = await wallet()
    const { payout, file } = await filed()
    await good(await bring(file, await bankSays(file)))
    await followUntil(payout, 'arrived')
    const after = await settle(file, await bankSays(file, 'return_one'))
    expect(entryOf(after, payout)).toMatchObject({ standing: 'returned', reason: 'AC04' })
    expect((await followUntil(payout, 'came_back')).reason).toBe('AC04')
    expect(await wallet()).toMatchObject(less(before, 0))
    await eventually(async () => {
      const reference = { account: null, reference: payout.id, before: null }
      const booked = await bookOf(env, 'kz', NETWORK_BOOK).transfers(reference, 10)
      expect(booked.map(({ code }) => code).sort()).toEqual(['payout_paid', 'payout_refunded'])
    })
  })

  test('the audit agrees with the bank, and names what does not', async () => {
    await registerOffers([OFFER], 'kz')
    const audit = async () => {
      const report = await good<AuditReport>(await finance.call('POST', '/v1/operator/audits'))
      return report.findings.filter(({ where }) => where === cellName() || where.includes('bank'))
    }
    // The instruction of nobody that a test above has left is the one thing to be told.
    const [stray, ...others] = await audit()
    expect([stray?.what, others]).toEqual([expect.stringContaining('no such payout'), []])
    await cell().freezePayouts(null)
    const { payout, file } = await filed()
    await settle(file, await bankSays(file, 'reject_one'))
    await followUntil(payout, 'came_back')
    // The bank paid it after all: the shopper has the money twice, and the cell stands still.
    const report = (await bankSays(file))
      .replace('<TxSts>RJCT</TxSts>', '<TxSts>ACSC</TxSts>')
      .replace(/<StsRsnInf>.*<\/StsRsnInf>/, '')
    await good(await bring(file, report))
    await eventually(async () => expect(await cell().payoutsFrozen()).toContain(payout.id))
    const found = await audit()
    expect(found.map(({ what }) => what).join()).toContain(`${payout.id} came back, and the bank`)
    // Kills "one part that cannot be read hides all others".
    await cell().freezePayouts(null)
    const prepare = (query: string) => {
      if (query.includes('brought_at >=')) throw new Error('too much to read')
      return env.DB.prepare(query)
    }
    const DB = new Proxy(env.DB, {
      get: (db, name) => {
        const value = name === 'prepare' ? prepare : Reflect.get(db, name)
        return typeof value === 'function' ? value.bind(db) : value
      },
    })
    const halting = new Proxy(env, {
      get: (all, name) => (name === 'DB' ? DB : Reflect.get(all, name)),
    })
    const partly = await auditNow(halting, settings, Date.now())
    expect(partly.findings[0]).toMatchObject({ where: 'audit of bank register' })
    expect(partly.frozenCells).toContain(cellName())
  })
})
