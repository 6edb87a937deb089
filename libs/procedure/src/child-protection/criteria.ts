/** Criteria of the risk level, what they decide together, kinds of risk and closure criteria (stages 1, 3 and 4). */
import type { Text } from '../programme.ts'
import type { RiskLevel } from './acts.ts'

export type CriterionGroup =
  | 'high-situation'
  | 'safety'
  | 'health'
  | 'family'
  | 'urgent'
  | 'medium'
  | 'low'
  | 'first-in-line'
  | 'kind-of-risk'
  | 'closure'

export type Criterion = {
  rule: string
  source: string
  group: CriterionGroup
  /** The level that a "yes" decides; absent: it informs, or is of another list. */
  decides?: RiskLevel
  text: Text
}

const row = (
  rule: string,
  source: string,
  group: CriterionGroup,
  decides: RiskLevel | undefined,
  ru: string,
  kk: string,
  en: string,
): Criterion => ({
  rule,
  source,
  group,
  ...(decides && { decides }),
  text: { ru, kk, en },
})
const high = (ru: string, kk: string, en: string) => row('CP-03', 'stage 1', 'high-situation', 'high', ru, kk, en)
const safety = (ru: string, kk: string, en: string) => row('CP-04', 'stage 1', 'safety', 'high', ru, kk, en)
const health = (ru: string, kk: string, en: string) => row('CP-04', 'stage 1', 'health', undefined, ru, kk, en)
const family = (ru: string, kk: string, en: string) => row('CP-04', 'stage 1', 'family', undefined, ru, kk, en)
const urgent = (ru: string, kk: string, en: string) => row('CP-12', 'stage 2', 'urgent', 'high', ru, kk, en)
const medium = (ru: string, kk: string, en: string) => row('CP-05', 'stage 1', 'medium', 'medium', ru, kk, en)
const low = (ru: string, kk: string, en: string) => row('CP-06', 'stage 1', 'low', 'low', ru, kk, en)
const first = (ru: string, kk: string, en: string) => row('CP-20', 'stage 3', 'first-in-line', undefined, ru, kk, en)
const kind = (ru: string, kk: string, en: string) => row('CP-102', 'stage 1', 'kind-of-risk', undefined, ru, kk, en)
const closure = (ru: string, kk: string, en: string) => row('CP-60', 'stage 4', 'closure', undefined, ru, kk, en)

