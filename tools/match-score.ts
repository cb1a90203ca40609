/**
 * Scores matching on labelled lines: `npm run -s match:score [-- FOLDER]`.
 *
 * Always together: how many lines of present products are accepted (coverage), how many of those
 * are right (precision), and how many lines of absent products are accepted (false accepts).
 * Without FOLDER on the committed sets and the generated ones; FOLDER may hold
 * `ofd-lines-labelled.csv` (column `name`), whose names serve as a catalogue with a share kept out.
 * The last line is JSON. Labels say which styles nothing was fitted to;
 * the written lines and the faults of photos were looked at while the rules were made.
 */

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Papa from 'papaparse'
import { tokenise } from '#worker/matching/normalise'
import { chainStyleCorpus } from '#worker/matching/testing/chain-style'
import { evaluate, type Figures, makeCorpus } from '#worker/matching/testing/evaluation'
import { namedIndex } from '#worker/matching/testing/named'
import { FITTED_STYLES, HELD_OUT_STYLES } from '#worker/matching/testing/noise'
import { PHOTO_NOISES } from '#worker/matching/testing/photo-noise'
import { seeded, shuffled } from '#worker/matching/testing/random'

const SEED = 20_261
const SIBLINGS = 900
const DENSE_SIBLINGS = 6_000
const OFD_NAMES = 3_000
const ABSENT_SHARE = 0.3
const KEY_CHARS_MIN = 4

const report: Record<string, Figures> = {}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7)
}

function print(label: string, figures: Figures): void {
  report[label] = figures
  const { coverage, precision, falseAccepts, present, absent } = figures
  console.log(
    `${label.padEnd(46)} coverage ${percent(coverage)}  right ${percent(precision)}  ` +
      `false accepts ${percent(falseAccepts)}  (${present} present, ${absent} absent)`,
  )
}

/** Names that differ in nothing but order, script, codes and punctuation are one product. */
function distinct(names: readonly string[]): string[] {
  const byKey = new Map<string, string>()
  for (const name of names) {
    const words = tokenise(name).filter((token) => token.kind !== 'code')
    const key = [...new Set(words.map((token) => token.text))].sort().join(' ')
    if (key.length >= KEY_CHARS_MIN && !byKey.has(key)) byKey.set(key, name)
  }
  return [...byKey.values()]
}

function scoreOfd(folder: string): void {
  const file = path.join(folder, 'ofd-lines-labelled.csv')
  if (!existsSync(file)) throw new Error(`${file} does not exist`)
  const text = readFileSync(file, 'utf8')
  const { data } = Papa.parse<{ name?: string }>(text, { header: true, skipEmptyLines: true })
  const names = shuffled(seeded(SEED), distinct(data.flatMap(({ name }) => name || [])))
  const some = names.slice(0, OFD_NAMES)
  const fitted = makeCorpus(SEED, 0, ABSENT_SHARE, FITTED_STYLES, some)
  print('real names, fitted styles', evaluate(fitted))
  const heldOut = makeCorpus(SEED, 0, ABSENT_SHARE, HELD_OUT_STYLES, some)
  print('real names, held-out styles', evaluate(heldOut))
}

/** Every other pair of a present and an absent line: rules were made on the others. */
const isHeldBack = (at: number) => Math.floor(at / 2) % 2 === 1
/** Readings of each line with each fault. */
const READINGS = 4

function scoreChainStyle(): void {
  const { products, lines } = chainStyleCorpus()
  const index = namedIndex(products)
  print('written lines', evaluate({ index, lines }))
  const held = lines.filter((_, at) => isHeldBack(at))
  print('written lines, held back', evaluate({ index, lines: held }))
  for (const [name, noise] of Object.entries(PHOTO_NOISES)) {
    const random = seeded(SEED)
    const readings = (of: typeof lines) =>
      Array.from({ length: READINGS }, () =>
        of.map((known) => ({ ...known, line: noise(random, known.line) })),
      ).flat()
    print(`on a photo: ${name}`, evaluate({ index, lines: readings(lines) }))
    print(`on a photo: ${name}, held back`, evaluate({ index, lines: readings(held) }))
  }
}

/** True when the other line shows every word of the cut one, the last one perhaps further. */
function mayBe(cut: string, other: string): boolean {
  const shown = tokenise(cut)
  const texts = tokenise(other).map(({ text }) => text)
  return shown.every(({ text, isLast }) =>
    isLast ? texts.some((one) => one.startsWith(text)) : texts.includes(text),
  )
}

const isSize = ({ kind }: ReturnType<typeof tokenise>[number]) =>
  kind === 'mass' || kind === 'volume' || kind === 'count'

/** How many lines that lost their ends anybody could tell: what coverage can be at most. */
function countAmbiguous(): void {
  const { lines } = chainStyleCorpus()
  const noise = PHOTO_NOISES['end cut']
  if (noise === undefined) throw new Error('lines are cut no more')
  const random = seeded(SEED)
  const cut = lines.map((known) => ({ ...known, cut: noise(random, known.line) }))
  const present = cut.filter(({ productId }) => productId !== null)
  const twins = present.filter((one) =>
    cut.some((other) => other.productId !== one.productId && mayBe(one.cut, other.line)),
  )
  const sizeless = present.filter(
    (one) => tokenise(one.line).some(isSize) && !tokenise(one.cut).some(isSize),
  )
  const halved = sizeless.filter(({ cut }) => /\d\d$/.test(cut))
  const share = (part: readonly unknown[]) => percent(part.length / present.length)
  console.log(
    `of the lines whose end is cut ${share(sizeless)} show no whole size any more, ` +
      `${share(halved)} end in two digits of something; ` +
      `${share(twins)} show nothing that another written line does not`,
  )
}

scoreChainStyle()
countAmbiguous()
for (const [size, count] of Object.entries({ siblings: SIBLINGS, dense: DENSE_SIBLINGS })) {
  const fitted = makeCorpus(SEED, count, ABSENT_SHARE, FITTED_STYLES)
  print(`generated ${size}, fitted styles`, evaluate(fitted))
  const heldOut = makeCorpus(SEED, count, ABSENT_SHARE, HELD_OUT_STYLES)
  print(`generated ${size}, held-out styles`, evaluate(heldOut))
}
const [folder] = process.argv.slice(2)
if (folder !== undefined) scoreOfd(path.resolve(process.env.INIT_CWD ?? '.', folder))
console.log(JSON.stringify(report))
