/** A position of a switch with its words. */
export function position<Value extends string | number | boolean>(
  value: Value,
  ru: string,
  en: string,
) {
  return { value, words: { ru, en } }
}
