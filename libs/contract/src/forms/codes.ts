/** Code lists of the forms with their captions. Risk criteria stand in libs/procedure. */
import { paperDay } from '../paper-day.ts'
import type { Text } from '@tirek/procedure/programme'
import type { ChildField, ContactBy, HoldGround, Placement, RiskLevel } from '@tirek/procedure/child-protection/acts'
import {
  ADDRESSEES as ADDRESSEE_ROWS,
  CONSENT_TEXTS as CONSENT_TEXT_ROWS,
  type AddresseeKind,
  type ConsentTextId,
} from '@tirek/procedure/rights/consent'

export { GIVEN_PARTS } from '../access-codes.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const RISK_LEVELS = {
  high: t('высокий', 'жоғары', 'high'),
  medium: t('средний', 'орташа', 'medium'),
  low: t('низкий', 'төмен', 'low'),
} as const satisfies Record<RiskLevel, Text>

export const CHANNELS = {
  'in-person': t('лично', 'жеке', 'in person'),
  phone: t('по телефону', 'телефон арқылы', 'by phone'),
  written: t('письменно', 'жазбаша', 'in writing'),
}

export const SOURCES = {
  family: t('член семьи', 'отбасы мүшесі', 'family member'),
  public: t('население', 'жұртшылық', 'public'),
  'maternity-hospital': t('родильный дом', 'перзентхана', 'maternity hospital'),
  'law-enforcement': t('правоохранительные органы', 'құқық қорғау органдары', 'law enforcement'),
  prosecutor: t('прокуратура', 'прокуратура', 'prosecutor'),
  ngo: t('НПО', 'ҮЕҰ', 'NGO'),
  institution: t('другое учреждение', 'басқа мекеме', 'other institution'),
  'medical-staff': t('выявлено медицинским работником', 'медицина қызметкері анықтады', 'found by medical staff'),
  'social-worker': t('выявлено социальным работником', 'әлеуметтік қызметкер анықтады', 'found by the social worker'),
  psychologist: t('выявлено психологом', 'психолог анықтады', 'found by the psychologist'),
} as const

export const SEXES = {
  male: t('мужской', 'ер', 'male'),
  female: t('женский', 'әйел', 'female'),
  unknown: t('неизвестен', 'белгісіз', 'unknown'),
}

export const RISK_KINDS = {
  K1: t('риск отказа от ребенка', 'баладан бас тарту қаупі', 'abandonment of the child'),
  K2: t('жестокое обращение', 'қатыгез қарау', 'cruel treatment'),
  K3: t('бытовое насилие', 'тұрмыстық зорлық-зомбылық', 'domestic violence'),
  K4: t('инвалидность', 'мүгедектік', 'disability'),
  K5: t('пренебрежение потребностями ребенка', 'бала қажеттіліктеріне немқұрайлы қарау', "neglect of the child's needs"),
}

export const PLACEMENTS = {
  'with-parents': t('с родителями', 'ата-анасымен', 'with parents'),
  guardian: t('у опекуна', 'қамқоршыда', 'guardian'),
  'relative-guardian': t('у опекуна-родственника', 'туыс қамқоршыда', 'guardian who is a relative'),
  'foster-parents': t('у приемных родителей', 'асырап алушыларда', 'foster parents'),
  'extended-family': t('в расширенной семье', 'кең отбасында', 'extended family'),
  'foster-family': t('в патронатной семье', 'патронаттық отбасында', 'foster (patronage) family'),
  'childrens-home': t('в доме ребенка', 'балалар үйінде', "children's home"),
  institution: t('в другом интернатном учреждении', 'басқа интернат мекемесінде', 'other boarding-type institution'),
  'temporary-centre': t('в центре с временным проживанием', 'уақытша тұратын орталықта', 'centre with temporary residence'),
  hospital: t('в больнице', 'ауруханада', 'hospital'),
  'maternity-hospital': t('в родильном доме', 'перзентханада', 'maternity hospital'),
} as const satisfies Record<Placement, Text>

export const CONTACT_BY = {
  'home-visit': t('посещение на дому', 'үйге бару', 'home visit'),
  phone: t('звонок', 'қоңырау', 'phone call'),
  remote: t('дистанционно', 'қашықтан', 'remote'),
  ward: t('звонок или визит в отделение', 'бөлімшеге бару не қоңырау', 'call or visit to the ward'),
} as const satisfies Record<ContactBy, Text>

export const ENDS = {
  closed: t('дело закрыто', 'іс жабылды', 'closed'),
  'not-confirmed': t('не подтвердилось', 'расталмады', 'not confirmed'),
  adopted: t('усыновлен', 'асырап алынды', 'adopted'),
  'moved-away': t('семья переехала', 'отбасы көшіп кетті', 'moved away'),
  'child-died': t('смерть ребенка', 'баланың қайтыс болуы', 'death of the child'),
  'family-refused': t('семья отказалась', 'отбасы бас тартты', 'family refuses support'),
} as const

