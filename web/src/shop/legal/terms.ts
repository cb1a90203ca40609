import type { WebLocale } from '../../i18n/locale.ts'
import type { LegalText } from './text.ts'

/** Terms of the programme. A change of meaning is a new edition, asked for again. */
export const TERMS: Readonly<Record<WebLocale, LegalText>> = {
  ru: {
    title: 'Условия программы',
    edition: '2026-11',
    parts: [
      {
        heading: 'Что это',
        paragraphs: [
          'Копилка возвращает деньги за покупки. Бренды и магазины кладут деньги в акции, вы присылаете кассовые чеки, мы проверяем чек в налоговой и начисляем награду по правилам акции.',
          'Участвовать может каждый с российским номером мобильного телефона. Участие бесплатное.',
        ],
      },
      {
        heading: 'Чеки',
        paragraphs: [
          'Награда даётся за чек покупки (приход). Один чек засчитывается один раз на всю сеть. Чек нужно прислать в срок, указанный в акции, обычно в течение 14 дней.',
          'Если магазин ещё не передал чек в налоговую, мы ждём до 30 дней и проверяем сами. Время отправки сохраняется.',
          'За день засчитывается до 20 чеков, с одной кассы до 5.',
          'За алкоголь, табак, детские смеси и лекарства награды не даются.',
        ],
      },
      {
        heading: 'Награды',
        paragraphs: [
          'По каждой строке чека вы видите решение: какая акция заплатила или какое правило отказало и почему.',
          'Активация закрепляет награду за вами до указанного дня: её не займёт никто другой.',
          'Если товар можно вернуть, награда ждёт срока возврата. Если товар вернули, награда за него отменяется. Если она уже выведена, её сумма удерживается из будущих наград.',
        ],
      },
      {
        heading: 'Деньги',
        paragraphs: [
          'Один рубль в кошельке равен одному рублю. Деньги не сгорают, платы за хранение и вывод нет. Пополнить кошелёк или перевести деньги другому человеку нельзя.',
          'Вывести можно от одного рубля через СБП, на банковскую карту или в ЮMoney. Вывод открыт с 18 лет. После смены телефона вывод на несколько дней закрывается.',
        ],
      },
      {
        heading: 'Споры и выход',
        paragraphs: [
          'Если вы не согласны с решением, назовите поддержке номер чека. Мы отвечаем за 48 часов.',
          'Выйти из программы можно в любой момент: профиль, удаление аккаунта. Перед этим выведите деньги.',
          'Подделка чеков и чужие чеки без согласия владельца закрывают участие.',
        ],
      },
    ],
  },
  en: {
    title: 'Terms of the programme',
    edition: '2026-11',
    parts: [
      {
        heading: 'What it is',
        paragraphs: [
          'Kopilka gives money back on purchases. Brands and shops put money behind offers, you send till receipts, we check them with the tax service and credit the reward by the rules of the offer.',
          'Everyone with a Russian mobile number may take part, free of charge.',
        ],
      },
      {
        heading: 'Receipts',
        paragraphs: [
          'Rewards are for receipts of sale. A receipt counts once in the whole network. It has to be sent within the time the offer names, usually 14 days.',
          'If the shop has not delivered the receipt to the tax service yet, we wait up to 30 days and check by ourselves. Your time of sending is kept.',
          'Up to 20 receipts a day count, up to 5 of one till.',
          'Alcohol, tobacco, infant formula and medicines earn nothing.',
        ],
      },
      {
        heading: 'Rewards',
        paragraphs: [
          'Every line of a receipt shows its verdict: which offer paid, or which rule refused and why.',
          'Activating an offer reserves the reward for you until the day shown: nobody else can take it.',
          'If the goods can be returned, the reward waits for the return period. If they are returned, their reward is cancelled; if it was withdrawn already, its sum is taken from future rewards.',
        ],
      },
      {
        heading: 'Money',
        paragraphs: [
          'One rouble in the wallet is one rouble. Money does not expire; keeping and withdrawing cost nothing. The wallet cannot be topped up and money cannot be sent to another person.',
          'Withdraw from one rouble by SBP, to a bank card or to YooMoney, from the age of 18. After a change of phone withdrawals are closed for a few days.',
        ],
      },
      {
        heading: 'Disputes and leaving',
        paragraphs: [
          'If you disagree with a verdict, tell support the number of the receipt. You get an answer within 48 hours.',
          'You may leave at any time: profile, erase the account. Withdraw your money first.',
          'Forged receipts, and receipts of others without their consent, end the participation.',
        ],
      },
    ],
  },
}
