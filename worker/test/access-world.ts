import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Invoice, Store } from '#schema/partner'
import type { Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { NewPartnerKey } from '#schema/sale'
import { appOf } from '../src/composition/app-of.ts'
import type { Access } from '../src/http/access.ts'
import type { Actor } from '../src/http/actor.ts'
import {
  type Caller,
  callerOf,
  good,
  signInByMailOnly,
  signInNewcomer,
  signInOperator,
  signInPartner,
  stranger,
} from './actors.ts'
import { addProduct, newOffer, newTenant, type Tenant } from './control-world.ts'
import { submit } from './journey-steps.ts'
import { issueOne, newShopper, offerVersion, publish, world } from './market-world.ts'
import { earn, provenAgo, publishGenerousMarket, withdraw } from './payout-steps.ts'

/** Everybody who may call the API, two tenants, and things that belong to one of them. */

/** A caller with the roles in which the access rules see it. */
export type Person = {
  name: string
  caller: Caller
  /** In which role the person asks about the first tenant, and about anything else. */
  actor: Actor
  /** Whether the first tenant is somebody else's to this member of a staff. */
  foreign: boolean
}

/** Ids of things that exist: the first shopper's and the first tenant's. */
export type Things = Record<
  | 'partnerId'
  | 'storeId'
  | 'tillId'
  | 'productId'
  | 'offerId'
  | 'invoiceId'
  | 'receiptId'
  | 'bankFileId'
  | 'reportHash'
  | 'resubmission'
  | 'payoutId'
  | 'photoId'
  | 'reviewId'
  | 'part'
  | 'userId'
  | 'keyId'
  | 'aliasId'
  | 'sessionId'
  | 'cell'
  | 'market'
  | 'fiscalKeyId'
  | 'gtin',
  string
>

/** The same kinds of ids, of nothing at all. */
export const ABSENT: Things = {
  partnerId: 'prt_absent000000000001',
  storeId: 'sto_absent000000000001',
  tillId: 'til_absent000000000001',
  productId: 'prd_absent000000000001',
  offerId: 'off_absent000000000001',
  invoiceId: 'inv_absent000000000001',
  receiptId: `rcp_${'0'.repeat(32)}`,
  bankFileId: '00000000-0000-4000-8000-00000000bbbb',
  reportHash: '0'.repeat(64),
  resubmission: '1',
  payoutId: '00000000-0000-4000-8000-000000000000',
  photoId: 'pho_absent000000000001',
  reviewId: 'rev_absent000000000001',
  part: '1',
  userId: 'usr_absent000000000001',
  keyId: 'key_absent000000000001',
  aliasId: 'als_absent000000000001',
  sessionId: 'absent',
  cell: 'cell-absent',
  market: 'at',
  fiscalKeyId: 'fky_absent000000000001',
  gtin: '4607025392200',
}

export type DeclaredRoute = {
  method: string
  path: string
  access: Access | undefined
  hasBody: boolean
}

/** Every route that the contract declares. */
export async function declaredRoutes(): Promise<DeclaredRoute[]> {
  const app = await appOf(env)
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return []
    const { method, path, request, 'x-access': access } = definition.route
    return { method: method.toUpperCase(), path, access, hasBody: request?.body !== undefined }
  })
}

/** The path with ids put in. */
export const filled = (path: string, things: Things) =>
  path.replace(/\{(\w+)\}/g, (_, name: keyof Things) => things[name])

export type AccessWorld = {
  people: Person[]
  things: Things
  first: Tenant
  second: Tenant
  shopper: Caller
  otherShopper: Caller
}

export async function createAccessWorld(): Promise<AccessWorld> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await publish([{ offer: offerVersion('off_access00001'), budgetMinor: 1_000 }])
  const admin = await signInOperator(world, 'admin')
  const [first, second] = [await newTenant(world, admin), await newTenant(world, admin)]
  const [shopper, otherShopper] = [await newShopper(), await newShopper()]
  return {
    people: await peopleOf(first, second, admin, [shopper, otherShopper]),
    things: { ...(await thingsOf(first, shopper)), ...(await personalOf(shopper)) },
    first,
    second,
    shopper,
    otherShopper,
  }
}

async function peopleOf(
  first: Tenant,
  second: Tenant,
  admin: Caller,
  [shopper, otherShopper]: readonly [Caller, Caller],
): Promise<Person[]> {
  const secondFactorAt = new Date().toISOString()
  const staff = (name: string, caller: Caller, actor: Actor, foreign = false): Person => ({
    name,
    caller,
    actor,
    foreign,
  })
  const role = async (role: 'marketer' | 'finance' | 'cashier' | 'viewer') => {
    const caller = await signInPartner(world, first.id, role)
    return staff(role, caller, partnerActor(caller, first.id, role, secondFactorAt))
  }
  const operator = async (role: 'support' | 'finance') => {
    const caller = await signInOperator(world, role)
    return staff(`operator ${role}`, caller, operatorActor(caller, role, secondFactorAt))
  }
  const newcomer = await signInNewcomer(world, 'newcomer@nobody.test')
  const unproven = await unprovenOwner(first.id)
  return [
    staff('a stranger', stranger(world), { kind: 'anonymous' }),
    staff('a shopper', shopper, shopperActor(shopper, secondFactorAt)),
    staff('another shopper', otherShopper, shopperActor(otherShopper, secondFactorAt)),
    staff('owner', first.owner, partnerActor(first.owner, first.id, 'owner', secondFactorAt)),
    await role('marketer'),
    await role('finance'),
    await role('cashier'),
    await role('viewer'),
    staff('owner without second factor', unproven, partnerActor(unproven, first.id, 'owner', null)),
    staff(
      'owner of another partner',
      second.owner,
      partnerActor(second.owner, second.id, 'owner', secondFactorAt),
      true,
    ),
    staff('a newcomer', newcomer, { kind: 'newcomer', userId: newcomer.userId, secondFactorAt }),
    staff('operator admin', admin, operatorActor(admin, 'admin', secondFactorAt)),
    await operator('support'),
    await operator('finance'),
    await keyOf('a key', first),
    await keyOf('a key of another partner', second, true),
  ]
}

