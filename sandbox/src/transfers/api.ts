import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { CURRENCIES, type CurrencyCode, minorDigits } from '#schema/currency'
import { ibanChecks } from '#schema/iban'
import type { SandboxEnv } from '../env.ts'
import { providerOf } from '../payouts/api.ts'
import { type Twist, transferSwitches } from './faults.ts'
import { type KeptTransfer, stateAt } from './ledger.ts'

type Ctx = Context<{ Bindings: SandboxEnv }>

const BODY_BYTES_MAX = 64 * 1024
const LIST_MAX = 100
const AMOUNT_MAX = 1_000_000_000

/** Wise's API over HTTP as far as transfers from a balance to an IBAN go, faults on demand. */
export const transferApi = new Hono<{ Bindings: SandboxEnv }>()

for (const path of ['/v1/accounts', '/v1/transfers/*', '/v3/profiles/*']) {
  transferApi.use(path, async (c, next) => {
    if (c.req.header('authorization') === `Bearer ${c.env.WISE_TOKEN}`) return await next()
    return c.json({ error: 'invalid_token', error_description: 'Invalid token' }, 401)
  })
  transferApi.use(path, bodyLimit({ maxSize: BODY_BYTES_MAX }))
}

transferApi.use('/v3/profiles/:profile/*', async (c, next) => {
  if (c.req.param('profile') === c.env.WISE_PROFILE_ID) return await next()
  return c.json({ error: 'access_denied', error_description: 'Not your profile' }, 403)
})

const QuoteOrder = z.object({
  sourceCurrency: z.enum(CURRENCIES),
  targetCurrency: z.enum(CURRENCIES),
  targetAmount: z.number().positive().max(AMOUNT_MAX),
})

transferApi.post('/v3/profiles/:profile/quotes', async (c) => {
  const order = QuoteOrder.safeParse(await body(c))
  if (!order.success) return wrong(c, order.error)
  const { sourceCurrency, targetCurrency, targetAmount } = order.data
  if (sourceCurrency !== targetCurrency) return refused(c, 'error.route.not.supported', 'currency')
  const amountMinor = Math.round(targetAmount * 10 ** minorDigits(targetCurrency))
  const id = await providerOf(c.env).quoteTransfer({ currency: targetCurrency, amountMinor })
  const now = Date.now()
  return c.json({
    id,
    ...order.data,
    sourceAmount: targetAmount,
    payOut: 'BANK_TRANSFER',
    rate: 1,
    createdTime: new Date(now).toISOString(),
    expirationTime: new Date(now + 30 * 60_000).toISOString(),
    profile: Number(c.env.WISE_PROFILE_ID),
    rateType: 'FIXED',
    status: 'PENDING',
    providedAmountType: 'TARGET',
    paymentOptions: [{ payIn: 'BALANCE', payOut: 'BANK_TRANSFER', disabled: false }],
  })
})

const RecipientOrder = z.object({
  currency: z.enum(CURRENCIES),
  type: z.literal('iban'),
  profile: z.number(),
  accountHolderName: z.string().regex(/^\S{1,60}( \S{1,60})+$/),
  details: z.object({
    legalType: z.literal('PRIVATE'),
    IBAN: z.string().refine((iban) => ibanChecks(iban)),
  }),
})

transferApi.post('/v1/accounts', async (c) => {
  const order = RecipientOrder.safeParse(await body(c))
  const refusal = await transferSwitches(c.env).refusal()
  if (refusal === 422) return refused(c, 'NOT_VALID', 'IBAN')
  if (refusal !== null) return new Response(null, { status: refusal })
  if (!order.success) return wrong(c, order.error)
  const { currency, accountHolderName: holder, details, profile } = order.data
  const id = await providerOf(c.env).keepRecipient({ currency, holder, iban: details.IBAN })
  return c.json({
    id,
    profile,
    accountHolderName: holder,
    type: 'iban',
    country: details.IBAN.slice(0, 2),
    currency,
    details,
    active: true,
    ownedByCustomer: false,
  })
})

const TransferOrder = z.object({
  targetAccount: z.int(),
  quoteUuid: z.uuid(),
  customerTransactionId: z.uuid(),
  details: z.object({ reference: z.string().max(140) }),
})

transferApi.post('/v1/transfers', async (c) => {
  const order = TransferOrder.safeParse(await body(c))
  if (!order.success) return wrong(c, order.error)
  const { targetAccount, quoteUuid, customerTransactionId, details } = order.data
  const made = await providerOf(c.env).makeTransfer({
    key: customerTransactionId,
    quoteId: quoteUuid,
    recipientId: targetAccount,
    reference: details.reference,
  })
  if (made === null) return refused(c, 'NOT_VALID', 'quoteUuid')
  const switches = transferSwitches(c.env)
  if (await switches.breaks('made')) return broken(c)
  return answer(c, made, await switches.twist())
})

