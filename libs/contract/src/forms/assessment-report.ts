/**
 * Отчет о комплексной оценке потребностей ребенка и семьи: SOP-CM Appendix 3, form 7(б), in its printed order and captions. On paper each of the
 * parts 5-7 is one text; its heads are the pieces of the printed hint.
 */
import { z } from 'zod'
import { ASSESSMENT_PARTS, INFORMATION_SOURCES, RISK_LEVELS } from './codes.ts'
import { DayField, field, Line, oneOf, Uuid, Words } from './fields.ts'

const Sources = z.array(oneOf(INFORMATION_SOURCES)).max(20)

const Member = z.strictObject({
  name: field(Line, 'ФИО', 'Аты-жөні', 'Name'),
  age: field(Line, 'Возраст', 'Жасы', 'Age').optional(),
  relation: field(Line, 'Кем приходится', 'Кім болып келеді', 'Relation').optional(),
  address: field(Line, 'Адрес', 'Мекенжайы', 'Address').optional(),
  work: field(Line, 'Место работы', 'Жұмыс орны', 'Place of work').optional(),
  phone: field(Line, 'Телефон', 'Телефон', 'Phone').optional(),
  email: field(Line, 'Электронный адрес', 'Электрондық пошта', 'Email').optional(),
  livesThere: field(z.boolean(), 'Проживает в доме', 'Үйде тұрады', 'Lives in the home').optional(),
})

/** Part 4 is told in order of time. */
const Event = z.strictObject({
  when: field(Line, 'Дата или период', 'Күні немесе кезеңі', 'Date or period'),
  event: field(Words, 'Событие', 'Оқиға', 'Event').optional(),
  problem: field(Words, 'Испытанные проблемы', 'Бастан өткен мәселелер', 'Problems').optional(),
  help: field(Words, 'Полученная помощь', 'Алынған көмек', 'Help received').optional(),
})

/** A part under its heads: at least one of them says something. Where the information comes from is marked (CP-22, CP-124). */
const part = <H extends Record<string, z.ZodOptional<z.ZodType>>>(heads: H) =>
  z
    .strictObject({
      ...heads,
      sources: field(Sources, 'Источники сведений', 'Мәлімет көздері', 'Sources of the information', 'CP-22').optional(),
    })
    .superRefine((said, context) => {
      if (!Object.keys(heads).some((head) => (said as Record<string, unknown>)[head] !== undefined))
        context.addIssue({ code: 'custom', path: [Object.keys(heads)[0]!], message: 'one-head' })
    })

const head = (ru: string, kk: string, en: string) => field(Words, ru, kk, en).optional()

const Health = part({
  body: head('физическое и психическое здоровье ребенка', 'баланың дене және психикалық денсаулығы', 'physical and mental health'),
  development: head(
    'соответствие уровня развития возрастным нормам',
    'даму деңгейінің жас нормаларына сәйкестігі',
    'development against the norms of the age',
  ),
  behaviour: head('эмоциональное и поведенческое развитие', 'эмоциялық және мінез-құлық дамуы', 'emotional and behavioural development'),
  identity: head('идентичность', 'бірегейлігі', 'identity'),
  relations: head(
    'отношения с членами семьи и другими лицами',
    'отбасы мүшелерімен және басқа адамдармен қарым-қатынасы',
    'relations with family members and other people',
  ),
  appearance: head('социальная внешность (внешний вид ребенка)', 'әлеуметтік келбеті (баланың сыртқы түрі)', 'how the child looks'),
  selfCare: head('навыки самообслуживания', 'өзіне қызмет көрсету дағдылары', 'self-care skills'),
})

const Care = part({
  safety: head('безопасность', 'қауіпсіздік', 'keeping the child safe'),
  upbringing: head('воспитание', 'тәрбие', 'upbringing'),
  care: head('забота', 'қамқорлық', 'care'),
  warmth: head('эмоциональная теплота', 'эмоциялық жылулық', 'emotional warmth'),
  guidance: head('руководство', 'бағыт беру', 'guidance'),
  control: head('контроль', 'бақылау', 'control'),
  stability: head('стабильность', 'тұрақтылық', 'stability'),
  understanding: head(
    'понимание родителями или опекуном ситуации, их желания и чувства в отношении позитивных перемен',
    'ата-ананың немесе қамқоршының жағдайды түсінуі, жақсы өзгерістерге қатысты тілегі мен сезімі',
    "the parents' or guardian's understanding of the situation, wishes and feelings about positive change",
  ),
})

