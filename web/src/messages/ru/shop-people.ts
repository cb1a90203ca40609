import type { ConsentPurpose } from '#schema/member'

/** Words of sign-in, consents and profile. */
export const signIn = {
  title: 'Вход по телефону',
  why: 'Пришлём код по СМС. Пароля нет, запоминать нечего.',
  phone: 'Телефон',
  phoneWrong: 'Нужны 10 цифр мобильного номера',
  getCode: 'Получить код',
  codeTitle: 'Введите код',
  sentTo: 'Код отправлен на {to}',
  code: 'Код из СМС',
  resend: 'Отправить код ещё раз',
  resendIn: 'Новый код можно попросить через {seconds} с',
  otherPhone: 'Другой номер',
  enter: 'Войти',
  attemptsLeft:
    '{count, plural, one {Осталась # попытка} few {Осталось # попытки} many {Осталось # попыток} other {Осталось # попытки}}',
} as const

const purpose = {
  terms: 'Принимаю условия программы',
  personal_data: 'Согласен на обработку персональных данных',
  marketing_sms: 'Присылать предложения по СМС',
  marketing_push: 'Присылать уведомления об акциях',
  partner_sharing: 'Показывать партнёрам мои покупки без обезличивания',
} as const satisfies Record<ConsentPurpose, string>

export const consent = {
  title: 'Осталось согласие',
  why: 'Первые два нужны, чтобы проверять чеки и платить. Остальное на ваше усмотрение, можно изменить в профиле.',
  purpose,
  hint: {
    terms: 'Как считаются награды и когда они ваши',
    personal_data: 'Телефон, чеки, выводы: что храним и зачем',
    marketing_sms: 'Не чаще раза в неделю',
    marketing_push: 'Только в приложении',
    partner_sharing: 'Иначе партнёры видят только сводки от 20 человек',
  },
  read: 'Прочитать текст',
  requiredMark: 'обязательно',
  requiredError: 'Без этого согласия принимать чеки нельзя',
  agree: 'Согласен, продолжить',
  granted: 'Дано {date}, редакция {version}',
  withdrawn: 'Отозвано {date}',
  never: 'Не давалось',
  requiredWhy: 'Отзывается вместе с аккаунтом',
} as const

export const profile = {
  title: 'Профиль',
  you: 'О вас',
  name: 'Имя',
  nameHint: 'Как к вам обращаться. Никому больше не видно.',
  phone: 'Телефон',
  changePhone: 'Сменить телефон',
  phoneSteps: {
    confirm: 'Сначала подтвердите, что это вы: код ушёл на {to}.',
    enter: 'Введите новый номер, на него придёт код.',
    confirmNew: 'Код отправлен на новый номер {to}.',
    done: 'Телефон изменён на {phone}. Вывод денег откроется через несколько дней.',
    newPhone: 'Новый телефон',
  },
  view: 'Вид',
  sessions: 'Где выполнен вход',
  sessionsNow: 'Это устройство',
  sessionEnd: 'Завершить',
  sessionsEndAll: 'Выйти на всех устройствах',
  sessionSeen: 'был активен {date}',
  unknownDevice: 'Неизвестное устройство',
  consents: 'Согласия',
  data: 'Ваши данные',
  export: 'Скачать все данные',
  exportWhy: 'Файл JSON со всем, что мы о вас храним.',
  erase: 'Удалить аккаунт',
  eraseTitle: 'Удаление аккаунта',
  eraseWhy:
    'Мы удалим телефон, имя, согласия и вход. Записи о деньгах закон велит хранить, они останутся без вашего имени. Отменить удаление нельзя.',
  eraseBalance: 'В кошельке {amount}. Выведите деньги до удаления или откажитесь от них.',
  eraseWithdraw: 'Вывести деньги',
  eraseForfeit: 'Отказываюсь от денег в кошельке',
  eraseConfirm: 'Удалить навсегда',
  eraseDone: 'Аккаунт удалён',
  eraseCode: 'Код для удаления отправлен на {to}.',
  install: 'Установить приложение',
  installWhy: 'Откроется со своего значка и будет работать без связи.',
  texts: 'Условия и данные',
  terms: 'Условия программы',
  privacy: 'Обработка персональных данных',
  signOut: 'Выйти',
} as const

export const offline = {
  title: 'Нет связи',
  why: 'Эта страница ещё не открывалась на вашем устройстве. Чеки можно сканировать и без связи, они отправятся сами.',
  scan: 'Сканировать чек',
} as const
