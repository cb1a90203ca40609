import type { OperatorRole, PartnerRole } from '#schema/partner'

/** Who can sign in on a seeded network. Invented people of invented companies. */

export const OPERATORS: readonly { email: string; role: OperatorRole }[] = [
  { email: 'admin@kopilka.example', role: 'admin' },
  { email: 'support@kopilka.example', role: 'support' },
  { email: 'finance@kopilka.example', role: 'finance' },
]

export const SHOPPER = { phone: '+79000000001', name: 'Анна', dateOfBirth: '1990-05-17' } as const

/** Where the owner of a partner gets mail: `owner@mlechnyy-bor.example`. */
export const ownerOf = (partnerName: string) => `owner@${slugOf(partnerName)}.example`

/** Further staff of two partners, so that every role can be tried. */
export const STAFF: readonly { partner: string; role: PartnerRole; email: string }[] = [
  { partner: 'Млечный бор', role: 'marketer', email: 'marketer@mlechnyy-bor.example' },
  { partner: 'Млечный бор', role: 'finance', email: 'finance@mlechnyy-bor.example' },
  { partner: 'Млечный бор', role: 'viewer', email: 'viewer@mlechnyy-bor.example' },
  { partner: 'Берёзка', role: 'cashier', email: 'cashier@berezka.example' },
]

/** Contacts of the partners, taken in turn. */
export const CONTACTS: readonly string[] = [
  'Вера Полянская',
  'Игорь Лугов',
  'Ольга Ветрова',
  'Павел Зорин',
  'Нина Ольхова',
]

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f',
    'ä:a қ:q ә:a і:i ң:n ғ:g ө:o ұ:u ү:u һ:h х:kh ц:ts ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => pair.split(':')),
)

/** `Млечный бор` → `mlechnyy-bor`: the name in a web address. */
export function slugOf(name: string): string {
  return [...name.toLowerCase()]
    .map((letter) => LETTERS[letter] ?? letter)
    .join('')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
