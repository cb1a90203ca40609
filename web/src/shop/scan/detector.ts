import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill'

let detector: BarcodeDetector | null = null

/** The QR reader over WebAssembly from our own origin; loaded by the scanner only. */
export function qrDetector(): BarcodeDetector {
  if (detector) return detector
  prepareZXingModule({ overrides: { locateFile: (file: string) => `/zxing/${file}` } })
  detector = new BarcodeDetector({ formats: ['qr_code'] })
  return detector
}

/** The first code on a picture, or null. Turned and small codes are the reader's own business. */
export async function readPicture(picture: Blob): Promise<string | null> {
  const [found] = await qrDetector().detect(picture)
  return found?.rawValue ?? null
}
