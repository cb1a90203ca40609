import type { Words } from './page.ts'
import type { SwitchValue } from './switches.ts'

/** How the switchboard shows a switch: its key, what it does, and its positions besides "off". */
export type SwitchWords = {
  key: string
  title: Words
  positions: { value: Exclude<SwitchValue, null>; words: Words }[]
}
