/**
 * What a grocery receipt's words mean for telling siblings apart: flavours and other variants,
 * packaging, words that say nothing. All keys are folded (`fold.ts`) when the tables are built, so
 * they are written here as a person would write them.
 */

import { foldText } from './fold.ts'

/**
 * Flavours, scents, fillings, parted by `|`: a line that names one belongs only to a product that
 * has it. A flavour is told by any of its stems, which are beginnings of words; one marked `!` is a
 * whole word. Four letters of a stem are enough to tell it.
 */
const FLAVOURS = `
яблок яблоч apple|вишн вишен cherry|черешн|клубни strawberry|земляни|малин raspberry|ежевик
голубик blueberry|черни|смородин currant|крыжовник|клюкв cranberry|брусник|облепих|рябин
шиповник|калина! калиной! калин|арони|барбарис|персик peach|абрикос apricot|нектарин
банан banana|ананас pineapple|апельсин orange|мандарин|лимон lemon|лимонад lemonade|лайм lime
грейпфрут grapefruit|цитрус citrus|помело|виноград grape|изюм raisin|груш pear|айва! айвы! айвов
слива! сливы! сливой! сливов plum|чернослив|курага! кураго|инжир|финик|манго mango|маракуй|папай
киви kiwi|личи|фейхоа|гранат|кокос coconut|арбуз|дыня! дыни! дыней! дынн|хурм|томат tomato
морков|тыкв|свекл|сельдере|огур|кабач|брокколи|шпинат|капуст|баклажан|ванил vanilla
карамел caramel|брюле brulee|капучин cappuccin|латте latte|мокко mocca|какао cacao
шоколад chocolate|трюфел|пралине|нуга! нуго|фундук лещин hazelnut|миндал almond|фисташ pistach
арахис peanut|кешью|грецк walnut|орех! орехи! орехом! орехами! орехов|кедров|кунжут
мак! маком! маков|мед! медом! медов honey|имбир ginger|кориц cinnamon|кардамон|бергамот
мята! мяты! мятой! мятн mint|мелисс|эвкалипт|ментол menthol|чабрец|тимьян|жасмин
роза! розы! розов rose|лаванд lavender|ромашк|алоэ aloe|липа! липов|тропич
мультифрукт мультфрукт|лесные! лесных! ягод ягоды|ассорти|дюшес|тархун|барбекю bbq|бекон bacon
паприк|чеснок чесноч|лук! луком! луков|укроп|зелень! зеленью!|краб|кревет|икра! икрой! икры!
лосос salmon|семга! семги! семгой!|форел|тунец тунц|скумбри|сельд|кальмар|угорь! угрем!
куриц курин куриц! chicken|говяд говяж beef|свинин свин pork|индейк индюш turkey|кролик крол
утка! утки! утин|ягнен|телят|баран|печень! печени! печенк|печенье! печеньем!|язык|сердц
гриб шампинь|аджик|шашлык|горчиц|хрен! хреном!|сметан|сыр! сыром! сырный! сырная! сырное! cheese
ветчин|салями|гречк гречн гречич|рис! рисом! рисов|овсян|пшенич|пшено! пшенн|перлов|кукуруз
манная! манка!|чечевиц|горох|фасол|нут! нутом!|ржан|соевый! соя! соев|халв|тирамису|чизкейк
панакот|страчател|сгущен|творог! творогом! творож|сливки! сливками! сливочн|свежест|хлопок|пион
орхиде|сакур|магноли|жожоба|оливк олив|крапив|репейн|кератин|коллаген|уголь! углем! угольн
прополис|женьшен|перец! перцем! перца! pepper|чили chili|терияки|карри|васаби|цезар|тартар|песто
болонь|подсолн|льнян`

/**
 * Variants of which a product has at most one, a paragraph per group; a line and a product that
 * name two different ones of a group differ.
 */
const RIVALS = `
горьк bitter dark|темный! темная! темное!|молочн milk|белый! белая! белое! white

черный! черная! черное! черн! чер! black|зеленый! зеленая! зелен! зел! зеленое! green
красный! красное! red|улун|каркаде|белый! белое! белая!

молот ground|зернах зерно зернов|раствор|сублим|капсул

газиров газ сгаз|негазиров негаз|слабогаз среднегаз

сырокопч|варено|полукопч|сыровял|варен|копчен|вялен

пастериз|ультрапаст|стерилиз|топлен|отборн

классич classic|оригинал original|традиц|нежн|интенсив intens|экстра extra|люкс|премиум premium
деревенск|домашн

сухих сух|жирных жирн|нормальн|окрашен|поврежд|тонких|всех

мужск men|женск women|детск kids

котят kitten|кошек взросл|щенк|собак|стерилизован sterili

твер hard|мягк medium|чувствит sensitive|средн

туалетн|бумажн|влажн

крупн|мелк

сладк|полусл|полусух|брют brut

безалк безалкогольн alcoholfree|креп

спагетти spaghetti|перья пенне penne|рожки|спирали фузилли fusilli|вермишел|бантики фарфалле
ракушк|лапш|гнезд

свеж|охлажд|заморож морож|солен|маринов|квашен

сахар|безсахар безсах zero зеро`

/** Kinds of container: low evidence when one side is silent, a difference when both speak. */
const CONTAINERS = `
ж/б жб жесть алюм|ст/б с/б стб стекло|пэт пл/б п/б пластик|т/п т/пак тетрапак тетра тп тба
д/п дп дой дойпак д/пак|м/у|в/у|стакан ст|ведро|коробка кор|пакет|тубус`

