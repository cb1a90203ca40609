import { type App, createApp } from '../app.ts'
import { limiterOf } from '../cells/limiter.object.ts'
import { ownerMasked } from '../cells/owner.d1.ts'
import { cellNameOf, cellNames, cellOf, openMarkets } from '../cells/route-of.ts'
import type { CellOfWallet } from '../cells/wallet-cell.ts'
import { type Env, parseSettings, type Settings } from '../env.ts'
import { Refusal } from '../http/problem.ts'
import { createAuth } from '../members/auth.ts'
import { hasRequiredConsents } from '../members/consents.d1.ts'
import { findPerson } from '../members/people.d1.ts'
import type { MemberPorts } from '../members/ports.ts'
import { readSender } from '../members/routes.ts'
import { keyRing } from '../partners/fiscal-keys.d1.ts'
import { partnerName } from '../partners/partners.d1.ts'
import { createPhotoStore } from '../photos/photo-store.r2.ts'
import { readKey } from '../sales/keys.d1.ts'
import { bankDeskPorts } from './bank-files.ts'
import { controlPorts } from './control.ts'
import { deskPorts } from './desk.ts'
import { mailService, payoutProvider, smsGateway } from './outside.ts'
import { cellsBeside, readMarket } from './verifications.ts'

/**
 * One application per isolate and environment: building it parses the settings and the contract.
 */
const apps = new WeakMap<Env, App>()

/**
 * The request that builds it waits until better-auth is set up: its promises belong to that
 * request.
 */
export async function appOf(env: Env): Promise<App> {
  const known = apps.get(env)
  if (known) return known
  const app = await buildApp(env)
  apps.set(env, app)
  return app
}

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
const newToken = () => crypto.randomUUID().replaceAll('-', '')

async function buildApp(env: Env): Promise<App> {
  const settings = parseSettings(env)
  const auth = createAuth({
    db: env.DB,
    baseUrl: settings.BASE_URL,
    secret: settings.AUTH_SECRET,
    newId: newToken,
    checkSchema: false,
  })
  await auth.ready()
  const markets = openMarkets(settings.CELL_MAP)
  const cellOfWallet: CellOfWallet = ({ walletId, market }) => {
    if (!markets.includes(market)) throw new Refusal('foreign_receipt', { country: market })
    return cellOf(env, cellNameOf(settings.CELL_MAP, market, walletId))
  }
  return createApp({
    baseUrl: settings.BASE_URL,
    edge: { now: () => Date.now(), newRequestId: newToken, log: (line) => console.log(line) },
    readSender: (headers) => readSender(auth, env.DB, headers),
    readKey: (headers, nowMs) => readKey(env.DB, headers, nowMs),
    members: memberPorts(env, settings, auth),
    receipts: {
      cellOf: cellOfWallet,
      keys: keyRing(env.DB),
      markets,
      isOpen: (market) => markets.includes(market),
      hasRequiredConsents: rememberConsents(env),
    },
    photos: {
      cellOf: cellOfWallet,
      hasRequiredConsents: rememberConsents(env),
      store: createPhotoStore(env.PHOTOS),
      random,
    },
    payouts: {
      cellOf: cellOfWallet,
      person: async (userId) => {
        const person = await findPerson(env.DB, userId)
        return {
          adultConfirmedAt: instant(person?.adultConfirmedAt ?? null),
          phoneChangedAt: instant(person?.phoneChangedAt ?? null),
        }
      },
      banks: (market) => payoutProvider(env, settings, market).banks(),
      sealKey: settings.SEAL_KEY,
      random,
    },
    control: controlPorts(env, settings),
    bankFiles: bankDeskPorts(env, settings),
    desk: deskPorts(env, settings),
    reviews: {
      control: controlPorts(env, settings),
      cells: cellNames(settings),
      cell: (name) => cellOf(env, name),
      cellOf: (walletId, market) => cellNameOf(settings.CELL_MAP, market, walletId),
      market: (cell) => readMarket(env, settings, cell).current(),
      cellsBeside: (cell) => cellsBeside(settings, cell),
      shopperMasked: (walletId) => ownerMasked(env.DB, walletId),
      store: createPhotoStore(env.PHOTOS),
      secret: settings.AUTH_SECRET,
    },
  })
}

const CONSENTING_MAX = 20_000

/**
 * Required consents cannot be withdrawn while the account lives, and texts change with a release:
 * who has agreed once has agreed for the life of this isolate. A "no" is asked again every time.
 */
function rememberConsents(env: Env): (userId: string) => Promise<boolean> {
  const agreed = new Set<string>()
  return async function hasConsented(userId) {
    if (agreed.has(userId)) return true
    if (!(await hasRequiredConsents(env.DB, userId))) return false
    if (agreed.size >= CONSENTING_MAX) agreed.clear()
    agreed.add(userId)
    return true
  }
}

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso))

function memberPorts(env: Env, settings: Settings, auth: MemberPorts['auth']): MemberPorts {
  return {
    db: env.DB,
    markets: openMarkets(settings.CELL_MAP),
    auth,
    limiter: limiterOf(env.LIMITER),
    sendSms: smsGateway(settings),
    sendMail: mailService(settings),
    secret: settings.AUTH_SECRET,
    baseUrl: settings.BASE_URL,
    random,
    partnerName: (partnerId) => partnerName(env.DB, partnerId),
    wallet: everyMarket(env, settings),
  }
}

/** A wallet may hold something in every open market. */
function everyMarket(env: Env, settings: Settings): MemberPorts['wallet'] {
  const markets = openMarkets(settings.CELL_MAP)
  const inEach = <Result>(
    walletId: string,
    ask: (cell: ReturnType<typeof cellOf>) => Promise<Result>,
  ) =>
    Promise.all(
      markets.map((market) => ask(cellOf(env, cellNameOf(settings.CELL_MAP, market, walletId)))),
    )
  return {
    async exportOf(walletId) {
      const exports = await inEach(walletId, (cell) => cell.exportOf(walletId))
      return Object.fromEntries(markets.map((market, index) => [market, exports[index]]))
    },
    async erasePhotosOf(walletId, userId) {
      await inEach(walletId, (cell) => cell.erasePhotosOf(walletId, userId))
    },
    async balancesOf(walletId) {
      const wallets = await inEach(walletId, (cell) => cell.wallet(walletId))
      return wallets.map((wallet) => ({
        amountMinor: wallet.availableMinor + wallet.heldMinor,
        currency: wallet.currency,
        payoutUnderWay: wallet.payingMinor > 0,
      }))
    },
  }
}
