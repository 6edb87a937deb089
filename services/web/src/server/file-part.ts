/** What the page behind the link to a file shows: a field for the code. Plain HTML. */
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  code: t('Код (6–8 цифр)', 'Код (6–8 цифр)', 'Code (6 to 8 digits)'),
  open: t('Открыть файл', 'Файлды ашу', 'Open the file'),
} as const

export const CODE_PROBLEMS = {
  'wrong-code': t(
    'Код не подошел. Осталось попыток: {left}. Проверьте цифры или позвоните тому, кто прислал письмо.',
    'Код сәйкес келмеді. Қалған әрекет: {left}. Цифрларды тексеріңіз немесе хат жіберушіге қоңырау шалыңыз.',
    'This is not the code. Tries left: {left}. Check the digits, or call whoever sent the mail.',
  ),
  locked: t(
    'Файл закрыт: код вводили неверно слишком много раз. Позвоните тому, кто прислал письмо: он пришлет новое.',
    'Файл жабылды: код тым көп рет қате енгізілді. Хат жіберушіге қоңырау шалыңыз: ол жаңасын жібереді.',
    'The file is closed: the code was entered wrong too often. Call whoever sent the mail: they will send a new one.',
  ),
  'no-file': t(
    'Код верный, но файл сейчас не открывается. Попробуйте через несколько минут: попытка не засчитана.',
    'Код дұрыс, бірақ файл қазір ашылмайды. Бірнеше минуттан кейін қайталаңыз: әрекет есептелген жоқ.',
    'The code is right, but the file cannot be opened now. Try again in some minutes: this try does not count.',
  ),
} as const

export const codeForm = (lang: Lang, hidden: string): string =>
  `<form method="post" action="/l/file">${hidden}<label for="code">${WORDS.code[lang]}</label>` +
  `<input id="code" name="code" required inputmode="numeric" autocomplete="off" maxlength="20"><button class="act">${WORDS.open[lang]}</button></form>`
