import {
  BarcodeDetector,
  type DetectedBarcode,
  prepareZXingModule,
} from 'barcode-detector/ponyfill'

let detector: BarcodeDetector | null = null

/** One reader for all that receipts bear, over WebAssembly from our own origin. */
export function codeDetector(): BarcodeDetector {
  if (detector) return detector
  prepareZXingModule({ overrides: { locateFile: (file: string) => `/zxing/${file}` } })
  detector = new BarcodeDetector({ formats: ['qr_code', 'pdf417', 'data_matrix', 'ean_13'] })
  return detector
}

/** The text of the likeliest receipt among the codes seen: a product's number comes last. */
export function likeliest(found: readonly DetectedBarcode[]): string | null {
  const best = found.find(({ format }) => format !== 'ean_13') ?? found[0]
  return best?.rawValue ?? null
}

/** The code on a picture, or null. Turned and small codes are the reader's own business. */
export async function readPicture(picture: Blob): Promise<string | null> {
  return likeliest(await codeDetector().detect(picture))
}
