import { describe, expect, it } from 'vitest'
import type { Category } from '#schema/market'
import { evaluate } from './evaluate.ts'
import {
  amount,
  caps,
  documentOf,
  factsOf,
  inputOf,
  offerOf,
  type SampleLine,
  UNKNOWN,
  ZARYA,
} from './sample.test-data.ts'
import { notableVerdicts } from './verdict.ts'

const milk: SampleLine = { sumMinor: 9_999 }
const beer: SampleLine = {
  sumMinor: 12_000,
  match: { product: { id: 'prd_beer0001', brand: 'Заря', category: 'alcohol' }, certain: true },
}
const bread: SampleLine = {
  sumMinor: 5_000,
  match: { product: { id: 'prd_bread001', brand: 'Колос', category: 'bakery' }, certain: true },
}

function only(input: Parameters<typeof evaluate>[0]) {
  const { verdicts, rewards } = evaluate(input)
  expect(verdicts).toHaveLength(1)
  return { verdict: verdicts[0], rewards }
}

describe('what is paid', () => {
  it('names the offer in every language of the market', () => {
    const { verdict } = only(inputOf([milk], [offerOf('a')]))
    expect(verdict?.offerTitle).toEqual({ ru: 'Предложение a', en: 'Offer a' })
  })

  it('pays a percentage rounded down, line by line', () => {
    const { rewards } = evaluate(inputOf([milk, milk], [offerOf('a')]))
    expect(rewards).toEqual([
      {
        offerId: 'off_0000000a',
        version: 1,
        partnerId: 'prt_00000001',
        lines: [
          { line: 0, amountMinor: 999 },
          { line: 1, amountMinor: 999 },
        ],
        rewardMinor: 1_998,
        feeMinor: 300,
        holdDays: 0,
        usesActivation: false,
      },
    ])
  })

  it('pays a fixed amount for every whole unit, and once for goods sold by weight', () => {
    const offer = offerOf('a', {
      reward: { code: 'fixed', args: { amountMinor: amount(500), per: 'unit' } },
    })
    const pieces = evaluate(inputOf([{ sumMinor: 30_000, units: 3 }], [offer]))
    const weighed = evaluate(inputOf([{ sumMinor: 30_000, quantityMicro: 2_345_000 }], [offer]))
    expect(pieces.rewards[0]?.rewardMinor).toBe(1_500)
    expect(weighed.rewards[0]?.rewardMinor).toBe(500)
  })

  it.each([
    ['two pieces', 0, 1_000],
    ['two kilograms to the gram', 11, 500],
    ['two litres', 41, 500],
    ['two of whatever an old till counted', undefined, 1_000],
  ])('pays for the units of %s', (_, measure, reward) => {
    const offer = offerOf('a', {
      reward: { code: 'fixed', args: { amountMinor: amount(500), per: 'unit' } },
    })
    const line = {
      sumMinor: 30_000,
      quantityMicro: 2_000_000,
      ...(measure === undefined ? {} : { measure }),
    }
    expect(evaluate(inputOf([line], [offer])).rewards[0]?.rewardMinor).toBe(reward)
  })

  it('pays a fixed amount per receipt once, on the line that can carry it', () => {
    const offer = offerOf('a', {
      reward: { code: 'fixed', args: { amountMinor: amount(3_000), per: 'receipt' } },
    })
    const { rewards, verdicts } = evaluate(inputOf([milk, { sumMinor: 20_000 }], [offer]))
    expect(rewards[0]?.lines).toEqual([{ line: 1, amountMinor: 3_000 }])
    expect(verdicts.map((verdict) => verdict.rule)).toEqual(['cap_receipt', 'rewarded'])
  })

  it('never pays back more than was paid for the line', () => {
    const offer = offerOf('a', {
      reward: { code: 'fixed', args: { amountMinor: amount(5_000), per: 'unit' } },
    })
    const { verdict } = only(inputOf([{ sumMinor: 1_200 }], [offer]))
    expect(verdict).toMatchObject({ rewardMinor: 1_200, limitedBy: 'cap_line' })
  })

  it('stacks offers on the whole receipt upon offers on goods', () => {
    const whole = offerOf('b', { target: { code: 'receipt', args: {} } })
    const { rewards } = evaluate(inputOf([milk, bread], [offerOf('a'), whole]))
    expect(rewards.map((reward) => [reward.offerId, reward.rewardMinor])).toEqual([
      ['off_0000000a', 999],
      ['off_0000000b', 1_499],
    ])
    expect(rewards[1]?.lines).toEqual([{ line: null, amountMinor: 1_499 }])
  })

  it('says how long the money is held', () => {
    const { verdict, rewards } = only(inputOf([milk], [offerOf('a', { holdDays: 14 })]))
    expect(verdict).toMatchObject({ holdDays: 14, action: 'wait_until_available' })
    expect(rewards[0]?.holdDays).toBe(14)
  })

  it('survives a line of the largest sum and a million units', () => {
    const offer = offerOf('a', {
      reward: { code: 'fixed', args: { amountMinor: amount(281_474_976_710_655), per: 'unit' } },
    })
    const line = { sumMinor: 281_474_976_710_655, quantityMicro: 1_000_000_000_000 }
    const { verdict } = only(inputOf([line], [offer]))
    expect(verdict?.rewardMinor).toBe(281_474_976_710_655)
  })
})

