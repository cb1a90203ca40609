import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { dialog, field, insist, press, see, until } from '../acts.ts'
import { buy } from '../outside.ts'
import { codeAfter, enterShopper, newPhone } from '../people.ts'
import { earn } from '../purchase.ts'
import type { Journey, Stage, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'

const { common, shop } = WORDS

/** What a shopper decides about themself: name, consents, devices, data, the end. */
export const profile: Journey = {
  name: 'profile',
  async play(stage) {
    const phone = newPhone()
    const visitor = await stage.open('shopper')
    const { page } = visitor
    await enterShopper(stage, visitor, phone)
    await stage.check('the name is kept', () => name(page))
    await stage.check('a voluntary consent is given and withdrawn, the required ones stay', () =>
      consents(page),
    )
    await stage.check('everything kept about the shopper is downloaded as JSON', () =>
      download(visitor, stage),
    )
    await stage.check('erasure waits for the money to be taken or given up, then is final', () =>
      erase(stage, visitor, phone),
    )
  },
}

async function name(page: Page) {
  await page.goto('/profile')
  await field(page, shop.profile.name).fill('Вера')
  await press(page, common.save)
  await see(page, common.saved)
  await page.reload()
  await until('the name is there', async () => {
    return (await field(page, shop.profile.name).inputValue()) === 'Вера'
  })
}

const granted = sentence(shop.consent.granted)
const withdrawn = sentence(shop.consent.withdrawn)

/** The words under a field. */
function describe(input: Locator): Promise<string> {
  return input.evaluate((element) => {
    const ids = element.getAttribute('aria-describedby')?.split(' ') ?? []
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
  })
}

async function consents(page: Page) {
  const sms = page.getByLabel(shop.consent.purpose.marketing_sms)
  // The box shows what the server has kept, so it changes after the answer.
  await sms.click()
  await until('it says since when', async () => granted.test(await describe(sms)))
  await page.reload()
  await until('the consent is kept', () => sms.isChecked())
  await sms.click()
  await until('it says since when not', async () => withdrawn.test(await describe(sms)))
  const terms = page.getByLabel(shop.consent.purpose.terms)
  insist(await terms.isDisabled(), 'the terms can be withdrawn without erasing the account')
}

async function download(visitor: Visitor, stage: Stage) {
  const { page } = visitor
  await earn(visitor, await buy(stage.network.sandbox, { chain: 'berezka', lines: MILK }))
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    press(page, shop.profile.export),
  ])
  insist(file.suggestedFilename() === 'kopilka.json', `named ${file.suggestedFilename()}`)
  const text = await readFile(await file.path(), 'utf8')
  const everything: unknown = JSON.parse(text)
  insist(typeof everything === 'object' && everything !== null, 'the file is not an object')
  for (const told of ['Вера', 'marketing_sms']) insist(text.includes(told), `no ${told} in it`)
}

const MILK = [{ gtin: '4676744000017' }]

async function erase(stage: Stage, visitor: Visitor, phone: string) {
  const { page } = visitor
  const open = () => press(page, shop.profile.erase)
  const code = await codeAfter(stage, phone, open)
  const sheet = dialog(page)
  await field(sheet, shop.signIn.code).fill(code)
  await see(sheet, shop.profile.eraseConfirm)
  const confirm = sheet.getByRole('button', { name: shop.profile.eraseConfirm })
  insist(await confirm.isDisabled(), 'the account can be erased with money in it')
  await sheet.getByLabel(shop.profile.eraseForfeit).check()
  await confirm.click()
  await see(page, shop.home.welcome)
}
