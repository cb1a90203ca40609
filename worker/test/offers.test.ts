import { beforeEach, describe, expect, test } from 'vitest'
import type { Offer, OfferCard, OfferDraft } from '#schema/offer'
import { commitBudget } from '../src/offers/commit-budget.ts'
import { readLiveVersion } from '../src/offers/offers.d1.ts'
import { publishSnapshot } from '../src/offers/publish-snapshot.ts'
import { amount } from '../src/offers/sample.test-data.ts'
import { endPassedOffers, settleEndedOffers } from '../src/offers/settle-ended.ts'
import { type Caller, good, signInPartner, signInShopper, stranger } from './actors.ts'
import { rowsOf } from './catalogue-rows.ts'
import {
  addProduct,
  ask,
  type ControlWorld,
  createControlWorld,
  draftOf,
  fund,
  newAdmin,
  newOffer,
  newTenant,
  type Tenant,
} from './control-world.ts'

let world: ControlWorld
let admin: Caller
let tenant: Tenant
beforeEach(async () => {
  world = await createControlWorld()
  admin = await newAdmin(world)
  tenant = await newTenant(world, admin)
})

const FUNDS = 1_000_000
const offers = (of = tenant) => `/v1/partners/${of.id}/offers`
const act = (offer: Offer, verb: string, of = tenant) =>
  ask(of.owner, 'POST', `${offers(of)}/${offer.id}/${verb}`)
const edit = (offer: Offer, draft: OfferDraft) =>
  ask(tenant.owner, 'PUT', `${offers()}/${offer.id}`, draft)
const currentSnapshot = async () => {
  const { version } = await world.ports.snapshots('ru').current()
  const snapshot = await world.ports.snapshots('ru').get(version)
  if (!snapshot) throw new Error(`snapshot ${version} is not stored`)
  return snapshot
}
const cards = async (query = '', as: Caller = stranger(world)) => {
  const { body } = await ask(as, 'GET', `/v1/offers${query}`)
  return (body.items as OfferCard[]).map((card) => card.id)
}
const fundsOf = async () => (await ask(tenant.owner, 'GET', `/v1/partners/${tenant.id}/funds`)).body

/** A funded partner with its product and a draft that may be published. */
async function readyOffer(changes: Partial<OfferDraft> = {}): Promise<Offer> {
  await fund(tenant, admin, FUNDS)
  await addProduct(tenant)
  return newOffer(tenant, draftOf(world, changes))
}

/** The same, published. */
async function liveOffer(changes: Partial<OfferDraft> = {}): Promise<Offer> {
  const offer = await readyOffer(changes)
  return good(await tenant.owner.call('POST', `${offers()}/${offer.id}/publish`))
}