describe('which offer gets a line', () => {
  it('gives a line to the offer that pays more and tells the other by how much it lost', () => {
    const better = offerOf('b', { reward: { code: 'percent', args: { rateBps: 2_000 } } })
    const { verdicts, rewards } = evaluate(inputOf([milk], [offerOf('a'), better]))
    expect(rewards.map((reward) => reward.offerId)).toEqual(['off_0000000b'])
    expect(verdicts.find((verdict) => verdict.offerId === 'off_0000000a')).toMatchObject({
      rule: 'better_offer',
      seen: { kind: 'money', amountMinor: 999 },
      needed: { kind: 'money', amountMinor: 1_999 },
    })
  })

  it('breaks a tie by the smaller offer id', () => {
    const { rewards } = evaluate(inputOf([milk], [offerOf('b'), offerOf('a')]))
    expect(rewards.map((reward) => reward.offerId)).toEqual(['off_0000000a'])
  })

  it('hands a line to the next best offer when the budget of the best is gone', () => {
    const best = offerOf('b', { reward: { code: 'percent', args: { rateBps: 2_000 } } })
    const input = inputOf([milk], [offerOf('a'), best], {
      facts: factsOf(best, { budgetExhausted: true }),
    })
    const { rewards, verdicts } = evaluate(input)
    expect(rewards.map((reward) => reward.offerId)).toEqual(['off_0000000a'])
    expect(verdicts.map((verdict) => verdict.rule)).toEqual(['rewarded', 'budget_exhausted'])
  })

  it('hands the rest of the lines to the next best offer when a cap is full', () => {
    const capped = offerOf('a', {
      reward: { code: 'percent', args: { rateBps: 2_000 } },
      ...caps({ perReceiptMinor: amount(2_000) }),
    })
    const { rewards } = evaluate(inputOf([{ sumMinor: 10_000 }, milk], [capped, offerOf('b')]))
    expect(rewards.map((reward) => reward.lines)).toEqual([
      [{ line: 0, amountMinor: 2_000 }],
      [{ line: 1, amountMinor: 999 }],
    ])
  })

  it('judges by the version that was in force when the purchase was made', () => {
    const old = offerOf('a')
    const worse = {
      ...offerOf('a', { reward: { code: 'percent' as const, args: { rateBps: 100 } } }),
      version: 2,
      publishedAt: '2026-11-21T15:43:00.000Z',
    }
    const before = evaluate(inputOf([milk], [worse, old]))
    const after = evaluate(inputOf([milk], [worse, old], { purchasedAt: '2026-11-21T18:43' }))
    expect(before.verdicts[0]).toMatchObject({ offerVersion: 1, rewardMinor: 999 })
    expect(after.verdicts[0]).toMatchObject({ offerVersion: 2, rewardMinor: 99 })
  })
})

