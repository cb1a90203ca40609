import { minor, sumMinor } from '#schema/money'
import { type AuthorityChannel, type AuthorityHealth, LOOKUP_COUNTRIES } from '#schema/operator'
import { authorityOf } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import { throughChannels } from '../verification/ask-channels.ts'
import type { Authority } from '../verification/authority.ts'
import {
  type AskedName,
  type ChannelBook,
  type ChannelName,
  type ChannelPlan,
  type ChannelState,
  channelToday,
  heldUntil,
} from '../verification/channels.ts'
import { createOfdRu } from '../verification/lookups/ofd-ru.fetch.ts'
import { createProverkacheka } from '../verification/lookups/proverkacheka.fetch.ts'
import { sendOf, taxService } from './outside.ts'

/** The channels of Russia that have what they need: a reseller without a secret is none. */
function authoritiesOf(env: Env, settings: Settings): Partial<Record<ChannelName, Authority>> {
  const send = sendOf(settings)
  const { PROVERKACHEKA_TOKEN, OFD_TOKEN_SECRET } = settings
  return {
    fns: taxService(env, settings),
    ...(PROVERKACHEKA_TOKEN !== '' && {
      proverkacheka: createProverkacheka({
        base: settings.PROVERKACHEKA_BASE_URL,
        secret: PROVERKACHEKA_TOKEN,
        send,
        now: Date.now,
      }),
    }),
    ...(OFD_TOKEN_SECRET !== '' && {
      ofd: createOfdRu({
        base: settings.OFD_BASE_URL,
        secret: OFD_TOKEN_SECRET,
        send,
        now: Date.now,
      }),
    }),
  }
}

function plansOf(settings: Settings): readonly ChannelPlan[] {
  const isSetUp = {
    fns: true,
    proverkacheka: settings.PROVERKACHEKA_TOKEN !== '',
    ofd: settings.OFD_TOKEN_SECRET !== '',
  }
  return settings.RU_CHANNELS.filter(({ name }) => isSetUp[name])
}

/** Whoever can vouch for a Russian receipt, in the order of the settings. */
export function russianAuthority(env: Env, settings: Settings): Authority {
  const plans = plansOf(settings)
  return throughChannels({
    authorities: authoritiesOf(env, settings),
    // A stub belongs to the invocation that made it, and this outlives one: ask for it anew.
    take: (tried) => authorityOf(env).take(plans, tried),
    note: (name, note) => authorityOf(env).noteChannel(name, note),
  })
}

/** The channels as the operator sees them today; the first of all the tax service. */
export async function authorityHealth(
  env: Env,
  settings: Settings,
  now: number,
): Promise<AuthorityHealth> {
  const book = await authorityOf(env).channels()
  const plans = [...plansOf(settings), ...lookUpPlans(book, settings)]
  const channels = plans.map((plan) => channelView(plan, channelToday(book, plan.name, now), now))
  const first = channels.find(({ name }) => name === 'fns')
  if (first === undefined) throw new Error('the settings leave the tax service out')
  const { state, since, nextTryAt, lastError } = first
  return { state, since, nextTryAt, lastError, channels }
}

type AskedPlan = Omit<ChannelPlan, 'name'> & { readonly name: AskedName }

/** The look-ups of other countries that have been asked anything; they are free. */
function lookUpPlans(book: ChannelBook, { LOOKUP_PER_DAY_MAX }: Settings): AskedPlan[] {
  return LOOKUP_COUNTRIES.filter((name) => book[name] !== undefined).map((name) => ({
    name,
    perDayMax: LOOKUP_PER_DAY_MAX[name] ?? null,
    costMinor: 0,
  }))
}

function channelView(plan: AskedPlan, channel: ChannelState, now: number): AuthorityChannel {
  const { health, openUntil } = channel
  const held = heldUntil(plan, channel, now)
  const restsUntil = openUntil !== null && openUntil > now ? openUntil : null
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return {
    name: plan.name,
    state: held !== null ? 'quota' : restsUntil !== null ? 'resting' : health.state,
    since: iso(health.since),
    nextTryAt: iso(held ?? restsUntil ?? health.nextTryAt),
    lastError: health.lastError,
    asked: channel.asked,
    perDayMax: plan.perDayMax,
    spentMinor: minor(channel.spentMinor),
    spentMonthMinor: sumMinor([channel, ...channel.past].map(({ spentMinor }) => spentMinor)),
    costMinor: minor(plan.costMinor),
  }
}
