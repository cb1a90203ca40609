import { describe, expect, test } from 'vitest'
import { fieldsOf } from './fields.ts'
import { identityOf } from './identity.ts'
import { passOf } from './printed.test-data.ts'
import { lineOf } from './word.ts'

const LATEST = '2026-12-31'

const fieldsIn = (...texts: string[]) =>
  fieldsOf(
    texts.map((text, index) => passOf(`pass ${index}`, text, index % 2 === 0 ? 'one' : 'two')),
    { latest: LATEST },
  )

const RUSSIAN = `
  ООО "Озёрный край"
  ИНН: 7707083893
  20.06.24 16:20
  Молоко Луговое 2,5% 930мл
  89.90 * 2 =179.80
  Хлеб ржаной нарезка 400г
  54.10 * 1 =54.10
  ИТОГ =233.90
  НАЛИЧНЫМИ =300.00
  СДАЧА =66.10
  СУММА НДС 20% =38.98
  ФН: 9280440300065001
  ФД: 30296
  ФПД: 0451515782`

describe('layouts of markets', () => {
  test('a Russian receipt with price and quantity under the name', () => {
    const fields = fieldsIn(RUSSIAN, RUSSIAN)
    expect(fields.totalMinor).toMatchObject({ value: 23390, certainty: 'proved' })
    expect(fields.date?.value).toBe('2024-06-20')
    expect(fields.time?.value).toBe('16:20')
    expect(fields.taxNumber).toMatchObject({ value: '7707083893', certainty: 'proved' })
    expect([fields.paidMinor, fields.changeMinor]).toMatchObject([
      { value: 30000, certainty: 'proved' },
      { value: 6610, certainty: 'proved' },
    ])
    expect(fields.paymentMethod).toMatchObject({ value: 'cash', certainty: 'plausible' })
    expect(
      fields.items.map(({ name, quantityMicro, sumMinor }) => [name, quantityMicro, sumMinor]),
    ).toEqual([
      ['Молоко Луговое 2,5% 930мл', 2_000_000, 17980],
      ['Хлеб ржаной нарезка 400г', 1_000_000, 5410],
    ])
    expect(fields.itemsAddUp).toBe(true)
  })

  test('a Ukrainian receipt with quantity before the name', () => {
    const { items, totalMinor, date } = fieldsIn(`
      0,144 Х 174,50
      Сир твердий 25,13 А
      Хліб житній 18,90 А
      СУМА 44,03
      ПДВ А 20,00% 7,34
      ГОТІВКА 50,00
      РЕШТА 5,97
      03-05-2019 15:01`)
    expect(totalMinor?.value).toBe(4403)
    expect(date?.value).toBe('2019-05-03')
    expect(items).toMatchObject([
      { name: 'Сир твердий', quantityMicro: 144_000, sumMinor: 2513 },
      { name: 'Хліб житній', sumMinor: 1890 },
    ])
  })

  test('a German receipt with commas and a date in words of the till', () => {
    const { totalMinor, date, items } = fieldsIn(`
      Vollmilch 3,8% 1,19 B
      Roggenbrot 2,49 B
      2 x 1,245
      SUMME EUR 3,68
      Gegeben Bar EUR 5,00
      Rückgeld EUR 1,32
      Datum 28.03.20 09:51 Uhr`)
    expect(totalMinor).toMatchObject({ value: 368, certainty: 'proved' })
    expect(date?.value).toBe('2020-03-28')
    expect(items.map(({ name }) => name)).toEqual(['Vollmilch 3,8%', 'Roggenbrot'])
  })

  test('an English receipt whose total is rounded to five cents', () => {
    const { totalMinor } = fieldsIn(`
      LYCHEES IN SYRUP RM10.14
      SUGAR RM35.20
      Total Sales (Inclusive GST) RM 45.34
      Rounding Adjustment RM 0.01
      Rounding RM 45.35
      CREDIT RM 45.35
      CHANGE RM .00`)
    expect(totalMinor?.value).toBe(4535)
  })

  test('sums without hundredths', () => {
    const { totalMinor, items } = fieldsIn(`
      1 шт X 3 300 =
      Фарбопульт електричний
      3 300 Я
      Дриль ударний 2 100 Я
      СУМА 5 400
      БЕЗГОТІВКОВА 5 400 ГРН`)
    expect(totalMinor).toMatchObject({ value: 540_000, certainty: 'proved' })
    expect(items.map(({ name, sumMinor }) => [name, sumMinor])).toEqual([
      ['Фарбопульт електричний', 330_000],
      ['Дриль ударний', 210_000],
    ])
  })

  test('two columns of sums: the word before an amount names it', () => {
    const { totalMinor } = fieldsIn(`
      СКИДКА: 0.00 ПОДЫТОГ: 430.00
      ОКРУГЛЕНИЕ: 2.10 ИТОГ: 427.90
      НАЛИЧНЫМИ: 0.00 ПРИНЯТО: 0.00`)
    expect(totalMinor?.value).toBe(42790)
  })
})

