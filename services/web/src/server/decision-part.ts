/** What the page behind the link to an answer shows: what is asked, and one form for every answer. Plain HTML, no script. */
import { paperDay } from '@tirek/contract/paper-day'
import { ERROR_WORDS, isErrorCode } from '@tirek/contract/error-words'
import { captionOf } from '@tirek/contract/errors'
import { PLACEMENTS } from '@tirek/contract/forms/codes'
import { ReferralAnswerForm } from '@tirek/contract/forms/referral'
import { RECOMMENDED_FORMS, REFERRAL_ANSWERS, REFERRAL_DECISIONS, REFERRAL_QUESTIONS } from '@tirek/contract/forms/referral-codes'
import type { HandedIn, LinkAnswer, LinkReferral } from '@tirek/contract/links'
import { PROBLEMS, type ProblemCode } from '@tirek/contract/problems'
import { ANSWER_FIELDS, type AnswerField } from '@tirek/contract/referral-answers'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import type { ReferralAnswer } from '@tirek/procedure/referrals/facts'
import { escape } from './meeting-part.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  case: t('Случай', 'Іс', 'Case'),
  who: t('Кто просит', 'Кім сұрайды', 'Asked by'),
  to: t('Кого просят', 'Кімнен сұралады', 'Asked of'),
  question: t('Вопрос', 'Мәселе', 'Question'),
  due: t('Ответ ждут до', 'Жауап мына күнге дейін күтіледі', 'The answer is awaited by'),
  answer: t('Ваш ответ', 'Сіздің жауабыңыз', 'Your answer'),
  belongs: t('К ответу', 'Жауапқа қатысты', 'With the answer'),
  choose: t('— выберите —', '— таңдаңыз —', '— choose —'),
  file: t(
    'Файл: PDF, JPEG, PNG или DOCX до 10 МБ (если есть)',
    'Файл: PDF, JPEG, PNG немесе DOCX, 10 МБ дейін (болса)',
    'File: PDF, JPEG, PNG or DOCX up to 10 MB (if there is one)',
  ),
  taken: t('Файл принят: {name} ({size} КБ)', 'Файл қабылданды: {name} ({size} КБ)', 'The file is taken: {name} ({size} KB)'),
  again: t(
    'Если файл был выбран, выберите его еще раз.',
    'Файл таңдалған болса, оны қайта таңдаңыз.',
    'If a file was chosen, choose it again.',
  ),
  send: t('Отправить ответ', 'Жауапты жіберу', 'Send the answer'),
  wrong: t('Исправьте', 'Түзетіңіз', 'To be mended'),
  names: t(
    'Ответ увидят только те, кто ведет этот случай.',
    'Жауапты тек осы істі жүргізетіндер көреді.',
    'Only those who work with this case see the answer.',
  ),
} as const

export const DECISION_PROBLEMS = {
  'not-whole': t(
    'Ответ не записан. Исправьте отмеченное и отправьте еще раз: остальное сохранено на этой странице.',
    'Жауап жазылмады. Белгіленгенін түзетіп, қайта жіберіңіз: қалғаны осы бетте сақталды.',
    'Your answer is not noted. Mend what is marked and send again: the rest is kept on this page.',
  ),
} as const
export const GOES_ON = t(
  'На этот же адрес придет письмо с новой ссылкой: по ней вы ответите, когда будет что добавить.',
  'Осы мекенжайға жаңа сілтемесі бар хат келеді: қосатын нәрсе болғанда сол арқылы жауап бересіз.',
  'A mail with a new link will come to the same address: answer by it when there is more to say.',
)

/** As it was typed and not noted. */
export type Typed = { form: Readonly<Record<string, string>>; handedIn: readonly HandedIn[] }
type Issues = NonNullable<Extract<LinkAnswer, { issues?: unknown }>['issues']>

const ANSWERS = Object.keys(ANSWER_FIELDS) as ReferralAnswer[]
/** In the order of the page. */
const FIELDS = [...new Set(ANSWERS.flatMap((answer) => [...ANSWER_FIELDS[answer]]))] as AnswerField[]
const CHOICES: Partial<Record<AnswerField, Readonly<Record<string, Text>>>> = {
  recommended: RECOMMENDED_FORMS,
  decision: REFERRAL_DECISIONS,
  placement: PLACEMENTS,
}
const DAYS = new Set<AnswerField>(['newDay', 'documentDay'])
const LONG = new Set<AnswerField>(['text', 'reasons'])