describe('what a line is', () => {
  it('says once about an unknown line that it is unknown, and again for every offer', () => {
    const { verdicts } = evaluate(inputOf([{ ...milk, match: UNKNOWN }], [offerOf('a')]))
    expect(verdicts.map((verdict) => [verdict.offerId, verdict.rule])).toEqual([
      [null, 'product_unknown'],
      ['off_0000000a', 'product_unknown'],
    ])
  })

  it('does not pay on a guess', () => {
    const { verdicts, rewards } = evaluate(
      inputOf([{ ...milk, match: { ...ZARYA, certain: false } }], [offerOf('a')]),
    )
    expect(rewards).toEqual([])
    expect(verdicts[0]).toMatchObject({ rule: 'product_uncertain', offerId: null })
  })

  it('pays nothing on blocked goods and takes them out of the base of receipt offers', () => {
    const whole = offerOf('b', { target: { code: 'receipt', args: {} } })
    const { verdicts, rewards } = evaluate(inputOf([beer, milk], [offerOf('a'), whole]))
    expect(rewards.map((reward) => reward.rewardMinor)).toEqual([999, 999])
    expect(verdicts[0]).toMatchObject({ line: 0, rule: 'category_blocked', action: 'none' })
  })

  it('leaves out what the market of the receipt blocks, and only that', () => {
    const lines = [milk, bread]
    const judged = (blockedCategories: readonly Category[]) =>
      evaluate(inputOf(lines, [offerOf('a')], { blockedCategories }))
    expect(judged(['dairy']).rewards).toEqual([])
    expect(judged(['dairy']).verdicts[0]).toMatchObject({ line: 0, rule: 'category_blocked' })
    expect(judged(['bakery']).rewards).toHaveLength(1)
  })

  it('pays on a receipt that names no goods only by an offer that says so', () => {
    const target = { code: 'receipt' as const, args: {} }
    const silent = offerOf('a', { target })
    const declared = offerOf('b', { target, withoutLines: 'earns' })
    const counting = offerOf('c', {
      target,
      withoutLines: 'earns',
      minimum: { spendMinor: null, quantity: 2 },
    })
    const nothing = { ...documentOf([]), totalMinor: amount(1_234) }
    const offers = [silent, declared, counting]
    const { verdicts, rewards } = evaluate(inputOf([], offers, { document: nothing }))
    expect(rewards.map(({ offerId }) => offerId)).toEqual([declared.offerId])
    const said = verdicts.map(({ offerId, line, rule }) => [offerId, line, rule])
    expect(said).toEqual(
      expect.arrayContaining([
        [null, null, 'lines_unknown'],
        [silent.offerId, null, 'lines_unknown'],
        [declared.offerId, null, 'rewarded'],
        [counting.offerId, null, 'lines_unknown'],
      ]),
    )
    expect(said).toHaveLength(4)
  })

  it.each([
    [1, 999],
    [2, 999],
    [3, 999],
    [4, 1_998],
    [5, 1_998],
    [6, 1_998],
    [7, 999],
  ])('pays on advances and credits only when the goods come: payment %i', (payment, reward) => {
    const whole = offerOf('b', { target: { code: 'receipt', args: {} } })
    const { verdicts, rewards } = evaluate(
      inputOf([{ ...milk, payment }, milk], [offerOf('a'), whole]),
    )
    // On the goods line by line, and on the receipt, rounded once.
    expect(rewards.map((paid) => paid.rewardMinor)).toEqual([reward, reward === 999 ? 999 : 1_999])
    if (reward === 999) {
      expect(verdicts[0]).toMatchObject({ rule: 'prepaid', action: 'submit_final_receipt' })
    }
  })

  it('treats excise goods that nobody recognised as blocked', () => {
    const whole = offerOf('b', { target: { code: 'receipt', args: {} } })
    const vodka = { sumMinor: 40_000, subject: 2, match: UNKNOWN }
    const { rewards } = evaluate(inputOf([vodka, milk], [whole]))
    expect(rewards[0]?.rewardMinor).toBe(999)
  })

  it.each([
    ['its barcode', 2, 'gtin', 'category_blocked'],
    ['its name', 30, 'name', 'category_blocked'],
    ['its barcode', 31, 'gtin', 'category_blocked'],
    ['the operator’s word', 31, 'alias', 'rewarded'],
    ['its barcode', 33, 'gtin', 'rewarded'],
  ])(
    'believes the till about excise goods, not the catalogue by %s (%i)',
    (_, subject, by, rule) => {
      const line = { ...milk, subject, match: { ...ZARYA, by } }
      expect(evaluate(inputOf([line], [offerOf('a')])).verdicts[0]?.rule).toBe(rule)
    },
  )

  it('takes the operator’s word for goods that offers may name, not for others', () => {
    const match = { ...(beer.match ?? ZARYA), by: 'alias' }
    const { verdicts } = evaluate(inputOf([{ ...beer, subject: 31, match }], [offerOf('a')]))
    expect(verdicts[0]?.rule).toBe('category_blocked')
  })

  it('names what the offer wants instead of what was bought', () => {
    const names = {
      products: new Map([['prd_bread001', 'Хлеб «Колос»']]),
      retailers: new Map<string, string>(),
    }
    const { verdict } = only(inputOf([bread], [offerOf('a')], { names }))
    expect(verdict).toMatchObject({
      rule: 'other_product',
      seen: { kind: 'name', name: 'Хлеб «Колос»' },
      needed: { kind: 'name', name: 'Заря' },
      action: 'buy_other_product',
    })
  })

  it('reads a brand as people type it', () => {
    const product = { id: 'prd_tree0001', brand: ' ЁЛКА  Новая', category: 'dairy' as const }
    const line = { ...milk, match: { product, certain: true } }
    const offer = offerOf('a', { target: { code: 'brand', args: { brand: 'Елка новая' } } })
    expect(only(inputOf([line], [offer])).verdict?.rule).toBe('rewarded')
  })

  it('keeps near misses and drops offers on other goods', () => {
    const late = offerOf('a', { startsAt: '2026-11-30T00:00' })
    const input = inputOf([milk, bread], [late])
    const { verdicts } = evaluate(input)
    const kept = notableVerdicts(verdicts)
    expect(kept.map((verdict) => verdict.rule)).toEqual(['before_start'])
    expect(evaluate({ ...input, notableOnly: true }).verdicts).toEqual(kept)
  })
})

