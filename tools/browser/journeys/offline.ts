import { formatAmount } from '../../../web/src/format.ts'
import { dialog, follow, insist, see, until } from '../acts.ts'
import { film } from '../camera.ts'
import { buy } from '../outside.ts'
import type { Stage, Visitor } from '../stage.ts'
import { WORDS } from '../words.ts'

const { shop } = WORDS
/** A sum that no other receipt of the shopper has. */
const KEFIR = [{ gtin: '4676744000031', quantity: 3 }]

/** In a shop's basement: scan without a connection, close the page, come out into the street. */
export async function offlineWays(stage: Stage, visitor: Visitor): Promise<void> {
  const { page } = visitor
  const { sandbox } = stage.network
  const bought = await buy(sandbox, { chain: 'lavka', lines: KEFIR })
  const sum = formatAmount(bought.scan.totalMinor, 'ru')
  await stage.check('without a connection the camera still reads, and the receipt is kept', () =>
    scanOffline(stage, visitor, bought.qr),
  )
  await stage.check(
    'a reload without a connection shows the app and what waits in it',
    async () => {
      await page.reload()
      await see(page, shop.receipts.queuedTitle)
      await see(page, sum)
      await follow(page, shop.nav.offers)
      await see(page, shop.home.canWithdraw)
      await page.goto('/wallet')
      await see(page, shop.wallet.neverExpires)
    },
  )
  await stage.check('back in the street the receipt is sent by itself and credited', async () => {
    await page.goto('/receipts')
    await see(page, shop.receipts.waiting)
    await connect(visitor, true)
    await until('the queue is empty', async () => {
      return (await page.getByText(shop.receipts.queuedTitle).count()) === 0
    })
    await page.getByRole('listitem').filter({ hasText: sum }).getByRole('link').click()
    await see(page, shop.receipt.state.credited)
  })
}

async function scanOffline(stage: Stage, visitor: Visitor, text: string) {
  const { page } = visitor
  await page.goto('/')
  await see(page, shop.home.canWithdraw)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const hasWorker = () => page.evaluate(() => navigator.serviceWorker.controller !== null)
  await until('the service worker holds the page', hasWorker)
  await film(stage.cameraFile, text)
  await connect(visitor, false)
  await see(page, shop.nav.offline)
  await follow(page, shop.nav.scan)
  await see(dialog(page), shop.scan.queuedWhy)
  await film(stage.cameraFile, null)
  await follow(dialog(page), shop.scan.toReceipts)
  await see(page, shop.receipts.waiting)
  insist(new URL(page.url()).pathname === '/receipts', `not the receipts: ${page.url()}`)
}

async function connect({ context, watch }: Visitor, isOnline: boolean) {
  // What is asked before the connection is back fails with right.
  if (!isOnline) watch.offline = true
  await context.setOffline(!isOnline)
  watch.offline = !isOnline
}