const FundingOrder = z.object({ type: z.literal('BALANCE') })

transferApi.post('/v3/profiles/:profile/transfers/:id/payments', async (c) => {
  const order = FundingOrder.safeParse(await body(c))
  if (!order.success) return wrong(c, order.error)
  const provider = providerOf(c.env)
  const id = Number(c.req.param('id'))
  const transfer = await provider.lookAtTransfer(id)
  if (transfer === null) return c.json({ errorCode: 'transfer.not-found' }, 404)
  const switches = transferSwitches(c.env)
  if (await switches.breaks('unfunded')) return broken(c)
  if (await switches.hasNoMoney()) return funding(c, 'balance.payment-option-unavailable')
  if (await switches.cancels()) await provider.cancelTransfer(id)
  const hasMoney = await provider.fundTransfer(id, await switches.course())
  if (!hasMoney) return c.json({ errorCode: 'transfer.invalid-state' }, 422)
  const silenceMs = await switches.silenceMs()
  if (silenceMs > 0) await scheduler.wait(silenceMs)
  if (await switches.breaks('funded')) return broken(c)
  return funding(c, null)
})

transferApi.get('/v1/transfers/:id', async (c) => {
  const transfer = await providerOf(c.env).lookAtTransfer(Number(c.req.param('id')))
  if (transfer === null) return c.json({ errors: [{ code: 'NOT_FOUND', path: 'id' }] }, 404)
  return answer(c, transfer, await transferSwitches(c.env).twist())
})

transferApi.get('/v1/transfers', async (c) => {
  const at = (name: string, otherwise: number) => {
    const instant = Date.parse(c.req.query(name) ?? '')
    return Number.isNaN(instant) ? otherwise : instant
  }
  const count = (name: string, otherwise: number) => Number(c.req.query(name) ?? otherwise) || 0
  const found = await providerOf(c.env).listTransfers(
    at('createdDateStart', 0),
    at('createdDateEnd', Date.now()),
    Math.min(LIST_MAX, count('limit', 10)),
    count('offset', 0),
  )
  return c.json(found.map((transfer) => shown(c, transfer)))
})

function answer(c: Ctx, transfer: KeptTransfer, twist: Twist | null): Response {
  const object = shown(c, transfer)
  switch (twist) {
    case null:
      return c.json(object)
    case 'garbage':
      return c.body('{"id":15', 200, { 'content-type': 'application/json' })
    case 'wrong_amount':
      return c.json({ ...object, targetValue: 1 })
    case 'wrong_currency':
      return c.json({ ...object, targetCurrency: 'GBP' })
    case 'foreign':
      return c.json({ ...object, customerTransactionId: crypto.randomUUID() })
  }
}

function shown(c: Ctx, transfer: KeptTransfer): Record<string, unknown> {
  const { id, key, quoteId, recipientId, currency, reference, createdAt } = transfer
  const value = transfer.amountMinor / 10 ** minorDigits(currency as CurrencyCode)
  return {
    id,
    user: 1,
    targetAccount: recipientId,
    sourceAccount: null,
    quote: null,
    quoteUuid: quoteId,
    status: stateAt(transfer, Date.now()),
    reference,
    rate: 1,
    created: new Date(createdAt).toISOString().slice(0, 19).replace('T', ' '),
    business: Number(c.env.WISE_PROFILE_ID),
    details: { reference },
    hasActiveIssues: false,
    sourceCurrency: currency,
    sourceValue: value,
    targetCurrency: currency,
    targetValue: value,
    customerTransactionId: key,
  }
}

const body = (c: Ctx): Promise<unknown> => c.req.json().catch(() => null)

const funding = (c: Ctx, errorCode: string | null) =>
  c.json({ type: 'BALANCE', status: errorCode === null ? 'COMPLETED' : 'REJECTED', errorCode }, 201)

const refused = (c: Ctx, code: string, path: string) =>
  c.json({ errors: [{ code, message: 'Please check it', path, arguments: [] }] }, 422)

function wrong(c: Ctx, error: z.ZodError): Response {
  const path = error.issues[0]?.path.map(String).join('.') ?? ''
  return refused(c, 'NOT_VALID', path)
}

const broken = (c: Ctx) => c.json({ error: 'Internal Server Error' }, 500)