describe('a draft', () => {
  test('may lack what the law wants, is edited freely, and shows nothing to shoppers', async () => {
    const legal = { organiser: '', rulesUrl: '' as const, advertiserTaxNumber: '', adToken: '' }
    const offer = await newOffer(tenant, draftOf(world, { legal }))
    expect(offer).toMatchObject({ state: 'draft', version: 0, publishedAt: null, feeBps: 1_500 })
    expect(offer.text.ru).toBe('На товары «Заря» в любом магазине')
    const title = { ru: 'Другое', en: 'Other' }
    expect((await edit(offer, draftOf(world, { title }))).body).toMatchObject({ draft: { title } })
    expect(await cards()).toEqual([])
    const list = await ask(tenant.owner, 'GET', `${offers()}?state=draft`)
    expect(list.body.items).toHaveLength(1)
    expect((await ask(tenant.owner, 'GET', `${offers()}?state=ended`)).body.items).toEqual([])
  })

  test('is previewed with its texts, its cost and everything that is missing', async () => {
    const legal = { organiser: '', rulesUrl: '' as const, advertiserTaxNumber: '', adToken: '' }
    const draft = draftOf(world, { legal })
    const { body } = await ask(tenant.owner, 'POST', `${offers()}/preview`, draft)
    expect(body).toMatchObject({
      rewardText: { ru: '10\u00a0%', en: '10%' },
      // 200 ₽ and 15 % of it.
      estimate: { receiptMinorMax: 23_000, receiptsAtLeast: 4, past: null },
    })
    const { problems } = body.estimate as { problems: { code: string }[] }
    expect(problems.map((problem) => problem.code)).toEqual([
      'organiser_missing',
      'rules_url_missing',
      'advertiser_tax_number_missing',
      'ad_token_missing',
      'brand_unknown',
    ])
  })

  test('is refused with unknown fields, wrong types and by those who may not write', async () => {
    const draft = draftOf(world)
    const post = (body: unknown, as: Caller = tenant.owner) => ask(as, 'POST', offers(), body)
    expect((await post({ ...draft, feeBps: 0 })).status).toBe(400)
    expect((await post({ ...draft, budgetMinor: '1000' })).status).toBe(400)
    expect((await post({ ...draft, rule: { ...draft.rule, holdDays: 61 } })).status).toBe(400)
    const viewer = await signInPartner(world, tenant.id, 'viewer')
    expect((await post(draft, viewer)).status).toBe(403)
    expect((await post(draft, stranger(world))).status).toBe(401)
    expect((await post(draft, await signInShopper(world, '+79990000001'))).status).toBe(401)
  })

  test('of another partner is not there', async () => {
    const theirs = await newTenant(world, admin)
    const offer = await newOffer(theirs, draftOf(world))
    const path = `${offers()}/${offer.id}`
    const absent = await tenant.owner.call('GET', `${offers()}/off_absent0001`)
    const foreign = await tenant.owner.call('GET', path)
    expect(foreign.status).toBe(404)
    expect(await foreign.text()).toBe(await absent.text())
    expect((await edit(offer, draftOf(world))).status).toBe(404)
    for (const verb of ['publish', 'pause', 'resume', 'end']) {
      expect((await act(offer, verb)).status).toBe(404)
    }
    expect((await ask(tenant.owner, 'GET', `${path}/redemptions`)).status).toBe(404)
    expect((await ask(tenant.owner, 'GET', `${path}/days`)).status).toBe(404)
  })
})

