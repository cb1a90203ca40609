import type { Locator, Page } from 'playwright-core'

/** What a person does with a page, found by the words that the person reads. */

type Words = string | RegExp
type Place = Page | Locator

/** Waits until these words are on the screen. */
export async function see(place: Place, words: Words): Promise<void> {
  await place.getByText(words).filter({ visible: true }).first().waitFor()
}

/** Waits until one of several outcomes is on the screen. */
export async function seeAny(place: Place, outcomes: readonly string[]): Promise<void> {
  const escaped = outcomes.map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  await see(place, new RegExp(escaped.join('|')))
}

export async function press(place: Place, name: Words): Promise<void> {
  await place.getByRole('button', { name, exact: true }).filter({ visible: true }).first().click()
}

export async function follow(place: Place, name: Words): Promise<void> {
  await place.getByRole('link', { name, exact: true }).filter({ visible: true }).first().click()
}

/** The field with this label; hints and errors belong to its description, not to its name. */
export function field(place: Place, label: Words): Locator {
  return place.getByLabel(label, { exact: true }).filter({ visible: true }).first()
}

/** The dialog on top. */
export function dialog(page: Page): Locator {
  return page.locator('dialog[open]').last()
}

/** Waits until something is so; the words say what, for the person who reads the failure. */
export async function until(words: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + UNTIL_MS_MAX
  while (Date.now() < deadline) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
  throw new Error(`never came: ${words}`)
}

const UNTIL_MS_MAX = 45_000
const LOOK_AGAIN_MS = 200

/** Fails with the words unless it is so. */
export function insist(isSo: boolean, words: string): asserts isSo {
  if (!isSo) throw new Error(words)
}
