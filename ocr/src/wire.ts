import { PHOTO_ITEMS_MAX } from '#schema/photo'
import { SCAN_TEXT_MAX } from '#schema/receipt'
import type { Field, Fields, FiscalNumber } from './fields/fields.ts'
import type { Item } from './fields/items.ts'
import type { Place, Reading } from './read.ts'

/** A field as it leaves the Worker: its place as corners on an upright shot. */
type WireField<Value> = Omit<Field<Value>, 'box'> & Place
type WireItem = Omit<Item, 'box' | 'sureness'> & Place
type WireNumber = Omit<FiscalNumber, 'box'> & Place

type Wired<Whole> = {
  readonly [Key in keyof Whole]: Whole[Key] extends Field<infer Value> | null
    ? WireField<Value> | null
    : Whole[Key] extends readonly Item[]
      ? readonly WireItem[]
      : Whole[Key] extends readonly FiscalNumber[]
        ? readonly WireNumber[]
        : Whole[Key]
}

type WireFields = Wired<Fields>

type Taken = Extract<Reading, { ok: true }>

/** A reading as plain data: what a queue's consumer stores and a screen draws. */
export type WireReading =
  | Extract<Reading, { ok: false }>
  | (Omit<Taken, 'fields' | 'placeOf'> & { readonly fields: WireFields | null })

/** The receipt's code is the first; what stands around it need not be told in full. */
const CODES_SENT_MAX = 12

export function wireOf(reading: Reading): WireReading {
  if (!reading.ok) return reading
  const { fields, placeOf, codes, ...rest } = reading
  const sent = codes.filter(({ text }) => text.length <= SCAN_TEXT_MAX).slice(0, CODES_SENT_MAX)
  return { ...rest, codes: sent, fields: fields === null ? null : wired(fields, placeOf) }
}

function wired(fields: Fields, placeOf: Taken['placeOf']): WireFields {
  const one = <Value>(field: Field<Value> | null): WireField<Value> | null => {
    if (field === null) return null
    const { box, ...said } = field
    return { ...said, ...(box === null ? { corners: [], shot: 0 } : placeOf(box)) }
  }
  return {
    retailer: one(fields.retailer),
    legal: one(fields.legal),
    address: one(fields.address),
    taxNumber: one(fields.taxNumber),
    date: one(fields.date),
    time: one(fields.time),
    totalMinor: one(fields.totalMinor),
    seconds: one(fields.seconds),
    paymentMethod: one(fields.paymentMethod),
    paidMinor: one(fields.paidMinor),
    changeMinor: one(fields.changeMinor),
    items: fields.items
      .slice(0, PHOTO_ITEMS_MAX)
      .map(({ box, sureness: _, ...item }) => ({ ...item, ...placeOf(box) })),
    itemsAddUp: fields.itemsAddUp,
    fn: one(fields.fn),
    fd: one(fields.fd),
    fp: one(fields.fp),
    registration: one(fields.registration),
    numbers: fields.numbers.map(({ box, ...said }) => ({
      ...said,
      ...(box === null ? { corners: [], shot: 0 } : placeOf(box)),
    })),
  }
}