/** A partner's own system, with the key that its owner has made for it. */
async function keyOf(name: string, tenant: Tenant, foreign = false): Promise<Person> {
  const made = await tenant.owner.call('POST', `/v1/partners/${tenant.id}/keys`, { name })
  const { id: keyId, secret } = await good<NewPartnerKey>(made)
  const actor: Actor = { kind: 'key', keyId, partnerId: tenant.id, name, scope: 'sales' }
  return { name, caller: callerOf(world, secret), actor, foreign }
}

type PartnerRoleName = Extract<Actor, { kind: 'partner' }>['role']
type OperatorRoleName = Extract<Actor, { kind: 'operator' }>['role']

const shopperActor = ({ userId, walletId }: Caller, sessionCreatedAt: string): Actor => ({
  kind: 'shopper',
  userId,
  walletId,
  market: 'ru',
  phone: '',
  deviceId: null,
  sessionCreatedAt,
  reauthenticatedAt: null,
})

const partnerActor = (
  { userId }: Caller,
  partnerId: string,
  role: PartnerRoleName,
  secondFactorAt: string | null,
): Actor => ({ kind: 'partner', userId, partnerId, role, secondFactorAt })

const operatorActor = (
  { userId }: Caller,
  role: OperatorRoleName,
  secondFactorAt: string,
): Actor => ({ kind: 'operator', userId, role, secondFactorAt })

/** An owner whose session has proven the mail address and nothing else. */
async function unprovenOwner(partnerId: string): Promise<Caller> {
  const caller = await signInByMailOnly(world, 'unproven@partner.test')
  await env.DB.prepare(
    `INSERT INTO partner_staff (partner_id, user_id, role, invited_at, joined_at)
     VALUES (?1, ?2, 'owner', ?3, ?3)`,
  )
    .bind(partnerId, caller.userId, new Date().toISOString())
    .run()
  return caller
}

/** Makes one of everything for the first tenant and the first shopper, through the API. */
async function thingsOf(tenant: Tenant, shopper: Caller): Promise<Things> {
  const at = `/v1/partners/${tenant.id}`
  const post = async <Made>(path: string, body: unknown) =>
    good<Made>(await tenant.owner.call('POST', `${at}${path}`, body))
  const address = { name: 'Заря на углу', city: 'Тверь', address: 'ул. Зари, 1' }
  const store = await post<Store>('/stores', address)
  const till = { registration: '0000000001012345', fiscalDrive: '9999078900999999' }
  const { id: tillId } = await post<{ id: string }>(`/stores/${store.id}/tills`, till)
  const product = await addProduct(tenant)
  const offer = await newOffer(tenant, draft())
  const key = await post<NewPartnerKey>('/keys', { name: 'Касса' })
  const invoice = await post<Invoice>('/invoices', { amountMinor: 100_000 })
  const receipt: Receipt = await submit(shopper, (await issueOne()).qr)
  return {
    ...ABSENT,
    partnerId: tenant.id,
    storeId: store.id,
    tillId,
    productId: product.id,
    offerId: offer.id,
    invoiceId: invoice.id,
    receiptId: receipt.id,
    userId: tenant.owner.userId,
    keyId: key.id,
    cell: 'cell-0',
  }
}

/** A payout, a photo and a session of the shopper's own: all really there for somebody to aim at. */
async function personalOf(
  shopper: Caller,
): Promise<Pick<Things, 'payoutId' | 'photoId' | 'sessionId'>> {
  await publishGenerousMarket()
  await good(await shopper.call('POST', '/v1/me/adult', { dateOfBirth: '1990-05-05' }))
  await provenAgo(shopper, 0)
  await earn(shopper.walletId, 20_000)
  const { id: payoutId } = await withdraw(shopper)
  const { items } = await good<{ items: { id: string }[] }>(
    await shopper.call('GET', '/v1/me/sessions'),
  )
  const photo = { shots: [{ bytes: 1_000, mediaType: 'image/jpeg' }] }
  const { id: photoId } = await good<Photo>(await shopper.call('POST', '/v1/photos', photo))
  return { payoutId, photoId, sessionId: items[0]?.id ?? ABSENT.sessionId }
}

/** A draft that cannot be published: whoever may try does not change it by trying. */
export function draft(): Parameters<typeof newOffer>[1] {
  const { rule } = offerVersion('off_draft000001')
  return {
    title: { ru: 'Черновик', en: 'Draft' },
    rule,
    legal: { organiser: '', rulesUrl: '', advertiserTaxNumber: '', adToken: '' },
    budgetMinor: offerVersion('off_draft000001').budgetMinor,
  }
}
