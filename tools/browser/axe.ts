import axe, { type Result, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { insist, until } from './acts.ts'
import type { Visitor } from './stage.ts'

const EVERY_RULE: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
const CONTRAST: RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast'] },
  preload: false,
}
const NODES_SHOWN = 4

/** What a page must be in every state: readable in both themes, inside the screen, with a heading. */
export async function judge({ page }: Visitor, name: string): Promise<void> {
  await fits(page, name)
  const headings = await page.locator('h1').filter({ visible: true }).count()
  insist(headings === 1, `${name} has ${headings} headings of the first level`)
  await page.evaluate(axe.source)
  await accept(page, EVERY_RULE, `${name}, light`)
  // Only colours differ between the themes.
  await page.emulateMedia({ colorScheme: 'dark' })
  await standStill(page)
  await accept(page, CONTRAST, `${name}, dark`)
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
  await standStill(page)
}

/** What fades in, or from one colour into another, is judged when it has arrived. */
async function standStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(({ effect, playState }) => {
          return playState === 'running' && effect?.getComputedTiming().iterations !== Infinity
        })
        .map(({ finished }) => finished.catch(() => undefined))
    for (let left = moving(); left.length > 0; left = moving()) await Promise.all(left)
  })
}

/**
 * Told to judge by a script that is in the page already: what is broken comes back, and not the
 * many times longer list of what is not.
 */
async function accept(page: Page, rules: RunOptions, name: string): Promise<void> {
  const violations = await page.evaluate(violationsOf, rules)
  const words = violations.map(({ id, help, nodes }) => {
    const shown = nodes.slice(0, NODES_SHOWN).map((node) => {
      const why = node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''
      return `  ${node.html.slice(0, 160)}\n    ${why}`
    })
    return [`${id}: ${help} (${nodes.length})`, ...shown].join('\n')
  })
  insist(words.length === 0, `${name}:\n${words.join('\n')}`)
}

/** Runs in the page. */
async function violationsOf(rules: RunOptions): Promise<Result[]> {
  const script: typeof axe = Reflect.get(globalThis, 'axe')
  const { violations, passes, incomplete } = await script.run({
    ...rules,
    resultTypes: ['violations'],
  })
  if ([violations, passes, incomplete].flat().length === 0)
    throw new Error('axe has looked at nothing')
  return violations
}
