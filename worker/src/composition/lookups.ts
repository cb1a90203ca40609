import type { FiscalCode, FiscalCountry } from '#fiscal/code'
import type { LookupCountry } from '#schema/operator'
import { authorityOf } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import type { Service } from '../verification/json-call.ts'
import { createEkasa } from '../verification/lookups/ekasa.fetch.ts'
import type { LookUp } from '../verification/lookups/lookup.ts'
import { createOofd } from '../verification/lookups/oofd.fetch.ts'
import { createSalyk } from '../verification/lookups/salyk.fetch.ts'
import { createTaxCore } from '../verification/lookups/taxcore.fetch.ts'
import { createVerifyInvoice } from '../verification/lookups/verify-invoice.fetch.ts'
import { watchedLookUp } from '../verification/watched-look-up.ts'
import { sendOf } from './outside.ts'

const MAKERS: Readonly<Record<LookupCountry, (service: Service) => LookUp>> = {
  sk: (service) =>
    createEkasa({
      ...service,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }),
  me: (service) => createVerifyInvoice(service, 'me'),
  al: (service) => createVerifyInvoice(service, 'al'),
  kg: createSalyk,
  kz: createOofd,
  rs: (service) => createTaxCore(service, 'rs'),
  ba: (service) => createTaxCore(service, 'ba'),
  fj: (service) => createTaxCore(service, 'fj'),
  ws: (service) => createTaxCore(service, 'ws'),
}

/** Of the operators of Kazakhstan one answers programs: the others' receipts are for people. */
const OOFD_PAGE = 'https://consumer.oofd.kz/'

/**
 * Who answers a program about this receipt, or null: then `officialPage` is for a person. Only base
 * URLs of the settings are ever asked, with the fields of the code as parameters; a link in a code
 * is read and never fetched.
 */
export function lookUpFor(code: FiscalCode, settings: LookupSettings): LookUp | null {
  const { country, lookup } = code
  if (lookup === null || !isAnswered(country)) return null
  if (country === 'kz' && code.officialPage?.startsWith(OOFD_PAGE) !== true) return null
  const base = settings.LOOKUP_BASE_URLS[country]
  return base === undefined ? null : MAKERS[country]({ base, send: sendOf(settings) })
}

/** The same within its allowance and behind its breaker, which all consumers share. */
export function watchedLookUpFor(code: FiscalCode, env: Env, settings: Settings): LookUp | null {
  const lookUp = lookUpFor(code, settings)
  const name = code.country
  if (lookUp === null || !isAnswered(name)) return null
  const perDayMax = settings.LOOKUP_PER_DAY_MAX[name] ?? null
  // A stub belongs to the invocation that made it: ask for it anew.
  return watchedLookUp(lookUp, {
    take: () => authorityOf(env).takeLookUp({ name, perDayMax }),
    note: (note) => authorityOf(env).noteChannel(name, note),
  })
}

type LookupSettings = Parameters<typeof sendOf>[0] & Pick<Settings, 'LOOKUP_BASE_URLS'>

function isAnswered(country: FiscalCountry): country is LookupCountry {
  return Object.hasOwn(MAKERS, country)
}