test('the day until which a bonus holds is not the day of sale', () => {
  const { date } = fieldsIn('7.39 грн, до 31.07.19\nСУМА 44,03\n03-05-2019')
  expect(date?.value).toBe('2019-05-03')
})

describe('misreadings', () => {
  test('cash and change that different readings saw prove the total', () => {
    const { totalMinor } = fieldsIn(
      'Total 12.40\nCash 0.00\nChange 37.40',
      'Total 12.60\nCash 50.00\nChange 37.48',
    )
    expect(totalMinor?.value).toBe(1260)
  })

  test('rows of the tax that different readings saw add up to the total', () => {
    const { totalMinor } = fieldsIn(
      'SUMME EUR 19,16\nMasterCard EUR 19,46\nV 19,0% 1,44 7,55 8,99\nE 7,0% 0,68 9,79 1O',
      'SUMME EUR 19,16\nMasterCard EUR 19,46\nV 19,0% 1,44 7,SS 8,49\nE 7,0% 0,68 9,79 10,47',
    )
    expect(totalMinor?.value).toBe(1946)
  })

  test('a line of goods that the fullest reading lost comes from two others', () => {
    const whole = 'Milk fresh 1.10\nBread sliced 2.20\nTea leaves 3.30\nTOTAL 6.60'
    const lost = whole.replace('Bread sliced 2.20', '~~ ~~')
    const misread = whole.replace('Bread', 'Bresd').replace('3.30', '3.90').replace('Milk', 'Mlk')
    const { items } = fieldsIn(misread, lost, whole)
    expect(items.map(({ name }) => name)).toEqual(['Milk fresh', 'Bread sliced', 'Tea leaves'])
  })

  test('letters taken for digits and look-alike letters are put right', () => {
    const { totalMinor } = fieldsIn('NТ0Г =4О6.О0\nНАЛИЧHЫМИ =4O6,00')
    expect(totalMinor?.value).toBe(40600)
  })

  test('the tax on the total tells a slashed zero from an eight', () => {
    const { totalMinor } = fieldsIn('СУМА 268,98\nПДВ А 28,88% 43,33')
    expect(totalMinor?.value).toBe(26000)
  })

  test('a lone reading that disagrees is outvoted', () => {
    const { totalMinor } = fieldsIn('ИТОГ =2.52', 'ИТОГ =2.62', 'ИТОГ =2.52')
    expect(totalMinor?.value).toBe(252)
  })

  test('the share of a tax, a subtotal and a discount are no total', () => {
    const { totalMinor } = fieldsIn('ПОДЫТОГ 500.00\nСКИДКА 100.00\nВ Т Ч НДС 66.67\nИТОГО 400.00')
    expect(totalMinor?.value).toBe(40000)
  })

  test('a total with tax is the total, a tax in the total is not', () => {
    const { totalMinor } = fieldsIn('Total Incl. GST RM 13.30\nGST @6% included in total RM 0.75')
    expect(totalMinor?.value).toBe(1330)
  })

  test('a number without its check digits is not proved', () => {
    expect(fieldsIn('ИНН: 7707083894').taxNumber?.certainty).toBe('doubtful')
  })
})