export const NEED_KINDS = {
  development: t('потребности в развитии', 'даму қажеттіліктері', 'development'),
  family: t('потребности в семейном окружении', 'отбасылық орта қажеттіліктері', 'family surroundings'),
  parents: t('способность родителей реализовать потребности ребенка', 'ата-ананың мүмкіндігі', "parents' ability"),
}

export const AIMS = {
  protect: t('защита от вредных факторов', 'зиянды факторлардан қорғау', 'protect from harmful factors'),
  family: t('жизнь ребенка с родителями и близкими', 'баланың ата-анасымен және жақындарымен болуы', 'be with parents and close people'),
  needs: t('удовлетворение особых потребностей', 'қосымша қажеттіліктерді қанағаттандыру', 'meet additional needs'),
}

export const RESPONSIBLES = {
  family: t('семья', 'отбасы', 'family'),
  worker: t('социальный работник', 'әлеуметтік қызметкер', 'social worker'),
  agency: t('ведомство', 'ведомство', 'agency'),
  specialist: t('специалист', 'маман', 'specialist'),
}

/** CP-26, CP-28: what a family is helped to. */
export const HELP_KINDS = {
  'day-centre': t('дневной центр', 'күндізгі орталық', 'day centre'),
  advice: t('консультация специалиста', 'маман кеңесі', "specialist's advice"),
  ngo: t('услуги НПО и общественных организаций', 'ҮЕҰ мен қоғамдық ұйымдардың қызметтері', 'services of NGOs and public organisations'),
  benefits: t('пособия', 'жәрдемақылар', 'benefits'),
  employment: t('трудоустройство родителей', 'ата-ананы жұмысқа орналастыру', "parents' employment"),
  documents: t('личные документы', 'жеке құжаттар', 'personal documents'),
  guardianship: t('опека', 'қамқоршылық', 'guardianship'),
  adoption: t('семья для усыновления', 'асырап алатын отбасы', 'a family for adoption'),
  'foster-care': t('патронатная семья', 'патронаттық отбасы', 'foster care'),
  'childrens-home': t('дом ребенка как крайняя мера', 'соңғы шара ретінде балалар үйі', "children's home as the last resort"),
  other: t('другое', 'басқа', 'other'),
}

export const MARKS = {
  done: t('выполнено', 'орындалды', 'done'),
  partly: t('частично', 'ішінара', 'partly'),
  'not-done': t('не выполнено', 'орындалмады', 'not done'),
}

/** How a family signs: each leaves something behind, a file or words. */
export const SIGNING_WAYS = {
  paper: t('на бумаге, лист в личном деле', 'қағазда, парақ жеке істе', 'on paper, the sheet is in the file'),
  screen: t('на экране', 'экранда', 'on the screen'),
  typed: t('именем, набранным на экране', 'экранда терілген атымен', 'by a name typed on the screen'),
  scan: t('на бумаге, приложен скан или фото', 'қағазда, скан не сурет тіркелді', 'on paper, with a scan or photo'),
}
/** Yes, partly, no: of a risk that is confirmed, or of a measure that worked. */
export const WORKED = {
  yes: t('да', 'иә', 'yes'),
  partly: t('частично', 'ішінара', 'partly'),
  no: t('нет', 'жоқ', 'no'),
}

export const INFORMATION_SOURCES = {
  child: t('ребенок', 'бала', 'child'),
  parents: t('родители', 'ата-ана', 'parents'),
  'extended-family': t('расширенная семья', 'кең отбасы', 'extended family'),
  guardian: t('опекун', 'қамқоршы', 'guardian'),
  'foster-family': t('патронатная семья', 'патронаттық отбасы', 'foster family'),
  doctor: t('врач', 'дәрігер', 'doctor'),
  nurse: t('медсестра', 'мейіргер', 'nurse'),
  'maternity-staff': t('персонал родильного дома', 'перзентхана қызметкерлері', 'maternity staff'),
  'childrens-home-staff': t('персонал дома ребенка', 'балалар үйі қызметкерлері', "children's home staff"),
  'social-protection': t('социальная защита', 'әлеуметтік қорғау', 'social protection'),
  'law-enforcement': t('правоохранительные органы', 'құқық қорғау органдары', 'law enforcement'),
  ngo: t('НПО', 'ҮЕҰ', 'NGO'),
  other: t('другие', 'басқалар', 'other'),
}

