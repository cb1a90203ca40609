import type { FiscalNumberName } from '#schema/fiscal-number'
import { digits, fiveGroups, hex, mixed, type NumberForm, uuid } from './number-forms.ts'

/** A number by the words before it, as tills print and readers misread them. */
type Labelled = {
  readonly name: FiscalNumberName
  readonly label: RegExp
  readonly form: NumberForm
}

/** Where a word of a few letters begins and ends: `ИНФН` is no ФН. */
const word = (pattern: string, flags = 'iu') =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}])`, flags)

/** `O-` and 32 hexadecimal digits, whatever stands before. */
const slovakId: NumberForm = (behind) => {
  const number = hex(32)(behind.replace(/^[OО0]\s?[-–—]/u, ''))
  return number === null ? null : `O-${number}`
}

/** The kind of the document, its series and its number: `FS 437251001/115666`. */
const portugueseDocument: NumberForm = (behind) => {
  const found = /^(F[TSR]|NC)\s+([A-Z0-9][\w.-]{0,19})\s?\/\s?(\d{1,10})(?!\d)/.exec(behind)
  return found === null ? null : `${found[1]} ${found[2]}/${found[3]}`
}

/** An operator of fiscal data by its domain; the largest by its name, which readers get right. */
const domain: NumberForm = (behind) =>
  /^КАЗ/iu.test(behind) ? 'oofd.kz' : behind.toLowerCase().replace(/\s/g, '').slice(0, 7)

type Country = {
  /** What no other country's receipt prints: without it none of its labels is looked for. */
  readonly telling: RegExp
  readonly numbers: readonly Labelled[]
}

const fiscalMark = '[Ф9ЮО#@&$]'

/** Numbers of the countries, each by its labels. Brazil's key has none: see `accessKeysIn`. */
export const COUNTRIES: readonly Country[] = [
  {
    telling: word('РНМ|ЗНМ|ТНМ|МЗН|КГД|БИН|БСН|ЖСН|[kow]ofd\\.?\\s?kz|ofd1\\.?\\s?kz'),
    numbers: [
      {
        name: 'kz_sign',
        label: word(`${fiscalMark}[ПБЛ]|ФИСКАЛЬНЫЙ\\s+ПРИЗНАК|ФИСКАЛДЫҚ?\\s+БЕЛГІ\\p{L}*`),
        form: digits(6, 13),
      },
      {
        name: 'kz_till',
        label: word('РНМ|ТНМ|PHM|(?:КОД\\s+)?ККМ\\s+КГД'),
        form: digits(8, 12, 12),
      },
      { name: 'kz_serial', label: word('[ЗM3]НМ|МЗН|3HM'), form: mixed('[A-Z0-9-]{6,20}') },
      {
        name: 'kz_operator',
        label: /(?=(?:[kow]ofd\.?\s?kz|ofd1\.?\s?kz|КАЗАХТЕЛЕКОМ))/iu,
        form: domain,
      },
    ],
  },
  {
    telling: word('ПРРО|ЄДРПОУ|ПН|ІД|ФІСКАЛЬНИЙ|ГРН'),
    numbers: [
      {
        name: 'ua_till',
        label: word('(?:ФН|OН|OH|ОH|ОН|ЯН|#Н)(?:\\s?П?РРО)?'),
        form: digits(10, 10),
      },
      {
        name: 'ua_document',
        label: word('ЧЕК[АУ]?\\s?(?:ФН|№|N[°oо]?)|ФН\\s+ЧЕКА?|№\\s?ЧЕКА?'),
        form: digits(1, 12),
      },
    ],
  },
  {
    telling: word('JIR|ZKI|OIB'),
    numbers: [
      { name: 'hr_zki', label: word('ZKI|ZK[Il1|]'), form: hex(32) },
      { name: 'hr_jir', label: word('[JI][Il1|]R'), form: uuid },
    ],
  },
  {
    telling: word('ZOI|EOR'),
    numbers: [
      { name: 'si_zoi', label: word('Z[O0][Il1|]'), form: hex(32) },
      { name: 'si_eor', label: word('E[O0]R'), form: uuid },
    ],
  },
  {
    telling: word('IKOF|JIKR'),
    numbers: [
      { name: 'me_iic', label: word('[Il1|]K[O0]F'), form: hex(32) },
      { name: 'me_fic', label: word('J[Il1|]KR'), form: uuid },
    ],
  },
  {
    telling: word('NSLF|NIVF|NUIS|NIPT'),
    numbers: [
      { name: 'al_iic', label: word('NS[Ll]F'), form: hex(32) },
      { name: 'al_fic', label: word('N[Il1|]VF'), form: uuid },
    ],
  },
  {
    telling: word('ПФР|PFR|ЕСИР|ESIR'),
    numbers: [
      {
        name: 'rs_number',
        label: word('(?:ПФР|PFR)\\s+(?:БРОЈ|BROJ)\\s+(?:РАЧУНА|RA[CČ]UNA)'),
        form: mixed('[A-Z0-9]{8}-[A-Z0-9]{8}-\\d{1,10}'),
      },
      {
        name: 'rs_counter',
        label: word('(?:БРОЈАЧ|BROJA[CČ])\\s+(?:РАЧУНА|RA[CČ]UNA)'),
        form: mixed('\\d{1,10}/\\d{1,10}\\s?[А-ЯЋЂA-Z]{0,2}'),
      },
    ],
  },
  {
    telling: word('OKP|eKasa|DKP'),
    numbers: [
      {
        name: 'sk_uid',
        label: /(?<![\p{L}\p{N}])(?=[OО0]\s?[-–—]\s?[0-9A-F]{4})/iu,
        form: slovakId,
      },
      { name: 'sk_okp', label: word('[O0]KP'), form: fiveGroups },
    ],
  },
  {
    telling: word('ATCUD|CONTRIBUINTE'),
    numbers: [
      { name: 'pt_atcud', label: word('ATCUD'), form: mixed('[A-Z0-9]{8,}-\\d{1,10}') },
      {
        name: 'pt_document',
        label: /(?<![\p{L}\p{N}])(?=(?:F[TSR]|NC)\s+\S+\/\d)/u,
        form: portugueseDocument,
      },
    ],
  },
  {
    telling: word('CFDI|FOLIO\\s+FISCAL|RFC'),
    numbers: [{ name: 'mx_uuid', label: word('FOLIO\\s+FISCAL|UUID'), form: uuid }],
  },
  {
    telling: word('BOLETA\\s+ELECTR[OÓ0]NICA|R\\.?U\\.?T|SII'),
    numbers: [
      {
        name: 'cl_folio',
        label: word('BOLETA\\s+ELECTR[OÓ0]NICA(?:\\s+N\\S{0,2})?|FOLIO(?:\\s+N\\S{0,2})?'),
        form: digits(1, 10),
      },
    ],
  },
  {
    telling: word('РН\\s+ККМ|SALYK|СОЛИК|САЛЫК'),
    numbers: [
      { name: 'kg_till', label: word('РН\\s+ККМ'), form: digits(10, 16) },
      { name: 'kg_module', label: word(`${fiscalMark}М`), form: digits(10, 16) },
      { name: 'kg_document', label: word(`${fiscalMark}Д`), form: digits(1, 10) },
      { name: 'kg_sign', label: word(`${fiscalMark}П[Д4]?`), form: digits(8, 15) },
    ],
  },
  {
    telling: word('SOLIQ|СТИР|STIR|FM\\s+RAQAMI'),
    numbers: [
      {
        name: 'uz_terminal',
        label: word('FM\\s+RAQAMI|ФМ|FM|ФИСКАЛЬНЫЙ\\s+МОДУЛЬ'),
        form: mixed('[A-Z]{2}[0-9]{12}'),
      },
      {
        name: 'uz_document',
        label: word('CHEK\\s+RAQAMI|ЧЕК\\s?(?:№|N[°oо]?)|№\\s?ЧЕКА'),
        form: digits(1, 10),
      },
      {
        name: 'uz_sign',
        label: word(`FISKAL\\s+BELGI|${fiscalMark}[ПБ]|ФИСКАЛЬНЫЙ\\s+ПРИЗНАК`),
        form: digits(8, 14),
      },
    ],
  },
  {
    telling: word('ATU\\d{8}|ATU|RKSV|REGISTRIERKASSE|KASS(?:EN|A)-?\\s?ID'),
    numbers: [
      { name: 'at_till', label: word('KASS(?:EN|A)-?\\s?ID'), form: mixed('[\\w.-]{1,30}') },
      {
        name: 'at_receipt',
        label: word('BELEG-?\\s?(?:NR|NUMMER|ID)'),
        form: mixed('[\\w.-]{1,30}'),
      },
    ],
  },
  {
    telling: word('TSE(?:-\\S+)?|SIGNATURZ[ÄA]HLER'),
    numbers: [
      {
        name: 'de_tse_serial',
        label: word('(?:TSE-?\\s?)?SERIEN-?(?:NR|NUMMER)(?:\\s+TSE)?'),
        form: hex(64),
      },
      {
        name: 'de_transaction',
        label: word('(?:TSE-?\\s?)?(?:TRANSAKTIONS?|TA)-?\\s?(?:NR|NUMMER)?'),
        form: digits(1, 10),
      },
      {
        name: 'de_signature_counter',
        label: word('SIG(?:NATUR)?-?\\s?(?:Z[ÄA]HLER|COUNTER|NR)'),
        form: digits(1, 10),
      },
    ],
  },
]