describe('the printed fiscal identity', () => {
  test('is proved when readings agree on every number and equations hold', () => {
    const printed = identityOf(fieldsIn(RUSSIAN, RUSSIAN, RUSSIAN, RUSSIAN))
    expect(printed).toMatchObject({
      isProved: true,
      scan: {
        time: '2024-06-20T16:20',
        totalMinor: 23390,
        fn: '9280440300065001',
        i: 30296,
        fp: 451515782,
      },
    })
  })

  test('is not proved by one model, however often it reads the same', () => {
    const passes = [1, 2, 3, 4, 5].map((index) => passOf(`pass ${index}`, RUSSIAN, 'one'))
    const printed = identityOf(fieldsOf(passes, { latest: LATEST }))
    expect(printed?.reasons).toContain('fp_not_agreed')
  })

  test('is as two readings of figures alone say, and not proved while others dissent', () => {
    const misread = RUSSIAN.replace('0451515782', '0431313782').replace('20.06.24', '20.06.23')
    const passes = [1, 2, 3, 4].map((index) => passOf(`pass ${index}`, misread, 'one'))
    const figures = [5, 6].map((index) => ({
      ...passOf(`pass ${index}`, 'ФПД: 0451515782\n20.06.24 16:20', 'two'),
      isFigures: true as const,
    }))
    const fields = fieldsOf([...passes, ...figures], { latest: LATEST })
    expect([fields.fp?.value, fields.date?.value]).toEqual(['451515782', '2024-06-20'])
    expect(identityOf(fields)?.reasons).toEqual(
      expect.arrayContaining(['fp_not_agreed', 'date_not_agreed']),
    )
    const [lone] = figures
    if (lone === undefined) throw new Error('no figures')
    expect(fieldsOf([...passes, lone], { latest: LATEST }).fp?.value).toBe('431313782')
  })

  test('is not proved by one reading, however clean', () => {
    expect(identityOf(fieldsIn(RUSSIAN))?.isProved).toBe(false)
  })

  test('is not proved while a reading disagrees on a number', () => {
    const other = RUSSIAN.replace('0451515782', '0451515732')
    expect(identityOf(fieldsIn(RUSSIAN, other))?.reasons).toContain('fp_not_agreed')
  })

  test('is not proved when the goods do not add up and no change was given', () => {
    const broken = RUSSIAN.replace('=179.80', '=172.80').replace('=66.10', '=61.10')
    expect(identityOf(fieldsIn(broken, broken, broken, broken))?.isProved).toBe(false)
  })

  test('is not doubted for a price that looks like a misread label', () => {
    const priced = RUSSIAN.replace('89.90 * 2 =179.80', '2 x 94.90 =189.80')
    expect(fieldsIn(priced).fd).toMatchObject({ value: '30296', reason: 'read_once' })
    expect(fieldsIn(priced, priced).fd?.reason).toBe('most_readings_agree')
  })

  test('is nothing without the drive, the document or the sign', () => {
    expect(identityOf(fieldsIn(RUSSIAN.replace('ФД: 30296', '')))).toBeNull()
  })
})

