import { findAny } from './fold.ts'
import { NOT_ITEM } from './keywords.ts'
import { type Line, lineOf } from './word.ts'

/**
 * Forms of companies; the words around them are the company's name. Short ones count in capitals
 * only: `kg` is a weight, `000` a number.
 */
const FORM =
  /(?:^|[\s"'«()])(?:(?!000)[О0O]{3}|000(?=\s?["'«“„”])|(?<=\p{L}{4}["'»”]?\s)000(?=$)|[ЗО]?АО|ПАО|НАО|ИП|ТОВ|ПрАТ|ПРАТ|ПАТ|ФОП|РУП|ОДО|ЧТУП|ТОО|ЖШС|[Gg][Mm][Bb][HhM]|AG|KG|OHG|e\.\s?K|Ltd|LTD|Limited|LIMITED|LLC|Inc|INC|S[DOI0][NM]\.?\s?[BE8]H[DO]|S[DO0]N\.?\s?B[A-Z]D|Sdn\.?\s?Bhd|S\/B|BHD|S\.\s?A\.?\s?U?|S\.\s?L\.?\s?U?|SLU?|Lda|LDA|[dд]\.\s?[oо]\.\s?[oо]|DOO|ДОО|[aа]\.\s?[dд])(?=$|[\s"'».,)(;])/u

/** Malaysia's private company, as readers spell it; what stands behind it is no name. */
const PRIVATE = /(?<![\p{L}\p{N}])(S[DOI0][NM]|SDN)[.,]?\s?([BE8]H[DO]|BHD)(?![\p{L}\p{N}]).*$/iu

/** Words that no company's name begins with: its first line stands above. */
const GOES_ON =
  /^[^\p{L}\p{N}(&]*(?:&|\(|(?:ENTERPRISE|TRADING|HOLDINGS?|COMPANY|CO|MARKETING|INDUSTR(?:Y|IES)|STORES?|SERVICES?|DISTRIBUTION|RESTAURANTS?|UND|AND)(?!\p{L}))/iu

const letters = (text: string) => (text.match(/\p{L}/gu) ?? []).length

/** Whether a line names a company: by its form, and not as a till says who pays or gives change. */
export function namesCompany(text: string): boolean {
  const form = FORM.exec(text)
  if (form === null) return false
  // Lone letters are what is left of noise beside a short form; `D.I.Y. (M) SDN BHD` has its own.
  const isShort = /\p{Script=Cyrillic}/u.test(form[0])
  const words = !isShort ? text : text.replace(/(?<!\p{L})\p{L}(?!\p{L})/gu, '')
  if (letters(words) - letters(form[0]) < 3) return false
  const hit = findAny(text, NOT_ITEM)
  // `CASH & CARRY SDN BHD` is a shop; `CASH` before the form's line is not.
  return hit === null || hit.mistakes > 0 || letters(text.slice(0, hit.from)) > 2
}

/** A company whose form says that its name, not a sign, heads the receipt: Malaysia. */
export const isHeading = (name: string) => /(?:SDN\.?\s?BHD|BHD|S\/B)\.?$/iu.test(name)

/** The form as it is spelt, a bracket before it closed, nothing behind it. */
export function spelt(name: string): string {
  const found = PRIVATE.exec(name)
  if (found === null) return name
  const [, one = '', two = ''] = found
  const form = /^sdn$/i.test(one) && /^bhd$/i.test(two) ? `${one} ${two}` : 'SDN BHD'
  const before = name.slice(0, found.index).trimEnd()
  const isOpen = before.lastIndexOf('(') > before.lastIndexOf(')')
  // `(M)` is Malaysia; its closing bracket is read as the letter again.
  const closed = isOpen ? `${before.replace(/\(M[MIl1|]$/u, '(M')})` : before
  return `${closed} ${form}`
}

/** A Latin form with fewer letters stands alone, or its name is on the line above. */
const NAMED_LETTERS_MIN = 7

/** Whether a line of a name cannot be its first one. */
function goesOn(text: string): boolean {
  const form = FORM.exec(text)
  const before = form === null ? text : text.slice(0, form.index)
  const opened = before.split('(').length
  const closed = before.split(')').length
  const isBare = form !== null && letters(text) < NAMED_LETTERS_MIN && /[a-z]/i.test(form[0])
  return closed > opened || GOES_ON.test(text) || isBare
}

const WRAPPED_LINES_MAX = 3

/** The lines of a head with companies that are wrapped over several as one line each. */
export function withWholeNames(head: readonly Line[], isName: (line: Line) => boolean): Line[] {
  const whole: Line[] = []
  for (const line of head) {
    let joined = line
    let taken = 0
    while (
      FORM.test(joined.text) &&
      goesOn(joined.text) &&
      taken < WRAPPED_LINES_MAX - 1 &&
      isJust(whole.at(-1), joined, isName)
    ) {
      const above = whole.pop() as Line
      joined = lineOf([...above.words, ...joined.words])
      taken += 1
    }
    whole.push(joined)
  }
  return whole
}

/** Whether a line stands right above another, and is a part of a name. */
function isJust(above: Line | undefined, line: Line, isName: (line: Line) => boolean): boolean {
  if (above === undefined || !isName(above)) return false
  const height = above.box.bottom - above.box.top
  return line.box.top - above.box.bottom < 1.5 * height
}

/** The company's number on a line of its own: `(894996-D)`, `Company No: 002643278-4A`. */
const REGISTERED =
  /^[^\p{L}\p{N}]*(?:(?:co|company|roc|reg)[\p{L}\s.:#]*)?[^\p{L}\p{N}]*[\dOC]{5,}\s?-\s?[\p{L}\p{N}+]{1,2}[^\p{L}\p{N}]*$/iu

const NAME_LINES_MAX = 3

/** Lines of a name above the company's number: all of them are the name. */
export function withRegisteredName(head: readonly Line[], isName: (line: Line) => boolean): Line[] {
  const end = head.findIndex(({ text }) => REGISTERED.test(text))
  let from = end
  while (from > 0 && end - from < NAME_LINES_MAX && isName(head[from - 1] as Line)) from -= 1
  if (end < 0 || end - from < 2) return [...head]
  const name = lineOf(head.slice(from, end).flatMap(({ words }) => words))
  return [...head.slice(0, from), name, ...head.slice(end)]
}
