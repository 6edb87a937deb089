/** Индивидуальный план сопровождения семьи (forms/family-support-plan.md) in the order of the paper, with the marks of completion that were set. */
import { AIMS, HELP_KINDS, MARKS, NEED_KINDS, RESPONSIBLES, SIGNING_WAYS } from '@tirek/contract/forms/codes'
import type { PlanSigned } from '@tirek/contract/forms/support'
import type { Block } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import type { z } from 'zod'
import { caption, clean, dayIn, joined } from '../text.ts'
import type { Printing } from './form-blocks.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  parents: t(
    '1–2. ФИО родителей или опекунов, данные',
    'Ата-ананың немесе қамқоршылардың аты-жөні, деректері',
    'Parents or guardians, details',
  ),
  name: t('ФИО', 'Аты-жөні', 'Name'),
  data: t(
    'Данные (возраст, социальный статус, контактная информация)',
    'Деректері (жасы, әлеуметтік мәртебесі, байланыс ақпараты)',
    'Details (age, social status, contacts)',
  ),
  child: t('3–4. ФИО ребенка, дата рождения', 'Баланың аты-жөні, туған күні', 'Name of the child, birth date'),
  filled: t('5. Дата заполнения', 'Толтырылған күні', 'Date of filling'),
  version: t('Версия плана', 'Жоспар нұсқасы', 'Version of the plan'),
  term: t('Срок плана', 'Жоспар мерзімі', 'Term of the plan'),
  needs: t('6. Основные потребности семьи и ребенка', 'Отбасы мен баланың негізгі қажеттіліктері', 'Main needs of family and child'),
  specialists: t(
    '7. Участие других специалистов в сопровождении семьи',
    'Отбасын сүйемелдеуге басқа мамандардың қатысуы',
    'Other specialists in the support of the family',
  ),
  organisation: t('Организация', 'Ұйым', 'Organisation'),
  contact: t('Контакты', 'Байланыс деректері', 'Contacts'),
  actions: t('8. План действий', 'Іс-қимыл жоспары', 'Plan of action'),
  action: t('Действия, мероприятия', 'Әрекеттер, шаралар', 'Actions, measures'),
  due: t('Сроки', 'Мерзімі', 'Dates'),
  responsible: t('Ответственные', 'Жауаптылар', 'Responsible'),
  mark: t('Отметка о выполнении', 'Орындалу белгісі', 'Mark of completion'),
  aim: t('Цель', 'Мақсаты', 'Aim'),
  help: t('Вид помощи', 'Көмек түрі', 'Kind of help'),
  expected: t('Ожидаемый результат', 'Күтілетін нәтиже', 'Expected result'),
  forReturn: t('Подготовка возвращения в семью', 'Отбасына қайтаруға дайындық', "Prepares the child's return"),
  forms: t('Рассмотренные семейные формы', 'Қаралған отбасылық нысандар', 'Family forms considered'),
  need: t('Потребность №', 'Қажеттілік №', 'Need no.'),
  notes: t('9. Примечания, дополнения', 'Ескертпелер, толықтырулар', 'Notes, additions'),
  family: t('Семья', 'Отбасы', 'Family'),
  familySigned: t('план подписан', 'жоспарға қол қойылды', 'the plan is signed'),
  familyNot: t('план не подписан', 'жоспарға қол қойылмаған', 'the plan is not signed'),
  comments: t('Комментарии семьи', 'Отбасының пікірі', 'Comments of the family'),
  familySignature: t('Подпись семьи', 'Отбасының қолы', 'Signature of the family'),
  scan: t('скан в личном деле', 'скан жеке істе', 'a scan in the personal file'),
  signature: t(
    '10. Подпись социального работника, ответственного за личное дело ребенка',
    'Баланың жеке іс қағазына жауапты әлеуметтік қызметкердің қолы',
    'Signature of the social worker responsible for the personal file',
  ),
  sign: t('Подпись', 'Қолы', 'Signature'),
  day: t('Дата', 'Күні', 'Date'),
} as const satisfies Record<string, Text>

export type PlanForm = z.output<typeof PlanSigned>
/** `sha256` says which file it is; `day`: `YYYY-MM-DD` when it was signed. */
export type SignatureFile = { sha256: string; day: string; picture?: { png: string; width: number; height: number } | undefined }
export type PlanBeside = {
  /** `YYYY-MM-DD` of the plan; absent on a blank form. */
  day?: string
  child: { name: string; birthDay?: string | undefined }
  /** The newest mark of each measure, by its id. */
  marks: ReadonlyMap<string, { mark: keyof typeof MARKS; day: string; note?: string | undefined }>
  /** What the family said to this version, where it was asked. */
  family?:
    | {
        signed: boolean
        by?: string | undefined
        how?: keyof typeof SIGNING_WAYS | undefined
        reason?: string | undefined
        comments?: string | undefined
      }
    | undefined
  /** The file of its signature, where it left one; `picture` where it is one that paper shows. */
  signature?: SignatureFile | undefined
  /** Who leads the case. */
  manager?: string | undefined
}

