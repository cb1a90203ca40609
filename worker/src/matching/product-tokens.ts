import { type Token, tokenise } from './normalise.ts'
import type { IndexedProduct } from './product-index.ts'

/** Tokens of a product: its name, then what its other fields add to it. */
export function productTokens(product: IndexedProduct): readonly Token[] {
  const named = tokenise(product.name)
  const texts = new Set(named.map((token) => token.text))
  const added: Token[] = []
  if (product.brand !== null) {
    added.push(...tokenise(product.brand).filter((token) => !texts.has(token.text)))
  }
  const size = product.size ?? null
  // One piece is what a thing comes in when nothing is said: no line says it.
  if (size !== null && !(size.unit === 'piece' && size.amount === 1)) {
    const unit = size.unit === 'piece' ? 'шт' : size.unit === 'g' ? 'г' : 'мл'
    const [token] = tokenise(`${size.amount}${unit}`)
    const isSaid = named.some((one) => one.kind === 'mass' || one.kind === 'volume')
    const isPieces = size.unit === 'piece'
    if (token !== undefined && !isPieces && !isSaid) added.push(token)
    if (token !== undefined && isPieces && !named.some((one) => one.kind === 'count')) {
      added.push(token)
    }
  }
  return added.length === 0 ? named : [...named, ...added]
}