// oxfmt-ignore
export const CRITERIA = {
  H1: high('Ребенок без попечения родителей в больнице или роддоме', 'Бала ауруханада не перзентханада ата-ана қамқорлығынсыз қалған', 'Child without parental care in a hospital or maternity hospital'),
  H2: high('Ребенок в полиции как предполагаемая жертва насилия', 'Бала зорлық-зомбылық құрбаны ретінде полицияда', 'Child at the police as a presumed victim of violence'),
  H3: high('Ребенок найден потерянным или брошенным на улице, без присмотра', 'Бала көшеде адасқан немесе тасталған, қараусыз күйде табылған', 'Child found lost or abandoned in the street, without supervision'),
  H4: high('Физическое или сексуальное насилие в отношении ребенка', 'Балаға қатысты физикалық немесе сексуалдық зорлық-зомбылық', 'Physical or sexual violence against the child'),
  H5: high('Другая непосредственная опасность для безопасности, здоровья или жизни', 'Баланың қауіпсіздігіне, денсаулығына не өміріне төнген басқа тікелей қауіп', 'Any other immediate danger to safety, health or life'),
  HS1: safety('Жестокое или небрежное обращение в семье', 'Отбасында қатыгез немесе немқұрайлы қарау', 'Cruel or careless treatment in the family'),
  HS2: safety('Родители не могут защитить ребенка', 'Ата-ана баланы қорғай алмайды', 'Parents cannot protect the child'),
  HS3: safety('Опасные условия в жилище', 'Тұрғын үйдегі қауіпті жағдайлар', 'Dangers in the home'),
  HS4: safety('Алкогольная или наркотическая зависимость родителей', 'Ата-ананың алкогольге не есірткіге тәуелділігі', 'Parents depend on alcohol or drugs'),
  HH1: health('Проблемы со здоровьем ребенка', 'Баланың денсаулығындағы ақаулар', 'Health problems of the child'),
  HH2: health('Учет у врача, лечение и его результат', 'Дәрігер есебі, емделу және оның нәтижесі', 'Registered with a doctor, treatment and its effect'),
  HH3: health('Уход: питание и личная гигиена', 'Күтім: тамақтану және жеке гигиена', 'Care: feeding and personal hygiene'),
  HF1: family('Состав семьи', 'Отбасы құрамы', 'Members of the family'),
  HF2: family('Отношения в семье', 'Отбасындағы қарым-қатынас', 'Relations in the family'),
  HF3: family('Образ жизни семьи', 'Отбасының өмір салты', 'Way of life of the family'),
  U1: urgent('Без присмотра на улице, в опасности из-за возраста или пола', 'Көшеде қараусыз, жасына не жынысына байланысты қауіпте', 'Unattended in the street, in danger because of age or sex'),
  U2: urgent('Оставлен в роддоме, мать ушла', 'Перзентханада қалдырылған, анасы кетіп қалған', 'Left in a maternity hospital, mother has gone'),
  U3: urgent('Насилие со стороны родителя, опекуна или в учреждении', 'Ата-ана, қамқоршы тарапынан не мекемеде зорлық-зомбылық', 'Violence by a parent, a guardian or in an institution'),
  M1: medium('Родители уклоняются от ухода', 'Ата-ана бала күтімінен жалтарады', 'Parents evade care'),
  M2: medium('Нет средств к существованию', 'Күнкөріс қаражаты жоқ', 'No means of living'),
  M3: medium('Нет постоянного жилья', 'Тұрақты баспана жоқ', 'No permanent home'),
  M4: medium('Нет личных документов', 'Жеке құжаттар жоқ', 'No personal documents'),
  M5: medium('Болезнь родителей, которая может сказаться на уходе', 'Ата-ананың бала күтіміне әсер ететін ауруы', 'Illness of a parent that can affect care'),
  M6: medium('Данных об опасности для жизни и здоровья нет', 'Баланың өмірі мен денсаулығына қауіп туралы дерек жоқ', 'No data of danger to life and health'),
  L1: low('Ребенок в надежных условиях и добром окружении', 'Бала сенімді жағдайда және жақсы ортада', 'Child in safe conditions and a good atmosphere'),
  L2: low('Родители пока не умеют ухаживать: молоды, не готовы, рождение не планировали', 'Ата-ана әлі күтім жасай алмайды: жас, дайын емес, жоспарланбаған', 'Parents cannot yet care: young, unready, unplanned birth'),
  L3: low('Низкий доход семьи', 'Отбасының табысы төмен', 'Low income'),
  L4: low('В семье тяжелобольной', 'Отбасында ауыр науқас бар', 'Seriously ill family member'),
  L5: low('Трудно прижиться после переезда из села', 'Ауылдан қалаға көшкеннен кейін бейімделу қиын', 'Trouble settling after moving from village to city'),
  L6: low('Риск возможен без профилактической работы', 'Алдын алу жұмысынсыз қауіп туындауы мүмкін', 'A risk may arise without preventive work'),
  L7: low('Временная трудность', 'Уақытша қиындық', 'Temporary difficulty'),
  P1: first('Плохие условия, отставание в развитии, нет ухода, опасное окружение', 'Жағдайы нашар, дамуы кешеуілдеген, күтім жоқ, ортасы қауіпті', 'Bad conditions, delayed development, no care, threatening surroundings'),
  P2: first('Жестокое или пренебрежительное обращение, намерение', 'Қатыгез не немқұрайлы қарау, осындай ниет', 'Cruel or neglectful treatment, or the intention'),
  P3: first('Ребенок до 5 лет найден один в общественном месте', '5 жасқа дейінгі бала қоғамдық орында жалғыз табылған', 'Under 5, found alone in a public place'),
  P4: first('В роддоме, мать ушла или собирается уйти', 'Перзентханада, анасы кеткен не кетпек', 'In a maternity hospital, mother left or is about to'),
  K1: kind('Отказ от ребенка', 'Баладан бас тарту', 'Abandonment of the child'),
  K2: kind('Жестокое обращение', 'Қатыгез қарау', 'Cruel treatment'),
  K3: kind('Бытовое насилие', 'Тұрмыстық зорлық-зомбылық', 'Domestic violence'),
  K4: kind('Инвалидность', 'Мүгедектік', 'Disability'),
  K5: kind('Пренебрежение потребностями ребенка', 'Баланың қажеттіліктеріне немқұрайлылық', "Neglect of the child's needs"),
  C1: closure('Риск снижен до приемлемого', 'Қауіп қолайлы деңгейге дейін төмендеді', 'Risk reduced to an acceptable level'),
  C2: closure('Семья относительно стабильна', 'Отбасы салыстырмалы түрде тұрақты', 'Family relatively stable'),
  C3: closure('Основные потребности ребенка удовлетворены', 'Баланың негізгі қажеттіліктері қанағаттандырылған', "Child's main needs met"),
  C4: closure('Родители умеют заботиться о ребенке', 'Ата-ана балаға қамқорлық жасай алады', 'Parents able to care for the child'),
  C5: closure('Материальное положение улучшилось', 'Материалдық жағдай жақсарды', 'Material situation better'),
  C6: closure('Отношения в семье улучшились, другое', 'Отбасындағы қарым-қатынас жақсарды, басқа', 'Family relations better, other'),
} as const satisfies Record<string, Criterion>

