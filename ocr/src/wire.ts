import type { Field, Fields } from './fields/fields.ts'
import type { Item } from './fields/items.ts'
import type { Corners, Reading } from './read.ts'

/** A field as it leaves the Worker: its place as corners on the upright photo. */
type WireField<Value> = Omit<Field<Value>, 'box'> & { readonly corners: Corners }
type WireItem = Omit<Item, 'box'> & { readonly corners: Corners }

type Wired<Whole> = {
  readonly [Key in keyof Whole]: Whole[Key] extends Field<infer Value> | null
    ? WireField<Value> | null
    : Whole[Key] extends readonly Item[]
      ? readonly WireItem[]
      : Whole[Key]
}

type WireFields = Wired<Fields>

type Taken = Extract<Reading, { ok: true }>

/** A reading as plain data: what a queue's consumer stores and a screen draws. */
export type WireReading =
  | Extract<Reading, { ok: false }>
  | (Omit<Taken, 'fields' | 'cornersOf'> & { readonly fields: WireFields | null })

export function wireOf(reading: Reading): WireReading {
  if (!reading.ok) return reading
  const { fields, cornersOf, ...rest } = reading
  return { ...rest, fields: fields === null ? null : wired(fields, cornersOf) }
}

function wired(fields: Fields, cornersOf: Taken['cornersOf']): WireFields {
  const one = <Value>(field: Field<Value> | null): WireField<Value> | null => {
    if (field === null) return null
    const { box, ...said } = field
    return { ...said, corners: box === null ? [] : cornersOf(box) }
  }
  return {
    retailer: one(fields.retailer),
    legal: one(fields.legal),
    address: one(fields.address),
    taxNumber: one(fields.taxNumber),
    date: one(fields.date),
    time: one(fields.time),
    totalMinor: one(fields.totalMinor),
    paymentMinor: fields.paymentMinor,
    changeMinor: fields.changeMinor,
    items: fields.items.map(({ box, ...item }) => ({ ...item, corners: cornersOf(box) })),
    itemsAddUp: fields.itemsAddUp,
    fn: one(fields.fn),
    fd: one(fields.fd),
    fp: one(fields.fp),
    registration: one(fields.registration),
  }
}