export function planBlocks(form: PlanForm, beside: PlanBeside, { lang, nameOf, isWhole }: Printing): Block[] {
  const { child, day, manager } = beside
  const term = joined([form.start && dayIn(lang, form.start), form.end && dayIn(lang, form.end)], ' – ')
  return [
    {
      kind: 'table',
      caption: caption(WORDS.parents, lang),
      columns: [
        { title: caption(WORDS.name, lang), width: 0.4 },
        { title: caption(WORDS.data, lang), width: 0.6 },
      ],
      rows: form.parents.map(({ name, data }) => [clean(name), clean(data ?? '')]),
      pen: 2,
    },
    {
      kind: 'facts',
      rows: [
        { caption: caption(WORDS.child, lang), text: clean(joined([child.name, child.birthDay && dayIn(lang, child.birthDay)])) },
        { caption: caption(WORDS.filled, lang), text: day ? dayIn(lang, day) : '' },
        { caption: caption(WORDS.version, lang), text: day ? String(form.planVersion) : '' },
        ...(term === '' && !isWhole ? [] : [{ caption: caption(WORDS.term, lang), text: term }]),
      ],
    },
    {
      kind: 'texts',
      caption: caption(WORDS.needs, lang),
      texts: form.needs.map(({ kind, text }) => `${clean(text)} (${NEED_KINDS[kind][lang]})`),
      isNumbered: true,
      pen: 5,
    },
    ...(form.specialists.length > 0 || isWhole
      ? [
          {
            kind: 'table' as const,
            caption: caption(WORDS.specialists, lang),
            columns: [
              { title: caption(WORDS.name, lang), width: 0.34 },
              { title: caption(WORDS.organisation, lang), width: 0.36 },
              { title: caption(WORDS.contact, lang), width: 0.3 },
            ],
            rows: form.specialists.map(({ name, organisation, contact }) => [clean(name), clean(organisation ?? ''), clean(contact ?? '')]),
            pen: 2,
          },
        ]
      : []),
    {
      kind: 'table',
      caption: caption(WORDS.actions, lang),
      columns: [
        { title: '№', width: 0.06 },
        { title: caption(WORDS.action, lang), width: 0.38 },
        { title: caption(WORDS.due, lang), width: 0.18 },
        { title: caption(WORDS.responsible, lang), width: 0.2 },
        { title: caption(WORDS.mark, lang), width: 0.18 },
      ],
      rows: form.measures.map((measure, at) => [
        String(at + 1),
        actionOf(measure, lang),
        joined([measure.from && dayIn(lang, measure.from), dayIn(lang, measure.due)], ' – '),
        clean(
          joined([
            RESPONSIBLES[measure.responsible][lang],
            measure.responsibleName ?? (measure.person && nameOf(measure.person)),
            measure.contactPerson,
          ]),
        ),
        markOf(beside, measure.id, lang, isWhole),
      ]),
      pen: 8,
    },
    ...(form.notes || isWhole
      ? [{ kind: 'texts' as const, caption: caption(WORDS.notes, lang), texts: form.notes ? [clean(form.notes)] : [], pen: 3 }]
      : []),
    ...familyOf(beside, lang),
    {
      kind: 'signatures',
      caption: caption(WORDS.signature, lang),
      columns: [
        { title: caption(WORDS.name, lang), width: 0.5 },
        { title: caption(WORDS.sign, lang), width: 0.3 },
        { title: caption(WORDS.day, lang), width: 0.2 },
      ],
      rows: manager ? [[clean(manager), '', '']] : [],
      pen: manager ? 0 : 1,
    },
  ]
}

function actionOf(measure: PlanForm['measures'][number], lang: Lang): string {
  const more = [
    measure.need === undefined ? '' : `${WORDS.need[lang]} ${measure.need}`,
    measure.aim ? `${WORDS.aim[lang]}: ${AIMS[measure.aim][lang]}` : '',
    measure.help ? `${WORDS.help[lang]}: ${HELP_KINDS[measure.help][lang]}` : '',
    measure.expected ? `${WORDS.expected[lang]}: ${clean(measure.expected)}` : '',
    measure.forReturn ? WORDS.forReturn[lang] : '',
    measure.familyFormsConsidered ? `${WORDS.forms[lang]}: ${clean(measure.familyFormsConsidered)}` : '',
  ]
  return [clean(measure.action), ...more].filter((text) => text !== '').join('\n')
}

/** Not marked yet: a dash in what goes out, room for the pen in the house's own. */
function markOf({ marks }: PlanBeside, measure: string, lang: Lang, isWhole?: true): string {
  const marked = marks.get(measure)
  return marked ? clean(joined([MARKS[marked.mark][lang], dayIn(lang, marked.day), marked.note])) : isWhole ? '' : '—'
}

function familyOf({ family, signature }: PlanBeside, lang: Lang): Block[] {
  if (!family) return []
  const said = joined([
    family.signed ? WORDS.familySigned[lang] : WORDS.familyNot[lang],
    family.by,
    family.signed && family.how ? SIGNING_WAYS[family.how][lang] : undefined,
    family.reason,
  ])
  return [
    {
      kind: 'facts',
      rows: [
        { caption: caption(WORDS.family, lang), text: clean(said) },
        ...(family.comments ? [{ caption: caption(WORDS.comments, lang), text: clean(family.comments) }] : []),
      ],
    },
    ...(signature ? signatureBlocks(signature, family.by, lang) : []),
  ]
}

/** The signature itself, or which file holds it: a scan is read as a file and not within a form. */
export function signatureBlocks({ sha256, day, picture }: SignatureFile, by: string | undefined, lang: Lang): Block[] {
  const note = clean(joined([by, dayIn(lang, day), `SHA-256 ${sha256}`]))
  if (picture) return [{ kind: 'picture', caption: caption(WORDS.familySignature, lang), ...picture, note }]
  return [{ kind: 'facts', rows: [{ caption: caption(WORDS.familySignature, lang), text: `${WORDS.scan[lang]}, ${note}` }] }]
}
