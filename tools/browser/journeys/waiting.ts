import type { Page } from 'playwright-core'
import { dialog, field, follow, press, see } from '../acts.ts'
import { type Bought, buy, deliver } from '../outside.ts'
import { call, enterDesk, enterShopper, newPhone } from '../people.ts'
import type { Journey, Stage, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'

const { desk, operator, shop } = WORDS
const THREE_DAYS_MS = 3 * 86_400_000
const ADMIN = 'admin@kopilka.example'

/** A shop whose till was offline: the shopper waits, the operator hurries. */
export const waiting: Journey = {
  name: 'waiting',
  async play(stage) {
    const visitor = await stage.open('shopper')
    const staff = await stage.open('operator', { screen: 'desktop' })
    await enterShopper(stage, visitor, newPhone())
    await enterDesk(stage, staff, ADMIN)
    const bought = await buy(stage.network.sandbox, {
      chain: 'korzina',
      lines: [{ gtin: '4676744000017', quantity: 2 }],
      deliveredAfterMs: THREE_DAYS_MS,
    })
    await stage.check('a receipt that is not delivered yet says so, with the next date', () =>
      wait(visitor, bought),
    )
    await stage.check('after the delivery the operator’s retry credits it, before both eyes', () =>
      retry(stage, visitor, staff, bought),
    )
    await stage.check('a receipt that support has released is taken again from the same page', () =>
      again(stage, visitor, staff),
    )
  },
}

async function paste(page: Page, bought: Bought) {
  await press(page, shop.scan.paste)
  await field(dialog(page), shop.scan.pasteForm.label).fill(bought.qr)
  await press(dialog(page), shop.scan.pasteForm.send)
}

async function wait({ page }: Visitor, bought: Bought) {
  await page.goto('/scan')
  await paste(page, bought)
  await see(page, shop.receipt.state.awaiting_authority)
  await see(page, shop.receipt.reason.not_delivered_yet)
  await see(page, sentence(shop.receipt.nextCheck))
}

async function retry(stage: Stage, visitor: Visitor, staff: Visitor, bought: Bought) {
  const { page } = staff
  const id = idOn(visitor.page)
  await page.goto(`/operator/receipts/receipt?id=${id}`)
  await see(page, operator.receiptReason.not_delivered_yet)
  await deliver(stage.network.sandbox, bought)
  await press(page, operator.receipt.retry)
  await press(dialog(page), operator.receipt.retry)
  await see(dialog(page), desk.action.reasonShort)
  await field(dialog(page), desk.action.reason).fill('Магазин сообщил, что касса снова на связи')
  await press(dialog(page), operator.receipt.retry)
  await see(page, operator.step.credited)
  await see(page, operator.step.retried)
  await see(visitor.page, shop.receipt.state.credited)
  await see(visitor.page, 'Гипермаркет «Полная корзина»')
}

const idOn = (page: Page) => new URL(page.url()).searchParams.get('id') ?? ''

async function again(stage: Stage, visitor: Visitor, staff: Visitor) {
  const { page } = visitor
  const bought = await buy(stage.network.sandbox, {
    chain: 'korzina',
    lines: [{ gtin: '4676744000017' }],
    deliveredAfterMs: THREE_DAYS_MS,
  })
  await follow(page, shop.receipt.scanMore)
  await paste(page, bought)
  await see(page, shop.receipt.state.awaiting_authority)
  const first = idOn(page)
  const reason = 'Покупатель попросил отправить чек ещё раз'
  await call(staff, 'POST', `/v1/operator/receipts/${first}/release`, { reason })
  await see(page, shop.receipt.state.released)
  await deliver(stage.network.sandbox, bought)
  await follow(page, shop.receipt.scanMore)
  await paste(page, bought)
  await page.waitForURL((url) => ![null, first].includes(url.searchParams.get('id')))
  await see(page, shop.receipt.state.credited)
}
