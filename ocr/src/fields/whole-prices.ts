import { findAny } from './fold.ts'
import { CHANGE, PAYMENT, TOTAL_STRONG, TOTAL_WEAK } from './keywords.ts'
import type { Line, Pass } from './word.ts'

const SUMS = [...TOTAL_STRONG, ...TOTAL_WEAK, ...PAYMENT, ...CHANGE]

/** Money without hundredths at the end of a line: `15 305`, `=1 250 тг`, `4 740 Я`. */
const WHOLE = /(?<=^|[\s=≡:-])(\d{1,3}(?:[ .,]\d{3})+|\d{1,6})(?=\s*(?:[₸€₽$]|\p{L}{1,4}\.?)?\s*$)/u
const DECIMAL = /\d[.,]\s?\d{2}(?!\d)/

/** Whether sums stand without hundredths, and so do all but a few other lines: rates, weights. */
function isWhole(lines: readonly Line[]): boolean {
  const sums = lines.filter(({ text }) => findAny(text, SUMS) !== null)
  const whole = sums.filter(({ text }) => WHOLE.test(text)).length
  const decimal = sums.filter(({ text }) => DECIMAL.test(text)).length
  const elsewhere = lines.filter(({ text }) => DECIMAL.test(text)).length
  return whole > 0 && decimal === 0 && elsewhere < whole
}

/**
 * Where a till prints no hundredths (tenge, hryvnia of a hardware shop), writes them: everything
 * else then reads one kind of sum. Readings of ordinary receipts are handed back as they are.
 */
export function withHundredths(passes: readonly Pass[]): readonly Pass[] {
  if (!isWhole(passes.flatMap(({ lines }) => lines))) return passes
  return passes.map((pass) => ({ ...pass, lines: pass.lines.map(written) }))
}

/** Only the text changes; the words keep the boxes of what stands on the paper. */
function written(line: Line): Line {
  if (DECIMAL.test(line.text)) return line
  const text = line.text
    .replace(WHOLE, (sum) => `${sum.replace(/\D/g, '')}.00`)
    .replace(
      /([xхXХ*×]\s*)(\d{1,3}(?: \d{3})+|\d{1,6})(?=\s*=?\s*$)/u,
      (_, times, price) => `${times}${String(price).replace(/\D/g, '')}.00`,
    )
  return { ...line, text }
}