describe('who sold', () => {
  const HEAD_END = `
    ИНН: 7707083893
    28.05.2017 Открыт 15:28 Закрыт 15:29`

  test('the sign over the door, also beneath the company', () => {
    const { retailer, legal, time } = fieldsIn(`
      ООО "Верба"
      Столовая "Лукоморье"
      ${HEAD_END}`)
    expect(retailer?.value).toBe('Столовая "Лукоморье"')
    expect(legal?.value).toBe('ООО "Верба"')
    expect(time?.value).toBe('15:29')
  })

  test('the company where nothing else names the shop', () => {
    expect(
      fieldsIn(`ТОВ "ДЖЕРЕЛО"\n м. Полтава, вул. Паркова, 7 ${HEAD_END}`).retailer?.value,
    ).toBe('ТОВ "ДЖЕРЕЛО"')
  })

  test('no goods, no address and no figures that look like a short name', () => {
    const { retailer } = fieldsIn(`
      Київ, Шевченківський р-н
      ПН 302705210068
      Напій розливний 0,5 30,00
      1101 2,50`)
    expect(retailer).toBeNull()
  })

  test('a site of the shop where the head is a drawing', () => {
    const { retailer } = fieldsIn(
      `12.05.2024 10:11\n TOTAL 12.50\n www.lakeside.com\n www.nalog.gov.ru`,
    )
    expect(retailer?.value).toBe('lakeside')
  })

  test('in Malaysia the company, above whose address no sign counts', () => {
    const { retailer } = fieldsIn(`
      Sushi House
      LAKE IMPRESSION SON BHD (894996-D
      Lot 20, Jalan Dutamas
      GST ID: 001429012480`)
    expect(retailer?.value).toBe('LAKE IMPRESSION SDN BHD')
  })

  test('a sign above the address, though the owner is named below it', () => {
    const { retailer } = fieldsIn(`
      LAKE STATIONERY SHOP
      NO. 31G, JALAN SETIA INDAH
      Owned By :
      LAKE SUPPLY SDN BHD (1135772-K)`)
    expect(retailer?.value).toBe('LAKE STATIONERY SHOP')
  })

  test('a company whose name takes several lines, or has a word of payment in it', () => {
    const wrapped = `
      AIK LAKE HARDWARE
      ENTERPRISE (SETIA
      ALAM) SIN BHD
      NO. 17, JALAN SETIA INDAH`
    const whole = 'AIK LAKE HARDWARE ENTERPRISE (SETIA ALAM) SDN BHD'
    expect(fieldsIn(wrapped).retailer?.value).toBe(whole)
    expect(fieldsIn('Lake Cash & Carry Sdn.Bhd\n 12 Jalan Bunga').retailer?.value).toBe(
      'Lake Cash & Carry Sdn Bhd',
    )
  })

  test('a company of single letters, and no noise beside a short form', () => {
    const head = 'MR. D.I.Y. (M) SDN BHD (860671-D)\n LOT 1851, JALAN KPB 6\n KAWASAN BALAKONG'
    expect(fieldsIn(head).retailer?.value).toBe('MR. D.I.Y. (M) SDN BHD')
    expect(fieldsIn(`ЕК ТОО в\n ${HEAD_END}`).retailer).toBeNull()
  })

  test('all lines of a name above the number of the company', () => {
    const { retailer } = fieldsIn(`
      RESTAURANT JIALAKE
      JIALAKE HOUSE
      002693074-K
      13, JLN TASIK UTAMA 8`)
    expect(retailer?.value).toBe('RESTAURANT JIALAKE JIALAKE HOUSE')
  })

  test('each letter as most readings have it', () => {
    const heads = ['IN-GPARKLE TRADING', '{N-SPARKLE TRADING', 'IN-SPARKLE TRADTHG']
    const passes = heads.map((head, index) =>
      passOf(`pass ${index}`, `${head} SDN BHD\n 24 Jalan Batu 11`, 'one'),
    )
    const { retailer } = fieldsOf(passes, { latest: LATEST })
    expect(retailer?.value).toBe('IN-SPARKLE TRADING SDN BHD')
  })

  test('a chain by its card, where the sign is a drawing', () => {
    const foot = 'Steinweg 4\n Milch 1,19\n SUMME EUR 1,19\n'.repeat(6)
    expect(fieldsIn(`${foot}Lade dir die Lidl Plus App`).retailer?.value).toBe('Lidl')
    expect(fieldsIn(`${foot}Lidl Schokolade 1,19`).retailer?.value).not.toBe('Lidl')
  })

  test('a petrol station with its number, unless the network calls it otherwise', () => {
    const head = `ООО "ЛУКОЙЛ-Центрнефтепродукт"\n АЗС № 475\n ${HEAD_END}`
    expect(fieldsIn(head).retailer?.value).toBe('ЛУКОЙЛ АЗС № 475')
    const known = fieldsOf([passOf('1', head)], { latest: LATEST, retailers: ['ЛУКОЙЛ'] })
    expect(known.retailer?.value).toBe('ЛУКОЙЛ')
  })

  test('a chain by its company, and the special shop where the sign says so', () => {
    const [company, sign] = ['ЗАО "Тандер"\n г. Краснодар, ул. Леваневского', 'Магнит Косметик']
    expect(fieldsIn(company + HEAD_END).retailer?.value).toBe('Магнит')
    expect(fieldsIn(company, `${sign}\n ${company}`).retailer?.value).toBe('Магнит Косметик')
  })

  test('one model has one say, and the surer one is heard', () => {
    const [rus, ukr] = ['ТОВ "ИЕКФАРМ"', 'ТОВ "ЛЕКФАРМ"'].map(
      (name) => `${name}\n ПН 302705210068\n 21-01-19 10:33`,
    ) as [string, string]
    const unsure = passOf('1', rus, 'rus')
    const words = unsure.lines[0]?.words.map((word) => ({ ...word, confidence: 60 })) ?? []
    const first = { ...unsure, lines: [lineOf(words), ...unsure.lines.slice(1)] }
    const passes = [
      first,
      { ...first, name: '2' },
      { ...first, name: '3' },
      passOf('4', ukr, 'ukr'),
    ]
    expect(fieldsOf(passes, { latest: LATEST }).legal?.value).toBe('ТОВ "ЛЕКФАРМ"')
  })
})

