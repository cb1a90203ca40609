import type { FiscalKey } from '#schema/fiscal-key'
import type { Page } from '#schema/page'
import type {
  Invoice,
  Partner,
  PartnerFunds,
  ProductImportResult,
  Store,
  TillDraft,
} from '#schema/partner'
import type { DemoPartner } from './market.ts'
import { type Person, signInStaff, type World } from './sign-in.ts'

/** A partner of the network with its owner signed in. */
export type Seeded = { readonly demo: DemoPartner; readonly owner: Person; readonly id: string }

/** The operator's people whom a partner meets on its way. */
export type Desk = { readonly admin: Person; readonly finance: Person }

/** The network's fee, of every reward: 10 %. */
const FEE_BPS = 1_000

/** Applies, is approved, enters shops and goods, pays in: whatever of it is not done yet. */
export async function seedPartner(world: World, demo: DemoPartner, desk: Desk): Promise<Seeded> {
  const owner = await signInStaff(world, demo.email)
  const id = owner.me.partners[0]?.partnerId ?? (await apply(owner, demo))
  const partner = await owner.call<Partner>('GET', `/v1/partners/${id}`)
  if (partner.state === 'applied') {
    await desk.admin.call('POST', `/v1/operator/partners/${id}/approve`, { feeBps: FEE_BPS })
  }
  const seeded = { demo, owner, id }
  await enterStores(seeded)
  await registerKeys(seeded, desk)
  await importProducts(seeded)
  await payIn(seeded, desk)
  return seeded
}

async function apply(owner: Person, demo: DemoPartner): Promise<string> {
  const partner = await owner.call<Partner>('POST', '/v1/partners', demo.application)
  return partner.id
}

async function enterStores({ demo, owner, id }: Seeded): Promise<void> {
  const path = `/v1/partners/${id}/stores`
  const { items } = await owner.call<Page<Store>>('GET', `${path}?limit=100`)
  for (const { tills, name, city, address } of demo.stores) {
    const known = items.find((store) => store.name === name)
    const store = known ?? (await owner.call<Store>('POST', path, { name, city, address }))
    const isMissing = (till: TillDraft) =>
      !store.tills.some((present) => present.registration === till.registration)
    for (const till of tills.filter(isMissing)) {
      await owner.call('POST', `${path}/${store.id}/tills`, till)
    }
  }
}

/** The owner asks, the operator compares and registers. */
async function registerKeys({ demo, owner, id }: Seeded, { admin }: Desk): Promise<void> {
  const path = `/v1/partners/${id}/fiscal-keys`
  if (demo.keys.length === 0) return
  const { items } = await owner.call<Page<FiscalKey>>('GET', path)
  for (const draft of demo.keys) {
    const known = items.find(({ keyId }) => keyId === draft.keyId)
    const key = known ?? (await owner.call<FiscalKey>('POST', path, draft))
    if (key.state !== 'asked') continue
    const note = 'Compared with the papers of the signature device'
    await admin.call('POST', `/v1/operator/fiscal-keys/${key.id}/register`, { note })
  }
}

async function importProducts({ demo, owner, id }: Seeded): Promise<void> {
  if (demo.products.length === 0) return
  const path = `/v1/partners/${id}/products/import`
  const batch = { dryRun: false, rows: demo.products }
  const { errors } = await owner.call<ProductImportResult>('POST', path, batch)
  const [first] = errors
  if (first) throw new Error(`${demo.application.name}, row ${first.row}: ${first.code}`)
}

/** One invoice, paid at the bank and confirmed by the operator. */
async function payIn({ demo, owner, id }: Seeded, { finance }: Desk): Promise<void> {
  const funds = await owner.call<PartnerFunds>('GET', `/v1/partners/${id}/funds`)
  if (funds.fundsMinor + funds.committedMinor + funds.spentMinor > 0) return
  const path = `/v1/partners/${id}/invoices`
  const { items } = await owner.call<Page<Invoice>>('GET', path)
  const open = items.find((invoice) => invoice.state === 'issued')
  const { fundsMinor } = demo
  const invoice = open ?? (await owner.call<Invoice>('POST', path, { amountMinor: fundsMinor }))
  await finance.call('POST', `/v1/operator/invoices/${invoice.id}/confirm`, {
    bankReference: `ПП-${invoice.number}`,
    amountMinor: invoice.amountMinor,
  })
}