/** What belongs to the chosen answer is shown alone; browsers that cannot look into a form (`:has`) show all. */
export const DECISION_STYLE =
  'fieldset{margin:0 0 16px;padding:12px;border:1px solid #c9c4b6;border-radius:6px}legend{font-weight:bold;padding:0 4px}.choice{display:flex;gap:10px;align-items:center;min-height:44px;margin:0}.choice input{width:22px;height:22px;min-height:0;margin:0;flex:none}' +
  'select{font:inherit;width:100%;min-height:44px;padding:8px;border:1px solid #5c6670;border-radius:6px;background:#fff;color:inherit}.field{margin:0 0 12px}.field input,.field textarea,.field select{letter-spacing:normal;margin:0}.wrong{margin:4px 0 0;color:#9c1c1c;font-weight:bold}.wrongs{border:2px solid #9c1c1c;border-radius:6px;padding:12px 12px 12px 32px;margin:0 0 16px}.wrongs a{color:#9c1c1c}' +
  `form:has(.choice) .only{display:none}${ANSWERS.map((answer) => `form:has(#a-${answer}:checked) .of-${answer}{display:block}`).join('')}`

export function referralPart({ caseNumber, organisationName, agencyName, question, dueDay }: LinkReferral, lang: Lang): string {
  const rows: [string, string][] = [
    [WORDS.case[lang], escape(caseNumber)],
    [WORDS.who[lang], escape(organisationName)],
    [WORDS.to[lang], escape(agencyName)],
    [WORDS.question[lang], escape(REFERRAL_QUESTIONS[question][lang])],
    ...(dueDay ? [[WORDS.due[lang], `<b>${escape(paperDay(dueDay))}</b>`] as [string, string]] : []),
  ]
  return `<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('')}</dl>`
}

/** `hidden`: the token and the language. */
export function decisionForm({ offered }: LinkReferral, lang: Lang, hidden: string, typed: Typed | undefined, issues: Issues = []): string {
  const form = typed?.form ?? {}
  const wrongOf = new Map(issues.map((issue) => [issue.field, wordsOf(issue, lang)]))
  const page: Page = { lang, form, wrongOf }
  const radios = offered
    .map(
      (answer) =>
        `<label class="choice" for="a-${answer}"><input type="radio" id="a-${answer}" name="answer" value="${answer}"${form['answer'] === answer ? ' checked' : ''}>${REFERRAL_ANSWERS[answer][lang]}</label>`,
    )
    .join('')
  const shown = FIELDS.filter((name) => offered.some((answer) => (ANSWER_FIELDS[answer] as readonly string[]).includes(name)))
  return (
    wrongList(issues, offered, page) +
    `<form id="decision" method="post" action="/l/decision" enctype="multipart/form-data">${hidden}` +
    `<fieldset><legend id="answer" tabindex="-1">${WORDS.answer[lang]}</legend>${radios}${wrongText('answer', page)}</fieldset>` +
    shown.map((name) => fieldOf(name, offered, page)).join('') +
    lineOf('name', page, true) +
    lineOf('position', page, false) +
    (typed?.handedIn ?? []).map((file) => takenFile(file, lang)).join('') +
    `<div class="field"><label for="file">${WORDS.file[lang]}</label><input type="file" id="file" name="file" accept=".pdf,.jpg,.jpeg,.png,.docx"${describedBy('file', page)}>${wrongText('file', page)}</div>` +
    `<p class="soft">${WORDS.names[lang]}</p><button class="act">${WORDS.send[lang]}</button></form>`
  )
}

/** While the service is away: pressed again, what was typed goes with it. */
export const keptDecision = (typed: Typed, lang: Lang, hidden: string, words: string): string =>
  `<p class="soft">${WORDS.again[lang]}</p><form method="post" action="/l/decision" enctype="multipart/form-data">${hidden}` +
  Object.entries(typed.form)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('') +
  typed.handedIn.map((file) => takenFile(file, lang)).join('') +
  `<button class="act">${words}</button></form>`

type Page = { lang: Lang; form: Readonly<Record<string, string>>; wrongOf: ReadonlyMap<string, string> }

const shape = ReferralAnswerForm.shape as Record<string, Parameters<typeof captionOf>[0]>
const caption = (name: string, lang: Lang): string =>
  name === 'file' ? WORDS.file[lang] : name === 'answer' ? WORDS.answer[lang] : (captionOf(shape[name]!, lang) ?? name)

const describedBy = (name: string, { wrongOf }: Page) => (wrongOf.has(name) ? ` aria-invalid="true" aria-describedby="wrong-${name}"` : '')
const wrongText = (name: string, { wrongOf }: Page) =>
  wrongOf.has(name) ? `<p class="wrong" id="wrong-${name}">${escape(wrongOf.get(name)!)}</p>` : ''

/** What is wrong, at the head, each leading to its field. */
function wrongList(issues: Issues, offered: LinkReferral['offered'], { lang, wrongOf }: Page): string {
  if (issues.length === 0) return ''
  const known = new Set<string>(['answer', 'name', 'position', 'file', ...FIELDS])
  const line = (name: string) =>
    known.has(name)
      ? `<a href="#${name === 'answer' ? `a-${offered[0] ?? ''}` : name}">${escape(caption(name, lang))}</a>: ${escape(wrongOf.get(name)!)}`
      : escape(wrongOf.get(name)!)
  return `<ul class="wrongs" aria-label="${WORDS.wrong[lang]}">${[...wrongOf.keys()].map((name) => `<li>${line(name)}</li>`).join('')}</ul>`
}

function wordsOf({ code, n }: Issues[number], lang: Lang): string {
  if (isErrorCode(code)) return ERROR_WORDS[code][lang].replace('{n}', n ?? '')
  const problem = code.startsWith('file-') && Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : undefined
  return problem ? `${problem.title[lang]}. ${problem.next[lang]}` : ERROR_WORDS.invalid[lang]
}

function fieldOf(name: AnswerField, offered: LinkReferral['offered'], page: Page): string {
  const { lang, form } = page
  const of = offered.filter((answer) => (ANSWER_FIELDS[answer] as readonly string[]).includes(name))
  const value = form[name] ?? ''
  const choices = CHOICES[name]
  const input = choices
    ? `<select id="${name}" name="${name}"${describedBy(name, page)}><option value="">${WORDS.choose[lang]}</option>${Object.entries(
        choices,
      )
        .map(([code, label]) => `<option value="${code}"${value === code ? ' selected' : ''}>${label[lang]}</option>`)
        .join('')}</select>`
    : LONG.has(name)
      ? `<textarea id="${name}" name="${name}" rows="4" maxlength="4000"${describedBy(name, page)}>${escape(value)}</textarea>`
      : `<input id="${name}" name="${name}" value="${escape(value)}" autocomplete="off"${DAYS.has(name) ? ' type="date"' : ' maxlength="300"'}${describedBy(name, page)}>`
  return (
    `<div class="field only ${of.map((answer) => `of-${answer}`).join(' ')}">` +
    `<label for="${name}">${escape(caption(name, lang))}<span class="soft"> (${of.map((answer) => REFERRAL_ANSWERS[answer][lang]).join(', ')})</span></label>${input}${wrongText(name, page)}</div>`
  )
}

const lineOf = (name: 'name' | 'position', page: Page, isNeeded: boolean): string =>
  `<div class="field"><label for="${name}">${escape(caption(name, page.lang))}</label><input id="${name}" name="${name}" value="${escape(page.form[name] ?? '')}" maxlength="300" autocomplete="${name === 'name' ? 'name' : 'organization-title'}"${isNeeded ? ' required' : ''}${describedBy(name, page)}>${wrongText(name, page)}</div>`

const takenFile = (file: HandedIn, lang: Lang): string =>
  `<input type="hidden" name="handedIn" value="${escape(JSON.stringify(file))}"><p class="soft">${escape(
    WORDS.taken[lang].replace('{name}', () => file.name).replace('{size}', String(Math.max(1, Math.round(file.size / 1_024)))),
  )}</p>`