describe('where and when', () => {
  it('wants one of the listed shops, and says when the shop is not known yet', () => {
    const offer = offerOf('a', { retailers: ['prt_other001'] })
    const names = {
      products: new Map<string, string>(),
      retailers: new Map([['prt_other001', 'Рынок']]),
    }
    const other = only(inputOf([milk], [offer], { names }))
    const unknown = only(inputOf([milk], [offer], { store: null, names }))
    expect(other.verdict).toMatchObject({
      rule: 'other_retailer',
      seen: { kind: 'name', name: 'Лавка' },
      needed: { kind: 'name', name: 'Рынок' },
    })
    expect(unknown.verdict?.rule).toBe('retailer_unknown')
    const everywhere = evaluate(inputOf([milk], [offerOf('a')], { store: null }))
    expect(everywhere.rewards).toHaveLength(1)
  })

  it.each([
    ['2026-10-31T23:59', 'before_start'],
    ['2026-11-01T00:00', 'rewarded'],
    ['2026-11-30T23:59', 'rewarded'],
    ['2026-12-01T00:00', 'after_end'],
  ])('judges a purchase at %s as %s', (purchasedAt, rule) => {
    const input = inputOf([milk], [offerOf('a')], {
      purchasedAt,
      submittedAt: '2026-11-01T00:00:00.000Z',
    })
    expect(only(input).verdict?.rule).toBe(rule)
  })

  it('does not pay for purchases made after the partner paused the offer', () => {
    const paused = { ...offerOf('a'), stoppedAt: '2026-11-21T18:42' }
    expect(only(inputOf([milk], [paused])).verdict?.rule).toBe('offer_paused')
    const earlier = inputOf([milk], [paused], { purchasedAt: '2026-11-21T18:41' })
    expect(only(earlier).verdict?.rule).toBe('rewarded')
  })

  it.each([
    ['18:29', 'rewarded'],
    ['18:30', 'offer_paused'],
    ['18:41', 'offer_paused'],
    ['18:42', 'rewarded'],
  ])('never pays for a purchase made in a pause that is over: %s is %s', (minute, rule) => {
    const stops = [{ from: '2026-11-21T18:30', to: '2026-11-21T18:42' }]
    const input = inputOf([milk], [{ ...offerOf('a'), stops }])
    expect(only({ ...input, purchasedAt: `2026-11-21T${minute}` }).verdict?.rule).toBe(rule)
  })

  it.each([
    // The pause begins at 18:30 in Moscow, 15:30 UTC.
    ['before the pause keeps its promise', '2026-11-21T15:29:59.000Z', 1_150, 'rewarded'],
    ['in the pause promises nothing', '2026-11-21T15:30:00.000Z', 1_150, 'offer_paused'],
    ['that holds no money promises nothing', '2026-11-21T15:29:59.000Z', 0, 'offer_paused'],
  ])('an activation %s', (_, activatedAt, reservedMinor, rule) => {
    const paused = { ...offerOf('a'), stoppedAt: '2026-11-21T18:30' }
    const facts = factsOf(paused, { activatedAt, reservedMinor })
    expect(only(inputOf([milk], [paused], { facts })).verdict?.rule).toBe(rule)
  })

  it.each([
    // The last day is 5 December; in Moscow it ends at 21:00 UTC, in Vladivostok at 14:00 UTC.
    ['Europe/Moscow', '2026-12-05T20:59:59.999Z', 'rewarded'],
    ['Europe/Moscow', '2026-12-05T21:00:00.000Z', 'submitted_late'],
    ['Asia/Vladivostok', '2026-12-05T13:59:59.999Z', 'rewarded'],
    ['Asia/Vladivostok', '2026-12-05T14:00:00.000Z', 'submitted_late'],
  ])('counts the submission window to the end of the day in %s: %s is %s', (zone, at, rule) => {
    const input = inputOf([milk], [offerOf('a', { timeZone: zone })], { submittedAt: at })
    expect(only(input).verdict?.rule).toBe(rule)
  })

  it.each([
    ['never', null, 'not_activated'],
    // The shop's clock shows 18:42; at the western end of the country that is 16:42 UTC.
    ['a second before a purchase in Kaliningrad', '2026-11-21T16:42:59.000Z', 'rewarded'],
    ['in the minute after it', '2026-11-21T16:43:00.000Z', 'not_activated'],
    // And 06:42 UTC at the eastern end.
    ['a second before a purchase in Kamchatka', '2026-11-21T06:41:59.000Z', 'rewarded'],
  ])('wants an activation before the purchase on the shop’s clock: %s', (_, activatedAt, rule) => {
    for (const timeZone of ['Europe/Kaliningrad', 'Europe/Moscow', 'Asia/Kamchatka']) {
      const offer = offerOf('a', { activation: 'required', timeZone })
      const facts = factsOf(offer, { activatedAt })
      const submittedAt = '2026-11-21T20:00:00.000Z'
      expect(only(inputOf([milk], [offer], { facts, submittedAt })).verdict?.rule).toBe(rule)
    }
  })

  it('takes no activation from after the receipt was submitted, whatever its clock says', () => {
    const offer = offerOf('a', { activation: 'required' })
    const at = (activatedAt: string) =>
      only(inputOf([milk], [offer], { facts: factsOf(offer, { activatedAt }) })).verdict?.rule
    expect(at('2026-11-21T15:43:00.000Z')).toBe('rewarded')
    expect(at('2026-11-21T15:43:01.000Z')).toBe('not_activated')
  })
})

