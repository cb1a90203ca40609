/** Names for the values in verdicts; evaluation itself works on ids only. */
export type EvaluationNames = {
  products: ReadonlyMap<string, string>
  retailers: ReadonlyMap<string, string>
}

export const NO_NAMES: EvaluationNames = { products: new Map(), retailers: new Map() }
