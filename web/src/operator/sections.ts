import {
  ArrowRightLeft,
  BookOpenText,
  CalendarCheck,
  Globe,
  Handshake,
  Landmark,
  type LucideIcon,
  ReceiptText,
  ScanEye,
  ScrollText,
  ShieldAlert,
  Store,
  Tags,
} from 'lucide-react'

export type SectionId =
  | 'today'
  | 'partners'
  | 'invoices'
  | 'receipts'
  | 'review'
  | 'payouts'
  | 'books'
  | 'stores'
  | 'aliases'
  | 'markets'
  | 'forgeries'
  | 'log'

/** The sections of the desk; `letter` after `g` goes there. */
export const SECTIONS: readonly {
  id: SectionId
  href: string
  icon: LucideIcon
  letter: string
}[] = [
  { id: 'today', href: '/operator', icon: CalendarCheck, letter: 't' },
  { id: 'partners', href: '/operator/partners', icon: Handshake, letter: 'p' },
  { id: 'invoices', href: '/operator/invoices', icon: Landmark, letter: 'i' },
  { id: 'receipts', href: '/operator/receipts', icon: ReceiptText, letter: 'r' },
  { id: 'review', href: '/operator/review', icon: ScanEye, letter: 'v' },
  { id: 'payouts', href: '/operator/payouts', icon: ArrowRightLeft, letter: 'y' },
  { id: 'books', href: '/operator/books', icon: BookOpenText, letter: 'b' },
  { id: 'stores', href: '/operator/stores', icon: Store, letter: 's' },
  { id: 'aliases', href: '/operator/aliases', icon: Tags, letter: 'a' },
  { id: 'markets', href: '/operator/markets', icon: Globe, letter: 'm' },
  { id: 'forgeries', href: '/operator/forgeries', icon: ShieldAlert, letter: 'f' },
  { id: 'log', href: '/operator/log', icon: ScrollText, letter: 'l' },
]