describe('publishing', () => {
  test('takes the money, writes version 1 and puts it into the next snapshot', async () => {
    const offer = await readyOffer()
    const before = (await world.ports.snapshots('ru').current()).version
    const published = await act(offer, 'publish')
    expect(published).toMatchObject({ status: 200, body: { state: 'published', version: 1 } })
    expect(await fundsOf()).toEqual({
      fundsMinor: FUNDS - 100_000,
      committedMinor: 100_000,
      spentMinor: 0,
    })
    expect((await world.ports.budget.money(offer.id)).fundedMinor).toBe(100_000)
    const snapshot = await currentSnapshot()
    expect(snapshot.version).toBe(before + 1)
    expect(snapshot.offers).toMatchObject([
      { offerId: offer.id, version: 1, feeBps: 1_500, partnerName: 'Заря', stoppedAt: null },
    ])
    expect(await cards()).toEqual([offer.id])
  })

  test('twice, and by two at once, is one version and one commitment', async () => {
    const offer = await readyOffer()
    const answers = await Promise.all([act(offer, 'publish'), act(offer, 'publish')])
    const statuses = answers.map((answer) => answer.status)
    expect(statuses).toContain(200)
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([])
    expect((await act(offer, 'publish')).body).toMatchObject({ version: 1 })
    expect(await fundsOf()).toMatchObject({ committedMinor: 100_000 })
    expect((await currentSnapshot()).offers).toHaveLength(1)
  })

  test('is refused with every problem named, and takes no money', async () => {
    const draft = draftOf(world)
    const offer = await readyOffer({ legal: { ...draft.legal, adToken: '' } })
    expect(await act(offer, 'publish')).toMatchObject({
      status: 422,
      body: {
        code: 'offer_incomplete',
        errors: [{ path: 'legal.adToken', message: 'ad_token_missing' }],
      },
    })
    expect(await fundsOf()).toMatchObject({ fundsMinor: FUNDS })
  })

  test('is refused while the money is short, and works when the budget fits', async () => {
    const offer = await readyOffer({ budgetMinor: draftOf(world).budgetMinor })
    await edit(offer, { ...draftOf(world), budgetMinor: amount(FUNDS + 1) })
    expect(await act(offer, 'publish')).toMatchObject({
      status: 409,
      body: { code: 'funds_short', neededMinor: FUNDS + 1, seenMinor: FUNDS },
    })
    await edit(offer, { ...draftOf(world), budgetMinor: amount(FUNDS) })
    expect((await act(offer, 'publish')).status).toBe(200)
    expect(await fundsOf()).toMatchObject({ fundsMinor: 0, committedMinor: FUNDS })
  })

  test('is refused to a partner without a contract', async () => {
    const offer = await readyOffer()
    const suspend = `/v1/operator/partners/${tenant.id}/suspend`
    await ask(admin, 'POST', suspend, { reason: 'проверка документов' })
    expect(await act(offer, 'publish')).toMatchObject({
      status: 403,
      body: { code: 'partner_not_active' },
    })
  })

  test('finds blocked goods in the target', async () => {
    await fund(tenant, admin, FUNDS)
    const beer = await addProduct(tenant, { gtin: '', category: 'alcohol' })
    const target = { code: 'products' as const, args: { productIds: [beer.id] } }
    const draft = draftOf(world)
    const offer = await newOffer(tenant, { ...draft, rule: { ...draft.rule, target } })
    expect((await act(offer, 'publish')).body).toMatchObject({
      errors: [{ path: 'rule.target.args.productIds', message: 'product_blocked' }],
    })
  })

  test('asks the same question again after a crash in mid-publication', async () => {
    const offer = await readyOffer()
    const crash = {
      ...world.ports.money,
      commit: async (...args: Parameters<typeof world.ports.money.commit>) => {
        await world.ports.money.commit(...args)
        throw new Error('the answer was lost')
      },
    }
    const place = { partnerId: tenant.id, offerId: offer.id }
    const at = (ms: number) => new Date(ms).toISOString()
    const lost = commitBudget({ db: world.db, money: crash }, place, 100_000, at(world.clock.ms))
    await expect(lost).rejects.toThrow('the answer was lost')
    // Too soon to tell a crash from a publication that is still running.
    expect((await act(offer, 'publish')).status).toBe(409)
    world.clock.ms += 10_000
    expect((await act(offer, 'publish')).status).toBe(200)
    expect(await fundsOf()).toMatchObject({ fundsMinor: FUNDS - 100_000, committedMinor: 100_000 })
  })
})

