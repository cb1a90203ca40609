import { expect, test } from 'vitest'
import { passOf } from '../fields/printed.test-data.ts'
import { isLatinInDisguise } from './disguise.ts'
import { furtherLanguages } from './languages.ts'

const told = (text: string) => furtherLanguages('rus', [passOf('rus', text, 'rus')], [])

test('thin signs amid Cyrillic words tell Ukrainian, which the Russian model cannot spell', () => {
  expect(told('МЕРЕЖА САЛОН!В\n м. Запор1жжя\n пр-т Металург1в\n Щ]1тка по металу')).toEqual([
    'ukr',
  ])
  expect(told('МАГАЗИН "ОЗЁРНЫЙ"\n г. Тверь\n Гвозди 1кг\n Сок 1л')).toEqual([])
})

test('words of a language go before its signs', () => {
  expect(told('ДҮКЕН\n Кур1ш\n т1ркеу\n б1лет\n БАРЛЫҒЫ 120,00\n РАХМЕТ')).toEqual(['kaz'])
})

test('Latin capitals read by the Russian model are told from Russian ones', () => {
  const latin = 'КАНАЗАМ РЕВТМОЦЗТВТАМ ВАЕАКОМС\n 43300 ЗЕВТ КЕМВАМСАМ\n САЗН ВМ 57.40'
  const russian = 'КАССОВЫЙ ЧЕК\n НАЛИЧНЫМИ 300.00\n ОКРУГЛЕНИЕ 0.40\n СУММА НДС 20% 38.98'
  expect(isLatinInDisguise(passOf('rus', latin))).toBe(true)
  expect(isLatinInDisguise(passOf('rus', russian))).toBe(false)
})