export const REVIEW_DECISIONS = {
  continue: t('продолжить с изменениями', 'өзгерістермен жалғастыру', 'continue with changes'),
  'extend-stay': t('продлить пребывание в учреждении', 'мекемеде болуды ұзарту', 'extend the stay'),
  separate: t('отделить ребенка от семьи', 'баланы отбасынан бөлу', 'separate the child from the family'),
  close: t('закрыть дело', 'істі жабу', 'close the case'),
}

export const NOTE_KINDS = {
  'help-directed': t('направление к услуге', 'қызметке жолдау', 'directed to help'),
  'sheet-given': t('памятка вручена', 'жадынама берілді', 'sheet given'),
  'plan-note': t('дополнение к плану', 'жоспарға толықтыру', 'note to the plan'),
  'document-added': t('документ приложен', 'құжат қосылды', 'document added'),
  'kind-of-risk-added': t('вид риска добавлен', 'қауіп түрі қосылды', 'kind of risk added'),
  visitor: t('посетитель', 'келуші', 'visitor'),
}

export { CONSENT_BY, CONSENT_PURPOSES } from '@tirek/procedure/rights/consent'

const textsOf = <K extends string>(rows: Readonly<Record<K, { text: Text }>>) =>
  Object.fromEntries(Object.entries<{ text: Text }>(rows).map(([kind, { text }]) => [kind, text])) as Record<K, Text>
export const ADDRESSEES = textsOf<AddresseeKind>(ADDRESSEE_ROWS)

export const CONSENT_TEXTS = Object.fromEntries(
  CONSENT_TEXT_ROWS.map(({ id, from }) => {
    const day = paperDay(from)
    return [id, t(`${id} (с ${day})`, `${id} (${day} бастап)`, `${id} (from ${day})`)]
  }),
) as Record<ConsentTextId, Text>

export const CONSENT_WAYS = {
  paper: t('на бумаге', 'қағазда', 'on paper'),
  'in-system': t('устно, записано здесь', 'ауызша, осында жазылды', 'by word, written down here'),
}

export const CHILD_FIELDS = {
  name: t('имя', 'аты', 'name'),
  birthDate: t('дата рождения', 'туған күні', 'date of birth'),
  age: t('приблизительный возраст', 'шамамен жасы', 'approximate age'),
  sex: t('пол', 'жынысы', 'sex'),
  iin: t('ИИН', 'ЖСН', 'IIN'),
  phone: t('телефон', 'телефон', 'phone'),
  address: t('адрес', 'мекенжайы', 'address'),
} as const satisfies Record<ChildField, Text>

export const ACCESS_ABOUT = {
  child: t('ребенок и семья', 'бала мен отбасы', 'the child and the family'),
  reporter: t('тот, кто сообщил, о себе самом', 'хабарлаған адам өзі туралы', 'who reported, on themselves'),
}

export const IDENTITY_CHECKS = {
  document: t('документ, удостоверяющий личность', 'жеке куәлік', 'identity document'),
  'power-of-attorney': t('доверенность и документ', 'сенімхат және құжат', 'power of attorney and document'),
  'court-paper': t('решение суда и документ', 'сот шешімі және құжат', 'court decision and document'),
}

export const HOLD_GROUNDS = {
  court: t('суд', 'сот', 'court'),
  prosecutor: t('прокуратура', 'прокуратура', 'prosecutor'),
  complaint: t('жалоба семьи', 'отбасының шағымы', 'complaint of the family'),
  other: t('другое', 'басқа', 'other'),
} as const satisfies Record<HoldGround, Text>

/** Parts of the assessment report, by their number on the paper form. */
export const ASSESSMENT_PARTS = {
  '1': t('1. Информация о ребенке и семье', '1. Бала мен отбасы туралы ақпарат', '1. The child and the family'),
  '2': t('2. Причина оценки', '2. Бағалау себебі', '2. Reason for the assessment'),
  '3': t('3. Время оценки и участники', '3. Бағалау уақыты мен қатысушылар', '3. Time and who took part'),
  '4': t('4. История семьи и вмешательства', '4. Отбасы тарихы мен бұрынғы көмек', '4. History of the family and earlier help'),
  '5': t('5. Здоровье и развитие ребенка', '5. Баланың денсаулығы мен дамуы', '5. Health and development of the child'),
  '6': t('6. Родительская забота', '6. Ата-ана қамқорлығы', '6. Parental care'),
  '7': t('7. Жилищные условия и окружение', '7. Тұрғын үй жағдайы мен ортасы', '7. Living conditions and surroundings'),
  '8': t('8. Анализ ситуации', '8. Жағдайды талдау', '8. Analysis of the situation'),
  '9': t('9. Рекомендации', '9. Ұсынымдар', '9. Recommendations'),
}