describe('a published version', () => {
  test('never changes and never leaves', async () => {
    await liveOffer()
    const change = world.db.prepare("UPDATE offer_versions SET content = '{}'").run()
    await expect(change).rejects.toThrow('a published version never changes')
    const removal = world.db.prepare('DELETE FROM offer_versions').run()
    await expect(removal).rejects.toThrow('a published version never leaves')
  })

  test('is followed by the next one, with more money when the budget grew', async () => {
    const offer = await liveOffer()
    const title = { ru: 'Больше', en: 'More' }
    await edit(offer, { ...draftOf(world), title, budgetMinor: amount(150_000) })
    // The edit alone changes nothing for shoppers.
    expect((await currentSnapshot()).offers).toHaveLength(1)
    const { body: card } = await ask(stranger(world), 'GET', `/v1/offers/${offer.id}`)
    expect(card).toMatchObject({ version: 1, title: draftOf(world).title })
    expect((await act(offer, 'publish')).body).toMatchObject({ version: 2 })
    expect((await world.ports.budget.money(offer.id)).fundedMinor).toBe(150_000)
    // Both are there: a purchase is judged by the version that was in force.
    expect((await currentSnapshot()).offers.map((version) => version.version)).toEqual([1, 2])
    const smaller = { ...draftOf(world), budgetMinor: amount(100_000) }
    await edit(offer, smaller)
    expect((await act(offer, 'publish')).body).toMatchObject({
      errors: [{ path: 'budgetMinor', message: 'budget_too_small' }],
    })
    // The preview of this offer says so before; of a new one with that budget nothing is wrong.
    const preview = (query: string, of = tenant) =>
      ask(of.owner, 'POST', `${offers(of)}/preview${query}`, smaller)
    expect((await preview(`?offerId=${offer.id}`)).body).toMatchObject({
      estimate: { problems: [{ path: 'budgetMinor', code: 'budget_too_small' }] },
    })
    expect((await preview('')).body).toMatchObject({ estimate: { problems: [] } })
    const other = await newTenant(world, admin)
    expect(await preview(`?offerId=${offer.id}`, other)).toMatchObject({ status: 404 })
  })

  test('is paused, resumed and ended; each says no when it is not its turn', async () => {
    const offer = await liveOffer()
    const refused = { status: 409, body: { code: 'not_now' } }
    expect(await act(offer, 'resume')).toMatchObject(refused)
    expect((await act(offer, 'pause')).body).toMatchObject({ state: 'paused' })
    expect((await currentSnapshot()).offers[0]?.stoppedAt).toMatch(/^\d{4}-/)
    expect(await cards()).toEqual([])
    expect(await act(offer, 'pause')).toMatchObject(refused)
    world.clock.ms += 3_600_000
    expect((await act(offer, 'resume')).body).toMatchObject({ state: 'published', version: 1 })
    expect((await currentSnapshot()).offers[0]?.stoppedAt).toBeNull()
    expect(await cards()).toEqual([offer.id])
    await act(offer, 'pause')
    world.clock.ms += 3_600_000
    await edit(offer, { ...draftOf(world), budgetMinor: amount(150_000) })
    expect((await act(offer, 'publish')).body).toMatchObject({ state: 'published', version: 2 })
    // Neither way to go on forgets the pause, whatever version judges.
    const { offers } = await currentSnapshot()
    expect(offers.map(({ stops }) => stops?.length)).toEqual([2, 2])
    const forget = world.db.prepare(`UPDATE offers SET stops = '[]'`).run()
    await expect(forget).rejects.toThrow('never forgotten')
    expect((await act(offer, 'end')).body).toMatchObject({ state: 'ended' })
    for (const verb of ['publish', 'pause', 'resume', 'end']) {
      expect(await act(offer, verb)).toMatchObject(refused)
    }
    expect(await edit(offer, draftOf(world))).toMatchObject(refused)
    // The card stays readable, with nothing left.
    const { body } = await ask(stranger(world), 'GET', `/v1/offers/${offer.id}`)
    expect(body).toMatchObject({ id: offer.id, leftPercent: 0 })
  })

  test('stops with its partner and goes on with it', async () => {
    const offer = await liveOffer()
    const decide = (verb: string, body?: object) =>
      ask(admin, 'POST', `/v1/operator/partners/${tenant.id}/${verb}`, body)
    await decide('suspend', { reason: 'проверка документов' })
    expect((await currentSnapshot()).offers[0]?.stoppedAt).toMatch(/^\d{4}-/)
    expect(await cards()).toEqual([])
    // Kills "activate what is not on the shelf": the shopper's reward would be held for nothing.
    expect(await readLiveVersion(world.db, offer.id)).toMatchObject({ state: 'paused' })
    world.clock.ms += 3_600_000
    await decide('resume')
    expect(await readLiveVersion(world.db, offer.id)).toMatchObject({ state: 'published' })
    expect((await currentSnapshot()).offers[0]?.stoppedAt).toBeNull()
    expect((await currentSnapshot()).offers[0]?.stops).toHaveLength(1)
    expect(await cards()).toEqual([offer.id])
  })

  test('ends by the clock, and gives the rest back when no receipt can reach it', async () => {
    const offer = await liveOffer()
    const day = 86_400_000
    world.clock.ms += 31 * day
    const now = () => new Date(world.clock.ms).toISOString()
    expect(await endPassedOffers(world.ports, now())).toBe(1)
    expect(await settleEndedOffers(world.ports, now())).toBe(0)
    const state = await world.db.prepare('SELECT state FROM offers').first()
    expect(state).toEqual({ state: 'ended' })
    expect((await world.ports.money.balance(tenant.id)).fundsMinor).toBe(FUNDS - 100_000)
    // 14 days to submit, 30 for the till, one of margin.
    world.clock.ms += 46 * day
    expect(await settleEndedOffers(world.ports, now())).toBe(1)
    expect((await world.ports.money.balance(tenant.id)).fundsMinor).toBe(FUNDS)
    const settled = await world.db
      .prepare('SELECT id FROM offers WHERE settled_at IS NOT NULL')
      .all()
    expect(settled.results).toEqual([{ id: offer.id }])
  })
})

