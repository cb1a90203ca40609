/** Programs in which pictures are changed, their names of more than three letters. */
const EDITORS = [
  'Photoshop',
  'GIMP',
  'Snapseed',
  'PicsArt',
  'Pixlr',
  'Affinity Photo',
  'Pixelmator',
  'PhotoScape',
  'Paint.NET',
  'Polarr',
  'Canva',
] as const

const SOFTWARE = 0x0131
const ASCII = 2
const ENTRIES_MAX = 200
const NAME_BYTES_MAX = 200

const latin = new TextDecoder('latin1')

/**
 * The program that a JPEG says it was saved by, if that is one for changing pictures: EXIF's
 * Software (TIFF tag 0x0131) or XMP's CreatorTool. Never throws, whatever the bytes; null says
 * nothing.
 */
export function editorOf(bytes: Uint8Array): string | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
    if (bytes[at + 1] === 0xe1) {
      const body = bytes.subarray(at + 4, end)
      const editor = known(softwareOf(body)) ?? known(creatorToolOf(body))
      if (editor !== null) return editor
    }
    // A length of less than itself would never end.
    at = Math.max(end, at + 4)
  }
  return null
}

function known(software: string): string | null {
  const name = software.toLowerCase()
  return EDITORS.find((editor) => name.includes(editor.toLowerCase())) ?? null
}

function softwareOf(body: Uint8Array): string {
  if (latin.decode(body.subarray(0, 6)) !== 'Exif\0\0') return ''
  const tiff = body.subarray(6)
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (tiff.length < 8) return ''
  const isLittle = latin.decode(tiff.subarray(0, 2)) === 'II'
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return ''
  const entries = Math.min(view.getUint16(directory, isLittle), ENTRIES_MAX)
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + 12 * index
    if (entry + 12 > tiff.length) return ''
    if (view.getUint16(entry, isLittle) !== SOFTWARE) continue
    if (view.getUint16(entry + 2, isLittle) !== ASCII) return ''
    const length = view.getUint32(entry + 4, isLittle)
    const from = length > 4 ? view.getUint32(entry + 8, isLittle) : entry + 8
    return latin.decode(tiff.subarray(from, from + Math.min(length, NAME_BYTES_MAX)))
  }
  return ''
}

function creatorToolOf(body: Uint8Array): string {
  if (!latin.decode(body.subarray(0, 28)).startsWith('http://ns.adobe.com/xap/1.0/')) return ''
  return /CreatorTool\s*(?:=\s*["']|>)([^"'<]{0,200})/.exec(latin.decode(body))?.[1] ?? ''
}
