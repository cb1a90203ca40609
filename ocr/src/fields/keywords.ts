/**
 * Words of receipts: Russian, Ukrainian, Belarusian, Kazakh, German, English, Spanish, Portuguese,
 * Serbian (both scripts), with the neighbours that share them.
 */

/** The sum to pay, said without doubt. */
export const TOTAL_STRONG = [
  'ИТОГ', 'ИТОГО К ОПЛАТЕ', 'К ОПЛАТЕ', 'ИТОГО', 'СУМА', 'ДО СПЛАТИ', 'ДО ОПЛАТИ', 'РАЗОМ',
  'УСЬОГО', 'ВСЬОГО', 'ДА АПЛАТЫ', 'УСЯГО', 'ЖИЫНЫ', 'БАРЛЫҒЫ', 'ТӨЛЕУГЕ', 'ИТОГ К ОПЛАТЕ',
  'GRAND TOTAL', 'TOTAL AMOUNT', 'TOTAL SALES', 'NET TOTAL', 'TOTAL INCL GST', 'AMOUNT DUE',
  'ROUNDED TOTAL', 'TOTAL ROUNDED', 'TOTAL PAYABLE', 'NETT TOTAL', 'TOTAL DUE', 'BALANCE DUE',
  'TOTAL RM', 'TOTAL SALES INCLUSIVE', 'FINAL TOTAL', 'TOTAL INCLUSIVE', 'NET AMT', 'TOTAL AMT',
  'SUMME', 'ZU ZAHLEN', 'GESAMTBETRAG', 'GESAMTSUMME', 'GESAMT', 'ENDBETRAG', 'ENDSUMME',
  'TOTAL A PAGAR', 'IMPORTE TOTAL', 'TOTAL FACTURA', 'IMPORTE A ABONAR', 'VALOR TOTAL',
  'TOTAL EUR', 'ЗА УПЛАТУ', 'УКУПАН ИЗНОС', 'УКУПНО', 'UKUPNO', 'ZA UPLATU', 'UKUPAN IZNOS',
  'CELKEM', 'RAZEM', 'SUMA PLN', 'SPOLU', 'TOTAL LEI',
]

/** Often the total, sometimes a sum of something else. */
export const TOTAL_WEAK = ['ВСЕГО', 'TOTAL', 'BETRAG', 'IMPORTE', 'AMOUNT', 'ИТОГО СУММА', 'SUMA']

/** Lines that carry a total of something else. */
export const NOT_TOTAL = [
  'ПОДЫТОГ', 'ПОДИТОГ', 'ПРОМЕЖУТОЧНЫЙ', 'НДС', 'ПДВ', 'СКИДКА', 'СКИДКИ', 'ОКРУГЛЕНИЕ', 'БАЛЛОВ',
  'ЗНИЖКА', 'ПОДАТКУ', 'БОНУСОВ', 'НАЛОГ', 'ЗАОКРУГЛЕННЯ', 'БОНУС', 'СУММА НДС', 'В Т Ч', 'БЕЗ НДС',
  'SUBTOTAL', 'SUB TOTAL', 'GST', 'TAX', 'DISCOUNT', 'ROUNDING', 'SAVING', 'SAVINGS', 'SERVICE CHARGE',
  'TOTAL QTY', 'TOTAL QUANTITY', 'TOTAL ITEM', 'TOTAL ITEMS', 'EXCLUDING', 'EXCL', 'POINTS', 'SST',
  'ROUND ADJ', 'ROUND OFF', 'TOTAL GST', 'TOTAL TAX', 'TOTAL DISCOUNT', 'TOTAL SAVING', 'POINT',
  'MWST', 'UST', 'STEUER', 'NETTO', 'ZWISCHENSUMME', 'RABATT', 'ERSPARNIS', 'GESPART', 'PREISVORTEIL',
  'IVA', 'BASE IMPONIBLE', 'BASE', 'DESCUENTO', 'AHORRO', 'DESCONTO', 'POUPANCA', 'SUBTOTAL EUR',
  'ПДВ', 'ПОРЕЗ', 'ПОРЕЗА', 'POREZ', 'POREZA', 'PDV', 'ПОПУСТ', 'СТОПА', 'ҚҚС', 'СЛЕВА',
]