describe('the snapshot', () => {
  test('has versions without gaps, and none is ever rewritten', async () => {
    await liveOffer()
    const { version } = await world.ports.snapshots('ru').current()
    const snapshot = await currentSnapshot()
    expect(await world.ports.snapshots('ru').put({ ...snapshot, offers: [] })).toBe(false)
    expect((await currentSnapshot()).offers).toHaveLength(1)
    for (let past = 1; past <= version; past += 1) {
      expect((await world.ports.snapshots('ru').get(past))?.version).toBe(past)
    }
    const jump = world.db.prepare('UPDATE markets SET version = version + 2').run()
    await expect(jump).rejects.toThrow('snapshot versions have no gaps')
  })

  test('is compiled by many at once into versions that follow one another', async () => {
    const offer = await liveOffer()
    const now = new Date(world.clock.ms).toISOString()
    const before = (await world.ports.snapshots('ru').current()).version
    await world.db.prepare('UPDATE markets SET changes = changes + 1').run()
    const published = await Promise.all(
      Array.from({ length: 5 }, () => publishSnapshot(world.ports, 'ru', now)),
    )
    const { version } = await world.ports.snapshots('ru').current()
    expect(Math.max(...published)).toBe(version)
    for (let past = before + 1; past <= version; past += 1) {
      const snapshot = await world.ports.snapshots('ru').get(past)
      expect(snapshot?.offers.map((one) => one.offerId)).toEqual([offer.id])
    }
    // Nothing has changed since: nothing is compiled.
    expect(await publishSnapshot(world.ports, 'ru', now)).toBe(version)
  })

  test('adopts the object that a crash left behind and compiles the next one', async () => {
    const offer = await liveOffer()
    const { version } = await world.ports.snapshots('ru').current()
    const left = { ...(await currentSnapshot()), version: version + 1, offers: [] }
    expect(await world.ports.snapshots('ru').put(left)).toBe(true)
    await act(offer, 'pause')
    expect((await world.ports.snapshots('ru').current()).version).toBe(version + 2)
    expect((await currentSnapshot()).offers[0]?.stoppedAt).toMatch(/^\d{4}-/)
  })

  test('knows shops by tills and tax numbers, and the goods that offers name', async () => {
    await fund(tenant, admin, FUNDS)
    const milk = await addProduct(tenant)
    const stores = `/v1/partners/${tenant.id}/stores`
    const store = { name: 'Лавка', city: 'Казань', address: 'Мира, 1' }
    const { body } = await ask(tenant.owner, 'POST', stores, store)
    const till = { registration: '0000000001000001', fiscalDrive: '' }
    await ask(tenant.owner, 'POST', `${stores}/${body.id}/tills`, till)
    const target = { code: 'products' as const, args: { productIds: [milk.id] } }
    const draft = draftOf(world)
    const rule = { ...draft.rule, target, retailers: [tenant.id] }
    const offer = await newOffer(tenant, { ...draft, rule })
    expect((await act(offer, 'publish')).status).toBe(200)
    expect(await currentSnapshot()).toMatchObject({
      retailers: [{ id: tenant.id, name: 'Заря' }],
      taxNumbers: [{ partnerId: tenant.id }],
      stores: [{ id: body.id, name: 'Лавка', address: 'Казань, Мира, 1', tills: [till] }],
      targetProducts: [{ id: milk.id, name: milk.name }],
    })
  })
})

