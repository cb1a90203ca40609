import { useFormat } from '../i18n/use-format.ts'

/** The formatters, and amounts of whole roubles without their empty kopecks: for large figures. */
export function useDeskFormat() {
  const format = useFormat()
  return {
    ...format,
    /** `30000000` → `300 000 ₽`, `1758` → `17,58 ₽`. */
    figure: (minor: number) => format.amount(minor).replace(/[.,]00(?=\u00a0)/, ''),
  }
}
