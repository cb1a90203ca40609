import { stored } from './stored.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/**
 * The shopper's choice of theme; `system` follows the device. `public/boot.js` reads the same key.
 */
export const theme = stored<Theme>('kopilka.theme', THEMES, 'system')

/** Stores the choice and shows it at once. */
export function chooseTheme(value: Theme) {
  theme.set(value)
  if (value === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = value
}
