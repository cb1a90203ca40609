import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { insist, until } from './acts.ts'
import type { Visitor } from './stage.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const NODES_SHOWN = 4

/** What a page must be in every state: readable in both themes, inside the screen, with a heading. */
export async function judge({ page }: Visitor, name: string): Promise<void> {
  await fits(page, name)
  const headings = await page.locator('h1').filter({ visible: true }).count()
  insist(headings === 1, `${name} has ${headings} headings of the first level`)
  await accept(new AxeBuilder({ page }).withTags(TAGS), `${name}, light`)
  // Only colours differ between the themes.
  await page.emulateMedia({ colorScheme: 'dark' })
  await accept(new AxeBuilder({ page }).withRules(['color-contrast']), `${name}, dark`)
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Fails when a page that has been read is wider than its screen. */
export async function fits(page: Page, name: string): Promise<void> {
  await settle(page)
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  insist(beyond <= 0, `${name} is ${beyond} px wider than the screen`)
}

/** Waits until the page has read what it shows. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1, h2').filter({ visible: true }).first().waitFor()
  await until('the page has been read', async () => {
    return (await page.locator('[aria-busy=true]').count()) === 0
  })
  // What fades in is judged when it has arrived.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished.catch(() => undefined)),
    ).then(() => undefined),
  )
}

async function accept(axe: AxeBuilder, name: string): Promise<void> {
  const { violations } = await axe.setLegacyMode(true).analyze()
  const words = violations.map(({ id, help, nodes }) => {
    const shown = nodes.slice(0, NODES_SHOWN).map((node) => {
      const why = node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''
      return `  ${node.html.slice(0, 160)}\n    ${why}`
    })
    return [`${id}: ${help} (${nodes.length})`, ...shown].join('\n')
  })
  insist(words.length === 0, `${name}:\n${words.join('\n')}`)
}
