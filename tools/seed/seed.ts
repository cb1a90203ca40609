import { several } from './caller.ts'
import { BRANDS, RETAILERS } from './market.ts'
import { seedOffers } from './offers.ts'
import { type Seeded, seedPartner } from './partners.ts'
import { OPERATORS, SHOPPER, STAFF } from './people.ts'
import { seedSales } from './sales.ts'
import { seedPayout, seedShopper } from './shopper.ts'
import { type Person, signInShopper, signInStaff, type World } from './sign-in.ts'

const AT_ONCE = 4

/**
 * Fills a running network over its own API: partners with shops, goods and money, offers, staff,
 * and a shopper with receipts and a withdrawal. What is there already is left alone. The operator's
 * people must have been granted their roles. Throws when the network refuses something.
 */
export async function seed(world: World, now: number, say: (words: string) => void) {
  await seedPurchases(world, await seedMarket(world, now, say), now, say)
}

/** The first part: everybody but the shopper, who is signed in and handed on to the second. */
export async function seedMarket(
  world: World,
  now: number,
  say: (words: string) => void,
): Promise<Person> {
  const shopper = await signInShopper(world, SHOPPER.phone)
  const [admin, , finance] = await several(OPERATORS, 1, ({ email }) => signInStaff(world, email))
  if (!admin || !finance) throw new Error('the operator has no admin or nobody for finance')
  const desk = { admin, finance }
  say(`Shops, goods and money of ${RETAILERS.length + BRANDS.length} partners…`)
  const partners = await several([...RETAILERS, ...BRANDS], AT_ONCE, (demo) =>
    seedPartner(world, demo, desk),
  )
  say('Offers…')
  await seedOffers(partners, now)
  await seedStaff(world, partners)
  await seedSales(world, partners)
  return shopper
}

/** The second part: what the shopper bought and withdrew. */
export async function seedPurchases(
  world: World,
  shopper: Person,
  now: number,
  say: (words: string) => void,
): Promise<void> {
  say('A shopper: receipts, verdicts, a withdrawal…')
  await seedShopper(world, shopper, now)
  await seedPayout(shopper)
}

async function seedStaff(world: World, partners: readonly Seeded[]): Promise<void> {
  for (const { partner, role, email } of STAFF) {
    const seeded = partners.find(({ demo }) => demo.application.name === partner)
    if (!seeded) throw new Error(`the seed has no partner ${partner}`)
    const path = `/v1/partners/${seeded.id}/staff`
    type StaffPage = { items: { email: string; state: string }[] }
    const { items } = await seeded.owner.call<StaffPage>('GET', path)
    const known = items.find((one) => one.email === email)
    if (!known) await seeded.owner.call('POST', path, { email, role })
    if (known?.state !== 'active') await signInStaff(world, email)
  }
}
