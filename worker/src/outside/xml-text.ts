/**
 * Text as XML writes it: the five entities that it has by itself, and character references, read
 * once. What both the tax service's messages and the bank's files are made of.
 */

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}
const CODE_POINT_MAX = 0x10ffff

/** What stands in an element means; references to nothing stay as they are. */
export function decodeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (whole, hex, dec, name) => {
      if (name !== undefined) return ENTITIES[name] ?? whole
      const code = Number.parseInt(hex ?? dec, hex === undefined ? 10 : 16)
      return code <= CODE_POINT_MAX ? String.fromCodePoint(code) : whole
    },
  )
}

/** Text made safe for the inside of an element. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => {
    const name = Object.keys(ENTITIES).find((key) => ENTITIES[key] === character)
    return `&${name};`
  })
}
