/** What is wrong with a field, in the person's language. zod has no Kazakh, so the wording is ours. */
import type { Lang } from './roles.ts'
import { fill } from './problems.ts'

/** JSON pointer of the field, a code for machines, a sentence for people. */
export type FieldError = { pointer: string; code: string; message: string }

type Issue = {
  message?: string
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined
  code?: string
  [more: string]: unknown
}

const WORDS: Record<string, Record<Lang, string>> = {
  required: { ru: 'Заполните это поле.', kk: 'Бұл өрісті толтырыңыз.', en: 'Fill in this field.' },
  invalid: {
    ru: 'Значение не подходит. Проверьте, как оно написано.',
    kk: 'Мән жарамайды. Қалай жазылғанын тексеріңіз.',
    en: 'This value does not fit. Check how it is written.',
  },
  choice: { ru: 'Выберите одно из предложенного.', kk: 'Ұсынылғандардың бірін таңдаңыз.', en: 'Choose one of those offered.' },
  format: {
    ru: 'Запись не того вида (например, дата ГГГГ-ММ-ДД, время с часовым поясом).',
    kk: 'Жазба түрі дұрыс емес (мысалы, күні ЖЖЖЖ-АА-КК).',
    en: 'Not in the right form (for example a date YYYY-MM-DD, a time with its zone).',
  },
  short: { ru: 'Слишком мало: нужно хотя бы {n}.', kk: 'Тым аз: кемінде {n} керек.', en: 'Too little: at least {n}.' },
  long: { ru: 'Слишком много: не больше {n}.', kk: 'Тым көп: {n} аспасын.', en: 'Too much: at most {n}.' },
  unknown: { ru: 'Такого поля в форме нет: {n}.', kk: 'Нысанда мұндай өріс жоқ: {n}.', en: 'The form has no such field: {n}.' },
  'one-of': {
    ru: 'Укажите хотя бы одно: имя ребенка, адрес или последнее известное место.',
    kk: 'Кемінде біреуін көрсетіңіз: баланың аты, мекенжайы немесе соңғы белгілі орны.',
    en: "Give at least one: the child's name, address or last known whereabouts.",
  },
  'reason-needed': { ru: 'Укажите причину.', kk: 'Себебін көрсетіңіз.', en: 'Give the reason.' },
  'first-criterion': {
    ru: 'Закрыть можно, только если риск сократился до приемлемого уровня (CP-60).',
    kk: 'Қауіп қолайлы деңгейге төмендегенде ғана жабуға болады (CP-60).',
    en: 'A case closes only when the risk is reduced to an acceptable level (CP-60).',
  },
  'no-such-person': {
    ru: 'Такого работника нет в организации: выберите из списка.',
    kk: 'Ұйымда мұндай қызметкер жоқ: тізімнен таңдаңыз.',
    en: 'There is no such worker in the organisation: choose from the list.',
  },
  'not-of-the-organisation': {
    ru: 'У меры семьи или ведомства нет ответственного из организации: уберите имя или выберите работника или специалиста.',
    kk: 'Отбасының не ведомствоның шарасында ұйымнан жауапты болмайды: атын алып тастаңыз не қызметкерді немесе маманды таңдаңыз.',
    en: 'A measure of the family or an agency has no responsible of the organisation: take the name away, or choose worker or specialist.',
  },
  'nothing-corrected': {
    ru: 'Укажите верное значение хотя бы одного поля или отметьте, что убрать.',
    kk: 'Кемінде бір өрістің дұрыс мәнін көрсетіңіз немесе нені алып тастауды белгілеңіз.',
    en: 'Give the right value of one field at least, or tick what to take out.',
  },
  'zero-byte': {
    ru: 'В тексте недопустимый знак.',
    kk: 'Мәтінде жол берілмейтін таңба бар.',
    en: 'The text holds a character that cannot be kept.',
  },
}

/** Turns the issues of a schema into field errors. A custom issue's message is one of our codes. */
export function fieldErrorsOf(issues: readonly Issue[], lang: Lang, root = ''): FieldError[] {
  return issues.slice(0, 50).map((issue) => {
    const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
    const { code, n } = codeOf(issue)
    const pointer = `${root}/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`.replace(/\/$/, '')
    return { pointer, code, message: fill((WORDS[code] ?? WORDS['invalid']!)[lang], { n: n ?? '' }) }
  })
}

function codeOf(issue: Issue): { code: string; n?: string } {
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue['input'] === undefined && /undefined/.test(issue.message ?? 'undefined') ? 'required' : 'invalid' }
    case 'invalid_value':
      return { code: 'choice' }
    case 'invalid_format':
      return { code: 'format' }
    case 'too_small':
      return issue['minimum'] === 1 ? { code: 'required' } : { code: 'short', n: String(issue['minimum']) }
    case 'too_big':
      return { code: 'long', n: String(issue['maximum']) }
    case 'unrecognized_keys':
      return { code: 'unknown', n: ((issue['keys'] as string[] | undefined) ?? []).slice(0, 5).join(', ') }
    case 'custom':
      return { code: issue.message && issue.message in WORDS ? issue.message : 'invalid' }
    default:
      return { code: 'invalid' }
  }
}