const Environment = part({
  friends: head('роль родственников и друзей', 'туыстар мен достардың рөлі', 'role of relatives and friends'),
  services: head(
    'доступ ребенка и семьи к местным ресурсам и услугам',
    'бала мен отбасының жергілікті ресурстар мен қызметтерге қолжетімділігі',
    'access to local resources and services',
  ),
  housing: head('жилищные условия семьи', 'отбасының тұрғын үй жағдайы', 'living conditions'),
  employment: head('занятость родителей', 'ата-ананың жұмыспен қамтылуы', "parents' employment"),
  income: head('сведения о доходах семьи', 'отбасы табысы туралы мәлімет', 'family income'),
})

const Analysis = z.strictObject({
  strengths: field(
    Words,
    'Сильные и защитные факторы в семье (что хорошо влияет на ребенка и семью)',
    'Отбасындағы күшті және қорғаушы факторлар (бала мен отбасына жақсы әсер ететіні)',
    'Strong and protective factors',
  ),
  concerns: field(
    Words,
    'Причины беспокойства, вреда и риска для ребенка',
    'Бала үшін алаңдаушылық, зиян және қауіп себептері',
    'Reasons for concern, harm and risk',
  ),
  consequences: field(
    Words,
    'Вероятные последствия для ребенка сейчас и в будущем',
    'Бала үшін қазіргі және болашақтағы ықтимал салдары',
    'Likely consequences now and later',
  ),
  response: field(
    Words,
    'Ответная реакция родителей/опекунов на беспокойства, проблемы и необходимость их решения',
    'Ата-ананың/қамқоршылардың алаңдаушылыққа, мәселелерге және оларды шешу қажеттілігіне жауабы',
    'Response of parents or guardians to concerns, problems and the need to solve them',
  ),
  abilityToProtect: field(
    Words,
    'Способность обеспечить безопасность ребенка и удовлетворить его потребности (расписать конкретно)',
    'Баланың қауіпсіздігін қамтамасыз ету және қажеттіліктерін қанағаттандыру қабілеті (нақты жазу)',
    'Ability to keep the child safe and meet the needs, concretely',
  ),
  abilityToChange: field(
    Words,
    'Способность родителей изменить сложившиеся обстоятельства с чьей-либо или без посторонней помощи',
    'Ата-ананың қалыптасқан жағдайды біреудің көмегімен не көмексіз өзгерту қабілеті',
    "Parents' ability to change things, with or without help",
  ),
  helpNeeded: field(
    Words,
    'Необходимая помощь ребенку и его семье (расписать конкретно)',
    'Бала мен оның отбасына қажетті көмек (нақты жазу)',
    'Help needed by child and family, concretely',
  ),
})

const Component = z.strictObject({
  strengths: field(Words, 'Сильные стороны', 'Күшті жақтары', 'Strengths').optional(),
  weaknesses: field(Words, 'Слабые стороны', 'Әлсіз жақтары', 'Weaknesses').optional(),
})

const Author = z.strictObject({
  name: field(Line, 'ФИО', 'Аты-жөні', 'Name'),
  position: field(Line, 'Должность', 'Лауазымы', 'Position').optional(),
  parts: field(z.array(oneOf(ASSESSMENT_PARTS)).min(1).max(9), 'Какие части', 'Қай бөлімдер', 'Which parts'),
  day: field(DayField, 'Дата', 'Күні', 'Date'),
  signed: field(z.boolean(), 'Подпись', 'Қолы', 'Signature').optional(),
})

const DiscussedWith = z.strictObject({
  name: field(Line, 'С кем', 'Кіммен', 'With whom'),
  quality: field(Line, 'В каком качестве', 'Қандай рөлде', 'In what quality').optional(),
  day: field(DayField, 'Дата', 'Күні', 'Date'),
  result: field(Words, 'Итог обсуждения', 'Талқылау қорытындысы', 'Result').optional(),
})

const GivenTo = z.strictObject({
  to: field(Line, 'Кому', 'Кімге', 'To whom'),
  day: field(DayField, 'Дата', 'Күні', 'Date'),
  ground: field(Line, 'Основание', 'Негізі', 'Ground').optional(),
})