describe('minimum', () => {
  it('adds up the lines that the offer is on, whoever pays for them', () => {
    const minimum = { spendMinor: amount(19_998), quantity: 2 }
    const rival = offerOf('b', { reward: { code: 'percent', args: { rateBps: 5_000 } } })
    const offer = offerOf('a', { minimum })
    const { verdicts } = evaluate(inputOf([milk, milk], [offer, rival]))
    expect(verdicts.filter((verdict) => verdict.rule === 'better_offer')).toHaveLength(2)
    const alone = only(inputOf([milk], [offer]))
    expect(alone.verdict).toMatchObject({
      rule: 'below_minimum_spend',
      seen: { kind: 'money', amountMinor: 9_999 },
      needed: { kind: 'money', amountMinor: 19_998 },
      action: 'spend_more',
    })
  })

  it('says how many more are needed', () => {
    const offer = offerOf('a', { minimum: { spendMinor: null, quantity: 3 } })
    expect(only(inputOf([{ ...milk, units: 2 }], [offer])).verdict).toMatchObject({
      rule: 'below_minimum_quantity',
      seen: { kind: 'count', count: 2 },
      needed: { kind: 'count', count: 3 },
      action: 'buy_more',
    })
  })
})

describe('caps', () => {
  const period = { period: 'week' as const, amountMinor: amount(400), receipts: null }
  it.each([
    ['cap_line', caps({ perLineMinor: amount(500) }), {}, 500, 999, 500],
    ['cap_receipt', caps({ perReceiptMinor: amount(600) }), {}, 600, 999, 600],
    ['cap_shopper', caps({ perShopperMinor: amount(700) }), { earnedMinor: 500 }, 200, 1_499, 700],
    ['cap_period', caps({ perPeriod: period }), { periodEarnedMinor: 350 }, 50, 1_349, 400],
  ] as const)('%s cuts the reward and shows what it saw', (rule, rules, facts, paid, seen, cap) => {
    const offer = offerOf('a', rules)
    expect(only(inputOf([milk], [offer], { facts: factsOf(offer, facts) })).verdict).toMatchObject({
      rule: 'rewarded',
      rewardMinor: paid,
      limitedBy: rule,
      seen: { kind: 'money', amountMinor: seen },
      needed: { kind: 'money', amountMinor: cap },
    })
  })

  it('refuses by the cap that is full, with what to do next', () => {
    const offer = offerOf('a', caps({ perPeriod: period }))
    const input = inputOf([milk], [offer], { facts: factsOf(offer, { periodEarnedMinor: 400 }) })
    expect(only(input).verdict).toMatchObject({
      rule: 'cap_period',
      action: 'come_back_next_period',
      rewardMinor: 0,
    })
  })

  it('counts credited receipts over the whole life and in the period', () => {
    const life = offerOf('a', caps({ perShopperReceipts: 2 }))
    const lifeInput = inputOf([milk], [life], { facts: factsOf(life, { creditedReceipts: 2 }) })
    expect(only(lifeInput).verdict?.rule).toBe('cap_redemptions')
    const weekly = offerOf('a', caps({ perPeriod: { ...period, amountMinor: null, receipts: 1 } }))
    const weekInput = inputOf([milk], [weekly], { facts: factsOf(weekly, { periodReceipts: 1 }) })
    expect(only(weekInput).verdict).toMatchObject({
      rule: 'cap_period',
      seen: { kind: 'count', count: 2 },
      needed: { kind: 'count', count: 1 },
    })
  })
})

describe('budget', () => {
  it('pays from a reservation when nothing else is left, no more than it holds', () => {
    const offer = offerOf('a')
    const facts = factsOf(offer, {
      budgetExhausted: true,
      activatedAt: '2026-11-20T10:00:00.000Z',
      reservedMinor: 575,
    })
    const { verdict, rewards } = only(inputOf([milk], [offer], { facts }))
    expect(verdict).toMatchObject({ rewardMinor: 500, limitedBy: 'budget_exhausted' })
    expect(rewards[0]).toMatchObject({ rewardMinor: 500, feeMinor: 75, usesActivation: true })
  })

  it('says that a percentage of almost nothing is nothing', () => {
    const { verdict } = only(inputOf([{ sumMinor: 9 }], [offerOf('a')]))
    expect(verdict).toMatchObject({
      rule: 'reward_too_small',
      seen: { kind: 'money', amountMinor: 9 },
      needed: { kind: 'money', amountMinor: 10 },
    })
  })
})
