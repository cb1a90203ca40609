import { create } from 'qrcode'
import css from './qr-code.module.css'

/** Light modules around the code, as the standard asks (ISO/IEC 18004). */
const QUIET_MODULES = 4

/** A text as a QR code, drawn here: what it says never leaves the page. Always dark on white. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const edge = modules.size + QUIET_MODULES * 2
  let path = ''
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column))
        path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h1v1h-1z`
    }
  }
  return (
    <svg className={css.code} viewBox={`0 0 ${edge} ${edge}`} role="img" aria-label={label}>
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
