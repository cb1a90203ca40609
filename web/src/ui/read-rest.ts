import { FISCAL_NUMBERS } from '#schema/fiscal-number'
import type { PaymentMethod, PhotoReading } from '#schema/photo'

/** What a receipt says beside the fields of the forms: nobody has to correct it. */
const TEXTS = ['legal', 'address', 'registration'] as const
const AMOUNTS = ['paidMinor', 'changeMinor'] as const
type RestName = (typeof TEXTS)[number] | (typeof AMOUNTS)[number] | 'paymentMethod'

type NumberRead = NonNullable<PhotoReading['numbers']>[number]

export type RestField = {
  /** How its box on the picture is named: `legal`, `numbers.2`. */
  readonly name: string
  /** Null: `printed` is its label, as papers of its country have it. */
  readonly key: RestName | null
  readonly printed: string
  readonly text: string
  readonly read: Pick<NumberRead, 'certainty' | 'reason' | 'corners' | 'shot'>
}

type Wording = {
  readonly amount: (minor: number) => string
  readonly method: (method: PaymentMethod) => string
}

/** Everything of it that was read, in the order of a receipt. */
export function restOf(reading: PhotoReading, { amount, method }: Wording): RestField[] {
  const named = (key: RestName, text: string | undefined, read: RestField['read'] | null) =>
    read === null || text === undefined ? [] : [{ name: key, key, printed: '', text, read }]
  const { paymentMethod } = reading
  return [
    ...TEXTS.flatMap((key) => named(key, reading[key]?.value, reading[key] ?? null)),
    ...named(
      'paymentMethod',
      paymentMethod ? method(paymentMethod.value) : undefined,
      paymentMethod ?? null,
    ),
    ...AMOUNTS.flatMap((key) => {
      const read = reading[key] ?? null
      return named(key, read === null ? undefined : amount(read.value), read)
    }),
    ...(reading.numbers ?? []).map((number, index) => ({
      name: `numbers.${index}`,
      key: null,
      printed: FISCAL_NUMBERS[number.name],
      text: number.value,
      read: number,
    })),
  ]
}