describe('names of goods', () => {
  const namesIn = (text: string) =>
    fieldsIn(text).items.map(({ name, quantityMicro }) => [name, quantityMicro])

  test('a column of counts before the names is a quantity', () => {
    expect(
      namesIn(`
        1 TOMATE RAF 1,06
        2 LECHE ENTERA 2,30
        0,580 GAMBON GRANDE 7,51
        1 AGUA 0,50L 0,45
        TOTAL 11,32`),
    ).toEqual([
      ['TOMATE RAF', 1_000_000],
      ['LECHE ENTERA', 2_000_000],
      ['GAMBON GRANDE', 580_000],
      ['AGUA 0,50L', 1_000_000],
    ])
  })

  test('numbers of lines are no quantity', () => {
    const goods = '1 Хлеб ржаной 40.00\n 2 Молоко 80.00\n 3 Сыр 200.00\n 4 Чай 90.00\n ИТОГ 410.00'
    expect(namesIn(goods)).toEqual([
      ['Хлеб ржаной', null],
      ['Молоко', null],
      ['Сыр', null],
      ['Чай', null],
    ])
  })

  test('a name goes on where its first line reaches the edge of the paper', () => {
    expect(
      namesIn(`
        Перфоратор бочковий
        1 х 4740,00 = 4740,00
        Щітка по металу Джерело-М Т125-Л торцева
        гофрована дріт
        1 х 234,00 = 234,00
        СУМА 4974,00`),
    ).toEqual([
      ['Перфоратор бочковий', 1_000_000],
      ['Щітка по металу Джерело-М Т125-Л торцева гофрована дріт', 1_000_000],
    ])
  })
})