/** What was given: in cash, by card, as a voucher. */
export const PAYMENT = [
  'НАЛИЧНЫМИ', 'НАЛИЧНЫЕ', 'ЭЛЕКТРОННЫМИ', 'БЕЗНАЛИЧНЫМИ', 'БЕЗНАЛИЧНЫЕ', 'БЕЗНАЛИЧНАЯ', 'КАРТОЙ',
  'БАНКОВСКОЙ КАРТОЙ', 'ПЛАТ КАРТОЙ', 'ПОЛУЧЕНО', 'ВНЕСЕНО', 'ПРИНЯТО', 'ОПЛАТА', 'ГОТІВКА',
  'ГОТІВКОЮ', 'КАРТКА', 'КАРТКОЮ', 'БЕЗГОТІВКОВА', 'НАЛИЧНЫМ', 'РУБЛИ', 'НАЯЎНЫМІ', 'КАРТКАЙ',
  'ҚОЛМА ҚОЛ', 'БАНК КАРТАСЫ', 'CASH', 'VISA', 'MASTERCARD', 'MASTER CARD', 'CREDIT CARD', 'TENDERED',
  'PAYMENT', 'PAID', 'AMOUNT PAID', 'CASH TENDERED', 'DEBIT', 'GEGEBEN', 'BAR', 'GIROCARD', 'EC KARTE',
  'KARTENZAHLUNG', 'EC CASH', 'MAESTRO', 'BARZAHLUNG', 'EFECTIVO', 'ENTREGADO', 'TARJETA', 'NUMERARIO',
  'DINHEIRO', 'MULTIBANCO', 'CARTAO', 'ГОТОВИНА', 'ПЛАТНА КАРТИЦА', 'GOTOVINA', 'PLATNA KARTICA',
  'СУММА ОПЕРАЦИИ', 'EC LASTSCHRIFT', 'LASTSCHRIFT', 'TEND', 'CREDIT', 
]

export const CHANGE = [
  'СДАЧА', 'РЕШТА', 'ЗДАЧА', 'РЭШТА', 'ҚАЙТАРЫМ', 'CHANGE', 'CHANGE DUE', 'RÜCKGELD', 'ZURÜCK',
  'WECHSELGELD', 'CAMBIO', 'DEVOLUCION', 'TROCO', 'ПОВРАЋАЈ', 'КУСУР', 'POVRACAJ', 'KUSUR',
  'RÜCKGELD BAR',
]

/** Words of the head and the foot: a line with one of them names no goods. */
export const NOT_ITEM = [
  ...TOTAL_STRONG, ...TOTAL_WEAK, ...NOT_TOTAL, ...PAYMENT, ...CHANGE,
  'КАССИР', 'КАССОВЫЙ ЧЕК', 'ПРОДАЖА', 'ИНН', 'КАССА', 'СМЕНА', 'СПАСИБО', 'ЗН ККТ', 'РН ККТ', 'ПРИХОД',
  'ФИСКАЛЬНЫЙ', 'ЧЕК', 'КАСИР', 'КАРТА', 'ТЕРМИНАЛ', 'ОФИЦИАНТ', 'ККМ', 'ФІСКАЛЬНИЙ', 'КВИТАНЦИЯ',
  'НАЧИСЛЕНО', 'ПОТРАЧЕНО', 'УНП', 'СКНО', 'ОПЕРАТОР', 'ДОКУМЕНТ', 'ЭКЛЗ', 'САЙТ ФНС', 'ТЕЛ',
  'INVOICE', 'RECEIPT', 'CASHIER', 'TEL', 'DATE', 'TABLE', 'THANK', 'QTY', 'DESCRIPTION', 'PRICE', 'TIME',
  'BILL', 'COUNTER', 'MEMBER', 'KASSIERER', 'BELEG', 'DATUM', 'FILIALE', 'ARTIKEL', 'UHRZEIT', 'TERMINAL',
  'TICKET', 'CAJERO', 'FACTURA', 'FATURA', 'FECHA', 'ARTICULO', 'КАСИР', 'ЕСИР', 'РАЧУН', 'НАЗИВ', 'ЦЕНА',
  'ITEM', 'ITEMS', 'NO', 'KASSE', 'BONNR', 'STEUERNR', 'ТРК',
]

export const MONTHS: readonly (readonly string[])[] = [
  ['JAN', 'ЯНВ', 'СІЧ', 'ENE', 'JÄN', 'ЈАН', 'ҚАҢ', 'СТУ'],
  ['FEB', 'ФЕВ', 'ЛЮТ', 'FEV', 'ФЕБ', 'АҚП'],
  ['MAR', 'МАР', 'БЕР', 'MÄR', 'MRZ', 'САК', 'НАУ'],
  ['APR', 'АПР', 'КВІ', 'ABR', 'КРА', 'СӘУ'],
  ['MAY', 'МАЙ', 'МАЯ', 'ТРА', 'MAI', 'МАЈ', 'МАМ'],
  ['JUN', 'ИЮН', 'ЧЕР', 'ЈУН', 'МАУ'],
  ['JUL', 'ИЮЛ', 'ЛИП', 'ЈУЛ', 'ШІЛ'],
  ['AUG', 'АВГ', 'СЕР', 'AGO', 'АУГ', 'ТАМ', 'ЖНІ'],
  ['SEP', 'СЕН', 'ВЕР', 'SET', 'СЕП', 'ҚЫР'],
  ['OCT', 'ОКТ', 'ЖОВ', 'OKT', 'OUT', 'ҚАЗ', 'КАС'],
  ['NOV', 'НОЯ', 'ЛИС', 'НОВ', 'ҚАР'],
  ['DEC', 'ДЕК', 'ГРУ', 'DIC', 'DEZ', 'ДЕЦ', 'ЖЕЛ', 'СНЕ'],
]
