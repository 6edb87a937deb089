/** Forms by which an organisation is kept, as the pages ask for them. What is right is decided by libs/contract people.ts. */
import { ROLES } from '@tirek/contract/roles'
import type { Schema } from './fields.ts'

const as =
  (schema: Schema) =>
  (title: string, kk: string, en: string): Schema => ({ ...schema, title, kk, en })
const id = as({ type: 'string', format: 'uuid' })
const day = as({ type: 'string', format: 'date' })
const line = as({ type: 'string', maxLength: 300 })
const yesNo = as({ type: 'boolean' })
const form = (properties: Record<string, Schema>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
})

export const ABSENCE = form(
  {
    person: id('Кого не будет', 'Кім болмайды', 'Who is away'),
    fromDay: day('Первый день', 'Бірінші күні', 'First day'),
    toDay: day('Последний день', 'Соңғы күні', 'Last day'),
    deputy: id('Кто замещает', 'Кім алмастырады', 'Deputy'),
  },
  ['deputy'],
)

export const DUTY = form(
  {
    organisation: id('Организация', 'Ұйым', 'Organisation'),
    person: id('Кто дежурит', 'Кім кезекші', 'Who is on duty'),
    fromDay: day('С какого дня', 'Қай күннен', 'From'),
    toDay: day('По какой день', 'Қай күнге дейін', 'To'),
    position: as({ type: 'integer', minimum: 1, maximum: 50 })('Который по порядку', 'Кезегі', 'Place in the list'),
  },
  ['toDay'],
)

/** Minutes of the day as a clock shows them. */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Hours are chosen from a list, and sent as minutes of the day. */
export const ORGANISATION = form(
  {
    name: as({
      type: 'object',
      properties: {
        ru: line('По-русски', 'Орысша', 'In Russian'),
        kk: line('По-казахски', 'Қазақша', 'In Kazakh'),
        en: line('По-английски', 'Ағылшынша', 'In English'),
      },
      required: ['ru', 'kk', 'en'],
    })('Название', 'Атауы', 'Name'),
    prefix: line('Начало номеров случаев', 'Іс нөмірлерінің басы', 'Prefix of case numbers'),
    territory: line('Территория', 'Аумақ', 'Territory'),
    head: id('Руководитель', 'Басшы', 'Head'),
    nextInLine: id('Кого извещают следующим', 'Келесі кімге хабарланады', 'Who is told next'),
    supervisor: id('Супервизор тех, у кого нет своего', 'Өз супервайзері жоқтардың супервайзері', 'Supervisor of who has none'),
    worksFrom: line('Работает с', 'Жұмыс басталуы', 'Works from'),
    worksTo: line('Работает до', 'Жұмыс аяқталуы', 'Works until'),
  },
  ['head', 'nextInLine', 'supervisor'],
)

export const QUARANTINE = form(
  {
    territory: line('Территория', 'Аумақ', 'Territory'),
    fromDay: day('С какого дня', 'Қай күннен', 'From'),
    toDay: day('По какой день', 'Қай күнге дейін', 'To'),
    document: as({ type: 'string', maxLength: 4_000 })('Документ-основание', 'Негіз құжаты', 'Document it stands on'),
  },
  ['toDay'],
)

const LANGS = {
  ru: { ru: 'русский', kk: 'орыс тілі', en: 'Russian' },
  kk: { ru: 'казахский', kk: 'қазақ тілі', en: 'Kazakh' },
  en: { ru: 'английский', kk: 'ағылшын тілі', en: 'English' },
}
export const PERSON = form(
  {
    login: line('Логин', 'Логин', 'Login'),
    name: line('Имя и фамилия', 'Аты-жөні', 'Name'),
    role: as({ type: 'string', enum: Object.keys(ROLES), labels: ROLES })('Роль', 'Рөлі', 'Role'),
    organisation: id('Организация', 'Ұйым', 'Organisation'),
    supervisor: id('Супервизор', 'Супервайзер', 'Supervisor'),
    email: line('Эл. почта', 'Эл. пошта', 'Email'),
    phone: line('Телефон', 'Телефон', 'Phone'),
    lang: as({ type: 'string', enum: Object.keys(LANGS), labels: LANGS })('Язык писем', 'Хат тілі', 'Language of letters'),
    digest: yesNo('Утренние напоминания одним письмом', 'Таңғы ескертулер бір хатпен', "A morning's reminders in one letter"),
    active: yesNo('Работает и может войти', 'Жұмыс істейді және кіре алады', 'Works here and may sign in'),
  },
  ['organisation', 'supervisor', 'email', 'phone'],
)
