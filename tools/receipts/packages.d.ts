declare module 'opentype.js' {
  export type Command =
    | { type: 'M'; x: number; y: number }
    | { type: 'L'; x: number; y: number }
    | { type: 'Q'; x1: number; y1: number; x: number; y: number }
    | { type: 'C'; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
    | { type: 'Z' }
  type Font = {
    readonly unitsPerEm: number
    charToGlyphIndex(character: string): number
    getPath(text: string, x: number, y: number, size: number): { commands: Command[] }
  }
  const opentype: { parse(bytes: ArrayBuffer): Font }
  export default opentype
}

declare module '@jsquash/jpeg/codec/enc/mozjpeg_enc.js' {
  export default function factory(options: object): Promise<{
    encode(rgba: Uint8Array, width: number, height: number, options: object): Uint8Array | null
  }>
}

declare module '@jsquash/jpeg/meta.js' {
  export const defaultOptions: { readonly quality: number }
}