describe('lines of goods that are cut, wrapped or faint', () => {
  const goodsIn = (text: string) =>
    fieldsIn(text).items.map(({ name, quantityMicro, sumMinor }) => [name, quantityMicro, sumMinor])

  test('price and quantity above a name of several lines close it with its sum', () => {
    expect(
      goodsIn(`
        2 шт x 189,00 =
        Щітка по металу торцева
        для кутових машин, дріт
        гофрований 378,00
        1 шт x 45,50 =
        Рукавиці трикотажні 45,50
        СУМА 423,50`),
    ).toEqual([
      ['Щітка по металу торцева для кутових машин, дріт гофрований', 2_000_000, 37800],
      ['Рукавиці трикотажні', 1_000_000, 4550],
    ])
  })

  test('a name over several lines is whole though its price above was not read', () => {
    expect(
      goodsIn(`
        2 шт x 189,00 =
        Щітка торцева
        гофрована 378,00
        1 шт З3 00 =
        Фарбопульт електричний
        Джерело СФ-100 330,00
        СУМА 708,00`),
    ).toEqual([
      ['Щітка торцева гофрована', 2_000_000, 37800],
      ['Фарбопульт електричний Джерело СФ-100', null, 33000],
    ])
  })

  test('the number of an article above price and quantity is no name', () => {
    expect(
      goodsIn(`
        Art/Ean 7144934
        4 Kus x 21,00
        Konzole s vodici 84,00
        Art/Ean 8590804
        2 Kus x 30,00
        Lepidlo bile 60,00
        CELKEM 144,00`).map(([name]) => name),
    ).toEqual(['Konzole s vodici', 'Lepidlo bile'])
  })

  test('price times quantity is the sum where none was read', () => {
    expect(
      goodsIn(`
        Schweinebraten
        1,200 kg x 9,00 EUR/kg
        Fairtrade Rosen 2,99 x 4 ~~
        Rucola 125g 0,85
        SUMME EUR 23,61`),
    ).toEqual([
      ['Schweinebraten', 1_200_000, 1080],
      ['Fairtrade Rosen', 4_000_000, 1196],
      ['Rucola 125g', null, 85],
    ])
  })

  test('sizes in a name are no quantity', () => {
    expect(goodsIn('Schrauben ZH 4,5x20 28,12\nVlies 1x 3 95,00\nTOTAL 123,12')).toEqual([
      ['Schrauben ZH 4,5x20', null, 2812],
      ['Vlies 1x 3', null, 9500],
    ])
  })

  test('nothing behind the word for the total is goods, though its sum stands beneath', () => {
    const { items, totalMinor } = fieldsIn('Milch 1,19\nBrot 2,49\nZU ZAHLEN\n3,68\nTreue 3,68')
    expect(items.map(({ name }) => name)).toEqual(['Milch', 'Brot'])
    expect(totalMinor?.value).toBe(368)
  })

  test('a line that one reading alone got is kept while there is room below the total', () => {
    const whole = 'Milk fresh 1.10\nBread sliced 2.20\nTea leaves 3.30\nTOTAL 6.60'
    const lost = whole.replace('Bread sliced 2.20', '~~ ~~')
    const names = (text: string) => fieldsIn(lost, text).items.map(({ name }) => name)
    expect(names(whole)).toEqual(['Milk fresh', 'Bread sliced', 'Tea leaves'])
    expect(names(whole.replace('2.20', '9.20').replace('Tea leaves 3.30', '~~'))).toEqual([
      'Milk fresh',
      'Tea leaves',
    ])
  })
})

test('what is read beside the print is no part of it', () => {
  const rows = Array.from({ length: 24 }, (_, row) => {
    const top = 40 * row
    const word = (text: string, left: number, right: number, confidence: number) => ({
      text,
      confidence,
      box: { left, top, right, bottom: top + 24 },
    })
    return lineOf([
      word('BY', 10, 30, 40),
      word(row === 0 ? 'LAKESIDE' : 'Porridge', 200, 400, 90),
      word(row === 0 ? 'GROCER' : `${row}.10`, 500, 600, 90),
      word('fa', 800, 820, 60),
    ])
  })
  const passes = ['one', 'two'].map((name) => ({ name, model: name, lines: rows }))
  const { retailer, items } = fieldsOf(passes, { latest: LATEST })
  expect(retailer?.value).toBe('LAKESIDE GROCER')
  expect(new Set(items.map(({ name }) => name))).toEqual(new Set(['Porridge']))
})

test('a tax number of a digit too many is put right, and then proves nothing', () => {
  const { taxNumber } = fieldsIn(`ИП Качурина\n ИНН 7719781985089\n ИТОГ =150.00`)
  expect(taxNumber).toMatchObject({ value: '771978198509', certainty: 'doubtful' })
})