export type Code = keyof typeof CRITERIA
const isCode = (code: string): code is Code => Object.hasOwn(CRITERIA, code)
export const criterionOf = (code: string): Criterion | undefined => (isCode(code) ? CRITERIA[code] : undefined)
export const codesOf = (group: CriterionGroup): Code[] => (Object.keys(CRITERIA) as Code[]).filter((code) => CRITERIA[code].group === group)

/** The first is required, the supervisor approves (CP-60). */
export const REQUIRED_FOR_CLOSURE: Code = 'C1'

/** Situations that decide only where nothing speaks of danger. */
const NO_DANGER: Code = 'M6'

/** Ticks that start an hour, whatever level is chosen (CP-10). */
export const highCriteria = (codes: readonly string[]): string[] => codes.filter((code) => criterionOf(code)?.decides === 'high')

export type Proposal = {
  /** Absent: nothing decides yet; `missing` says what has to be answered. */
  level?: RiskLevel
  decidedBy: string[]
  rule: string
  missing?: string[]
}

/** The level that the ticked criteria say: the highest (CP-104). Medium asks for M6 as well: any danger rules it and low out. */
export function proposeRisk(codes: readonly string[]): Proposal {
  const ticked = (level: RiskLevel) => codes.filter((code) => criterionOf(code)?.decides === level && code !== NO_DANGER)
  const high = ticked('high')
  if (high.length > 0) return { level: 'high', decidedBy: high, rule: 'CP-03' }

  const medium = ticked('medium')
  if (medium.length > 0 && codes.includes(NO_DANGER)) return { level: 'medium', decidedBy: [...medium, NO_DANGER], rule: 'CP-05' }
  // Nobody has said yet that there is no danger: neither medium nor low may be proposed.
  if (medium.length > 0) return { decidedBy: medium, rule: 'CP-104', missing: [NO_DANGER] }

  const low = ticked('low')
  return low.length > 0 ? { level: 'low', decidedBy: low, rule: 'CP-06' } : { decidedBy: [], rule: 'CP-07', missing: ['any'] }
}