/** Packaging, law and advertising words: they tell no product from another. */
const EMPTY_WORDS = `
бзмж гост ту стм бад акция новинка промо шт штук штука уп упак упаковка арт артикул вес весовой
весовая весов кг г гр мл л ооо зао ип тм новый годен мрц мрп цена тендер бутылка бут банка пачка
пак и с со в во на от из для к ко по за до у о об при не д рф рб изд м/и м/изд
полипак вкусом вкус п/п п/э пл/у к/к у/п фп ф/п`

/** Written abbreviations that are not a beginning of the word they stand for. */
const EXPANSIONS = `
н/газ=негазированная|н/г=негазированная|с/газ=газированная|б/а=безалкогольное|с/к=сырокопченая
п/к=полукопченая|с/в=сыровяленая|у/п=ультрапастеризованное|ц/б=цыпленка|с/с=слабосоленая
с/м=свежемороженая|б/с=безсахара|б/сах=безсахара|х/з=хозяйственный|з/паста=зубная|з/щетка=зубная
ц/з=цельнозерновой|п/сл=полусладкое|п/сух=полусухое|т/б=туалетная|м/шок=молочный
г/к=горячегокопчения|х/к=холодногокопчения|ср-во=средство|ср/газ=слабогазированная
у/паст=ультрапастеризованное
у/пастер=ультрапастеризованное|у/пас=ультрапастеризованное|б/дрож=бездрожжевое
в/к=варенокопченая|б/лакт=безлактозное|н/рафин=нерафинированное|н/раф=нерафинированное`

/** Kinds of variant a word may name. */
const VARIANT_NONE = 0
/** First number of each kind; a variant is `kind base + group·64 + member`, see `variantOf`. */
const FLAVOUR_BASE = 1
const RIVAL_BASE = 4_096
const CONTAINER_BASE = 16_384
const GROUP_SPAN = 64

interface Stem {
  readonly stem: string
  readonly variant: number
  /** True when only the whole word counts (written with `!` in the tables). */
  readonly isWhole: boolean
}

/** A word of this many letters may stand for the longer stem that it begins. */
const STEM_CUT_MIN = 4

function stemsOf(members: string, base: number): Stem[] {
  return members.split('|').flatMap((member, at) =>
    member
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => ({
        stem: foldText(word.replace('!', '')),
        variant: base + at,
        isWhole: word.endsWith('!'),
      })),
  )
}

function foldWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean).map(foldText)
}

function rows(table: string): string[] {
  return table.split('\n').filter(Boolean)
}

const STEMS: readonly Stem[] = [
  ...stemsOf(rows(FLAVOURS).join('|'), FLAVOUR_BASE),
  ...RIVALS.trim()
    .split('\n\n')
    .map((group) => group.replaceAll('\n', '|'))
    .flatMap((row, at) => stemsOf(row, RIVAL_BASE + at * GROUP_SPAN)),
  ...stemsOf(rows(CONTAINERS).join('|'), CONTAINER_BASE),
]

const BY_FIRST = new Map<string, Stem[]>()
for (const stem of STEMS) {
  const first = stem.stem.charAt(0)
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), stem])
}

/** How well a word shows a stem: the letters they share when one begins the other, else 0. */
function stemFit(word: string, { stem, isWhole }: Stem): number {
  if (word === stem) return stem.length + 1
  if (isWhole) return 0
  if (word.startsWith(stem)) return stem.length
  return word.length >= STEM_CUT_MIN && stem.startsWith(word) ? word.length : 0
}

/**
 * The variant that a folded word names, or `VARIANT_NONE`. Two words of one variant (`вишневый`,
 * `вишня`) are the same fact; the longest fitting stem decides.
 */
export function variantOf(word: string): number {
  let best = VARIANT_NONE
  let bestFit = 0
  for (const stem of BY_FIRST.get(word.charAt(0)) ?? []) {
    const fit = stemFit(word, stem)
    if (fit > bestFit) {
      bestFit = fit
      best = stem.variant
    }
  }
  return best
}

/** True for a flavour: a line must not name one that its product lacks. */
export function isFlavour(variant: number): boolean {
  return variant >= FLAVOUR_BASE && variant < RIVAL_BASE
}

/**
 * True when the variants exclude each other: two members of one group of rivals, or two containers.
 */
export function areRivals(one: number, other: number): boolean {
  if (one === other || one < RIVAL_BASE || other < RIVAL_BASE) return false
  if (one >= CONTAINER_BASE || other >= CONTAINER_BASE) {
    return one >= CONTAINER_BASE && other >= CONTAINER_BASE
  }
  const group = (variant: number) => Math.floor((variant - RIVAL_BASE) / GROUP_SPAN)
  return group(one) === group(other)
}

/** True for a container (tin, glass, …), which is weak evidence by itself. */
export function isContainer(variant: number): boolean {
  return variant >= CONTAINER_BASE
}

const EMPTY = new Set(foldWords(rows(EMPTY_WORDS).join(' ')))

/** True for words that tell no product from another (folded). */
export function isEmptyWord(word: string): boolean {
  return EMPTY.has(word)
}

const EXPANDED = new Map(
  rows(EXPANSIONS)
    .join('|')
    .split('|')
    .map((pair) => {
      const [short = '', long = ''] = pair.split('=')
      return [foldText(short), foldText(long)] as const
    }),
)

/**
 * Slashed terms that stand for one token: an expansion where there is one, else the term itself if
 * it is known.
 */
export function slashTerm(term: string): string | null {
  const expanded = EXPANDED.get(term)
  if (expanded !== undefined) return expanded
  return EMPTY.has(term) || variantOf(term) >= CONTAINER_BASE ? term : null
}