export const AssessmentFinished = z
  .strictObject({
    members: field(z.array(Member).max(60), 'Информация о ребенке и семье', 'Бала және отбасы туралы ақпарат', 'Child and family').default(
      [],
    ),
    cause: field(
      Words,
      'Причина для проведения комплексной оценки',
      'Кешенді бағалау жүргізу себебі',
      'Reason for the comprehensive assessment',
    ),
    timeAndPeople: field(
      Words,
      'Время проведения комплексной оценки и кто, дополнительно, был вовлечен в оценку потребностей (расписывать подробно в произвольной форме)',
      'Кешенді бағалау жүргізілген уақыт және қажеттіліктерді бағалауға қосымша кім тартылды (еркін түрде толық жазу)',
      'When the assessment was made and who else took part, in detail, free form',
    ),
    history: field(
      z.array(Event).max(100),
      'Общее представление об истории семьи и предыдущем профессиональном вмешательстве (если это вмешательство ранее было)',
      'Отбасы тарихы және бұрынғы кәсіби араласу туралы жалпы түсінік (егер мұндай араласу болса)',
      'Family history and earlier professional help, if any',
    ).default([]),
    health: field(
      Health,
      'Здоровье и развитие ребенка/детей',
      'Баланың/балалардың денсаулығы мен дамуы',
      'Health and development',
      'CP-125',
    ),
    care: field(Care, 'Родительская забота о ребенке/детях', 'Балаға/балаларға ата-ана қамқорлығы', 'Parental care', 'CP-125'),
    environment: field(
      Environment,
      'Жилищные условия и окружение ребенка/детей',
      'Баланың/балалардың тұрғын үй жағдайы және ортасы',
      'Home and surroundings',
      'CP-125',
    ),
    components: field(
      z.strictObject({
        child: field(Component, 'Потребности ребенка', 'Баланың қажеттіліктері', "The child's needs").optional(),
        parents: field(
          Component,
          'Способности родителей или опекунов',
          'Ата-ананың немесе қамқоршының қабілеті',
          "Parents' ability",
        ).optional(),
        environment: field(
          Component,
          'Влияние ближайшего окружения',
          'Жақын ортаның әсері',
          'Influence of the near environment',
        ).optional(),
      }),
      'Сильные и слабые стороны по трем компонентам',
      'Үш құрамдас бөліктің күшті және әлсіз жақтары',
      'Strengths and weaknesses of the three components',
      'CP-21',
    ).optional(),
    analysis: field(Analysis, 'Анализ текущей ситуации', 'Ағымдағы жағдайды талдау', 'Analysis of the present situation'),
    recommendations: field(Words, 'Рекомендации', 'Ұсынымдар', 'Recommendations'),
    familySigned: field(z.boolean(), 'Подпись (от семьи)', 'Қолы (отбасынан)', 'Signature of the family', 'CP-24'),
    familyComments: field(Words, 'Комментарии (от семьи)', 'Пікірі (отбасынан)', 'Comments of the family').optional(),
    noSignatureReason: field(Words, 'Почему нет подписи', 'Қол неге жоқ', 'Why there is no signature').optional(),
    discussedWith: field(
      z.array(DiscussedWith).max(30),
      'С кем обсужден отчет',
      'Есеп кіммен талқыланды',
      'Discussed with',
      'CP-24',
    ).default([]),
    givenTo: field(z.array(GivenTo).max(30), 'Кому передан отчет', 'Есеп кімге берілді', 'Given to', 'CP-24').default([]),
    authors: field(
      z.array(Author).max(30),
      'Кто и когда составил части отчета',
      'Есеп бөлімдерін кім, қашан жасады',
      'Who wrote which parts, and when',
      'CP-124',
    ).default([]),
    sources: field(Sources, 'Источники сведений', 'Мәлімет көздері', 'Sources of the information', 'CP-22').default([]),
    otherSources: field(Line, 'Другие источники: какие', 'Басқа дереккөздер: қандай', 'Other sources: which').optional(),
    signsOfCruelty: field(
      z.boolean(),
      'Признаки жестокого обращения или пренебрежения',
      'Қатыгез қарау немесе немқұрайлылық белгілері',
      'Signs of cruelty or neglect',
      'CP-123',
    ),
    signsSeen: field(Words, 'Какие признаки', 'Қандай белгілер', 'Which signs').optional(),
    confirmed: field(z.enum(['yes', 'partly', 'no']), 'Риск подтвержден', 'Қауіп расталды', 'Risk confirmed', 'CP-122'),
    risks: field(Words, 'Существующие и возможные риски', 'Бар және ықтимал қауіптер', 'Existing and possible risks').optional(),
    level: field(oneOf(RISK_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Risk level', 'CP-122'),
    submitted: field(
      z.strictObject({
        to: field(Line, 'Суд или орган', 'Сот немесе орган', 'Court or body'),
        day: field(DayField, 'Дата', 'Күні', 'Date'),
        proof: field(Line, 'Чем подтверждено', 'Немен расталады', 'Proof').optional(),
      }),
      'Представлено суду',
      'Сотқа ұсынылды',
      'Submitted to the court',
      'CP-121',
    ).optional(),
    alsoCovers: field(
      z.array(Uuid).max(20),
      'Другие дети семьи',
      'Отбасының басқа балалары',
      'Other children of the family',
      'CP-107',
    ).optional(),
  })
  .superRefine((form, context) => {
    const miss = (path: string) => context.addIssue({ code: 'custom', path: [path], message: 'reason-needed' })
    if (!form.familySigned && !form.noSignatureReason) miss('noSignatureReason')
    if (form.signsOfCruelty && !form.signsSeen) miss('signsSeen')
    if (form.sources.includes('other') && !form.otherSources) miss('otherSources')
  })
  .meta({ id: 'AssessmentFinished' })
