import type { Actor, ShopperActor } from './actor.ts'

/** The shopper whom `allow('shopper')` let in. Throws when a route forgot to ask for one. */
export function shopperOf(actor: Actor): ShopperActor {
  if (actor.kind !== 'shopper') throw new Error(`a shopper's route was reached by ${actor.kind}`)
  return actor
}