describe('one pack that two partners list', () => {
  test('earns by an offer on either, because receipt lines lead to one of them', async () => {
    await fund(tenant, admin, FUNDS)
    const main = await addProduct(tenant)
    world.clock.ms += 1_000
    const retailer = await newTenant(world, admin, { name: 'Лавка' })
    await fund(retailer, admin, FUNDS)
    const twin = await addProduct(retailer)
    const target = { code: 'products' as const, args: { productIds: [twin.id] } }
    const draft = draftOf(world)
    const offer = await newOffer(retailer, { ...draft, rule: { ...draft.rule, target } })
    expect((await act(offer, 'publish', retailer)).status).toBe(200)
    const { offers: published, productsVersion } = await currentSnapshot()
    expect(published[0]?.rule.target).toEqual({
      code: 'products',
      args: { productIds: [twin.id, main.id] },
    })
    const catalogue = await world.ports.snapshots('ru').getProducts(productsVersion)
    expect(await rowsOf(catalogue)).toMatchObject([{ id: main.id }])
  })
})

describe('the shopper', () => {
  test('browses, searches and filters what is live', async () => {
    const brandOffer = await liveOffer()
    world.clock.ms += 1_000
    const retailer = await newTenant(world, admin, { name: 'Лавка', kind: 'retailer' })
    await fund(retailer, admin, FUNDS)
    const draft = draftOf(world)
    const rule = {
      ...draft.rule,
      target: { code: 'receipt' as const, args: {} },
      retailers: [retailer.id],
    }
    const shopOffer = await newOffer(retailer, { ...draft, rule, title: { ru: 'Чек', en: 'Bill' } })
    expect((await act(shopOffer, 'publish', retailer)).status).toBe(200)
    expect(await cards()).toEqual([shopOffer.id, brandOffer.id])
    expect(await cards('?q=ЗАРЮ')).toEqual([brandOffer.id])
    expect(await cards('?q=лавка')).toEqual([shopOffer.id])
    expect(await cards(`?retailerId=${tenant.id}`)).toEqual([brandOffer.id])
    expect(await cards(`?retailerId=${retailer.id}`)).toEqual([shopOffer.id, brandOffer.id])
    expect(await cards(`?partnerId=${tenant.id}`)).toEqual([brandOffer.id])
    const { body } = await ask(stranger(world), 'GET', '/v1/offers?limit=1')
    expect(await cards(`?limit=1&cursor=${body.nextCursor}`)).toEqual([brandOffer.id])
    expect((await ask(stranger(world), 'GET', '/v1/offers?sort=rate')).status).toBe(400)
    expect((await ask(stranger(world), 'GET', '/v1/offers/off_absent0001')).status).toBe(404)
    const retailers = await ask(stranger(world), 'GET', '/v1/retailers')
    expect(retailers.body.items).toHaveLength(2)
  })

  test('sees the rule in words, what is left of the budget, and the own activation', async () => {
    const offer = await liveOffer()
    await world.db
      .prepare(
        `INSERT INTO offer_totals (offer_id, partner_id, reward_minor, fee_minor, reserved_minor)
         VALUES (?, ?, 20000, 3000, 2000)`,
      )
      .bind(offer.id, tenant.id)
      .run()
    const until = '2027-01-01T00:00:00.000Z'
    world.activations.set(offer.id, { reservedMinor: 23_000, until })
    const path = `/v1/offers/${offer.id}`
    const { body: card } = await ask(await signInShopper(world, '+79990000001'), 'GET', path)
    expect(card).toMatchObject({
      rewardText: { ru: '10\u00a0%' },
      summary: { ru: 'На товары «Заря» в любом магазине' },
      leftPercent: 75,
      activated: { reservedMinor: 23_000, until },
      retailers: null,
    })
    const { body: seen } = await ask(stranger(world), 'GET', path)
    expect(seen).toMatchObject({ activated: null })
  })

  test('is not shown what has not begun or is over', async () => {
    const draft = draftOf(world)
    const day = (offset: number) =>
      new Date(world.clock.ms + offset * 86_400_000).toISOString().slice(0, 10)
    const startsAt = `${day(2)}T00:00`
    const offer = await liveOffer({ rule: { ...draft.rule, startsAt } })
    expect(await cards()).toEqual([])
    world.clock.ms += 3 * 86_400_000
    expect(await cards()).toEqual([offer.id])
    world.clock.ms += 30 * 86_400_000
    expect(await cards()).toEqual([])
  })
})
