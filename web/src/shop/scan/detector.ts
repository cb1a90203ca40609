import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'

let detector: BarcodeDetector | null = null

/** One reader for all that receipts and goods bear, over WebAssembly from our own origin. */
function codeDetector(): BarcodeDetector {
  if (detector) return detector
  prepareZXingModule({ overrides: { locateFile: (file: string) => `/zxing/${file}` } })
  detector = new BarcodeDetector({ formats: ['qr_code', 'pdf417', 'data_matrix', 'ean_13'] })
  return detector
}

/**
 * The texts of all codes in a picture or a frame. Turned and small codes are the reader's own
 * business.
 */
export async function codesIn(picture: Blob | HTMLVideoElement): Promise<string[]> {
  const found = await codeDetector().detect(picture)
  return found.map(({ rawValue }) => rawValue)
}
