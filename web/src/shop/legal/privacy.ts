import type { WebLocale } from '../../i18n/locale.ts'
import type { LegalText } from './text.ts'

/** How personal data is processed. A change of meaning is a new edition, asked for again. */
export const PRIVACY: Readonly<Record<WebLocale, LegalText>> = {
  ru: {
    title: 'Обработка персональных данных',
    edition: '2026-11',
    parts: [
      {
        heading: 'Что храним',
        paragraphs: [
          'Телефон и имя, если вы его назвали. Чеки: магазин, время, товары, суммы, фискальные номера. Награды, выводы и получателя вывода. Ваши согласия: когда, с какого адреса и на какую редакцию текста. Входы: устройство, адрес, время.',
          'Дату рождения не храним: только отметку, что вам есть 18 лет.',
        ],
      },
      {
        heading: 'Зачем',
        paragraphs: [
          'Телефон нужен для входа и защиты денег. Чеки нужны, чтобы проверить покупку и начислить награду. Данные выводов нужны, чтобы отправить деньги и вести учёт, которого требует закон.',
        ],
      },
      {
        heading: 'Кому показываем',
        paragraphs: [
          'Налоговой службе: номера чека, чтобы проверить его. Платёжной службе: получателя и сумму вывода. Операторам связи: телефон, чтобы доставить код.',
          'Партнёрам показываем только сводки не меньше чем по 20 людям. Ваши покупки как ваши партнёр видит, только если вы отдельно на это согласились.',
        ],
      },
      {
        heading: 'Сколько',
        paragraphs: [
          'Пока у вас есть аккаунт. После удаления телефон, имя, согласия и входы стираются. Записи о деньгах закон велит хранить, они остаются без вашего имени.',
        ],
      },
      {
        heading: 'Ваши права',
        paragraphs: [
          'В профиле можно скачать всё, что мы о вас храним, отозвать добровольные согласия, завершить чужие входы и удалить аккаунт.',
        ],
      },
    ],
  },
  en: {
    title: 'Processing of personal data',
    edition: '2026-11',
    parts: [
      {
        heading: 'What is kept',
        paragraphs: [
          'Your phone, and your name if you gave it. Receipts: shop, time, goods, sums, fiscal numbers. Rewards, withdrawals and their recipient. Your consents: when, from which address and to which edition of the text. Sign-ins: device, address, time.',
          'The date of birth is not kept: only the mark that you are 18 or older.',
        ],
      },
      {
        heading: 'What for',
        paragraphs: [
          'The phone is for signing in and for the safety of the money. Receipts are for checking the purchase and crediting the reward. Withdrawal data is for sending money and for the books that the law wants.',
        ],
      },
      {
        heading: 'Who sees it',
        paragraphs: [
          'The tax service: the numbers of a receipt, to check it. The payment service: the recipient and the sum. Mobile operators: the phone, to deliver the code.',
          'Partners see sums over at least 20 people only. A partner sees your purchases as yours only if you agreed to it separately.',
        ],
      },
      {
        heading: 'How long',
        paragraphs: [
          'As long as you have an account. When it is erased, phone, name, consents and sign-ins are erased. The law makes us keep money records; they stay without your name.',
        ],
      },
      {
        heading: 'Your rights',
        paragraphs: [
          'In the profile you can download everything we keep about you, withdraw voluntary consents, end sign-ins and erase the account.',
        ],
      },
    ],
  },
}
