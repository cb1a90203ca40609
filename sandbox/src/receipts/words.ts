import type { Words } from '../page.ts'

/** Texts of the receipt pages. */
export const RECEIPT_WORDS = {
  intro: {
    ru: 'Выберите магазин и корзину. Чек появится на экране, его код сканируется камерой телефона.',
    en: 'Choose a shop and a basket. The receipt appears on the screen; scan it with a phone.',
  },
  chain: { ru: 'Магазин', en: 'Shop' },
  show: { ru: 'Показать товары', en: 'Show the goods' },
  basket: { ru: 'Корзина', en: 'Basket' },
  small: { ru: 'Пара покупок', en: 'A few things' },
  week: { ru: 'На неделю, 15 строк', en: 'For the week, 15 lines' },
  huge: { ru: 'Оптом, 50 строк', en: 'Wholesale, 50 lines' },
  issue: { ru: 'Пробить чек', en: 'Issue the receipt' },
  choose: { ru: 'Выбрать товары самому', en: 'Choose the goods yourself' },
  latest: { ru: 'Последние чеки', en: 'Latest receipts' },
  none: { ru: 'Чеков пока нет.', en: 'No receipts yet.' },
  when: { ru: 'Время', en: 'Time' },
  total: { ru: 'Итог', en: 'Total' },
  refund: { ru: 'возврат', en: 'return' },
  known: { ru: 'Налоговая знает этот чек', en: 'The tax service knows this receipt' },
  waiting: { ru: 'Налоговая узнает о чеке', en: 'The tax service will know it at' },
  deliver: { ru: 'Передать в налоговую сейчас', en: 'Hand it on now' },
  copy: { ru: 'Скопировать текст', en: 'Copy the text' },
  copied: { ru: 'Скопировано', en: 'Copied' },
  download: { ru: 'Скачать картинку', en: 'Download the picture' },
  paper: { ru: 'Чек без кода', en: 'Paper without a code' },
  paperWhy: {
    ru: 'Снимите его телефоном. Начислим, когда сеть пришлёт эту продажу: файлом или по ключу.',
    en: 'Take a picture of it. It is credited once the shop feeds this sale: by file or by key.',
  },
  sale: { ru: 'Продажа файлом', en: 'The sale as a file' },
  text: { ru: 'Текст кода', en: 'Text of the code' },
  giveBack: { ru: 'Оформить возврат', en: 'Return the goods' },
  again: { ru: 'Пробить ещё один', en: 'Issue another' },
  notFound: { ru: 'Такого чека нет', en: 'No such receipt' },
  nothingTicked: {
    ru: 'Отметьте хотя бы один товар или выберите готовую корзину.',
    en: 'Tick at least one product, or choose a ready basket.',
  },
} as const satisfies Record<string, Words>
